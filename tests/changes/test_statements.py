"""Graphs are equal where they say the same, however their blank nodes are called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from meagraph.changes.statements import Statements, as_stored, group_subjects, statements

NAMES = [NamedNode(f"https://example.org/{name}") for name in "abc"]
LISTS = "[] a <x:D> ; <x:m> ( <x:1> <x:2> ) . [] a <x:D> ; <x:m> ( <x:3> <x:4> ) ."


def read(turtle: str) -> Statements:
    quads = parse(turtle, format=RdfFormat.TURTLE)
    return statements(quad.triple for quad in quads)


@st.composite
def triples(draw: st.DrawFn) -> list[Triple]:
    blanks = [BlankNode(f"b{number}") for number in range(4)]
    nodes = st.sampled_from([*NAMES, *blanks])
    return draw(st.lists(st.builds(Triple, nodes, st.sampled_from(NAMES), nodes), max_size=9))


@given(triples(), st.randoms(use_true_random=False))
def test_order_and_labels_of_blank_nodes_do_not_count(found: list[Triple], chance: object) -> None:
    new = {f"b{number}": BlankNode() for number in range(4)}

    def other(term: object) -> object:
        return new[term.value] if isinstance(term, BlankNode) else term

    again = [Triple(other(t.subject), t.predicate, other(t.object)) for t in found]  # type: ignore[arg-type]
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert statements(again) == statements(found)


@given(triples())
def test_nothing_is_lost(found: list[Triple]) -> None:
    again = statements(found)
    assert len(list(again.all_triples())) == len(set(found))
    assert statements(again.all_triples()) == again


def test_a_changed_list_leaves_the_others_as_they_are() -> None:
    old, new = read(LISTS), read(LISTS.replace("<x:4>", "<x:5>"))
    assert len(old.nameless) == len(new.nameless) == 2
    assert len(set(old.nameless) & set(new.nameless)) == 1


def test_two_groups_alike_are_two() -> None:
    assert read("<x:a> <x:p> [], [] .") != read("<x:a> <x:p> [] .")
    assert read("<x:a> <x:p> [] . [] <x:p> <x:a> .").nameless


def test_names_that_a_group_is_about() -> None:
    (group,) = read("<x:a> <x:p> [ <x:q> <x:b> ] .").nameless
    assert group_subjects(group) == {"x:a"}


def test_the_engine_writes_values_in_its_own_way() -> None:
    quad = Quad(*next(iter(read("<x:a> <x:p> 007 .").triples)))
    assert str(quad.object).startswith('"007"')
    assert as_stored(read("<x:a> <x:p> 007 .")) == as_stored(read("<x:a> <x:p> 7 ."))


def test_signs_that_some_take_for_ends_of_lines_are_kept() -> None:
    found = read('[] <x:p> "a\u2028b\u0085c\u000bd\u000ce\\r\\n" ; <x:q> "z" .')
    assert len(list(found.all_triples())) == 2
    assert statements(found.all_triples()) == found
