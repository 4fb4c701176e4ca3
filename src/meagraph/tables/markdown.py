"""A table in GitHub's Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from meagraph.tables.table import is_numeric
from meagraph.tables.values import clean, is_address

if TYPE_CHECKING:
    from meagraph.tables.table import Table


def escaped(text: str) -> str:
    """A text for a cell of a Markdown table: on one line, and nothing in it is markup."""
    line = clean(" ".join(text.split()))
    return re.sub(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))", r"\\\1", line)


def as_markdown(table: Table) -> str:
    """A table in GitHub's Markdown; IRIs are links under their labels."""
    if not table.rows:
        return f"{table.empty}\n"
    right = ["---:" if is_numeric(table, index) else "---" for index in range(len(table.columns))]
    lines = [[escaped(column.heading) for column in table.columns], right]
    lines += [[_linked(table, cell) for cell in row] for row in table.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _linked(table: Table, cell: object) -> str:
    if isinstance(cell, tuple):
        return ", ".join(_linked(table, passage) for passage in cell)
    if isinstance(cell, NamedNode) and is_address(cell.value):
        target = cell.value.replace("(", "%28").replace(")", "%29")
        return f"[{escaped(table.shown(cell))}]({target})"
    return escaped(table.shown(cell))
