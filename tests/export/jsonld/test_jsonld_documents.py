from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonld_expansion import by_pyld, by_pyoxigraph, made
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.export.jsonld import CONTEXT, context, document, files
from meagraph.namespaces import BASE, ENTAILED_GRAPH, ONTOLOGY, RDF, RDFS, SKOS, XSD
from meagraph.project import Project

MERGE = DefaultGraph()
TYPE = NamedNode(RDF + "type")
Made = dict[str, Callable[[], bytes]]


@pytest.fixture(scope="module")
def written(store: Store, project: Project) -> dict[str, dict[str, Any]]:
    """Every file of the export, read as JSON."""
    return {name: json.loads(make()) for name, make in files(store, project).items()}


@pytest.fixture(scope="module")
def entities(written: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: one
        for name, one in written.items()
        if not name.startswith("schema/") and name != "context.jsonld"
    }


@pytest.fixture(scope="module")
def said(
    entities: dict[str, dict[str, Any]], written: dict[str, dict[str, Any]]
) -> dict[str, set[Quad]]:
    """What each document says in RDF."""
    meaning = written["context.jsonld"]
    return {name: by_pyoxigraph(one, meaning) for name, one in entities.items()}


def ontology_of(store: Store) -> Store:
    """A graph of the ontology alone."""
    found = Store()
    for quad in store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY[:-1])):
        found.add(quad)
        found.add(Quad(quad.subject, quad.predicate, quad.object, MERGE))
    return found


def own(store: Store, iri: str) -> set[Quad]:
    """What the merge says of a thing."""
    return set(store.quads_for_pattern(NamedNode(iri), None, None, MERGE))


def test_every_document_says_only_what_the_graph_holds(
    store: Store, said: dict[str, set[Quad]]
) -> None:
    for name, quads in said.items():
        assert not [quad for quad in quads if quad not in store], name


def test_every_document_says_all_that_files_state_of_the_thing_itself(
    store: Store, entities: dict[str, dict[str, Any]], said: dict[str, set[Quad]]
) -> None:
    entailed = NamedNode(ENTAILED_GRAPH)
    for name, one in entities.items():
        for quad in own(store, one["id"]) - said[name]:
            derived = Quad(quad.subject, quad.predicate, quad.object, entailed)
            assert derived in store, f"{name} lacks {quad}"


def test_a_second_reader_of_json_ld_finds_the_same(
    entities: dict[str, dict[str, Any]],
    written: dict[str, dict[str, Any]],
    said: dict[str, set[Quad]],
) -> None:
    for name in sorted(entities)[::40]:
        assert by_pyld(entities[name], written["context.jsonld"]) == said[name], name


def test_records_passages_activities_readings_and_documents_all_have_a_document(
    store: Store, entities: dict[str, dict[str, Any]]
) -> None:
    have = {one["id"] for one in entities.values()}
    for kind in ("Meeting", "Organisation", "Passage", "Activity", "Reading", "Document"):
        quads = store.quads_for_pattern(None, TYPE, NamedNode(ONTOLOGY + kind), MERGE)
        assert {quad.subject.value for quad in quads} <= have, kind


def test_the_page_of_a_server_gets_what_the_export_writes(
    store: Store, entities: dict[str, dict[str, Any]], written: dict[str, dict[str, Any]]
) -> None:
    assert context(store) == written["context.jsonld"]
    for name in sorted(entities)[::60]:
        assert document(store, entities[name]["id"]) == entities[name]
    assert document(store, BASE + "meetings/no-such") is None


def test_the_same_graph_gives_the_same_bytes(store: Store, project: Project) -> None:
    copy = Store()
    copy.extend(sorted(store, key=str, reverse=True))
    one, other = files(store, project), files(copy, project)
    assert list(one) == list(other)
    for name in one:
        assert one[name]() == other[name](), name


def test_a_document_reads_as_json(entities: dict[str, dict[str, Any]]) -> None:
    found = entities["organisations/oecd.jsonld"]
    assert found["@context"] == CONTEXT
    assert list(found)[1:4] == ["id", "type", "label"]
    assert (found["type"], found["acronym"]) == ("Organisation", ["OECD"])
    roles = {each["role"]["label"] for each in found["activities"]}
    assert "organiser" in roles
    assert all(each["activity"]["label"] for each in found["activities"])


