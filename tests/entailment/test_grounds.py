"""From what follows back to the files that it follows from."""

from __future__ import annotations

import pytest
from entailed import stated
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from meagraph.entailment import Grounds, entail
from meagraph.graph import build
from meagraph.namespaces import BASE, ENTAILED_GRAPH, ONTOLOGY, expand
from meagraph.project import Project

NOTE = "documents/note/"
GRAPHS = {
    "ontology": (
        "mea:unitOf rdfs:subPropertyOf mea:rollsUpTo . mea:rollsUpTo a owl:TransitiveProperty . "
        "mea:Secretariat rdfs:subClassOf mea:Organisation ."
    ),
    "organisations/branch": "organisations:branch mea:unitOf organisations:division .",
    "organisations/division": "organisations:division a mea:Secretariat .",
    NOTE + "1": "organisations:division mea:unitOf organisations:unep .",
    NOTE + "2": (
        "this:act a mea:CooperationActivity ; mea:hasParticipation this:one , this:other ; "
        "mea:status status:done . this:one mea:agent organisations:branch . "
        "this:other mea:agent organisations:who ."
    ),
    NOTE + "3": (
        "this:list mea:listOf programmes:iomc ; mea:itemRole role:member ; "
        "mea:item organisations:who . meetings:part schema:superEvent meetings:whole ."
    ),
    NOTE + "4": (
        'meetings:whole mea:when "2024-06"^^edtf:EDTF ; mea:status status:held . '
        "this:late mea:duringPeriod this:period . "
    ),
    NOTE + "5": (
        'documents:note mea:shortTitle "Note" . <https://w3id.org/meagraph/documents/note/5> '
        'mea:label "5" ; dcterms:isPartOf documents:note .'
    ),
    "readings/note/4": "this:doubt mea:concerns meetings:whole .",
}


@pytest.fixture(scope="module")
def store() -> Store:
    store = stated(GRAPHS)
    for triple in entail(store):
        for graph in (NamedNode(ENTAILED_GRAPH), DefaultGraph()):
            store.add(Quad(triple.subject, triple.predicate, triple.object, graph))
    return store


def found(store: Store, subject: str, predicate: str) -> list[set[str]]:
    """For each triple, the paths of the graphs that it follows from."""
    node = NamedNode(expand(subject) or BASE + subject)
    quads = store.quads_for_pattern(node, NamedNode(str(expand(predicate))), None, DefaultGraph())
    triples = sorted((quad.triple for quad in quads), key=str)
    grounds = Grounds(store)
    return [
        {str(quad.graph_name).strip("<>").removeprefix(BASE) for quad in grounds.of(triple)}
        for triple in triples
    ]


PAIR = "graphs/entailed#organisations.unep--organisations.who"


@pytest.mark.parametrize(
    ("subject", "predicate", "graphs"),
    [
        (
            "organisations:branch",
            "mea:rollsUpTo",
            [{"organisations/branch"}, {"organisations/branch", NOTE + "1"}],
        ),
        ("organisations:division", "rdf:type", [{"organisations/division"}] * 2),
        ("organisations:who", "mea:cooperatesWith", [{NOTE + "2"}]),
        (PAIR, "mea:restsOn", [{NOTE + "2", "organisations/branch", NOTE + "1"}]),
        (PAIR, "mea:activitiesAsNamed", [{NOTE + "2", "organisations/branch", NOTE + "1"}]),
        ("organisations:who", "mea:memberOf", [{NOTE + "3"}]),
        ("meetings:part", "mea:latest", [{NOTE + "3", NOTE + "4"}]),
        ("meetings:whole", "mea:latestStatus", [{NOTE + "4"}]),
        ("documents/note/5", "rdfs:label", [{NOTE + "5"}]),
        ("readings/note/4#doubt", "mea:readingOf", [{"readings/note/4"}]),
        (NOTE + "2#act", "mea:involves", [{NOTE + "2"}] * 2),
        ("organisations:who", "rdf:type", [{NOTE + "2"}]),
    ],
)
def test_a_derived_triple_leads_to_the_files_that_it_follows_from(
    store: Store, subject: str, predicate: str, graphs: list[set[str]]
) -> None:
    assert found(store, subject, predicate) == graphs


def test_a_count_of_the_named_rests_on_the_activities_that_name_both(store: Store) -> None:
    pair = "graphs/entailed#organisations.branch--organisations.who"
    assert found(store, pair, "mea:activitiesAsNamed") == [{NOTE + "2"}]


def test_a_stated_triple_rests_on_itself_and_a_false_one_on_nothing(store: Store) -> None:
    branch = NamedNode(BASE + "organisations/branch")
    unit_of = NamedNode(ONTOLOGY + "unitOf")
    division = NamedNode(BASE + "organisations/division")
    assert len(Grounds(store).of(Triple(branch, unit_of, division))) == 1
    assert Grounds(store).of(Triple(division, unit_of, branch)) == []


def test_each_derived_triple_of_the_graph_itself_rests_on_a_file(project: Project) -> None:
    store = build(project)
    grounds = Grounds(store)
    derived = store.quads_for_pattern(None, None, None, NamedNode(ENTAILED_GRAPH))
    groundless = [quad.triple for quad in derived if not grounds.of(quad.triple)]
    assert groundless == []
