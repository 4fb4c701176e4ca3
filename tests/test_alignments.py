"""The alignments name only terms that exist, and stay in OWL 2 DL together with the ontology."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from meagraph.namespaces import ONTOLOGY
from meagraph.project import Project

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BETWEEN_CLASSES = (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith)
MATCHES = (SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.exactMatch)


@pytest.fixture(scope="module")
def alignments(project: Project) -> Graph:
    return Graph().parse(project.ontology / "alignments.ttl", format="turtle")


@pytest.fixture(scope="module")
def both(project: Project, alignments: Graph) -> Graph:
    """With the ontology, which the alignments import."""
    return Graph().parse(project.ontology / "meagraph.ttl", format="turtle") + alignments


def is_ours(term: Node) -> bool:
    return str(term).startswith(ONTOLOGY)


def test_every_class_and_property_in_an_axiom_is_declared_as_such(
    alignments: Graph, both: Graph
) -> None:
    properties = set().union(*(both.subjects(RDF.type, kind) for kind in KINDS[1:]))
    classes = set(both.subjects(RDF.type, OWL.Class))
    for predicate in BETWEEN_CLASSES:
        for ends in alignments.subject_objects(predicate):
            assert set(ends) <= classes, ends
    for ends in alignments.subject_objects(RDFS.subPropertyOf):
        assert set(ends) <= properties, ends
    for predicate in (RDFS.domain, RDFS.range):
        for subject, value in alignments.subject_objects(predicate):
            assert subject in properties, subject
            assert value in classes, value
    for members in alignments.objects(None, OWL.members):
        assert set(Collection(alignments, members)) <= classes


def test_every_term_of_ours_that_is_linked_exists(alignments: Graph, both: Graph) -> None:
    declared = set(both.subjects(RDF.type))
    linked = {term for triple in alignments for term in (triple[0], triple[2]) if is_ours(term)}
    assert linked
    assert linked <= declared


def test_every_property_is_of_one_kind(both: Graph) -> None:
    for term in set(both.subjects(RDF.type)):
        assert sum((term, RDF.type, kind) in both for kind in KINDS[1:]) <= 1, term


def test_predicates_are_of_owl_or_annotations(alignments: Graph, both: Graph) -> None:
    """In OWL 2 DL a relation of SKOS between classes would make them concepts."""
    annotations = set(both.subjects(RDF.type, OWL.AnnotationProperty))
    for predicate in set(alignments.predicates()):
        built_in = str(predicate).startswith((str(OWL), str(RDF), str(RDFS)))
        assert built_in or predicate in annotations, predicate


def test_no_term_of_others_is_placed_under_one_of_ours(alignments: Graph) -> None:
    for predicate in (*BETWEEN_CLASSES, RDFS.subPropertyOf):
        for below, above in alignments.subject_objects(predicate):
            assert not is_ours(above), f"{below} {predicate}"


def test_what_is_an_axiom_is_not_a_match_as_well(alignments: Graph, both: Graph) -> None:
    for match in MATCHES:
        for term, other in alignments.subject_objects(match):
            for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
                assert (term, predicate, other) not in both, f"{term} {other}"


def test_every_match_is_of_one_of_our_terms_to_one_of_others(alignments: Graph) -> None:
    for match in MATCHES:
        for term, other in alignments.subject_objects(match):
            assert is_ours(term), term
            assert isinstance(other, URIRef) and not is_ours(other), other


def test_all_that_is_said_of_others_is_said_with_a_name(alignments: Graph) -> None:
    """A restriction without a name would not be explained where it contradicts something."""
    for subject, predicate, value in alignments:
        if isinstance(subject, BNode) or isinstance(value, Literal):
            continue
        assert not isinstance(value, BNode), f"{subject} {predicate}"
