"""A table folded to the width of a terminal.

Folding is done here and not by a package: the one at hand takes some forty milliseconds for its
first table, most of what one stored question may take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.tables.table import is_numeric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.tables.table import Table

_GAP = "  "
_LEAST = (20, 16, 14, 12, 10, 8, 6)


def _breadth(text: str) -> int:
    """The cells that a text takes on a terminal; wide East Asian characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text if not combining(sign))


def wrap(text: str, width: int) -> list[str]:
    """Fold a text at its blanks into lines of at most ``width`` cells; longer words are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if _breadth(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while _breadth(word) > width:
            end = width if word.isascii() else max(1, width // 2)
            lines.append(word[:end])
            word = word[end:]
        line = word
    return [*lines, line] if line or not lines else lines


def _printable(text: str) -> str:
    """The text without signs that would steer a terminal."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Share the room: first each column's longest word, then what is left, to each equally."""
    needed = [max(map(_breadth, column)) for column in columns]
    words = [
        max(_breadth(word) for text in column for word in text.split() or [""])
        for column in columns
    ]
    least = [min(_LEAST[-1], cells) for cells in needed]
    for longest in _LEAST:
        whole = [min(longest, cells) for cells in words]
        if sum(whole) <= room:
            least = whole
            break
    left = max(0, room - sum(least))
    wanted = [cells - floor for cells, floor in zip(needed, least, strict=True)]
    widths = list(least)
    for served, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        more = min(wanted[index], left // (len(wanted) - served))
        widths[index] = max(1, least[index] + more)
        left -= more
    return widths


def as_text(table: Table, width: int) -> str:
    """The table with labels instead of IRIs, folded to ``width`` cells; numbers to the right."""
    if not table.rows:
        return f"{table.empty}\n"
    heads = [column.heading for column in table.columns]
    rows = [[_printable(table.shown(cell)) for cell in row] for row in table.rows]
    if not heads:
        return f"{table.counted()} without columns\n"
    room = width - len(_GAP) * (len(heads) - 1)
    widths = _widths(list(zip(heads, *rows, strict=True)), room)
    right = [is_numeric(table, index) for index in range(len(heads))]
    blocks = [_block(cells, widths, right) for cells in [heads, *rows]]
    between = "\n\n" if any("\n" in block for block in blocks[1:]) else "\n"
    rule = _GAP.join("─" * cells for cells in widths)
    return f"{blocks[0]}\n{rule}\n{between.join(blocks[1:])}\n\n{table.counted()}\n"


def _block(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    folded = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded))):
        parts = []
        for lines_of_cell, width, is_right in zip(folded, widths, right, strict=True):
            text = lines_of_cell[number] if number < len(lines_of_cell) else ""
            blank = " " * (width - _breadth(text))
            parts.append(blank + text if is_right else text + blank)
        lines.append(_GAP.join(parts).rstrip())
    return "\n".join(lines)
