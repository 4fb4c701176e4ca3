"""Meetings over time: a row for each body, a mark for each meeting, its shape the mode."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meagraph.errors import UnusableInput
from meagraph.pictures.background import background
from meagraph.pictures.dates import span
from meagraph.pictures.frame import MARGIN, finished, head
from meagraph.pictures.letters import breadth, fold, leading
from meagraph.pictures.meetings import MODES, Meeting, meetings_of
from meagraph.pictures.sheet import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    QUIET,
    RULE,
    SMALL,
    WIDTH,
    Sheet,
    settings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meagraph.pictures.background import Background
    from meagraph.pictures.picture import Picture
    from meagraph.queries import Question
    from meagraph.queryable import Queryable
    from meagraph.tables import Table

MOST = 40
"""So many bodies are drawn, those with the most meetings, unless the reader says otherwise."""

_MARKS = dict(
    zip(
        MODES,
        (("circle", BLUE), ("square", ORANGE), ("diamond", GREEN), ("down", "#7d868b")),
        strict=True,
    )
)
_UNSTATED = "mode not stated"
_SHADE = "#f3f5f6"
_LEFT, _RIGHT = 2.0, WIDTH - MARGIN
_LANE, _RADIUS = 0.185, 0.05
_CERTAIN = 28
"""Days: what may have been on more days than these is known to lie within them, no more."""


def timeline(
    table: Table,
    store: Queryable,
    question: Question | None = None,
    *,
    title: str = "",
    most: int = MOST,
) -> Picture:
    """Draw an answer to the question ``meetings-of-body``.

    Args:
        table: the answer.
        store: the graph that gave it, for sources and names.
        question: what was asked, to say it in words.
        title: of the picture; there is one without.
        most: so many bodies are drawn, those with the most meetings; what is left out is said.

    Raises:
        UnusableInput: there is nothing to draw, ``most`` is less than 1, or a package is missing.
    """
    if most < 1:
        raise UnusableInput("less than one body cannot be drawn", hint="Draw 40, say.")
    if not table.rows:
        raise UnusableInput(table.empty)
    meetings = meetings_of(table)
    dated = [meeting for meeting in meetings if meeting.first and meeting.last]
    if not dated:
        raise UnusableInput(
            "none of these meetings has a date, so there is no line of time to draw",
            hint="meagraph query meetings-of-body lists them.",
        )
    known = background(store, table, question)
    with settings():
        return _draw(table, meetings, dated, known, title or "Meetings over time", most)


class _Item(NamedTuple):
    """A meeting placed in its row: the lane from above, and where its words begin."""

    meeting: Meeting
    lane: int
    x: float
    words: str
    words_at: float


class _Scale:
    """Days as inches."""

    def __init__(self, dated: Iterable[Meeting]) -> None:
        days = [day for meeting in dated for day in (meeting.first, meeting.last) if day]
        first, last = min(days), max(days)
        self.years = range(first.year, min(last.year + 2, date.max.year + 1))
        self._start = date(first.year, 1, 1).toordinal()
        end = date(last.year, 12, 31).toordinal() + 1
        self._inches = (_RIGHT - _LEFT - 0.15) / (end - self._start)

    def x(self, day: date, after: int = 0) -> float:
        return _LEFT + 0.08 + (day.toordinal() + after - self._start) * self._inches


def _draw(
    table: Table,
    meetings: Sequence[Meeting],
    dated: Sequence[Meeting],
    known: Background,
    title: str,
    most: int,
) -> Picture:
    sheet = Sheet()
    rows: dict[str, list[Meeting]] = {}
    for meeting in sorted(dated, key=lambda one: (one.first, one.last, one.label)):
        rows.setdefault(meeting.body, []).append(meeting)
    kept = sorted(sorted(rows, key=lambda body: (-len(rows[body]), body))[:most])
    order = sorted(kept, key=lambda body: (rows[body][0].first, body))
    shown = [meeting for body in order for meeting in rows[body]]
    scale = _Scale(shown)
    top = y = head(sheet, title, known.given) + 0.2
    for number, body in enumerate(order):
        y = _row(sheet, y, body, rows[body], scale, shaded=number % 2 == 0)
    _years(sheet, scale, top, y)
    end = _key(sheet, y + 0.3, shown)
    notes = [
        _explained(shown, order),
        _left_out(rows, order, meetings),
        known.origin(),
    ]
    return finished(sheet, end, title, notes, _described(shown, order), table)


def _row(
    sheet: Sheet, y: float, body: str, meetings: Sequence[Meeting], scale: _Scale, shaded: bool
) -> float:
    lines = fold(body, _LEFT - 2 * MARGIN - 0.04, SMALL, most=4)
    items = _placed(meetings, scale)
    lanes = max(item.lane for item in items) + 1
    down = max(lanes * _LANE, leading(SMALL) * len(lines)) + 0.09
    if shaded:
        sheet.box(0, y, WIDTH, down, fill=_SHADE, order=0)
    sheet.lines(MARGIN, y + 0.045, lines, SMALL)
    for item in items:
        middle = y + 0.045 + _LANE * (item.lane + 0.5)
        _mark(sheet, item, middle, scale, _SHADE if shaded else PAPER)
    return y + down


def _placed(meetings: Sequence[Meeting], scale: _Scale) -> list[_Item]:
    """Each meeting in the highest lane in which neither its mark nor its words meet others."""
    taken: list[list[tuple[float, float]]] = []
    items = []
    for meeting in meetings:
        first, last = _days(meeting)
        start, end = scale.x(first), scale.x(last, 1)
        x = (start + end) / 2
        start, end = min(start, x - 1.4 * _RADIUS), max(end, x + 1.4 * _RADIUS)
        words = _words(meeting, max(_RIGHT - end, start - _LEFT) - 0.1)
        long = breadth(words, SMALL)
        after = (end + 0.03, start - 0.02, end + long + 0.1)
        before = (start - 0.03 - long, start - long - 0.1, end + 0.02)
        fits_after = after[2] <= _RIGHT + 0.08
        lane = 0
        while True:
            if lane == len(taken):
                taken.append([])
            spots = ([after] if fits_after else []) + ([before] if before[1] >= _LEFT else [])
            for words_at, left, right in spots or [after]:
                if all(right <= other[0] or left >= other[1] for other in taken[lane]):
                    taken[lane].append((left, right))
                    items.append(_Item(meeting, lane, x, words, words_at))
                    break
            else:
                lane += 1
                continue
            break
    return items


def _words(meeting: Meeting, room: float) -> str:
    """The meeting's own name and its days; where there is no room for both, the name."""
    when = span(*_days(meeting))
    if not meeting.name:
        return when
    name = _middle_out(meeting.name, room - breadth(f", {when}", SMALL))
    return f"{name}, {when}" if name else _middle_out(meeting.name, room) or when


