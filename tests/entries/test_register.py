"""The register knows each file, since when, and with which bytes."""

from __future__ import annotations

import hashlib
from datetime import date

import pyoxigraph as ox

from meagraph.entries.register import file_iri, renewed_register
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY

FIRST, LATER = date(2025, 1, 1), date(2025, 2, 2)


def triples(text: str) -> list[ox.Triple]:
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE + "register")
    return [quad.triple for quad in quads]


def said(text: str, path: str) -> dict[str, str]:
    return {
        triple.predicate.value.replace(DCTERMS, "").replace(ONTOLOGY, ""): triple.object.value
        for triple in triples(text)
        if triple.subject == ox.NamedNode(file_iri(path))
    }


def test_a_new_file_is_created_and_modified_on_the_day() -> None:
    text = renewed_register([], {"documents/d/index.ttl": b"x"}, FIRST)
    record = said(text, "documents/d/index.ttl")
    assert record.pop("http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == ONTOLOGY + "EntryFile"
    assert record == {
        "created": "2025-01-01",
        "modified": "2025-01-01",
        "sha256": hashlib.sha256(b"x").hexdigest(),
    }


def test_changed_bytes_change_the_day_of_modification_alone() -> None:
    files = {"places/a.ttl": b"x", "places/b.ttl": b"y"}
    known = triples(renewed_register([], files, FIRST))
    text = renewed_register(known, {**files, "places/a.ttl": b"z"}, LATER)
    changed, same = said(text, "places/a.ttl"), said(text, "places/b.ttl")
    assert (changed["created"], changed["modified"]) == ("2025-01-01", "2025-02-02")
    assert changed["sha256"] == hashlib.sha256(b"z").hexdigest()
    assert same["modified"] == "2025-01-01"


def test_nothing_changes_on_another_day_if_no_bytes_did() -> None:
    text = renewed_register([], {"places/a.ttl": b"x"}, FIRST)
    assert renewed_register(triples(text), {"places/a.ttl": b"x"}, LATER) == text


def test_the_record_of_a_file_that_is_gone_goes() -> None:
    known = triples(renewed_register([], {"places/a.ttl": b"x", "places/b.ttl": b"y"}, FIRST))
    text = renewed_register(known, {"places/b.ttl": b"y"}, LATER)
    assert said(text, "places/a.ttl") == {}
    assert said(text, "places/b.ttl")["modified"] == "2025-01-01"


def test_whatever_else_is_said_of_a_file_is_kept() -> None:
    known = triples(renewed_register([], {"places/a.ttl": b"x"}, FIRST))
    node = ox.NamedNode(file_iri("places/a.ttl"))
    known.append(ox.Triple(node, ox.NamedNode(ONTOLOGY + "remark"), ox.Literal("seen twice")))
    reading = ox.NamedNode(BASE + "register#reading")
    known.append(ox.Triple(reading, ox.NamedNode(ONTOLOGY + "remark"), ox.Literal("first")))
    kept = triples(renewed_register(known, {"places/a.ttl": b"z"}, LATER))
    assert known[-1] in kept and known[-2] in kept


def test_without_files_there_is_no_register() -> None:
    assert renewed_register([], {}, FIRST) == ""
