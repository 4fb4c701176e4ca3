"""Answers as tables, in each of their forms."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.namespaces import BASE, RDFS, SKOS, XSD
from meagraph.tables import (
    Column,
    Table,
    as_csv,
    as_json,
    as_markdown,
    as_text,
    labels_of,
    wrap,
)

MEETING = NamedNode(BASE + "meetings/cbd-cop-16-1")
PASSAGES = (NamedNode(BASE + "documents/note/annex-1/2"), NamedNode(BASE + "documents/note/fn/4"))


def number(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "integer"))


def table(*rows: tuple, columns: tuple[Column, ...] | None = None, **more: object) -> Table:
    columns = columns or (Column("meeting", "Meeting"), Column("days", "Length", unit="days"))
    labels = {MEETING.value: "CBD COP 16", PASSAGES[0].value: "note 2", PASSAGES[1].value: "note 4"}
    return Table(columns, rows, labels, **more)


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


def test_signs_that_steer_a_terminal_are_not_printed() -> None:
    assert "\x1b" not in as_text(table((Literal("a\x1b[31mb"), None)), 80)


def test_an_empty_answer_is_the_questions_own_sentence() -> None:
    empty = table(empty="No such meeting.")
    assert as_text(empty, 80) == "No such meeting.\n"
    assert as_markdown(empty) == "No such meeting.\n"


def test_an_iri_without_label_is_shown_in_short() -> None:
    rows = [(NamedNode(BASE + "meetings/x"), NamedNode(BASE + "documents/note/1#act"))]
    shown = as_text(table(*rows), 100)
    assert "meetings:x" in shown
    assert "documents/note/1#act" in shown


def test_csv_gives_iri_and_label_and_passages_as_iris() -> None:
    columns = (Column("meeting"), Column("passages", evidence=True))
    text = as_csv(table((MEETING, PASSAGES), (None, ()), columns=columns))
    assert list(csv.reader(io.StringIO(text))) == [
        ["meeting", "meetingLabel", "passages"],
        [MEETING.value, "CBD COP 16", f"{PASSAGES[0].value} {PASSAGES[1].value}"],
        ["", "", ""],
    ]
    assert "\r" not in text


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-cmd", "@x", "\tx", "\rx"])
def test_csv_makes_formulas_harmless(text: str) -> None:
    cells = list(csv.reader(io.StringIO(as_csv(table((Literal(text), None))), newline="")))[1]
    assert cells[0] == "'" + text


@pytest.mark.parametrize("cell", [number("-5"), Literal("-5"), Literal("+1.5e3"), Literal("a=b")])
def test_csv_leaves_numbers_and_plain_texts_alone(cell: Literal) -> None:
    assert next(iter(list(csv.reader(io.StringIO(as_csv(table((cell, None))))))[1])) == cell.value


def test_a_label_that_is_a_formula_is_made_harmless_too() -> None:
    hostile = Table((Column("x"),), [(MEETING,)], {MEETING.value: "=HYPERLINK(1)"})
    assert list(csv.reader(io.StringIO(as_csv(hostile))))[1][1] == "'=HYPERLINK(1)"


def test_json_tells_types_languages_and_what_is_missing() -> None:
    columns = (Column("a", "A", "what", "t"), Column("b"), Column("c"), Column("p", evidence=True))
    row = (MEETING, Literal("né", language="en"), None, PASSAGES[:1])
    told = json.loads(as_json(table(row, columns=columns, question="q"), evidence=[]))
    assert told["question"] == "q"
    assert told["columns"][0] == {"name": "a", "label": "A", "meaning": "what", "unit": "t"}
    cells = told["rows"][0]
    assert cells["a"] == {"type": "uri", "value": MEETING.value, "label": "CBD COP 16"}
    assert cells["b"]["lang"] == "en" and cells["b"]["value"] == "né"
    assert cells["c"] is None
    assert [cell["label"] for cell in cells["p"]] == ["note 2"]
    assert told["evidence"] == []


def test_markdown_cells_cannot_break_out() -> None:
    line = as_markdown(table((Literal("a|b\n| c <script> [x](y)"), number("3")))).splitlines()[2]
    assert line == r"| a\|b \| c \<script\> \[x\](y) | 3 |"


def test_labels_prefer_rdfs_label_and_english() -> None:
    store = Store()
    a, b, label = NamedNode(BASE + "a"), NamedNode(BASE + "b"), NamedNode(RDFS + "label")
    for subject, predicate, text, language in (
        (a, label, "Un nom", "fr"),
        (a, label, "A name", "en"),
        (a, NamedNode(SKOS + "prefLabel"), "Another", "en"),
        (b, NamedNode(SKOS + "prefLabel"), "A concept", "en"),
    ):
        store.add(Quad(subject, predicate, Literal(text, language=language), DefaultGraph()))
    found = labels_of(store, [a.value, b.value, BASE + "c"])
    assert found == {a.value: "A name", b.value: "A concept"}
    assert labels_of(store, []) == {}
