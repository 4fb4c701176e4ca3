"""Tables of the page: rows that are cards on a phone, and still rows to a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A row: the markup of its cells, the first of which is its head, and its place, if any."""

    cells: Sequence[str]
    place: str = ""


def grid(place: str, caption: str, heads: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A table whose last column holds numbers.

    Args:
        place: of the caption.
        caption: markup.
        heads: of the columns, plain words; those but the first are told again on cards.
        rows: as many cells in each.
    """
    # Roles are said again, because some browsers forget them where a row is shown as a card.
    yield f'<table class="cards" role="table" aria-labelledby="{place}">'
    yield f'<caption id="{place}">{caption}</caption>'
    *others, last = (f'role="columnheader" scope="col">{head}</th>' for head in heads)
    columns = "".join(f"<th {head}" for head in others)
    yield f'<thead role="rowgroup"><tr role="row">{columns}<th class="number" {last}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in rows:
        first, *cells = row.cells
        identity = f' id="{row.place}"' if row.place else ""
        yield f'<tr role="row"{identity}><th role="rowheader" scope="row">{first}</th>'
        for head, cell in zip(heads[1:], cells, strict=True):
            number = ' class="number"' if head == heads[-1] else ""
            yield f'<td role="cell" data-label="{head}"{number}>{cell}</td>'
        yield "</tr>"
    yield "</tbody></table>"
