"""The ontology and the concepts: every term described, every used term defined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from meagraph.entries import data_files
from meagraph.namespaces import CONCEPTS, KINDS, ONTOLOGY, SCHEMES
from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent
SOURCE = CHECKOUT / "src" / "meagraph"

KINDS_OF_PROPERTY = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def ontology(project: Project) -> Graph:
    return Graph().parse(project.ontology / "meagraph.ttl", format="turtle")


@pytest.fixture(scope="module")
def concepts(project: Project) -> Graph:
    graph = Graph()
    for path in sorted((project.ontology / "concepts").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="module")
def shapes(project: Project) -> Graph:
    graph = Graph()
    for path in sorted(project.shapes.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="module")
def terms(ontology: Graph) -> set[str]:
    """Local names of all that the ontology defines."""
    return {
        str(term).removeprefix(ONTOLOGY)
        for term in ontology.subjects(RDF.type)
        if isinstance(term, URIRef) and str(term).startswith(ONTOLOGY)
    }


@pytest.fixture(scope="module")
def records(project: Project) -> set[str]:
    """``<kind>:<slug>`` of everything that has a record."""
    named = (
        iri.removeprefix("https://w3id.org/meagraph/") for iri in data_files(project.data).values()
    )
    return {path.replace("/", ":", 1) for path in named if path.count("/") == 1}


def ours(graph: Graph, kind: URIRef) -> Iterator[URIRef]:
    for term in graph.subjects(RDF.type, kind):
        if isinstance(term, URIRef) and str(term).startswith(ONTOLOGY):
            yield term


def test_every_term_is_labelled_defined_sourced_and_exemplified(
    ontology: Graph, terms: set[str]
) -> None:
    for local in sorted(terms):
        term = URIRef(ONTOLOGY + local)
        for predicate in (RDFS.label, SKOS.definition, DCTERMS.source, SKOS.example):
            assert len(list(ontology.objects(term, predicate))) == 1, f"mea:{local}: {predicate}"


def test_classes_are_upper_camel_and_properties_lower_camel(ontology: Graph) -> None:
    for term in ours(ontology, OWL.Class):
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", str(term).removeprefix(ONTOLOGY)), term
    for kind in KINDS_OF_PROPERTY:
        for term in ours(ontology, kind):
            assert re.fullmatch(r"[a-z][A-Za-z0-9]*", str(term).removeprefix(ONTOLOGY)), term


def test_every_property_is_of_one_kind(ontology: Graph) -> None:
    """OWL 2 DL lets no property be both an object and a datatype property."""
    for term in set(ontology.subjects(RDF.type)):
        assert sum((term, RDF.type, kind) in ontology for kind in KINDS_OF_PROPERTY) <= 1, term


def test_nothing_is_used_in_the_ontology_without_being_declared(ontology: Graph) -> None:
    declared = set(ontology.subjects(RDF.type))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain):
        for term in ontology.objects(None, predicate):
            assert term in declared or term == SKOS.altLabel, f"{predicate}: {term}"


def test_no_two_properties_are_inverses(ontology: Graph) -> None:
    assert list(ontology.subject_objects(OWL.inverseOf)) == []


def test_classes_without_a_class_above_them_exclude_each_other(ontology: Graph) -> None:
    """What is in no list of disjoint classes lets a wrong type pass unseen."""
    listed: set[Node] = set()
    for axiom in ontology.subjects(RDF.type, OWL.AllDisjointClasses):
        members = ontology.value(axiom, OWL.members)
        assert members is not None
        listed |= set(Collection(ontology, members))
    all_ours = set(ours(ontology, OWL.Class))
    roots = {
        term for term in all_ours if all_ours.isdisjoint(ontology.objects(term, RDFS.subClassOf))
    }
    # An agent is also what it is besides: an organisation, a body, a post.
    assert roots - listed == {URIRef(ONTOLOGY + "Agent")}


def test_every_concept_is_labelled_defined_and_in_the_scheme_of_its_file(project: Project) -> None:
    files = sorted((project.ontology / "concepts").glob("*.ttl"))
    assert {path.stem for path in files} == set(SCHEMES)
    for path in files:
        graph = Graph().parse(path, format="turtle")
        scheme = URIRef(CONCEPTS + path.stem)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            assert str(concept).startswith(f"{scheme}/"), concept
            assert list(graph.objects(concept, SKOS.inScheme)) == [scheme], concept
            for predicate in (SKOS.prefLabel, SKOS.definition):
                assert len(list(graph.objects(concept, predicate))) == 1, f"{concept}: {predicate}"


def names_in(text: str, prefix: str) -> set[str]:
    """Local names after a prefix, outside strings, comments and addresses."""
    bare = re.sub(
        r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|^\s*#[^\n]*', "", text, flags=re.M
    )
    return set(re.findall(rf"(?<![\w:/-]){prefix}:([A-Za-z][\w-]*)", bare))


def used(project: Project) -> Iterator[tuple[Path, str]]:
    for path in data_files(project.data):
        yield path, path.read_text()
    for path in sorted(project.shapes.glob("*.ttl")):
        text = path.read_text()
        # The questions inside shapes stand in strings.
        queries = " ".join(re.findall(r'sh:select """(.*?)"""', text, re.S))
        yield path, text + "\n" + queries
    for path in sorted(project.queries.rglob("*.rq")):
        yield path, path.read_text()


def test_every_term_that_data_shapes_and_questions_use_is_defined(
    project: Project, terms: set[str]
) -> None:
    for path, text in used(project):
        assert names_in(text, "mea") - terms == set(), path


def test_every_concept_that_data_shapes_and_questions_use_is_defined(
    project: Project, concepts: Graph
) -> None:
    defined = set(concepts.subjects(RDF.type, SKOS.Concept))
    for path, text in used(project):
        for scheme in SCHEMES:
            for local in names_in(text, scheme):
                assert URIRef(f"{CONCEPTS}{scheme}/{local}") in defined, f"{path}: {scheme}:{local}"


def test_every_thing_named_as_an_example_exists(
    ontology: Graph, concepts: Graph, records: set[str], terms: set[str]
) -> None:
    known = records | {f"mea:{term}" for term in terms}
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        known.add(str(concept).removeprefix(CONCEPTS).replace("/", ":"))
    missing = [
        (str(term).removeprefix(ONTOLOGY), f"{prefix}:{local}")
        for term, example in ontology.subject_objects(SKOS.example)
        for prefix, local in re.findall(r"\b([a-z]+):([A-Za-z0-9][\w.-]*\w)", str(example))
        if prefix in (*KINDS, *SCHEMES, "mea") and f"{prefix}:{local}" not in known
    ]
    assert missing == []


def test_every_source_of_a_term_is_a_passage(project: Project, ontology: Graph) -> None:
    listed: set[Node] = set()
    for index in sorted((project.data / "documents").glob("*/index.ttl")):
        listed |= set(Graph().parse(index, format="turtle").subjects(RDF.type))
    for term, passage in ontology.subject_objects(DCTERMS.source):
        assert passage in listed, f"{term}: {passage}"


def test_every_term_that_code_names_is_defined(terms: set[str], concepts: Graph) -> None:
    """Named in SPARQL and messages as ``mea:name``, else after ``ONTOLOGY`` or in ``_mea(…)``."""
    defined = {str(concept) for concept in concepts.subjects(RDF.type, SKOS.Concept)}
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text()
        local = set(re.findall(r"(?<![\w:/-])mea:([A-Za-z]\w*)", text))
        local |= set(re.findall(r'(?:ONTOLOGY \+ |\b_?mea\()"([A-Za-z]\w*)"', text))
        local |= set(re.findall(r"\{ONTOLOGY\}([A-Za-z]\w*)", text))
        assert local - terms == set(), path
        for scheme, concept in re.findall(r"\b(\w+):([a-z][a-z-]*[a-z])\b", text):
            if scheme in set(SCHEMES) - {"kind", "role", "unit", "mode", "status"}:
                assert f"{CONCEPTS}{scheme}/{concept}" in defined, f"{path}: {scheme}:{concept}"


def test_every_domain_of_the_ontology_is_guarded_by_a_shape(ontology: Graph, shapes: Graph) -> None:
    """The shapes say of which class the subject of a property is, as the ontology does."""
    for term, domain in ontology.subject_objects(RDFS.domain):
        guards = {
            shapes.value(shape, SH["class"])
            for shape in shapes.subjects(SH.targetSubjectsOf, term)
            if (shape, SH["class"], None) in shapes
        }
        narrower = set(ontology.transitive_subjects(RDFS.subClassOf, domain))
        assert guards & narrower, f"{term}: {domain}"


def test_every_range_of_the_ontology_is_guarded_by_a_shape(ontology: Graph, shapes: Graph) -> None:
    """The shapes say of which class the object of a property is, or from which scheme it is."""
    for term, of in ontology.subject_objects(RDFS.range):
        if not str(of).startswith((ONTOLOGY, str(SKOS))):
            continue  # a datatype
        narrower = set(ontology.transitive_subjects(RDFS.subClassOf, of))
        guarded = any(
            shapes.value(shape, SH["class"]) in narrower
            or bool(narrower & set(in_alternatives(shapes, shape)))
            or (of == SKOS.Concept and (shape, SH.node, None) in shapes)
            for shape in shapes.subjects(SH.path, term)
        ) or any(
            (shape, SH["class"], None) in shapes
            for shape in shapes.subjects(SH.targetObjectsOf, term)
        )
        assert guarded, f"{term}: {of}"


def in_alternatives(shapes: Graph, shape: Node) -> Iterator[Node]:
    """The classes among which the ``sh:or`` of a shape lets a value choose."""
    alternatives = shapes.value(shape, SH["or"])
    if alternatives is not None:
        for alternative in Collection(shapes, alternatives):
            yield from shapes.objects(alternative, SH["class"])
