"""Which graphs a query is asked of."""

from __future__ import annotations

import httpx
import pytest
from running import Served
from sparql_client import DIRECT, ask, post, rows

MERGE = "https://w3id.org/meagraph/graphs/merge"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def passages(server: Served) -> list[tuple[str, int]]:
    """Two passages and how many triples each states."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } ?g a mea:Passage } GROUP BY ?g"
    found = rows(ask(server.url, query + " ORDER BY ?g LIMIT 2"))
    return [(row["g"], int(row["n"])) for row in found]


def counted(response: httpx.Response) -> int:
    return int(rows(response)[0]["n"])


def test_without_a_dataset_the_merge_is_asked(server: Served) -> None:
    everything = counted(ask(server.url, COUNT))
    assert everything > 10_000
    assert counted(ask(server.url, COUNT, **{"default-graph-uri": MERGE})) == everything
    assert counted(ask(server.url, f"SELECT (COUNT(*) AS ?n) FROM <{MERGE}> {{ ?s ?p ?o }}")) == (
        everything
    )


def test_the_request_names_the_default_graph(
    server: Served, passages: list[tuple[str, int]]
) -> None:
    (one, size), (other, other_size) = passages
    assert counted(ask(server.url, COUNT, **{"default-graph-uri": one})) == size
    both = {"default-graph-uri": [one, other]}
    assert counted(ask(server.url, COUNT, **both)) == size + other_size
    assert counted(ask(server.url, NAMED, **both)) == 0


def test_the_request_names_the_named_graphs(
    server: Served, passages: list[tuple[str, int]]
) -> None:
    graphs = {"named-graph-uri": [one for one, _ in passages]}
    assert counted(ask(server.url, NAMED, **graphs)) == 2
    assert counted(ask(server.url, COUNT, **graphs)) == 0


def test_the_dataset_of_a_body_stands_in_the_address(
    server: Served, passages: list[tuple[str, int]]
) -> None:
    one, size = passages[0]
    assert counted(post(server.url, COUNT, DIRECT, f"?default-graph-uri={one}")) == size


def test_the_query_names_its_dataset(server: Served, passages: list[tuple[str, int]]) -> None:
    (one, size), (other, _) = passages
    assert counted(ask(server.url, COUNT.replace("{", f"FROM <{one}> {{", 1))) == size
    named = NAMED.replace("{", f"FROM NAMED <{one}> from named <{other}> {{", 1)
    assert counted(ask(server.url, named)) == 2
    assert counted(ask(server.url, COUNT.replace("{", f"FROM NAMED <{one}> {{", 1))) == 0


def test_a_prefixed_name_names_a_graph(server: Served, passages: list[tuple[str, int]]) -> None:
    one, size = passages[0]
    space, _, local = one.rpartition("/")
    query = f"PREFIX x: <{space}/> " + COUNT.replace("{", f"FROM x:{local} {{", 1)
    assert counted(ask(server.url, query)) == size


def test_a_relative_iri_names_a_graph(server: Served) -> None:
    everything = counted(ask(server.url, COUNT))
    clause = COUNT.replace("{", "FROM <merge> {", 1)
    base = "BASE <https://w3id.org/meagraph/> BASE <graphs/> "
    assert counted(ask(server.url, base + clause)) == everything
    assert ask(server.url, clause).status_code == 400


def test_of_a_prefix_that_is_declared_twice_the_last_holds(
    server: Served, passages: list[tuple[str, int]]
) -> None:
    one, size = passages[0]
    space, _, local = one.rpartition("/")
    clause = COUNT.replace("{", f"FROM x:{local} {{", 1)
    query = f"PREFIX x: <u:other/> BASE <{space}/> PREFIX x: <> " + clause
    assert counted(ask(server.url, query)) == size


def test_the_request_goes_before_the_query(server: Served, passages: list[tuple[str, int]]) -> None:
    (one, size), (other, _) = passages
    query = COUNT.replace("{", f"FROM <{other}> {{", 1)
    assert counted(ask(server.url, query, **{"default-graph-uri": one})) == size


def test_an_unknown_graph_of_the_request_is_empty(server: Served) -> None:
    graph = {"default-graph-uri": "http://127.0.0.1:9/data.ttl"}
    assert counted(ask(server.url, COUNT, **graph)) == 0


@pytest.mark.parametrize(
    "clause",
    ["FROM <http://127.0.0.1:9/data.ttl>", "FROM NAMED <http://127.0.0.1:9/x>", "FROM <here>"],
)
def test_an_unknown_graph_of_the_query_is_refused_and_not_fetched(
    server: Served, clause: str
) -> None:
    answer = ask(server.url, COUNT.replace("{", f"{clause} {{", 1))
    assert answer.status_code == 400
    assert "no such graph" in answer.json()["detail"]
    assert answer.json()["column"] == len("SELECT (COUNT(*) AS ?n) ") + clause.index("<") + 1
