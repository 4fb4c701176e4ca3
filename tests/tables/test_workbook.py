"""Workbooks, read by openpyxl."""

from __future__ import annotations

import io
import sys
import warnings
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode
from tabled import BIDI, CONTROLS, FORMULAS, FULL, LONG, MEETING, PASSAGES, number, of, typed

from meagraph.errors import UnusableInput, installing
from meagraph.tables import Table, as_workbook, workbook
from meagraph.tables.table import Column

EVIDENCE = [
    {
        "passage": PASSAGES[0].value,
        "name": "note 2",
        "url": "https://example.org/note",
        "text": "=They met.",
        "note": None,
    },
    {"passage": PASSAGES[1].value, "name": "note 4", "url": "https://example.org/%zz"},
]


def opened(written: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written))


def answer(table: Table) -> list[list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = as_workbook(table)
    return [list(row) for row in opened(written)["Answer"].iter_rows(values_only=True)]


def test_the_answer_has_labels_before_iris_and_numbers_and_days_as_such() -> None:
    assert answer(FULL) == [
        [
            *("Meeting", "Meeting (IRI)", "Length (days)", "First day", "remark"),
            *("Stated in", "Stated in (IRI)"),
        ],
        [
            *("CBD COP 16", MEETING.value, 5, datetime(2024, 10, 21), "né"),
            *("note 2; note 4", " ".join(one.value for one in PASSAGES)),
        ],
        [None, None, 12, None, "x", "note 2", PASSAGES[0].value],
    ]


def test_the_head_is_bold_stays_in_sight_and_filters() -> None:
    sheet = opened(as_workbook(FULL))["Answer"]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:G3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["A"].width >= 10


def test_iris_are_links_in_their_own_column() -> None:
    sheet = opened(as_workbook(FULL))["Answer"]
    assert sheet["B2"].hyperlink.target == MEETING.value
    assert sheet["G3"].hyperlink.target == PASSAGES[0].value
    assert sheet["A2"].hyperlink is None and sheet["G2"].hyperlink is None


def test_the_second_sheet_says_what_the_columns_mean_and_what_was_asked() -> None:
    sheet = opened(as_workbook(FULL, title="Which meetings?"))["Columns"]
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ("Column", "Variable", "Meaning", "Unit")
    assert ("Meeting (IRI)", "meeting", "The meeting attended.", None) in rows
    assert ("Length (days)", "days", "How long it was.", "days") in rows
    assert ("Title", None, "Which meetings?", None) in rows
    assert ("Question", None, "meetings-attended", None) in rows
    assert ("--convention", None, "minamata; basel", None) in rows
    assert ("Rows", None, "2 rows", None) in rows


def test_the_passages_are_a_third_sheet() -> None:
    book = opened(as_workbook(FULL, evidence=EVIDENCE))
    assert book.sheetnames == ["Answer", "Columns", "Passages"]
    row = [cell.value for cell in book["Passages"][2]]
    assert row == ["note 2", PASSAGES[0].value, "https://example.org/note", "=They met.", None]
    assert book["Passages"]["C2"].hyperlink and not book["Passages"]["C3"].hyperlink
    assert opened(as_workbook(FULL)).sheetnames == ["Answer", "Columns"]


def test_texts_are_never_formulas_links_or_numbers() -> None:
    texts = [*FORMULAS, "{=1}", "http://example.org/x", "internal:Answer!A1", "12", "TRUE"]
    sheet = opened(as_workbook(of(*map(Literal, texts))))["Answer"]
    for text, (cell,) in zip(texts, sheet.iter_rows(min_row=2), strict=True):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text.replace("\r", "\n"), "s", None)


