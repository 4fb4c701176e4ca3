"""A table as a page for a browser, and as the fragment that a notebook shows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from meagraph.pages import opening
from meagraph.tables.style import STYLE
from meagraph.tables.table import is_numeric
from meagraph.tables.values import clean, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meagraph.tables.table import Column, Table

MOST_IN_A_NOTEBOOK = 60
"""The rows that a notebook shows; its file holds all that it shows."""

_OURS = ".meagraph-table" * 3
_FRAGMENT_STYLE = (
    f"<style>{_OURS} th, {_OURS} td {{text-align: left; vertical-align: top}} "
    f"{_OURS} .number {{text-align: right}} {_OURS} td.number {{white-space: nowrap}} "
    f"{_OURS} caption {{caption-side: bottom; text-align: left}}</style>"
)
"""Named three times, so that it weighs more than what Jupyter says of all cells."""


def as_html(table: Table, title: str = "", evidence: Sequence[Mapping[str, Any]] = ()) -> str:
    """A complete page (HTML, the WHATWG's living standard) without script or any request.

    IRIs are links under their labels. The page prints with its header on each sheet, and is a
    list of cards on a narrow screen.

    Args:
        table: the answer.
        title: what was asked, in words; else the name of the question.
        evidence: the passages cited: ``passage`` (IRI), ``name``, ``url``, ``text`` and ``note``
            of each; they stand below the table, and the table's links lead there.
    """
    return "\n".join([*_Page(table, title, evidence).lines(), ""])


def as_fragment(table: Table, most: int = MOST_IN_A_NOTEBOOK) -> str:
    """The table's element for a page of others, with at most so many rows, and how many there are.

    What a column means is told where the pointer rests on its head.
    """
    if not table.rows:
        return f"<p>{_safe(table.empty)}</p>"
    shown = table if len(table) <= most else table.head(most)
    numbers = _numbers(table)
    heads = "".join(
        f'<th scope="col"{_class(number)}{_title(column.meaning)}>{_safe(column.heading)}</th>'
        for column, number in zip(table.columns, numbers, strict=True)
    )
    rows = [
        "".join(
            f"<td{_class(number)}{_direction(table, cell)}>{_linked(table, cell, {})}</td>"
            for cell, number in zip(row, numbers, strict=True)
        )
        for row in shown.rows
    ]
    count = table.counted() if shown is table else f"the first {most:,} of {table.counted()}"
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="meagraph-table">{_FRAGMENT_STYLE}\n<table>\n<caption>{count}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


class _Page:
    """The page, and which of its parts tells of which passage."""

    def __init__(self, table: Table, title: str, evidence: Sequence[Mapping[str, Any]]) -> None:
        self.table = table
        self.evidence = evidence
        self.is_named = bool(table.question) and not any(map(str.isspace, table.question))
        self.title = title or (table.question if self.is_named else "Answer")
        self.targets = {str(one["passage"]): f"#passage-{n}" for n, one in enumerate(evidence, 1)}
        self.numbers = _numbers(table)

    def lines(self) -> Iterator[str]:
        yield from (
            *opening(f"{clean(self.title)} – meagraph", STYLE),
            "<main>",
            f'<h1 id="title">{_safe(self.title)}</h1>',
        )
        yield from self._asked()
        yield from self._answer()
        yield from self._passages()
        yield from ("</main>", "</body>", "</html>")

    def _asked(self) -> Iterator[str]:
        """The name of the question, or the query, and the values that were given."""
        if self.table.question and not self.is_named:
            query = escape(clean(self.table.question.strip()))
            yield f"<details><summary>Query</summary><pre><code>{query}</code></pre></details>"
        facts = {name: "; ".join(values) for name, values in self.table.parameters.items()}
        if self.is_named:
            facts = {"question": self.table.question, **facts}
        if facts:
            yield '<dl class="given">'
            for name, value in facts.items():
                yield f"<div><dt>{_safe(name)}</dt><dd>{_safe(value)}</dd></div>"
            yield "</dl>"

    def _answer(self) -> Iterator[str]:
        table = self.table
        if not table.rows or not table.columns:
            yield f"<p>{_safe(table.counted() if table.rows else table.empty)}</p>"
            return
        # A region that can be scrolled must be in reach of the keyboard and have a name.
        yield '<div class="wide" role="region" aria-labelledby="title" tabindex="0">'
        yield '<table role="table" aria-labelledby="title caption">'
        yield f'<caption id="caption">{table.counted()}</caption>'
        # Roles are said again, because some browsers forget them where a row is shown as a card.
        yield '<thead role="rowgroup"><tr role="row">'
        for column, number in zip(table.columns, self.numbers, strict=True):
            yield self._head(column, number)
        yield '</tr></thead>\n<tbody role="rowgroup">'
        heads = [f' data-label="{_safe(column.heading)}"' for column in table.columns]
        for row in table.rows:
            yield "".join(['<tr role="row">', *self._cells(row, heads), "</tr>"])
        yield "</tbody>\n</table>\n</div>"

    @staticmethod
    def _head(column: Column, number: bool) -> str:
        unit = f' <span class="unit">({_safe(column.unit)})</span>' if column.unit else ""
        meaning = f'<span class="meaning">{_safe(column.meaning)}</span>' if column.meaning else ""
        label = _safe(column.label or column.name)
        return f'<th role="columnheader" scope="col"{_class(number)}>{label}{unit}{meaning}</th>'

    def _cells(self, row: Sequence[object], heads: Sequence[str]) -> Iterator[str]:
        for at, cell in enumerate(row):
            name, role = ("td", "cell") if at else ("th", 'rowheader" scope="row')
            more = _class(self.numbers[at]) + _direction(self.table, cell) + _type(cell)
            linked = _linked(self.table, cell, self.targets)
            yield f'<{name} role="{role}"{heads[at]}{more}>{linked}</{name}>'

    def _passages(self) -> Iterator[str]:
        if not self.evidence:
            return
        yield '<h2>Passages</h2>\n<dl class="passages">'
        for number, one in enumerate(self.evidence, 1):
            name = _anchor(str(one["passage"]), _safe(str(one["name"])))
            url = str(one.get("url") or "")
            where = f"<dd>{_anchor(url, _safe(url))}</dd>" if url else ""
            note = f'<dd class="note">{_safe(str(one["note"]))}</dd>' if one.get("note") else ""
            text = str(one.get("text") or "")
            said = f"<dd{_auto(text)}>{_safe(text)}</dd>" if text else ""
            yield f'<div id="passage-{number}"><dt>{name}</dt>{where}{note}{said}</div>'
        yield "</dl>"


def _numbers(table: Table) -> list[bool]:
    return [is_numeric(table, index) for index in range(len(table.columns))]


def _safe(text: str) -> str:
    """A text in which nothing is markup."""
    return escape(clean(" ".join(text.split())))


def _class(number: bool) -> str:
    return ' class="number"' if number else ""


def _title(text: str) -> str:
    return f' title="{_safe(text)}"' if text else ""


def _auto(text: str) -> str:
    """Writing from right to left keeps to its cell, and is set as it is read."""
    return "" if text.isascii() else ' dir="auto"'


def _direction(table: Table, cell: object) -> str:
    return _auto(table.shown(cell))


def _type(cell: object) -> str:
    is_date = isinstance(cell, Literal) and cell.datatype.value.endswith("#date")
    return ' data-type="date"' if is_date else ""


def _linked(table: Table, cell: object, targets: Mapping[str, str]) -> str:
    if isinstance(cell, tuple):
        return ", ".join(_linked(table, passage, targets) for passage in cell)
    if not isinstance(cell, NamedNode):
        return _safe(table.shown(cell))
    return _anchor(targets.get(cell.value, cell.value), _safe(table.shown(cell)))


def _anchor(target: str, text: str) -> str:
    if target[:1] != "#" and not is_address(target):
        return text
    return f'<a href="{escape(target)}">{text}</a>'
