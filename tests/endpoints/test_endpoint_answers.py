"""Stored questions give through the real Oxigraph server what they give in this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.endpoints import Endpoint
from meagraph.endpoints.exchange import Asker
from meagraph.errors import UnusableInput
from meagraph.evidence import tabulate
from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES, RDF, RDFS
from meagraph.project import Project
from meagraph.queries import ask, bind, load_question
from meagraph.queryable import Queryable

ANSWERS = Path(__file__).parent.parent / "answers"
CASES = [
    pytest.param(path.stem, case["parameters"], id=f"{path.stem}-{number}")
    for path in sorted(ANSWERS.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
]
SECRETARIAT = NamedNode(BASE + "organisations/minamata-secretariat")
LABEL = NamedNode(RDFS + "label")
TYPE = NamedNode(RDF + "type")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that are sent."""
    sent: list[str] = []
    exchange = Asker.exchange

    def counted(self: Asker, sparql: str, *rest: Any) -> Any:
        sent.append(sparql)
        return exchange(self, sparql, *rest)

    monkeypatch.setattr(Asker, "exchange", counted)
    return sent


def _table(project: Project, name: str, given: dict[str, list[str]], graph: Queryable) -> Any:
    question = load_question(project, name)
    answer = ask(graph, bind(question, graph, given), question.path)
    return tabulate(question, given, graph, answer)


@pytest.mark.parametrize(("name", "given"), CASES)
def test_a_stored_question_gives_the_same_table(
    name: str,
    given: dict[str, list[str]],
    project: Project,
    store: Store,
    oxigraph_server: str,
    asked: list[str],
) -> None:
    here, cited_here = _table(project, name, given, store)
    there, cited_there = _table(project, name, given, Endpoint(oxigraph_server))
    assert list(there.columns) == list(here.columns)
    assert list(map(tuple, there.rows)) == list(map(tuple, here.rows))
    assert there.labels == here.labels
    assert there.empty == here.empty
    assert cited_there == cited_here
    # What the rows hold is asked for in one go, however many there are.
    values = sum(map(len, given.values()))
    assert len(asked) <= 6 + 4 * values
    assert values > 2 or len(asked) <= 12


def test_many_values_are_not_looked_up_one_by_one(
    project: Project, store: Store, oxigraph_server: str, asked: list[str]
) -> None:
    things = store.query(f"SELECT DISTINCT ?x {{ ?x a <{ONTOLOGY}Agent> FILTER(ISIRI(?x)) }}")
    agents = sorted(thing.value for (thing,) in things)  # type: ignore[union-attr]
    assert len(agents) > 50
    bind(
        load_question(project, "meetings-attended"),
        Endpoint(oxigraph_server),
        {"agent": agents},
    )
    assert len(asked) <= 12


def test_many_names_are_not_looked_up_one_by_one(
    project: Project, store: Store, oxigraph_server: str, asked: list[str]
) -> None:
    records = store.query(
        "SELECT DISTINCT ?name { ?x a mea:Agent ; rdfs:label ?name FILTER(ISIRI(?x))"
        "FILTER NOT EXISTS { ?x owl:deprecated ?given }"
        "FILTER(STRSTARTS(STR(?x), STR(organisations:))) }",
        prefixes=PREFIXES,
    )
    names = sorted(name.value for (name,) in records)  # type: ignore[union-attr]
    assert len(names) > 20
    bind(load_question(project, "meetings-attended"), Endpoint(oxigraph_server), {"agent": names})
    assert len(asked) <= 40


@pytest.fixture(scope="module")
def copied(store: Store, oxigraph_server: str) -> Iterator[tuple[Store, Endpoint]]:
    """The served graph, in this process and at its endpoint."""
    served = Store()
    endpoint = Endpoint(oxigraph_server)
    everything = endpoint.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    served.extend(Quad(s, p, o) for s, p, o in everything)
    everything = endpoint.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    served.extend(Quad(s, p, o, g) for s, p, o, g in everything)
    yield served, endpoint


def test_look_ups_give_what_a_store_gives(copied: tuple[Store, Endpoint]) -> None:
    served, endpoint = copied
    record = NamedNode(BASE + "organisations/minamata-secretariat")
    acronym = next(served.quads_for_pattern(None, NamedNode(ONTOLOGY + "acronym"), None))
    merge = DefaultGraph()
    for pattern in (
        (SECRETARIAT, None, None, None),
        (SECRETARIAT, None, None, merge),
        (SECRETARIAT, LABEL, None, merge),
        (SECRETARIAT, LABEL, None, record),
        (None, LABEL, acronym.object, None),
        (None, None, acronym.object, merge),
        (None, None, SECRETARIAT, None),
        (None, None, SECRETARIAT, merge),
        (None, TYPE, NamedNode(ONTOLOGY + "Passage"), merge),
        (None, None, None, record),
        (SECRETARIAT, None, None, NamedNode(BASE + "no/such/graph")),
    ):
        here = set(served.quads_for_pattern(*pattern))
        assert set(endpoint.quads_for_pattern(*pattern)) == here, pattern


