"""The meetings in an answer, as they stand on a line of time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from meagraph.errors import UnusableInput
from meagraph.pictures.letters import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.tables import Table

MODES = ("online", "in person", "hybrid", "")
"""How meetings are held; the last where that is not stated."""
_HAPPENED = frozenset(["held", "done", "started", "ongoing", "recurring"])


class Meeting(NamedTuple):
    """A meeting of a body.

    Args:
        body: the label of the body.
        name: what tells it from the body's other meetings.
        label: its whole label.
        mode: one of the keys of the marks; empty where none, or more than one, is stated.
        status: ``held``, ``planned`` (not yet) or empty.
        first: the first day that its time may cover.
        last: the last one.
    """

    body: str
    name: str
    label: str
    mode: str
    status: str
    first: date | None
    last: date | None


def meetings_of(table: Table) -> list[Meeting]:
    """The meetings in the table, each once for each body, in the order of the rows."""
    names = [column.name for column in table.columns]
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for cells in table.rows:
        row: dict[str, Any] = dict(zip(names, cells, strict=True))
        meeting = row.get("meeting")
        if not isinstance(meeting, NamedNode) or "body" not in row:
            raise UnusableInput(
                "this answer holds no meetings of bodies",
                hint="Ask the stored question meetings-of-body, with all its columns.",
            )
        key = table.shown(row["body"]), meeting.value
        found.setdefault(key, []).append(row)
    return [_meeting(table, body, rows) for (body, _), rows in found.items()]


def _meeting(table: Table, body: str, rows: Sequence[dict[str, Any]]) -> Meeting:
    label = table.shown(rows[0]["meeting"])
    modes = {table.shown(row.get("meetingMode")) for row in rows} - {""}
    statuses = {table.shown(row.get("status")) for row in rows} - {""}
    status = "held" if statuses & _HAPPENED else "planned" if statuses else ""
    mode = min(modes) if len(modes) == 1 and modes <= set(MODES) else ""
    first, last = _day(rows[0].get("earliest")), _day(rows[0].get("latest"))
    return Meeting(clean(body), _particular(label, body), label, mode, status, first, last)


def _day(cell: object) -> date | None:
    if isinstance(cell, Literal):
        try:
            return date.fromisoformat(cell.value)
        except ValueError:  # a year before the first, or after 9999
            return None
    return None


def _particular(label: str, body: str) -> str:
    """What a meeting's label says more than its body's: an ordinal, a segment; else the label."""
    if not label.startswith(body):
        return clean(label)
    name = label[len(body) :].strip(" ,:")
    if name.startswith(("meeting of ", "partners meeting of ")):
        return ""  # a month, which the time says
    for word in (" meeting", " session"):
        if name.endswith(word) or f"{word}," in name:
            name = name.replace(word, "", 1)
    return clean(name)
