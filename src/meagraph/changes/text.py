"""A difference for a terminal: headings, names, and below them what went and what came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from meagraph.changes.wording import by_kind, counted, named_parts, nameless_told, summary
from meagraph.reports.words import printable
from meagraph.tables import shortened, wrap

if TYPE_CHECKING:
    from meagraph.changes.comparison import Changes, EntryChange, NameChanges, PropertyChange
    from meagraph.changes.naming import Naming

_NAME = 24
"""Cells of the column of properties, at most."""
_LEAST = 10
"""Cells of the column of values, at least."""


def as_text(changes: Changes, naming: Naming, cells: int = 100, whole: bool = False) -> str:
    """The difference, folded.

    Args:
        changes: what differs.
        naming: what things are called.
        cells: the width of a line.
        whole: whether to show what added and removed entries state, and how those differ that only
            follow new names; else these are named.
    """
    lines = _folded(f"{changes.old} → {changes.new}", "", "  ", cells)
    for line in summary(changes):
        lines += _folded(line, "", "  ", cells)
    for heading, entries in by_kind(changes).items():
        lines += ["", *_folded(heading, "", "  ", cells)]
        for entry in entries:
            lines += _folded(_heading(entry, naming), "  ", "    ", cells)
            if whole or (entry.kind in ("renamed", "changed") and not entry.follows):
                lines += _details(entry, naming, cells)
    for what, names in named_parts(changes):
        lines += ["", what, *_names(names, naming, cells)]
    return "\n".join(lines) + "\n"


def _heading(entry: EntryChange, naming: Naming) -> str:
    name = entry.file or shortened(entry.graph)
    if entry.kind in ("renamed", "merged", "withdrawn"):
        name = shortened(entry.graph)
        if entry.successor:
            name += f" → {shortened(entry.successor)}"
    title = naming.title(entry)
    text = f"{name} · {title}" if title else name
    if entry.kind in ("added", "removed"):
        text += f" · {counted(entry.statements, 'statement')}"
    return f"{text} · {entry.reason}" if entry.reason else text


def _details(entry: EntryChange, naming: Naming, cells: int) -> Iterator[str]:
    own = entry.successor or entry.graph
    for thing in entry.things:
        margin = "    "
        if str(thing.thing) != f"<{own}>":
            yield from _folded(naming.shown(thing.thing, own), margin, margin, cells)
            margin = "      "
        shown = [(naming.shown(one.predicate), one) for one in thing.properties]
        name = min(_NAME, cells // 3, max(len(text) for text, _ in shown))
        for text, change in shown:
            yield from _property(text, change, naming, own, margin, name, cells)
    if entry.nameless != (0, 0):
        yield from _folded(nameless_told(entry.nameless), "    ", "      ", cells)


def _property(
    text: str,
    change: PropertyChange,
    naming: Naming,
    graph: str,
    margin: str,
    width: int,
    cells: int,
) -> Iterator[str]:
    """A property and its values: one that took another's place on a line with it."""
    went, came = naming.values(change, graph)
    values = [f"− {value}" for value in went] + [f"+ {value}" for value in came]
    if len(went) == len(came) == 1:
        values = [f"{went[0]} → {came[0]}"]
    room = max(_LEAST, cells - len(margin) - width - 2)
    right = [line for value in values for line in _hanging(value, room)]
    left = wrap(printable(text), width)
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else ""
        second = right[number] if number < len(right) else ""
        yield f"{margin}{first:<{width}}  {second}".rstrip()


def _hanging(value: str, room: int) -> list[str]:
    """A value folded, what follows the first line further in."""
    mark = 2 if value.startswith(("− ", "+ ")) else 0
    lines = wrap(printable(value[mark:]), room - mark)
    return [value[:mark] + lines[0], *(" " * mark + line for line in lines[1:])]


def _names(names: NameChanges, naming: Naming, cells: int) -> Iterator[str]:
    """Names one behind the other: there may be a hundred, and each says little."""
    gone = [
        f"{shortened(one.iri)} → {shortened(one.successor)}"
        if one.successor
        else shortened(one.iri)
        for one in names.given_up
    ]
    for word, listed in (
        ("added", [naming.called(name) for name in names.added]),
        ("removed", [naming.called(name) for name in names.removed]),
        ("changed", [naming.called(name) for name in names.changed]),
        ("given up", gone),
    ):
        if listed:
            yield from _folded(f"{word}: {', '.join(listed)}", "  ", "    ", cells)
    if names.nameless != (0, 0):
        yield from _folded(nameless_told(names.nameless), "  ", "    ", cells)


def _folded(text: str, first: str, then: str, cells: int) -> list[str]:
    lines = wrap(printable(text), max(_LEAST, cells - len(then)))
    return [f"{then if number else first}{line}" for number, line in enumerate(lines)]
