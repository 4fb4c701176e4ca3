"""A picture as a page for a browser: no script, and nothing is fetched from anywhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from meagraph.pages import opening
from meagraph.pictures.letters import clean
from meagraph.tables import is_numeric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meagraph.pictures.picture import Picture
    from meagraph.tables import Table

_STYLE = """
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: #fff;
  color: #1e2326; font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
figure { margin: 0 0 2rem; } svg { height: auto; max-width: 100%; width: 100%; }
.hidden { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
figcaption { padding-top: .75rem; } h2 { font-size: 1.1rem; }
.data { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; width: 100%; }
th, td { border-bottom: 1px solid #c9cdcf; padding: .4rem .75rem .4rem 0; text-align: left;
  vertical-align: top; }
thead th { border-bottom: 2px solid #1e2326; } caption { padding-bottom: .5rem; text-align: left; }
.meaning { color: #565f64; display: block; font-size: .8rem; font-weight: 400; }
.number { font-variant-numeric: tabular-nums; text-align: right; }
a { color: #0b5a7a; } a:focus-visible { outline: 3px solid #0b5a7a; }
@media print { body { max-width: none; padding: 0; } a { color: inherit; } }
"""


def page(picture: Picture) -> str:
    """Write the page: the picture, what it shows in words, and the data as a table."""
    return "\n".join(
        [
            *opening(picture.title, _STYLE, fonts=True, dark=False),
            "<main>",
            f'<h1 class="hidden">{escape(picture.title)}</h1>',  # the picture shows it too
            f"<figure>{picture.inline()}",
            f"<figcaption>{escape(picture.description)}</figcaption>",
            "</figure>",
            '<section aria-labelledby="data">',
            '<h2 id="data">The data</h2>',
            *_table(picture.table),
            "</section>",
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _table(table: Table) -> Iterator[str]:
    """All rows, with links to what they name."""
    right = [is_numeric(table, place) for place in range(len(table.columns))]
    yield '<div class="data" role="region" aria-labelledby="data" tabindex="0"><table>'
    yield f"<caption>Question {escape(clean(table.question))}: {len(table.rows)} rows</caption>"
    yield "<thead><tr>"
    for column, is_right in zip(table.columns, right, strict=True):
        style = ' class="number"' if is_right else ""
        meaning = f'<span class="meaning">{escape(column.meaning)}</span>'
        yield f'<th scope="col"{style}>{escape(column.heading)}{meaning}</th>'
    yield "</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = (
            f'<td class="number">{_cell(table, cell)}</td>'
            if is_right
            else f"<td>{_cell(table, cell)}</td>"
            for cell, is_right in zip(row, right, strict=True)
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _cell(table: Table, cell: object) -> str:
    if isinstance(cell, tuple):
        return ", ".join(_cell(table, passage) for passage in cell)
    shown = escape(clean(table.shown(cell)))
    if isinstance(cell, NamedNode) and cell.value.startswith(("http://", "https://")):
        return f'<a href="{escape(cell.value)}">{shown}</a>'
    return shown
