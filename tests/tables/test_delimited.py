"""Comma- and tab-separated values, read by those who will read them."""

from __future__ import annotations

import csv
import io

import pandas
import pytest
from pyoxigraph import Literal, NamedNode
from tabled import BIDI, CONTROLS, FORMULAS, FULL, LONG, MEETING, PASSAGES, number, of, table, typed

from meagraph.tables import Column, Table, as_csv, as_tsv


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_gives_iris_their_labels_and_the_names_of_passages() -> None:
    columns = (Column("meeting"), Column("passages", evidence=True))
    text = as_csv(table((MEETING, PASSAGES), (None, ()), columns=columns))
    assert read(text) == [
        ["meeting", "meetingLabel", "passages", "passagesLabel"],
        [MEETING.value, "CBD COP 16", " ".join(one.value for one in PASSAGES), "note 2; note 4"],
        ["", "", "", ""],
    ]
    assert "\r" not in text


def test_a_label_column_does_not_take_the_name_of_the_answers_own() -> None:
    own = Table((Column("x"), Column("xLabel")), [(MEETING, Literal("own"))], {})
    assert read(as_csv(own))[0] == ["x", "xLabel2", "xLabel"]
    assert read(as_csv(own))[1][2] == "own"


@pytest.mark.parametrize(
    "text", [*FORMULAS, "\nx", " =1+1", "\ufeff=1", "\x00=1", "\uff1d1+1", "- a", "+", "-1;x"]
)
@pytest.mark.parametrize("write", [as_csv, as_tsv])
def test_no_cell_begins_as_a_formula(text: str, write: object) -> None:
    line = write(of(Literal(text))).partition("\n")[2]
    assert line.lstrip('"').startswith("'") or (write is as_tsv and line == " x\n")


@pytest.mark.parametrize("text", ["Hello;=HYPERLINK(1);", "a\n=1", "a,@SUM(1)", "a;-2+cmd|' '!A0"])
def test_nor_does_what_another_separator_makes_of_it(text: str) -> None:
    """Where the comma is for decimals, spreadsheets split at semicolons and forget our quotes."""
    line = as_csv(table((Literal("x"), Literal(text)))).partition("\n")[2]
    for separator in ";,\t\n":
        for part in line.split(separator):
            assert not part.startswith(("=", "@", "+", "-")), part


@pytest.mark.parametrize(
    "cell",
    [
        *(number("-5"), typed("-INF", "double"), typed("-1.5E3", "double")),
        *map(Literal, ("-5", "+1.5e3", "a=b", "1,-2", "46.2;-6.1", "a - b; -c", "x, +41", "'x")),
    ],
)
def test_numbers_and_plain_texts_are_left_alone(cell: Literal) -> None:
    assert read(as_csv(of(cell)))[1] == [cell.value]


def test_a_formula_that_claims_to_be_a_number_is_made_harmless() -> None:
    assert read(as_csv(of(number("=cmd|' '!A0"))))[1] == ["'=cmd|' '!A0"]


def test_a_label_or_a_name_that_is_a_formula_is_made_harmless_too() -> None:
    hostile = Table((Column("=x"),), [(MEETING,)], {MEETING.value: "=HYPERLINK(1)"})
    assert read(as_csv(hostile)) == [["'=x", "'=xLabel"], [MEETING.value, "'=HYPERLINK(1)"]]


def test_csv_keeps_line_ends_quotes_long_texts_and_any_script() -> None:
    texts = ['a "b", c', "a\nb", "a\r\nb", "a\rb", "a\tb", BIDI, LONG, "", "\u2028"]
    assert [row[0] for row in read(as_csv(of(*map(Literal, texts))))[1:]] == texts


@pytest.mark.parametrize("write", [as_csv, as_tsv])
def test_signs_that_no_reader_takes_are_replaced_and_seen(write: object) -> None:
    assert write(of(Literal(CONTROLS))).splitlines()[1] == "\ufffd".join("abcdefghi")


def test_pandas_reads_csv_with_the_same_rows() -> None:
    frame = pandas.read_csv(io.StringIO(as_csv(FULL)), parse_dates=["first"])
    assert list(frame.columns)[:3] == ["meeting", "meetingLabel", "days"]
    assert frame["days"].tolist() == [5, 12] and frame["first"][0].day == 21
    assert len(pandas.read_csv(io.StringIO(as_csv(of(None, Literal("a"), None))))) == 3


def test_tsv_has_one_line_for_each_row_and_one_field_for_each_column() -> None:
    nasty = 'a\tb\nc\r\nd\u2028e\u2028g\u2029h\x85i "j"'
    text = as_tsv(table((Literal(nasty), number("3")), (MEETING, None)))
    lines = [line.split("\t") for line in text.split("\n")]
    assert lines == [
        ["meeting", "meetingLabel", "days"],
        ['a b c d e g h i "j"', "", "3"],
        [MEETING.value, "CBD COP 16", ""],
        [""],
    ]
    frame = pandas.read_csv(io.StringIO(text), sep="\t", quoting=csv.QUOTE_NONE)
    assert frame["meeting"][0].endswith('i "j"')


def test_what_was_hidden_by_a_tab_is_no_formula_either() -> None:
    assert as_tsv(of(Literal("\t=1"))).splitlines()[1] == "' =1"


def test_an_iri_with_separators_and_signs_is_not_changed() -> None:
    iri = NamedNode("https://example.org/a?b=1,2;c=-3&d=@e")
    assert read(as_csv(of(iri)))[1][0] == iri.value
