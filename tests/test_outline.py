"""A description laid out for a reader: each thing once, in sections, like beside like."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from meagraph.evidence.description import Origin, describe
from meagraph.evidence.outline import Section, origin_words, outline, reference_words
from meagraph.namespaces import BASE, ENTAILED_GRAPH, PREFIXES

BODY = BASE + "bodies/committee"
MEETING = BASE + "meetings/committee-1"
GRAPHS = {
    "ontology": (
        "mea:topic rdfs:label 'topic'@en ; rdfs:subPropertyOf mea:near . "
        "mea:near rdfs:label 'near'@en ; rdfs:subPropertyOf dcterms:subject . "
        "dcterms:subject rdfs:label 'subject'@en . mea:when rdfs:label 'when'@en . "
        "mea:statedAs rdfs:label 'stated as'@en . mea:event rdfs:label 'event'@en . "
        "mea:bodyKind rdfs:label 'kind of body'@en . mea:about rdfs:label 'about'@en . "
        "mea:InferredLink rdfs:label 'inferred link'@en ; rdfs:subClassOf mea:Reading . "
        "role:observer skos:prefLabel 'observer'@en . role:author skos:prefLabel 'author'@en ."
    ),
    "bodies/committee": (
        "bodies:committee a mea:Body ; rdfs:label 'The committee'@en ; skos:altLabel 'Board'@en ."
    ),
    "documents/note": (
        "documents:note mea:shortTitle 'The note' . "
        + " ".join(
            f"<{BASE}documents/note/annex/{n}> a mea:Passage ; mea:order {n} ; "
            f"mea:label 'annex/{n}' ."
            for n in (1, 2)
        )
    ),
    "documents/note/annex/1": (
        "bodies:committee mea:statedAs 'a committee' ; mea:topic topic:waste . "
        "meetings:committee-1 mea:when '2024-06-11/2024-06-13'^^edtf:EDTF . "
        "this:zeal a mea:Activity ; rdfs:label 'Zealous act'@en ; mea:hasParticipation this:a ; "
        "mea:about bodies:committee . this:a mea:agent bodies:committee ; mea:role role:author . "
        "this:act a mea:Activity ; rdfs:label 'An act'@en ; mea:hasParticipation this:b . "
        "this:b mea:agent bodies:committee ; mea:role role:observer ."
    ),
    "documents/note/annex/2": (
        "bodies:committee mea:statedAs 'a committee' ; mea:topic topic:water , topic:noise ; "
        "dcterms:subject topic:noise ."
    ),
    "readings/note/annex/2": (
        "this:r a mea:InferredLink ; rdfs:label 'It was there'@en ; mea:reason 'Because.' ; "
        "mea:concerns bodies:committee ; mea:linksTo bodies:committee ."
    ),
    "entailed": (
        "bodies:committee mea:near topic:waste ; dcterms:subject topic:waste , topic:air ; "
        "dcterms:subject topic:water . "
        "meetings:committee-1 mea:earliest '2024-06-11'^^xsd:date ; "
        "mea:latest '2024-06-13'^^xsd:date ; "
        "schema:startDate '2024-06-11'^^xsd:date ; schema:endDate '2024-06-13'^^xsd:date . "
        "meetings:early mea:latest '2024-06-30'^^xsd:date . "
        "meetings:late mea:earliest '2024-06-30'^^xsd:date . "
        "meetings:vague mea:earliest '2024-01-01'^^xsd:date ; mea:latest '2024-03-31'^^xsd:date . "
        "meetings:short mea:earliest '2024-06-30'^^xsd:date ; "
        "schema:startDate '2024-06-30'^^xsd:date ; "
        "mea:latest '2024-06-30'^^xsd:date ; schema:endDate '2024-06-30'^^xsd:date ."
    ),
}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    for path, turtle in GRAPHS.items():
        text = f"{head}PREFIX this: <{BASE}{path}#>\n{turtle}"
        graph = ENTAILED_GRAPH if path == "entailed" else BASE + path
        store.load(text, format=RdfFormat.TURTLE, to_graph=NamedNode(graph))
        store.load(text, format=RdfFormat.TURTLE, to_graph=DefaultGraph())
    return store


def sections(store: Store, iri: str) -> dict[str, Section]:
    return {section.title: section for section in outline(store, describe(store, iri))}


def rows(section: Section) -> list[tuple[str, str]]:
    return [(group.name, row.value) for group in section.groups for row in group.rows]


def test_what_the_heading_tells_is_not_told_again(store: Store) -> None:
    own = sections(store, BODY)[""]
    assert "The committee" not in [value for _, value in rows(own)]
    assert "Board" in [value for _, value in rows(own)]


def test_a_fact_entailed_from_a_more_special_one_is_not_told_and_others_are(store: Store) -> None:
    told = rows(sections(store, BODY)[""])
    assert ("topic", "topic:waste") in told
    assert ("near", "topic:waste") not in told and ("subject", "topic:waste") not in told
    assert ("subject", "topic:water") not in told, "the property between them is not told either"
    assert ("subject", "topic:air") in told and ("subject", "topic:noise") in told


def test_literal_forms_stand_last_with_their_document_named_once(store: Store) -> None:
    last = sections(store, BODY)[""].groups[-1]
    assert last.name == "stated as"
    assert [row.origin for row in last.rows] == ["The note annex/1, annex/2"]


def test_activities_stand_by_role(store: Store) -> None:
    acts = sections(store, BODY)["Its part in activities"]
    assert rows(acts) == [("author", "Zealous act"), ("observer", "An act")]
    assert rows(sections(store, BODY)["Referred to by"]) == [("about this", "Zealous act")]


def test_a_role_is_referred_to_by_activities_not_by_their_nameless_participations(
    store: Store,
) -> None:
    referred = sections(store, PREFIXES["role"] + "observer")["Referred to by"]
    assert [value for _, value in rows(referred)] == ["An act"]


def test_a_reading_stands_once_by_its_class(store: Store) -> None:
    readings = sections(store, BODY)["Readings of passages"]
    assert rows(readings) == [("inferred link", "It was there")]
    assert [row.origin for row in readings.groups[0].rows] == ["The note annex/2"]


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        ("committee-1", "2024-06-11 to 2024-06-13"),
        ("short", "2024-06-30"),
        ("vague", "between 2024-01-01 and 2024-03-31"),
        ("early", "not after 2024-06-30"),
        ("late", "not before 2024-06-30"),
    ],
)
def test_the_bounds_of_a_time_are_one_line(store: Store, meeting: str, said: str) -> None:
    own = sections(store, f"{BASE}meetings/{meeting}")[""]
    assert [value for name, value in rows(own) if name == "days"] == [said]
    assert len([name for name, _ in rows(own) if name != "when"]) == 1


def test_days_are_traced_to_what_dates_the_thing(store: Store) -> None:
    own = sections(store, MEETING)[""]
    (days,) = [group for group in own.groups if group.name == "days"]
    assert days.rows[0].origin == "entailed from The note annex/1"


def test_origins_of_several_documents_stand_apart_and_entailed_ones_last() -> None:
    def origin(name: str, kind: str = "passage", *, entailed: bool = False) -> Origin:
        return Origin(kind, BASE, name, entailed)

    stated = [origin("A note 1"), origin("A note 2"), origin("B 1"), origin("x", "record")]
    assert origin_words(stated) == "A note 1, 2; B 1; record"
    premises = [origin("A note 3", entailed=True), origin("x", "record", entailed=True)]
    assert origin_words(premises) == "entailed from A note 3; record"
    assert origin_words([*premises, *stated[:1]]) == "A note 1; entailed from A note 3; record"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("about", "about this"),
        ("falls under", "falls under this"),
        ("cites", "cites this"),
        ("output", "with this as output"),
        ("status", "with this as status"),
        ("legal basis", "with this as legal basis"),
        ("in series", "in this series"),
        ("part of the event", "part of this event"),
        ("role of the items", "with this as role of the items"),
        ("rdf:type", "with this as rdf:type"),
    ],
)
def test_a_reference_is_said_from_the_side_of_what_is_referred_to(name: str, said: str) -> None:
    assert reference_words(name) == said
