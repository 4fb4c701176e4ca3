"""A table as an Excel workbook (Office Open XML, ECMA-376)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from meagraph.errors import UnusableInput, installing
from meagraph.tables.table import is_numeric
from meagraph.tables.values import clean, fields, label, plain, raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.tables.table import Table
    from meagraph.tables.values import Field

MOST_ROWS = 1_048_576
MOST_SIGNS = 32_767
MOST_LINKS = 65_530
LONGEST_LINK = 2_079
"""What Excel holds: rows of a sheet, UTF-16 units of a cell, links of a sheet, signs of a link."""

_DIGITS = 15
"""A number with more digits is not the same any more in Excel; such a one is written as text."""
_CUT = " … [cut here: a cell holds no more; csv and json have the whole text]"
_LINK = re.compile(r"https?://[\w.-]+(:\d+)?([/?#]([^%\s]|%[0-9A-Fa-f]{2})*)?")
_WIDEST = 60
_IRI_WIDTH = 24


def as_workbook(table: Table, title: str = "", evidence: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """An Excel workbook: the answer, and a second sheet that says what its columns mean.

    The labels of a column's IRIs stand before the IRIs, which are links as far as Excel holds
    them. Texts are never formulas. Numbers and days are such where Excel has the very same, else
    text; a text that is longer than a cell is cut, and says so. The same table gives the same
    bytes.

    Args:
        table: the answer.
        title: what was asked, in words; else the name of the question.
        evidence: the passages cited: ``passage`` (IRI), ``name``, ``url``, ``text`` and ``note``
            of each; they make a third sheet.

    Raises:
        UnusableInput: XlsxWriter is not installed, or a sheet holds fewer rows.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise UnusableInput(
            "a workbook needs XlsxWriter, which is not installed",
            hint=installing("research"),
        ) from None
    if len(table) >= MOST_ROWS:
        raise UnusableInput(
            f"the answer has {table.counted()}; a sheet of Excel holds {MOST_ROWS - 1:,} below "
            "its head",
            hint="Ask for csv, or for fewer rows.",
        )
    from datetime import datetime
    from io import BytesIO

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        # The day is fixed, so that the same table gives the same bytes.
        about = {"title": clean(title or _first_line(table.question)), "author": "meagraph"}
        book.set_properties({**about, "created": datetime(2000, 1, 1)})
        looks = _Looks(
            head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            text=book.add_format({"text_wrap": True, "valign": "top"}),
            plain=book.add_format({"valign": "top"}),
            day=book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            link=book.add_format({"font_color": "#0B5A7A", "underline": 1, "valign": "top"}),
        )
        # Someone who opens the file reads: the label first, then the IRI.
        listed = sorted(fields(table), key=lambda field: (field.place, not field.is_label))
        _answer(_Sheet(book.add_worksheet("Answer"), looks), table, listed)
        _about(_Sheet(book.add_worksheet("Columns"), looks), table, listed, title)
        if evidence:
            _passages(_Sheet(book.add_worksheet("Passages"), looks), evidence)
    return written.getvalue()


class _Looks(NamedTuple):
    head: Any
    text: Any
    plain: Any
    day: Any
    link: Any


class _Sheet:
    """A sheet that is written cell by cell, and counts its links."""

    def __init__(self, sheet: Any, looks: _Looks) -> None:
        self.sheet = sheet
        self.looks = looks
        self.links = 0
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def head(self, names: Sequence[str], widths: Sequence[int], rows: int) -> None:
        """The first row, which stays in sight, is repeated in print, and filters the others."""
        for place, (name, width) in enumerate(zip(names, widths, strict=True)):
            self.sheet.set_column(place, place, width)
            self.text(0, place, name, self.looks.head)
        if names:
            self.sheet.autofilter(0, 0, rows, len(names) - 1)
            self.sheet.freeze_panes(1, 0)
            self.sheet.repeat_rows(0)

    def text(self, row: int, place: int, text: str, look: Any) -> None:
        if text:
            self.sheet.write_string(row, place, _fitting(text), look)

    def address(self, row: int, place: int, iri: str) -> None:
        """An IRI as a link, or as text where Excel would not have the link."""
        is_short = len(iri.encode("utf-16-le")) // 2 <= LONGEST_LINK
        if not is_short or self.links == MOST_LINKS or not _LINK.fullmatch(iri):
            self.text(row, place, iri, self.looks.plain)
            return
        self.links += 1
        self.sheet.write_url(row, place, iri, self.looks.link, iri)

    def value(self, row: int, place: int, cell: object) -> None:
        """A number, a truth value or a day as such, else a text."""
        from datetime import date

        value = plain(cell)
        if isinstance(value, bool):
            self.sheet.write_boolean(row, place, value, self.looks.plain)
        elif isinstance(value, date) and value >= date(1900, 3, 1):  # before, its calendar errs
            self.sheet.write_datetime(row, place, value, self.looks.day)
        elif _is_exact(value):
            self.sheet.write_number(row, place, value, self.looks.plain)
        else:
            self.text(row, place, raw(cell), self.looks.text)