def test_a_passage_in_the_evidence_says_what_it_states_of_the_thing(
    entities: dict[str, dict[str, Any]],
) -> None:
    evidence = entities["meetings/prtr-round-table-4.jsonld"]["evidence"]
    (passage,) = [each for each in evidence if each["label"] == "COP-6 note annex-1/24"]
    assert passage["states"][0]["whenAsStated"] == ["21-20 November 2024"]
    assert passage["states"][0]["when"] == ["2024-11"]


def test_evidence_stands_in_the_order_of_the_documents(
    store: Store, entities: dict[str, dict[str, Any]]
) -> None:
    def order(passage: str) -> tuple[str, int]:
        quads = own(store, passage)
        found = {quad.predicate.value: getattr(quad.object, "value", "") for quad in quads}
        return found["http://purl.org/dc/terms/isPartOf"], int(found[ONTOLOGY + "order"])

    places = [order(one["id"]) for one in entities["agreements/minamata.jsonld"]["evidence"]]
    assert len(places) > 10
    assert places == sorted(places)


def test_the_context_imports_none_and_every_address_in_it_is_a_term(
    written: dict[str, dict[str, Any]],
) -> None:
    terms = written["context.jsonld"]["@context"]
    assert "@import" not in json.dumps(terms)
    assert not [key for key, term in terms.items() if isinstance(term, str) and "://" in term]
    assert terms["ordinal"]["@type"] == XSD + "integer"
    assert terms["meetingOf"]["@type"] == "@id"
    assert terms["labelInDocument"]["@id"] == ONTOLOGY + "label"


def test_keys_keep_their_shape_whatever_the_number_of_values(
    entities: dict[str, dict[str, Any]], written: dict[str, dict[str, Any]]
) -> None:
    terms = written["context.jsonld"]["@context"]
    for name, one in entities.items():
        for key, value in one.items():
            term = terms.get(key)
            if isinstance(term, dict) and key not in ("label", "labels"):
                assert isinstance(value, list) == (term.get("@container") == "@set"), (name, key)


def test_a_record_that_was_given_up_says_what_replaces_it(project: Project, tmp_path: Path) -> None:
    text = "meetings:old owl:deprecated true ; dcterms:isReplacedBy meetings:new ."
    store = made(project, tmp_path, {"data/meetings/old.ttl": text})
    found = json.loads(files(store, project)["meetings/old.jsonld"]())
    assert found["deprecated"] is True
    assert found["isReplacedBy"] == [{"id": BASE + "meetings/new"}]


def test_what_leads_to_a_thing_stands_under_the_key_of_its_property(
    store: Store, entities: dict[str, dict[str, Any]]
) -> None:
    asked = {
        "meetings": ("bodies/minamata-cop", ONTOLOGY + "meetingOf"),
        "decisionsAdopted": ("bodies/minamata-cop", ONTOLOGY + "adoptedBy"),
        "partsOfMeeting": ("meetings/minamata-cop-4", "http://schema.org/superEvent"),
        "externalIdentifiers": ("organisations/unep", ONTOLOGY + "identifies"),
        "activities": ("organisations/unep", ONTOLOGY + "agent"),
        "readings": ("meetings/prtr-round-table-4", ONTOLOGY + "concerns"),
    }
    for key, (name, predicate) in asked.items():
        pointing = store.quads_for_pattern(
            None, NamedNode(predicate), NamedNode(BASE + name), MERGE
        )
        found = entities[f"{name}.jsonld"][key]
        assert found
        assert {each["id"] for each in found} == {quad.subject.value for quad in pointing}, key


@pytest.mark.parametrize(
    ("property", "value", "shown"),
    [
        ("reason", Literal("x", language="en"), "x"),
        ("reason", Literal("x", language="ar"), {"@value": "x", "@language": "ar"}),
        ("reason", Literal("x"), {"@value": "x"}),
        ("order", Literal(4), 4),
        ("order", Literal("4"), {"@value": "4"}),
        ("sha256", Literal("4"), "4"),
        ("value", Literal("4.5", datatype=NamedNode(XSD + "decimal")), "4.5"),
        ("meetingOf", Literal("x"), [{"@value": "x"}]),
    ],
)
def test_a_value_that_is_not_of_its_keys_kind_says_of_which_it_is(
    store: Store, project: Project, property: str, value: Literal, shown: object
) -> None:
    mine = ontology_of(store)
    thing = NamedNode(BASE + "meetings/x")
    for graph in (thing, MERGE):
        mine.add(Quad(thing, TYPE, NamedNode(ONTOLOGY + "Meeting"), graph))
        mine.add(Quad(thing, NamedNode(ONTOLOGY + property), value, graph))
    made_files = files(mine, project)
    found = json.loads(made_files["meetings/x.jsonld"]())
    if property == "value":
        shown = {"@value": shown, "@type": XSD + "decimal"}
    assert found[property] == shown
    meaning = json.loads(made_files["context.jsonld"]())
    assert by_pyoxigraph(found, meaning) == own(mine, thing.value)