def _middle_out(name: str, room: float) -> str:
    """A name, without words in the middle where it is too long: its end tells it from others.

    Empty if not even the first and the last word have room.
    """
    if breadth(name, SMALL) <= room:
        return name
    words = name.split()
    found = ""
    for kept in range(2, len(words)):
        begin, end = " ".join(words[: kept // 2]), " ".join(words[-((kept + 1) // 2) :])
        text = f"{begin.rstrip(',')} … {end}"
        if breadth(text, SMALL) > room:
            break
        found = text
    return found


def _days(meeting: Meeting) -> tuple[date, date]:
    if meeting.first is None or meeting.last is None:
        raise ValueError("a meeting without a date has no place")
    return meeting.first, meeting.last


def _mark(sheet: Sheet, item: _Item, y: float, scale: _Scale, ground: str) -> None:
    first, last = _days(item.meeting)
    start, end = scale.x(first), scale.x(last, 1)
    shape, colour = _MARKS[item.meeting.mode]
    if (last - first).days >= _CERTAIN:
        sheet.line((start, y), (end, y), width=3.2, colour=colour, alpha=0.35, order=2)
        for x in (start, end):
            sheet.line((x, y - 0.045), (x, y + 0.045), width=0.8, colour=colour, order=2)
    elif last > first:
        sheet.line((start, y), (end, y), width=3.2, colour=colour, order=2)
    _sign(sheet, item.meeting, item.x, y, shape, colour)
    sheet.text(item.words_at, y, item.words, SMALL, along="center_baseline", halo=ground)


def _sign(sheet: Sheet, meeting: Meeting, x: float, y: float, shape: str, colour: str) -> None:
    hollow = meeting.status != "held"
    sheet.mark(shape, x, y, _RADIUS, fill=PAPER if hollow else colour, edge=colour, width=1.1)
    if not meeting.status:
        sheet.mark("circle", x, y, 0.3 * _RADIUS, fill=colour, edge="none", width=0, order=5)


def _years(sheet: Sheet, scale: _Scale, top: float, bottom: float) -> None:
    sheet.line((_LEFT, top), (_RIGHT, top), width=0.8, colour=QUIET)
    sheet.line((_LEFT, bottom), (_RIGHT, bottom), width=0.8, colour=QUIET)
    few = len(scale.years) <= 4
    step = 1 + (len(scale.years) - 2) // 14
    for year in scale.years[::step]:
        x = scale.x(date(year, 1, 1))
        sheet.line((x, top), (x, bottom), width=0.6, colour=RULE, order=0.5)
        if year == scale.years[-1]:
            break
        for month in (4, 7, 10) if few else ():
            inner = scale.x(date(year, month, 1))
            sheet.line((inner, top), (inner, bottom), width=0.4, colour="#e4e7e8", order=0.5)
            sheet.text(inner + 0.02, top - 0.04, _MONTHS[month], SMALL, colour=QUIET)
        for place in (top - 0.04, bottom + 0.12):
            sheet.text(x + 0.02, place, str(year), SMALL, bold=True, colour=INK)


_MONTHS = {4: "Apr", 7: "Jul", 10: "Oct"}


def _key(sheet: Sheet, y: float, shown: Sequence[Meeting]) -> float:
    """What shapes and fillings stand for; only those that are there."""
    x = MARGIN + 0.06
    held = Meeting("", "", "", "", "held", None, None)
    signs = [
        (held, mode, mode or _UNSTATED)
        for mode in _MARKS
        if any(meeting.mode == mode for meeting in shown)
    ]
    for status, meaning in (
        ("held", "filled: held"),
        ("planned", "hollow: planned, expected or tentative"),
        ("", "dotted: no passage says whether it was held"),
    ):
        if any(meeting.status == status for meeting in shown):
            signs.append((held._replace(status=status), "", meaning))
    for meeting, mode, meaning in signs:
        across = 0.22 + breadth(meaning, SMALL)
        if x + across > WIDTH - MARGIN or meaning.startswith("filled"):
            x, y = MARGIN + 0.06, y + 0.19
        _sign(sheet, meeting, x + 0.03, y, *_MARKS[mode])
        sheet.text(x + 0.13, y, meaning, SMALL, along="center_baseline")
        x += across + 0.1
    if any((_days(one)[1] - _days(one)[0]).days >= _CERTAIN for one in shown):
        y += 0.19
        sheet.line((MARGIN, y), (MARGIN + 0.4, y), width=3.2, colour=QUIET, alpha=0.35)
        for x in (MARGIN, MARGIN + 0.4):
            sheet.line((x, y - 0.045), (x, y + 0.045), width=0.8, colour=QUIET)
        meaning = "bar: only the month, quarter or period within which it lies is known"
        sheet.text(MARGIN + 0.5, y, meaning, SMALL, along="center_baseline")
    return y + 0.16


def _explained(shown: Sequence[Meeting], order: Sequence[str]) -> str:
    meetings = _counted(len(shown), "meeting or part of one", "meetings and parts of meetings")
    bodies = _counted(len(order), "body, programme or series", "bodies, programmes and series")
    return (
        f"Shown: {meetings} of {bodies}, in the order of their first. Beside a mark: what tells "
        "the meeting from the others, and its days; of a long name, how it begins and ends. Unit: "
        "meetings; a meeting with parts and its parts are each one."
    )


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _left_out(
    rows: dict[str, list[Meeting]], order: Sequence[str], meetings: Sequence[Meeting]
) -> str:
    parts = []
    more = [body for body in rows if body not in order]
    if more:
        count = sum(len(rows[body]) for body in more)
        parts.append(
            f"Left out: {_counted(len(more), 'body', 'bodies')} with fewer meetings, "
            f"{_counted(count, 'meeting', 'meetings')} in all."
        )
    undated = sorted({meeting.label for meeting in meetings if not meeting.first})
    if undated:
        named = "; ".join(undated[:8])
        rest = f"; and {len(undated) - 8} more" if len(undated) > 8 else ""
        parts.append(f"Not placed, as no date is known ({len(undated)}): {named}{rest}.")
    return " ".join(parts)


def _described(shown: Sequence[Meeting], order: Sequence[str]) -> str:
    first = min(shown, key=lambda one: _days(one))
    last = max(shown, key=lambda one: _days(one))
    counts = ", ".join(
        f"{sum(meeting.mode == mode for meeting in shown)} {mode or _UNSTATED}" for mode in _MARKS
    )
    return (
        f"A timeline of {_counted(len(shown), 'meeting', 'meetings')} of "
        f"{_counted(len(order), 'body', 'bodies')}: {counts}. The first is "
        f"{first.label}, {span(*_days(first))}; the last {last.label}, {span(*_days(last))}."
    )