def _answer(sheet: _Sheet, table: Table, listed: Sequence[Field]) -> None:
    widths = [_width(table, field) for field in listed]
    sheet.head([_heading(field, listed) for field in listed], widths, len(table))
    for number, row in enumerate(table.rows, 1):
        for place, field in enumerate(listed):
            cell = row[field.place]
            if field.is_label:
                sheet.text(number, place, label(table, cell), sheet.looks.text)
            elif isinstance(cell, NamedNode):
                sheet.address(number, place, cell.value)
            elif isinstance(cell, tuple) and len(cell) == 1:
                sheet.address(number, place, cell[0].value)
            elif isinstance(cell, tuple):
                sheet.text(number, place, raw(cell), sheet.looks.plain)
            else:
                sheet.value(number, place, cell)


def _about(sheet: _Sheet, table: Table, listed: Sequence[Field], title: str) -> None:
    """What each column means, then what was asked."""
    names = ("Column", "Variable", "Meaning", "Unit")
    rows = [
        (
            _heading(field, listed),
            field.name,
            f"The label of what stands under {field.column.name}."
            if field.is_label
            else field.column.meaning,
            "" if field.is_label else field.column.unit,
        )
        for field in listed
    ]
    sheet.head(names, (30, 30, _WIDEST, 16), len(rows))
    asked = [("Title", title), ("Question", table.question)]
    asked += [(f"--{name}", "; ".join(values)) for name, values in table.parameters.items()]
    asked.append(("Rows", table.counted() if table.rows else table.empty))
    for number, cells in enumerate([*rows, (), *((n, "", said) for n, said in asked if said)], 1):
        for place, text in enumerate(cells):
            sheet.text(number, place, text, sheet.looks.text)


def _passages(sheet: _Sheet, evidence: Sequence[Mapping[str, Any]]) -> None:
    names = ("Passage", "IRI", "Document", "Text", "Note")
    sheet.head(names, (30, _IRI_WIDTH, _IRI_WIDTH, 100, 30), len(evidence))
    for number, one in enumerate(evidence, 1):
        sheet.text(number, 0, str(one["name"]), sheet.looks.text)
        sheet.address(number, 1, str(one["passage"]))
        sheet.address(number, 2, str(one.get("url") or ""))
        sheet.text(number, 3, str(one.get("text") or ""), sheet.looks.text)
        sheet.text(number, 4, str(one.get("note") or ""), sheet.looks.text)


def _heading(field: Field, listed: Sequence[Field]) -> str:
    column = field.column
    has_label = any(other.is_label and other.place == field.place for other in listed)
    if has_label and not field.is_label:
        return f"{column.label or column.name} (IRI)"
    return column.heading


def _width(table: Table, field: Field) -> int:
    """In signs: as wide as what stands in it, within bounds."""
    if not field.is_label and any(isinstance(row[field.place], NamedNode | tuple) for row in table):
        return _IRI_WIDTH
    show = label if field.is_label else _shown
    longest = max((len(show(table, row[field.place])) for row in table.rows), default=0)
    least = 10 if is_numeric(table, field.place) else 14
    return min(_WIDEST, max(least, longest + 2, len(field.column.heading) // 2 + 4))


def _shown(table: Table, cell: object) -> str:
    return table.shown(cell)


def _fitting(text: str) -> str:
    """A text that a cell holds, and in which nothing is markup."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MOST_SIGNS // 2 and len(text.encode("utf-16-le")) // 2 > MOST_SIGNS:
        whole = text.encode("utf-16-le")[: 2 * (MOST_SIGNS - len(_CUT))]
        text = whole.decode("utf-16-le", "ignore") + _CUT
    # XlsxWriter takes a text between these for markup of its own, and writes it unescaped.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _is_exact(value: object) -> bool:
    """Whether Excel, which has numbers of fifteen digits, has this one."""
    from decimal import Decimal
    from math import isfinite

    if isinstance(value, int):
        return len(str(abs(value))) <= _DIGITS
    if isinstance(value, Decimal):
        digits = "".join(map(str, value.as_tuple().digits)).strip("0")
        return len(digits) <= _DIGITS and abs(value.adjusted()) < 300
    return isinstance(value, float) and isfinite(value)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:200]
