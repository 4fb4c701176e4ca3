"""What a cell is worth to a program: its text, or a plain Python value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import XSD
from meagraph.tables.table import INTEGERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meagraph.tables.table import Column, Table

_CALENDAR_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Field(NamedTuple):
    """A column of a flat form: what the cells of a table's column are, or the labels of them."""

    name: str
    column: Column
    place: int
    is_label: bool


def fields(table: Table) -> list[Field]:
    """The columns of a flat form: after each that holds IRIs stands one with their labels.

    It has the column's name with ``Label`` behind it, and a number where the answer has such a
    column of its own.
    """
    taken = {column.name for column in table.columns}
    found = []
    for place, column in enumerate(table.columns):
        found.append(Field(column.name, column, place, False))
        if any(isinstance(row[place], NamedNode | tuple) and row[place] for row in table.rows):
            name, number = f"{column.name}Label", 2
            while name in taken:
                name, number = f"{column.name}Label{number}", number + 1
            taken.add(name)
            found.append(Field(name, column, place, True))
    return found


def flat(table: Table, listed: list[Field]) -> Iterator[list[str]]:
    """The texts of each row, field by field; nothing is the empty text."""
    for row in table.rows:
        yield [label(table, row[f.place]) if f.is_label else raw(row[f.place]) for f in listed]


def raw(cell: object) -> str:
    """The text of a cell for a program: IRIs whole, those of passages joined by blanks."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return " ".join(passage.value for passage in cell)
    return cell.value if isinstance(cell, NamedNode | Literal) else str(cell)


def label(table: Table, cell: object) -> str:
    """The label of an IRI, the names of passages joined by ``; ``; of all else nothing."""
    if isinstance(cell, tuple):
        return "; ".join(table.shown(passage) for passage in cell)
    return table.shown(cell) if isinstance(cell, NamedNode) else ""


def clean(text: str) -> str:
    """The text with a replacement character for each sign that XML and spreadsheets do not bear.

    Those are the control characters but for tab and line ends, and what is no character.
    """
    return text if text.isprintable() else _UNFIT.sub("\ufffd", text)


def plain(cell: object) -> object:
    """The Python value of a cell; text where there is none that means the same.

    See `Table.records`.
    """
    if cell is None or not isinstance(cell, Literal):
        return None if cell is None else raw(cell)
    datatype, text = cell.datatype.value, cell.value
    try:
        if datatype in INTEGERS:
            return int(text) if text.isascii() and "_" not in text else text
        if datatype == XSD + "decimal":
            return _decimal(text)
        if datatype in (XSD + "double", XSD + "float"):
            return float(text.replace("INF", "inf")) if "_" not in text else text
        if datatype == XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
        if datatype == XSD + "date" and _CALENDAR_DAY.fullmatch(text):
            from datetime import date

            return date.fromisoformat(text)
    except ValueError:
        pass
    return text


def _decimal(text: str) -> object:
    from decimal import Decimal

    return Decimal(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text, re.ASCII) else text


def is_address(iri: str) -> bool:
    """Whether an IRI may be a link: one that a browser would run, such as a script, may not."""
    return iri.startswith(("https://", "http://"))