HARD = {
    "html": '<script>alert("x")</script> & &amp; &lt;b&gt;',
    "controls": "a\x00b\x08c\x1bd\x7fe\u2028f",
    "rtl": "\u202eاتفاقية ميناماتا\u202c",
    "long": "long " * 1000,
    "keyword": "@type",
    "blank": "",
    "astral": "𝔐 \U0001f30d e\u0301",
}


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("language", ["en", "ar", "en-gb", None])
def test_hard_labels_come_back_as_they_are(
    store: Store, project: Project, name: str, language: str | None
) -> None:
    mine = ontology_of(store)
    label = Literal(HARD[name], language=language) if language else Literal(HARD[name])
    thing = NamedNode(BASE + "meetings/x")
    for graph in (thing, MERGE):
        mine.add(Quad(thing, TYPE, NamedNode(ONTOLOGY + "Meeting"), graph))
        mine.add(Quad(thing, NamedNode(RDFS + "label"), label, graph))
    made_files = files(mine, project)
    found = json.loads(made_files["meetings/x.jsonld"]())
    assert found.get("label") == (HARD[name] if language == "en" else None)
    meaning = json.loads(made_files["context.jsonld"]())
    assert by_pyoxigraph(found, meaning) == by_pyld(found, meaning) == own(mine, thing.value)


def test_an_iri_with_letters_beyond_ascii_has_a_document(store: Store, project: Project) -> None:
    mine = Store()
    thing = NamedNode(BASE + "places/são-tomé-日本")
    for graph in (thing, MERGE):
        mine.add(Quad(thing, TYPE, NamedNode(ONTOLOGY + "Place"), graph))
    made_files = files(mine, project)
    (name,) = [name for name in made_files if name.startswith("places/")]
    assert name == "places/s%C3%A3o-tom%C3%A9-%E6%97%A5%E6%9C%AC.jsonld"
    assert json.loads(made_files[name]())["id"] == thing.value


names = st.sampled_from(["a", "b", "c#d", "é"]).map(
    lambda name: NamedNode(BASE + "meetings/" + name)
)
texts = st.text(st.characters(codec="utf-8"), max_size=8)
numbers = st.sampled_from("0 4 -7 +4 04 4.0 90071992547409921 x ١".split())
datatypes = st.sampled_from("string integer decimal boolean date gYear double".split())
objects = st.one_of(
    names,
    st.sampled_from([NamedNode("urn:x:y"), NamedNode(SKOS + "Concept")]),
    texts.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag), texts, st.sampled_from("en ar fr".split())
    ),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)),
        numbers | st.sampled_from(["true", "1", "2024-01-01"]),
        datatypes,
    ),
)
local = "label order when agent hasParticipation event partOf reason identifies kind value"
predicates = st.sampled_from(
    [NamedNode(ONTOLOGY + name) for name in local.split()]
    + [NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"), NamedNode("http://x.org/own")]
)
kinds = st.sampled_from(
    [NamedNode(ONTOLOGY + name) for name in ("Meeting", "Passage", "Participation")]
)
classes = kinds | st.just(NamedNode(SKOS + "Concept"))
triples = st.one_of(st.tuples(names, predicates, objects), st.tuples(names, st.just(TYPE), classes))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(statements=st.lists(st.tuples(triples, names), max_size=14))
def test_documents_of_any_graph_invent_nothing_and_lose_nothing_of_their_thing(
    store: Store, project: Project, statements: list[tuple[Any, NamedNode]]
) -> None:
    mine = ontology_of(store)
    for triple, graph in statements:
        mine.add(Quad(*triple, graph))
        mine.add(Quad(*triple, MERGE))
    made_files = files(mine, project)
    meaning = json.loads(made_files["context.jsonld"]())
    for name, make in made_files.items():
        if name == "context.jsonld" or name.startswith("schema/"):
            continue
        found = json.loads(make())
        told = by_pyoxigraph(found, meaning)
        assert all(quad in mine for quad in told)
        assert own(mine, found["id"]) <= told
