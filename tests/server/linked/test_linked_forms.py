"""Each kind of thing in each form: readers parse it, and forms of one content agree."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib
from linked_client import FORMATS, client, in_graphs, iri, triples
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from rdflib.compare import to_isomorphic
from running import Served

from meagraph.export.jsonld import context, document
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, RDFS, SKOS

PASSAGE = "documents/minamata-cop6-cooperation-activities/annex-1/11"
THINGS = (
    "agreements/basel",
    "organisations/minamata-secretariat",
    "meetings/basel-oewg-12",
    "decisions/spp-establishment",
    "places/bali",
    "documents/unep-mc-cop.6-20",
    "documents/minamata-cop4-brs-joint-report",
    PASSAGE,
    "readings/minamata-cop4-brs-joint-report/front",
    "concepts/kind/dialogue",
    "concepts/kind",
    "identifiers/wikidata",
    "dataset",
    "register",
    "graphs/entailed",
)
VOCABULARIES = ("ontology", "ontology/alignments", "concepts")
REFERENCED = NamedNode(DCTERMS + "isReferencedBy")


@pytest.mark.parametrize("name", THINGS)
def test_forms_of_triples_say_the_same(server: Served, name: str) -> None:
    with client(server) as ask:
        said = [triples(ask.get(f"/{name}.{each}").content, each) for each in ("ttl", "nt", "rdf")]
    assert said[0]
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("name", THINGS)
def test_forms_of_quads_say_the_same_and_add_which_graph_says_it(server: Served, name: str) -> None:
    with client(server) as ask:
        trig, quads = (
            in_graphs(ask.get(f"/{name}.{each}").content, each) for each in ("trig", "nq")
        )
        plain = triples(ask.get(f"/{name}.ttl").content, "ttl")
    assert trig == quads
    added = plain - {triple for _, triple in trig}
    assert {triple for _, triple in trig} <= plain
    assert {triple.predicate for triple in added} <= {REFERENCED}
    stated = {(graph, triple.subject) for graph, triple in trig}
    for triple in added:
        assert isinstance(triple.object, NamedNode)
        graph = triple.object.value
        about = {t.object for g, t in trig if g == graph} | {
            t.subject for g, t in trig if g == graph
        }
        assert (graph, triple.subject) in stated or triple.subject in about


@pytest.mark.parametrize("name", THINGS)
def test_each_statement_of_quads_stands_in_the_graph(
    server: Served, store: Store, name: str
) -> None:
    with client(server) as ask:
        told = in_graphs(ask.get(f"/{name}.nq").content, "nq")
    for graph, triple in told:
        found = store.quads_for_pattern(
            triple.subject, triple.predicate, triple.object, NamedNode(graph)
        )
        assert next(found, None), (graph, triple)


@pytest.mark.parametrize("name", THINGS)
def test_all_that_is_said_of_a_thing_and_all_that_refers_to_it_is_told(
    server: Served, store: Store, name: str
) -> None:
    node = iri(name)
    with client(server) as ask:
        told = triples(ask.get(f"/{name}.ttl").content, "ttl")
    for quad in store.quads_for_pattern(node, None, None, DefaultGraph()):
        assert quad.triple in told
    for quad in store.quads_for_pattern(None, None, node, DefaultGraph()):
        assert quad.triple in told
    for quad in store.quads_for_pattern(None, None, None, node):
        assert quad.triple in told


DEEP = "readings/minamata-cop6-cooperation-activities/annex-1/15/d"
"""It shows a claim of a passage that itself says nothing of what it tells."""


@pytest.mark.parametrize("name", [*THINGS[:-3], DEEP])
def test_each_of_our_things_that_occurs_is_named(server: Served, store: Store, name: str) -> None:
    with client(server) as ask:
        told = triples(ask.get(f"/{name}.ttl").content, "ttl")
    for node in {term for triple in told for term in (triple.subject, triple.object)}:
        if isinstance(node, NamedNode) and node.value.startswith(BASE):
            for label in (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel")):
                for quad in store.quads_for_pattern(node, label, None, DefaultGraph()):
                    assert quad.triple in told


def test_a_passage_tells_all_of_its_claims(server: Served, store: Store) -> None:
    with client(server) as ask:
        told = triples(ask.get(f"/{PASSAGE}.ttl").content, "ttl")
        document_ = ask.get(f"/{PASSAGE}.jsonld").json()
    claims = {
        quad.subject
        for quad in store.quads_for_pattern(None, None, None, iri(PASSAGE))
        if isinstance(quad.subject, NamedNode) and "#" in quad.subject.value
    }
    assert len(claims) > 5
    for claim in claims:
        for quad in store.quads_for_pattern(claim, None, None, DefaultGraph()):
            assert quad.triple in told
    assert {claim.value for claim in claims} <= {each["id"] for each in document_["states"]}


def test_a_participation_is_told_with_its_role_and_its_act(server: Served, store: Store) -> None:
    name = "organisations/minamata-secretariat"
    with client(server) as ask:
        told = triples(ask.get(f"/{name}.ttl").content, "ttl")
    agent = NamedNode(ONTOLOGY + "agent")
    parts = [q.subject for q in store.quads_for_pattern(None, agent, iri(name), DefaultGraph())]
    assert parts
    for part in parts:
        for quad in store.quads_for_pattern(part, None, None, DefaultGraph()):
            assert quad.triple in told
        has = NamedNode(ONTOLOGY + "hasParticipation")
        for quad in store.quads_for_pattern(None, has, part, DefaultGraph()):
            assert quad.triple in told


@pytest.mark.parametrize("name", [*THINGS[:4], PASSAGE, "concepts/kind/dialogue"])
@pytest.mark.parametrize("form", ["ttl", "nt", "rdf"])
def test_rdflib_reads_what_the_engine_reads(server: Served, name: str, form: str) -> None:
    formats = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}
    with client(server) as ask:
        text = ask.get(f"/{name}.{form}").text
        lines = ask.get(f"/{name}.nt").text
    read = rdflib.Graph().parse(data=text, format=formats[form])
    assert to_isomorphic(read) == to_isomorphic(rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("name", ["agreements/basel", "meetings/basel-oewg-12", PASSAGE])
def test_json_ld_of_a_thing_is_the_document_of_the_export(
    server: Served, store: Store, name: str
) -> None:
    with client(server) as ask:
        got = ask.get(f"/{name}.jsonld").json()
    own = {"@context": f"{server.url}/context.jsonld"}
    assert got == {**(document(store, BASE + name) or {}), **own}
    assert next(iter(got)) == "@context"


@pytest.mark.parametrize("name", ["agreements/basel", "meetings/basel-oewg-12", PASSAGE])
def test_who_knows_the_server_alone_can_read_its_json_ld(
    server: Served, store: Store, name: str
) -> None:
    read = rdflib.Dataset(default_union=True)
    read.parse(f"{server.url}/{name}.jsonld", format="json-ld")
    subject = rdflib.URIRef(BASE + name)
    labels = {str(each) for each in read.objects(subject, rdflib.RDFS.label)}
    known = store.quads_for_pattern(iri(name), NamedNode(RDFS + "label"), None, DefaultGraph())
    assert labels == {quad.object.value for quad in known if isinstance(quad.object, Literal)}
    assert labels


@pytest.mark.parametrize("name", ["agreements/basel", "meetings/basel-oewg-12", PASSAGE])
def test_json_ld_expands_to_what_trig_says(server: Served, store: Store, name: str) -> None:
    with client(server) as ask:
        got = ask.get(f"/{name}.jsonld").json()
        told = triples(ask.get(f"/{name}.ttl").content, "ttl")
    inline = json.dumps({**got, **context(store)})
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=inline, format="json-ld")
    lines = rdflib.Graph()
    for each in dataset.triples((None, None, None)):
        lines.add(each)
    read = triples(lines.serialize(format="nt"), "nt")
    node = iri(name)
    mine = {triple for triple in read if triple.subject == node}
    assert mine
    assert mine <= told


@pytest.mark.parametrize("name", ["identifiers/wikidata", "register"])
def test_json_ld_of_a_graph_has_the_triples_of_turtle(server: Served, name: str) -> None:
    with client(server) as ask:
        linked = rdflib.Graph().parse(data=ask.get(f"/{name}.jsonld").text, format="json-ld")
        turtle = rdflib.Graph().parse(data=ask.get(f"/{name}.ttl").text, format="turtle")
    assert to_isomorphic(linked) == to_isomorphic(turtle)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_vocabularies_are_isomorphic_in_all_forms(server: Served, name: str) -> None:
    formats = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
    with client(server) as ask:
        read = [
            to_isomorphic(rdflib.Graph().parse(data=ask.get(f"/{name}.{each}").text, format=format))
            for each, format in formats.items()
        ]
    assert len(read[0])
    assert all(each == read[0] for each in read)


@pytest.mark.parametrize("name", ["meetings/basel-oewg-12", PASSAGE])
def test_csv_has_a_row_for_each_statement_with_labels_and_passages(
    server: Served, name: str
) -> None:
    with client(server) as ask:
        rows = list(csv.DictReader(io.StringIO(ask.get(f"/{name}.csv").text)))
        quads = in_graphs(ask.get(f"/{name}.nq").content, "nq")
    assert len(rows) == len({triple for _, triple in quads})
    graphs = {graph for row in rows for graph in row["graphs"].split()}
    assert graphs == {graph for graph, _ in quads}
    ours = [row for row in rows if row["subject"] == BASE + "meetings/basel-oewg-12"]
    for row in ours:
        assert row["subjectLabel"].startswith("Open-ended Working Group")
    stating = [row for row in rows if "/annex/2-f/3 " in row["graphs"] + " "]
    assert all("COP-4 report annex/2-f/3" in row["graphsLabel"] for row in stating)


@pytest.mark.parametrize("form", [*FORMATS, "jsonld", "csv"])
def test_the_same_question_gets_the_same_bytes(server: Served, form: str) -> None:
    with client(server) as ask:
        # A name written otherwise is the same thing, made for its own key or not.
        answers = {ask.get(f"/organisations/{name}.{form}").content for name in ("oecd", "%6Fecd")}
    assert len(answers) == 1
