"""From which files and texts the graph was built, and how statements are written."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store
from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, URIRef
from self_describing import (
    DATASET,
    MEA,
    number,
    read,
)

from meagraph.export.catalogue.provenance import provenance
from meagraph.export.catalogue.statements import Statements, fit, text
from meagraph.graph import build
from meagraph.namespaces import BASE
from meagraph.project import Project


def test_the_build_used_each_registered_file(store: Store, origin: Graph) -> None:
    members = set(origin.objects(None, PROV.hadMember))
    assert len(members) == number(store, f"?file a <{MEA}EntryFile>") > 0
    for file in members:
        assert (file, RDF.type, PROV.Entity) in origin
        (sha,) = origin.objects(file, URIRef(MEA + "sha256"))
        assert len(sha) == 64
    (build_,) = origin.subjects(RDF.type, PROV.Activity)
    assert (build_, PROV.used, next(origin.subjects(RDF.type, PROV.Collection))) in origin
    (agent,) = origin.objects(build_, PROV.wasAssociatedWith)
    assert (agent, RDF.type, PROV.Agent) in origin


def test_files_of_passages_and_readings_derive_from_their_text_alone(root: Path) -> None:
    found = read(provenance(build(Project(root))).ttl)
    derived = set(found.subjects(PROV.wasDerivedFrom, URIRef(BASE + "provenance#text-note")))
    assert derived == {
        DATASET,
        URIRef(BASE + "documents/note/annex/1.ttl"),
        URIRef(BASE + "readings/note/annex/1.ttl"),
    }


def test_the_texts_read_have_their_check_sums(store: Store, origin: Graph) -> None:
    texts = [
        text for text, document in origin.subject_objects(DCTERMS.isFormatOf) if text and document
    ]
    assert len(texts) == number(store, f"?document a <{MEA}SourceDocument>") == 2
    for each in texts:
        assert (each, RDF.type, PROV.Entity) in origin
        (sha,) = origin.objects(each, URIRef(MEA + "sha256"))
        (document,) = origin.objects(each, DCTERMS.isFormatOf)
        assert number(store, f"<{document}> <{MEA}sha256> '{sha}'") == 1
        assert list(origin.objects(each, RDFS.label))


def test_statements_are_written_alike_in_whatever_order_they_were_made() -> None:
    pairs = [(BASE + name, f"{BASE}p{number}") for name in "cab" for number in range(9)]
    written = set()
    for order in (pairs, pairs[::-1]):
        said = Statements()
        for subject, value in order:
            said.say(subject, RDFS.seeAlso, value)
        written.add((said.ttl, said.jsonld))
    ((turtle, _),) = written
    assert turtle.count(b"seeAlso") == 3


def test_names_made_of_others_are_fit_for_an_iri() -> None:
    assert fit("Ä: x/y é.ttl") == "x-y-.ttl"
    said = Statements()
    said.say(BASE + "x", RDFS.label, text("a"), text("a"))
    assert len(said.triples) == 1
