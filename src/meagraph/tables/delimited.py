"""Comma- and tab-separated values, safe to open in a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meagraph.tables.values import clean, fields, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meagraph.tables.table import Table

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+|INF)(?:[eE][+-]?\d+)?"
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"  # a spreadsheet takes the wide forms for the same
_IS_NUMBER = re.compile(_NUMBER)
_AT_START = re.compile(rf"[\t\r\n]|[\s\ufeff\u200b-\u200f\ufffd]*{_SIGN}")
_AFTER_SEPARATOR = re.compile(rf"(?<=[,;\t\r\n])(?={_SIGN})(?!{_NUMBER}(?:[,;\t\r\n]|$))")
_LINE_ENDS = re.compile("[\t\n\r\x85\u2028\u2029]+")


def as_csv(table: Table) -> str:
    """Comma-separated values (RFC 4180, but lines end in a line feed).

    A column that holds IRIs becomes two: the IRI, and its label under the name plus ``Label``. The
    passages of a row are IRIs separated by blanks, their names separated by semicolons. A text
    that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return "".join(",".join(map(_quoted, cells)) + "\n" for cells in _lines(table))


def as_tsv(table: Table) -> str:
    """Tab-separated values (IANA ``text/tab-separated-values``): as `as_csv`, without quotes.

    The type has no way to write a tab or a line end in a field: each run of them is a blank.
    """
    return "".join(
        "\t".join(_harmless(_LINE_ENDS.sub(" ", cell)) for cell in cells) + "\n"
        for cells in _lines(table)
    )


def _lines(table: Table) -> Iterator[list[str]]:
    listed = fields(table)
    yield [field.name for field in listed]
    for cells in flat(table, listed):
        yield [clean(cell) for cell in cells]


def _harmless(text: str) -> str:
    """A cell that a spreadsheet does not run as a formula.

    Nor a part of it: a program that splits lines elsewhere than we do, as one does at semicolons
    where the comma is for decimals, finds the beginning of a cell inside ours.
    """
    if _AT_START.match(text) and not _IS_NUMBER.fullmatch(text):
        text = "'" + text
    return _AFTER_SEPARATOR.sub("'", text)


def _quoted(cell: str) -> str:
    """A cell in quotes where it needs them; the standard library forgets a lone carriage return.

    An empty cell is quoted too, or a row of it alone would be a blank line, which readers skip.
    """
    cell = _harmless(cell)
    if cell and not any(sign in cell for sign in ',"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
