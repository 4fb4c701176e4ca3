"""The table itself: columns, rows, labels, and the forms that it can be asked for."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store
from tabled import BIDI, CONTROLS, FORMULAS, FULL, LONG, MARKUP, MEETING, PASSAGES, of, typed

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, RDFS, SKOS
from meagraph.tables import FORMATS, Table, labels_of, render

HOSTILE = of(*map(Literal, (*FORMULAS, CONTROLS, BIDI, LONG, MARKUP, "a\tb\nc\r\nd", "")))


def test_a_table_is_its_rows() -> None:
    assert len(FULL) == 2
    assert [row[0] for row in FULL] == [MEETING, None]
    assert FULL.column("meeting") == [MEETING, None]
    assert repr(FULL) == "<Table of 2 rows: meeting, days, first, remark, passages>"
    assert "CBD COP 16" in str(FULL)


def test_select_takes_columns_in_the_order_asked_for_and_each_once() -> None:
    chosen = FULL.select(["days", "meeting", "days"])
    assert [column.name for column in chosen.columns] == ["days", "meeting"]
    assert chosen.shown(chosen.rows[0][1]) == "CBD COP 16"
    assert chosen.parameters == FULL.parameters and chosen.question == FULL.question


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnusableInput, match="“day” is no column") as told:
        FULL.select(["meeting", "day"])
    assert "meeting, days, first, remark, passages" in str(told.value)
    with pytest.raises(UnusableInput, match="no column"):
        FULL.column("day")


def test_head_gives_the_first_rows() -> None:
    assert len(FULL.head(1)) == 1 and len(FULL.head(9)) == 2 and len(FULL.head(0)) == 0
    with pytest.raises(UnusableInput, match="-1 is no number of rows"):
        FULL.head(-1)


def test_records_are_plain_values() -> None:
    assert FULL.records()[0] == {
        "meeting": MEETING.value,
        "days": 5,
        "first": date(2024, 10, 21),
        "remark": "né",
        "passages": [passage.value for passage in PASSAGES],
    }
    assert FULL.records()[1]["meeting"] is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (typed("1.10", "decimal"), Decimal("1.10")),
        (typed("1.5e3", "double"), 1500.0),
        (typed("INF", "double"), float("inf")),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("-7", "nonPositiveInteger"), -7),
        (typed("1_000", "integer"), "1_000"),
        (typed("\u0661\u0662", "integer"), "\u0661\u0662"),
        (typed("ten", "integer"), "ten"),
        (typed("9" * 5000, "integer"), "9" * 5000),
        (typed("NaN", "decimal"), "NaN"),
        (typed("2024-02-30", "date"), "2024-02-30"),
        (typed("2024-02-03Z", "date"), "2024-02-03Z"),
        (typed("20240203", "date"), "20240203"),
        (Literal("7"), "7"),
        (BlankNode("b"), "_:b"),
    ],
)
def test_a_value_is_read_by_its_datatype_or_stays_text(cell: object, value: object) -> None:
    (record,) = of(cell).records()
    assert record["x"] == value and type(record["x"]) is type(value)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_table_gives_the_same_bytes(form: str) -> None:
    copy = Table(FULL.columns, list(FULL.rows), dict(FULL.labels), FULL.question, FULL.parameters)
    assert render(FULL, form) == render(copy, form)
    assert isinstance(render(FULL, form), bytes if form == "xlsx" else str)


@pytest.mark.parametrize("form", FORMATS)
def test_no_content_stops_a_form_and_text_can_be_written_as_utf_8(form: str) -> None:
    written = render(HOSTILE, form)
    assert written if isinstance(written, bytes) else written.encode("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_without_rows_or_without_columns_has_each_form(form: str) -> None:
    assert render(FULL.head(0), form)
    assert render(Table((), [(), ()], {}), form) is not None


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"table", "markdown", "html"}))
def test_each_form_for_programs_has_iri_and_label(form: str) -> None:
    written = render(FULL, form)
    if form != "xlsx":
        assert MEETING.value in written and "CBD COP 16" in written


def test_text_is_another_name_of_table_and_a_form_that_is_not_there_is_told() -> None:
    assert render(FULL, "text", width=60) == render(FULL, "table", width=60)
    with pytest.raises(UnusableInput, match="“parquet” is no form") as told:
        render(FULL, "parquet")
    assert "sparql-json" in str(told.value)


def test_the_package_imports_a_form_when_it_is_asked_for() -> None:
    code = (
        "import sys; from meagraph.tables import Column, Table, wrap; late = 'delimited json html "
        "style markdown workbook frames sparql_results values'.split(); "
        "sys.exit(', '.join(one for one in late if 'meagraph.tables.' + one in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


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
