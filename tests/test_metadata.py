"""What the ontology, the schemes and the data say of themselves, and one version for all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, VANN, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from meagraph import __version__
from meagraph.graph import open_graph
from meagraph.namespaces import (
    ALIGNMENTS_GRAPH,
    BASE,
    CONCEPTS,
    ONTOLOGY,
    ONTOLOGY_GRAPH,
    PREFIXES,
    SCHEMES,
)
from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent
BIBO, DCAT = Namespace(PREFIXES["bibo"]), Namespace(PREFIXES["dcat"])
DATASET = URIRef(BASE + "dataset#meagraph")
VOCABULARIES = (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH, *(CONCEPTS + scheme for scheme in SCHEMES))
"""What is published beside the data, each under its own IRI."""


@pytest.fixture(scope="module")
def files(project: Project) -> Graph:
    """The ontology, the alignments, the concepts and the description of the data."""
    graph = Graph()
    for path in (*sorted(project.ontology.rglob("*.ttl")), project.data / "dataset.ttl"):
        graph.parse(path, format="turtle")
    return graph


def one(graph: Graph, subject: str, predicate: Node) -> Node:
    (value,) = graph.objects(URIRef(subject), predicate)
    return value


def test_the_package_the_ontology_the_data_and_the_citation_have_one_version(files: Graph) -> None:
    """A release changes all of them: this test names what was forgotten."""
    for iri in VOCABULARIES:
        assert str(one(files, iri, OWL.versionInfo)) == __version__, iri
    for iri in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH):
        assert str(one(files, iri, OWL.versionIRI)) == f"{iri}/{__version__}"
    assert str(one(files, DATASET, DCAT.version)) == __version__
    assert str(one(files, DATASET, DCTERMS.conformsTo)) == f"{ONTOLOGY_GRAPH}/{__version__}"
    citation = (CHECKOUT / "CITATION.cff").read_text()
    assert re.findall(r"^version: (.+)$", citation, re.M) == [__version__]


def test_every_citation_names_creator_year_version_and_address(files: Graph) -> None:
    for iri in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH, DATASET):
        words = str(one(files, iri, DCTERMS.bibliographicCitation))
        year = str(one(files, iri, DCTERMS.created))[:4]
        assert words.startswith(f"{one(files, iri, DCTERMS.creator)} ({year}): "), iri
        assert words.endswith(f" Version {__version__}. {iri.partition('#')[0]}"), iri


def test_all_have_one_creator_and_the_licence_of_the_data(files: Graph) -> None:
    licence = URIRef(re.findall(r"https://\S+", (CHECKOUT / "data" / "LICENSE").read_text())[0])
    citation = (CHECKOUT / "CITATION.cff").read_text()
    for iri in (*VOCABULARIES, DATASET):
        assert one(files, iri, DCTERMS.license) == licence, iri
        assert f"name: {one(files, iri, DCTERMS.creator)}\n" in citation, iri


def test_nothing_is_published_that_this_file_does_not_know(files: Graph) -> None:
    kinds = (OWL.Ontology, SKOS.ConceptScheme, DCAT.Dataset)
    assert {str(thing) for kind in kinds for thing in files.subjects(RDF.type, kind)} == {
        *VOCABULARIES,
        str(DATASET),
    }


def test_prefixes_and_namespaces_are_those_that_files_use(files: Graph) -> None:
    named = {"mea": ONTOLOGY_GRAPH, **{scheme: CONCEPTS + scheme for scheme in SCHEMES}}
    for prefix, iri in named.items():
        assert str(one(files, iri, VANN.preferredNamespacePrefix)) == prefix
        assert str(one(files, iri, VANN.preferredNamespaceUri)) == PREFIXES[prefix]
    assert str(one(files, DATASET, VANN.preferredNamespaceUri)) == BASE
    assert PREFIXES["mea"] == ONTOLOGY


def test_the_data_and_the_ontology_name_every_source_document(
    files: Graph, project: Project
) -> None:
    documents = {
        URIRef(solution["document"].value)
        for solution in open_graph(project).query(
            f"SELECT ?document {{ ?document a <{ONTOLOGY}SourceDocument> }}"
        )
    }
    assert documents
    assert set(files.objects(DATASET, DCTERMS.source)) == documents
    assert set(files.objects(URIRef(ONTOLOGY_GRAPH), DCTERMS.source)) == documents


def test_the_exports_carry_creator_and_licence(project: Project) -> None:
    """The Turtle dump is the default graph, the N-Quads are the named graphs."""
    said = f"<{DATASET}> <{DCTERMS.creator}> ?creator ; <{DCTERMS.license}> ?licence"
    store = open_graph(project)
    assert store.query(f"ASK {{ {said} }}")
    assert store.query(f"ASK {{ GRAPH <{BASE}dataset> {{ {said} }} }}")


def test_no_graph_is_called_a_dataset_and_none_is_an_entity(project: Project) -> None:
    """A meeting's record is named as the meeting: it would be an activity and an entity."""
    kinds = ["<http://rdfs.org/ns/void#Dataset>", f"<{DCAT.Dataset}>"]
    kinds += [f"<{PREFIXES['prov']}{name}>" for name in ("Entity", "Bundle", "Plan")]
    pattern = f"GRAPH ?graph {{ ?s ?p ?o }} ?graph a ?kind VALUES ?kind {{ {' '.join(kinds)} }}"
    assert not open_graph(project).query(f"ASK {{ {pattern} }}")


def test_what_is_said_of_the_ontology_is_annotation(files: Graph) -> None:
    """Or it would not be the ontology's own, but a fact about an individual of that name."""
    annotation = set(files.subjects(RDF.type, OWL.AnnotationProperty))
    built_in = {RDF.type, OWL.versionIRI, OWL.versionInfo, OWL.imports}
    for iri in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH):
        assert set(files.predicates(URIRef(iri))) - built_in <= annotation


def test_a_version_that_is_not_released_is_a_draft(files: Graph) -> None:
    heading = re.search(
        rf"^## {re.escape(__version__)}, (.+)$", (CHECKOUT / "CHANGELOG.md").read_text(), re.M
    )
    assert heading, "the changelog has no section for this version"
    status = "draft" if heading[1] == "unreleased" else "published"
    for iri in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH):
        assert one(files, iri, BIBO.status) == BIBO[f"status/{status}"]
        issued = list(files.objects(URIRef(iri), DCTERMS.issued))
        assert len(issued) == (status == "published"), "a release has a day of issue, a draft none"


def test_the_labels_of_the_data_are_in_the_language_that_it_names(files: Graph) -> None:
    assert str(one(files, DATASET, DCTERMS.language)).endswith("/ENG")
    for predicate in (DCTERMS.title, DCTERMS.description):
        value = one(files, DATASET, predicate)
        assert isinstance(value, Literal)
        assert value.language == "en"
