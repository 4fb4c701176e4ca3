"""What is looked up for one question, or for many of one graph, is looked up once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from people import QUESTION, people
from pyoxigraph import Quad, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import PREFIXES
from meagraph.queries import bind, read_question
from meagraph.queries.remembering import Remembering

LABELS = "SELECT ?thing ?label { ?thing rdfs:label ?label }"


class Counting:
    """A graph that counts how often each query is evaluated."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.evaluated: Counter[str] = Counter()

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Any:
        self.evaluated[query] += 1
        return self.store.query(query, prefixes=prefixes)

    def quads_for_pattern(self, *pattern: Any) -> Iterator[Quad]:
        return self.store.quads_for_pattern(*pattern)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self.store


@pytest.fixture
def counting() -> Counting:
    return Counting(people())


def test_a_value_that_nothing_is_called_has_each_list_made_once(counting: Counting) -> None:
    question = read_question(QUESTION, "who.rq", "who")
    with pytest.raises(UnusableInput, match="nothing in the graph is called"):
        bind(question, counting, {"agent": ["Nonsense"]})
    assert set(counting.evaluated.values()) == {1}


def test_the_second_such_value_asks_nothing_of_the_graph_as_a_whole(counting: Counting) -> None:
    question, names = read_question(QUESTION, "who.rq", "who"), Remembering(counting)
    told = []
    for value in ("Nonsense", "Folly"):
        counting.evaluated.clear()
        with pytest.raises(UnusableInput) as caught:
            bind(question, names, {"agent": [value]})
        told.append(f"{caught.value}".replace(value, "…"))
    assert not counting.evaluated
    assert told[0] == told[1]


def test_rows_are_given_again_and_in_full() -> None:
    store = people()
    names = Remembering(store)
    query = LABELS.replace("rdfs:label", f"<{PREFIXES['rdfs']}label>")
    for _ in range(2):
        assert sorted(map(str, names.query(query))) == sorted(
            map(str, Counting(store).query(query))
        )
    assert len(list(names.query(LABELS, prefixes=PREFIXES))) == 16
    assert bool(names.query("ASK { ?s ?p ?o }"))
    quad = next(names.quads_for_pattern(None, None, None))
    assert quad in names


def test_what_is_long_or_no_select_is_not_kept(counting: Counting) -> None:
    names = Remembering(counting)
    for query in (f"SELECT ?s {{ ?s ?p '{'a' * 3000}' }}", "ASK { ?s ?p ?o }"):
        names.query(query)
        names.query(query)
        assert counting.evaluated[query] == 2