def test_bad_content_gives_well_formed_files_and_is_seen() -> None:
    texts = [CONTROLS, BIDI, "<r><t>bold</t></r>", "<r></t><c/></r>", "a\r\nb\rc", "_x0041_", " a "]
    written = as_workbook(of(*map(Literal, texts)))
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))
    shown = [cell.value for (cell,) in opened(written)["Answer"].iter_rows(min_row=2)]
    assert shown[0] == "\ufffd".join("abcdefghi") and shown[1] == BIDI
    assert [shown[2].strip(), shown[3].strip(), shown[4]] == [texts[2], texts[3], "a\nb\nc"]
    assert shown[6] == " a "


def test_a_text_that_no_cell_holds_is_cut_and_says_so() -> None:
    wide = "\U0001f30d" * 20_000  # two units each
    for text in (LONG, wide):
        shown = answer(of(Literal(text)))[1][0]
        assert len(shown.encode("utf-16-le")) // 2 <= workbook.MOST_SIGNS
        assert "cut here" in shown and shown[:1000] == text[:1000]
    assert answer(of(Literal("x" * 32_767)))[1][0] == "x" * 32_767


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (number("999999999999999"), 999999999999999),
        (number("-12345678901234567"), "-12345678901234567"),
        (typed("12.50", "decimal"), 12.5),
        (typed("12.5" + "0" * 20, "decimal"), 12.5),
        (typed("0.1234567890123456789", "decimal"), "0.1234567890123456789"),
        (typed("1.0000000000000000000000000000000000001", "decimal"), None),
        (typed("NaN", "double"), "NaN"),
        (typed("INF", "double"), "INF"),
        (typed("true", "boolean"), True),
        (typed("1900-03-01", "date"), datetime(1900, 3, 1)),
        (typed("1899-12-31", "date"), "1899-12-31"),
        (typed("2024-10-21Z", "date"), "2024-10-21Z"),
        (typed("ten", "integer"), "ten"),
    ],
)
def test_a_value_is_a_value_only_where_excel_has_the_very_same(
    cell: Literal, value: object
) -> None:
    assert answer(of(cell))[1] == [cell.value if value is None else value]


def test_links_stop_where_excel_would_not_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    long = NamedNode("https://example.org/" + "a" * 2_060)
    fits = NamedNode("https://example.org/" + "a" * 2_059)
    odd = [NamedNode(iri) for iri in ("urn:x:y", "internal:Answer!A1", "file:/x")]
    linked = [cell.hyperlink is not None for cell in links(of(long, fits, *odd))]
    assert linked == [False, True, *[False] * len(odd)]
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    many = [NamedNode(f"https://example.org/{n}") for n in range(4)]
    cells = links(of(*many))
    assert [cell.hyperlink is not None for cell in cells] == [True, True, False, False]
    assert [cell.value for cell in cells] == [iri.value for iri in many]


def links(table: Table) -> list[openpyxl.cell.Cell]:
    sheet = opened(as_workbook(table))["Answer"]
    return [row[1] for row in sheet.iter_rows(min_row=2)]


def test_excels_own_limit_of_links_is_ours() -> None:
    rows = [(NamedNode(f"https://example.org/{n}"),) for n in range(workbook.MOST_LINKS + 5)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = as_workbook(Table((Column("x"),), rows, {}))
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert parts.read("xl/worksheets/sheet1.xml").count(b"<hyperlink ") == 65_530


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    row = (Literal("x"),)
    with pytest.raises(UnusableInput, match="1,048,576 rows; a sheet of Excel holds 1,048,575"):
        as_workbook(Table((Column("x"),), [row] * 1_048_576, {}))


def test_nothing_of_the_day_or_the_machine_is_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(as_workbook(FULL))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_an_answer_without_rows_has_its_head_and_its_sentence() -> None:
    book = opened(as_workbook(FULL.head(0)))
    assert len(list(book["Answer"].iter_rows())) == 1
    said = [row[2] for row in book["Columns"].iter_rows(values_only=True)]
    assert FULL.empty in said


def test_a_missing_package_is_named_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UnusableInput, match="needs XlsxWriter") as told:
        as_workbook(FULL)
    assert told.value.hint == installing("research")
