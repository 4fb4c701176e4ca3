"""How look-ups by pattern are asked, and how many of their answers are kept."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.endpoints import lookups
from meagraph.endpoints.kept import Kept
from meagraph.endpoints.lookups import Lookups, as_query
from meagraph.errors import UnusableInput

A, P, MERGE, FILE = (NamedNode(f"http://x/{name}") for name in ("a", "p", "merge", "file"))


@pytest.fixture
def asked() -> list[str]:
    return []


def look_ups(store: Store, asked: list[str], default_graph: str = "") -> Lookups:
    def ask(sparql: str) -> object:
        asked.append(sparql)
        return store.query(sparql)

    return Lookups(ask, default_graph)


def numbers(count: int) -> Store:
    store = Store()
    for number in range(count):
        store.add(Quad(NamedNode(f"http://x/{number}"), P, Literal(str(number))))
    return store


def test_the_graph_that_stands_for_the_merge_is_not_given_twice(asked: list[str]) -> None:
    store = Store()
    store.extend(Quad(A, P, A, graph) for graph in (DefaultGraph(), MERGE, FILE))
    found = look_ups(store, asked, MERGE.value).quads((A, None, None, None))
    assert {quad.graph_name for quad in found} == {DefaultGraph(), FILE}


def test_a_node_without_a_name_is_not_asked_for() -> None:
    with pytest.raises(UnusableInput, match="without a name"):
        as_query((BlankNode("b"), None, None, None))


def test_a_text_cannot_become_part_of_the_query(asked: list[str]) -> None:
    text = Literal('" } DROP ALL # \n \\')
    store = Store()
    store.add(Quad(A, P, text))
    assert len(list(look_ups(store, asked).quads((None, P, text, DefaultGraph())))) == 1


def test_a_property_that_too_many_things_have_is_asked_for_by_thing(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "_MANY", 9)
    store = numbers(10)
    found = look_ups(store, asked)
    for quad in store:
        pattern = (quad.subject, P, None, DefaultGraph())
        assert list(found.quads(pattern)) == [quad]  # type: ignore[arg-type]
    assert sum("LIMIT 10" in sparql for sparql in asked) == 1
    assert len(asked) == 11


def test_a_property_that_few_enough_things_have_is_asked_for_once(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "_MANY", 10)
    store = numbers(10)
    found = look_ups(store, asked)
    for quad in store:
        pattern = (quad.subject, P, quad.object, DefaultGraph())
        assert list(found.quads(pattern)) == [quad]  # type: ignore[arg-type]
    assert len(asked) == 4


def test_texts_are_looked_for_one_by_one_until_they_are_many(asked: list[str]) -> None:
    store = numbers(30)
    found = look_ups(store, asked)
    for quad in store:
        pattern = (None, P, quad.object, DefaultGraph())
        assert list(found.quads(pattern)) == [quad]
    assert len(asked) == 9


def test_the_same_thing_asked_often_does_not_fetch_all_others(asked: list[str]) -> None:
    found = look_ups(numbers(30), asked)
    for _ in range(10):
        list(found.quads((NamedNode("http://x/1"), P, None, DefaultGraph())))
    assert len(asked) == 1


def test_what_was_not_used_for_longest_goes_first() -> None:
    quads = tuple(numbers(4))
    kept = Kept(10)
    for name in "ab":
        kept.put(name, quads)
    kept.get("a")
    kept.put("c", quads)
    assert kept.get("b") is None
    assert kept.get("a") == kept.get("c") == quads


def test_an_answer_larger_than_all_that_is_kept_is_not_kept() -> None:
    kept = Kept(3)
    kept.put("small", ())
    kept.put("large", tuple(numbers(4)))
    assert kept.get("large") is None
    assert kept.get("small") == ()


def test_answers_without_quads_do_not_gather() -> None:
    kept = Kept(3)
    for name in range(5):
        kept.put(name, ())
    assert [kept.get(name) for name in range(5)] == [None, None, (), (), ()]
