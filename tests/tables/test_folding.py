"""Tables for a terminal."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode
from tabled import MEETING, number, table

from meagraph.namespaces import BASE
from meagraph.tables import as_text, wrap


def test_a_terminal_shows_labels_units_and_numbers_to_the_right() -> None:
    shown = as_text(table((MEETING, number("5")), (MEETING, number("12"))), 80)
    assert shown.splitlines() == [
        "Meeting     Length (days)",
        "──────────  ─────────────",
        "CBD COP 16              5",
        "CBD COP 16             12",
        "",
        "2 rows",
    ]


def test_a_column_that_holds_one_text_is_not_set_to_the_right() -> None:
    shown = as_text(table((MEETING, number("5")), (MEETING, Literal("x"))), 80)
    assert "CBD COP 16  5\n" in shown


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(width: int) -> None:
    text = " ".join(f"word{i}" for i in range(60))
    shown = as_text(table((Literal(text), number("5")), (Literal("é" * 150), None)), width)
    assert max(map(len, shown.splitlines())) <= width
    assert all(f"word{i}" in shown for i in range(60))
    assert shown.count("é") == 150


def test_words_are_kept_whole_where_there_is_room_for_all() -> None:
    rows = [(Literal("multilateral environmental agreements " * 3), Literal("a b c d " * 30))]
    assert "environmental\n" in as_text(table(*rows), 30).replace(" " * 2, "\n")


def test_wide_characters_take_two_cells() -> None:
    assert wrap("水俣 条約", 5) == ["水俣", "条約"]


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\x00", "\u202e", "\u2066"])
def test_signs_that_steer_a_terminal_are_not_printed(sign: str) -> None:
    assert sign not in as_text(table((Literal(f"a{sign}[31mb"), None)), 80)


def test_an_empty_answer_is_the_questions_own_sentence() -> None:
    assert as_text(table(empty="No such meeting."), 80) == "No such meeting.\n"


def test_an_iri_without_label_is_shown_in_short() -> None:
    rows = [(NamedNode(BASE + "meetings/x"), NamedNode(BASE + "documents/note/1#act"))]
    shown = as_text(table(*rows), 100)
    assert "meetings:x" in shown
    assert "documents/note/1#act" in shown