def test_it_tells_whether_a_quad_is_there(copied: tuple[Store, Endpoint]) -> None:
    served, endpoint = copied
    for quad in served.quads_for_pattern(SECRETARIAT, None, None, None):
        assert quad in endpoint
    assert Quad(SECRETARIAT, LABEL, Literal("never"), DefaultGraph()) not in endpoint


def test_a_look_up_is_not_asked_for_twice(oxigraph_server: str, asked: list[str]) -> None:
    endpoint = Endpoint(oxigraph_server)
    for predicate in (LABEL, TYPE, LABEL, None):
        assert list(endpoint.quads_for_pattern(SECRETARIAT, predicate, None, DefaultGraph()))
    assert len(asked) == 1


def test_a_property_of_many_things_is_asked_for_at_once(
    store: Store, oxigraph_server: str, asked: list[str]
) -> None:
    endpoint = Endpoint(oxigraph_server)
    merge = DefaultGraph()
    things = sorted({quad.subject for quad in store.quads_for_pattern(None, LABEL, None)}, key=str)
    for thing in things[:100]:
        if isinstance(thing, NamedNode):
            here = set(store.quads_for_pattern(thing, LABEL, None, merge))
            assert set(endpoint.quads_for_pattern(thing, LABEL, None, merge)) == here
    assert len(asked) <= 4


def test_each_form_of_query_gives_what_a_store_gives(copied: tuple[Store, Endpoint]) -> None:
    served, endpoint = copied
    construct = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c , mea:Meeting }"
    for graph in (served, endpoint):
        assert type(graph.query(construct, prefixes=PREFIXES)).__name__ == "QueryTriples"
        assert bool(graph.query("ASK { ?s a mea:Meeting }", prefixes=PREFIXES)) is True
        assert bool(graph.query("ASK { ?s a mea:Nothing }", prefixes=PREFIXES)) is False
    assert set(endpoint.query(construct, prefixes=PREFIXES)) == set(
        served.query(construct, prefixes=PREFIXES)
    )
    describe = f"DESCRIBE {SECRETARIAT}"
    assert set(endpoint.query(describe)) == set(served.query(describe)) != set()


def test_words_in_comments_and_names_do_not_decide_the_form(oxigraph_server: str) -> None:
    endpoint = Endpoint(oxigraph_server)
    query = (
        "# a\n# CONSTRUCT and ASK\n# DESCRIBE\nPREFIX ask: <http://x/>\nSELECT ?ask { ?ask a ?x }"
    )
    assert endpoint.query(query + " LIMIT 1").variables[0].value == "ask"


def test_a_prefix_of_the_query_itself_wins(oxigraph_server: str, asked: list[str]) -> None:
    query = 'PREFIX mea: <http://x/>\nSELECT (mea:a AS ?a) (rdf:type AS ?b) ("skos:x" AS ?c) {}'
    rows = list(Endpoint(oxigraph_server).query(query, prefixes=PREFIXES))
    assert [term.value for term in rows[0]] == ["http://x/a", RDF + "type", "skos:x"]
    assert asked[0].count("PREFIX") == 2  # the one that is used and not declared is added


@pytest.mark.parametrize("sparql", ["SELECT ?x { ?x a }", "SELECT ?x { ?x a mea:Meeting", "SELECT"])
def test_a_mistake_in_a_query_is_told_as_in_this_process(
    sparql: str, store: Store, oxigraph_server: str
) -> None:
    with pytest.raises(UnusableInput) as here:
        ask(store, sparql)
    with pytest.raises(UnusableInput) as there:
        ask(Endpoint(oxigraph_server), sparql)
    assert str(there.value) == str(here.value)


def test_signs_of_all_sorts_come_back_as_they_were_sent(oxigraph_server: str) -> None:
    text = Literal('a "quoted" \\ line\nand 𝄞 水俣 +&%=', language="en")
    rows = list(Endpoint(oxigraph_server).query(f"SELECT ?x {{ BIND({text} AS ?x) }}"))
    assert rows[0][0] == text
