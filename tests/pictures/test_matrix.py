"""What a matrix makes of an answer."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import CONCEPTS
from meagraph.pictures.matrix import Change, matrix
from meagraph.tables import Column, Table

COLUMNS = [Column(name) for name in ("kind", "topic", "earlier", "later", "passages")]


def table(*rows: tuple[str, str, int, int]) -> Table:
    cells = [
        [
            NamedNode(f"{CONCEPTS}kind/{kind}"),
            NamedNode(f"{CONCEPTS}topic/{topic}") if topic else None,
            Literal(earlier),
            Literal(later),
            (),
        ]
        for kind, topic, earlier, later in rows
    ]
    return Table(COLUMNS, cells, {}, "kinds-and-topics-changed")


def texts(answer: Table, **options: int) -> list[str]:
    return [text for text, _ in matrix(answer, Store(), **options)._sheet.texts]


def test_change_is_told_by_a_number_and_a_sign() -> None:
    assert [Change(*counts).sign for counts in ((2, 5), (5, 2), (3, 3))] == ["+3", "−3", "="]


def test_both_counts_and_the_difference_stand_in_a_cell_and_in_the_sums() -> None:
    written = texts(table(("support", "gender", 7, 4)))
    # One cell, its row's sum, its column's sum and the sum of all; the key has numbers of its own.
    assert (written.count("7"), written.count("4"), written.count("−3")) == (4, 4, 4)


def test_sums_are_of_all_rows_with_what_has_no_topic_and_what_is_gathered() -> None:
    rows = [("support", f"topic-{number}", 1, 2) for number in range(30)]
    rows += [(f"kind-{number}", "", 10, 0) for number in range(15)]
    picture = matrix(table(*rows), Store(), most=5)
    written = [text for text, _ in picture._sheet.texts]
    assert "25 other topics" in written and "no topic stated" in written
    assert "6 other kinds" in written
    assert written.count("180") == 1  # all that is earlier: 30 + 150
    assert any(note.startswith("Other kinds: ") for note in picture.notes)


def test_a_few_kinds_and_topics_are_not_gathered() -> None:
    rows = [(f"kind-{number}", f"topic-{number}", 1, 0) for number in range(11)]
    assert not any("other" in text for text in texts(table(*rows)))


def test_without_rows_nothing_is_drawn() -> None:
    with pytest.raises(UnusableInput, match="Nothing in the graph"):
        matrix(table(), Store())
    with pytest.raises(UnusableInput, match="does not compare"):
        matrix(Table([Column("kind")], [[None]], {}), Store())
