"""The meetings as calendars (iCalendar: RFC 5545, with the names of RFC 7986).

``calendar/meetings.ics`` has all meetings whose first and last day are known;
``calendar/agreements/<agreement>.ics`` those of an agreement's bodies, with their parts. An event
covers whole days. It is TENTATIVE where the latest document that speaks of it calls it tentative,
expected, requested or needed, and CONFIRMED where it tells that the meeting was held. A plan is
neither: of a planned meeting, and of one without a status, STATUS is left out, as the standard
allows. Meetings of which only a month or a quarter is known are in no calendar, since a bar across
all of its days would say that they last so long; ``calendar/left-out.csv`` lists them with what is
known.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from meagraph.export.calendar.contentlines import day, folded, midnight, text, texts, uri
from meagraph.export.calendar.events import events
from meagraph.export.jsonld import path_of
from meagraph.namespaces import BASE, CONCEPTS, DCTERMS, PREFIXES
from meagraph.tables import Column, Table, as_csv, labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from meagraph.export.calendar.events import Event
    from meagraph.project import Project
    from meagraph.queryable import Queryable

__all__ = ["files"]

_STATUS = CONCEPTS + "status/"
_CONFIRMED = frozenset(_STATUS + name for name in ("held", "done", "started", "ongoing"))
_TENTATIVE = frozenset(_STATUS + name for name in ("tentative", "expected", "requested", "needed"))
_DATASET = BASE + "dataset#meagraph"
_VERSION = f"SELECT ?version {{ <{_DATASET}> <{PREFIXES['dcat']}version> ?version }}"
_LICENCE = f"SELECT ?licence {{ <{_DATASET}> <{DCTERMS}license> ?licence }}"


def files(store: Queryable, project: Project) -> dict[str, Callable[[], bytes]]:
    """The calendars, and the list of what is in none; paths and what makes the bytes of each.

    An agreement none of whose meetings has known days gets no calendar: the standard knows no empty
    one.

    Args:
        store: a built graph.
        project: not used; every kind of export is given it.
    """
    known = events(store)
    shown = [event for event in known if not event.left_out]
    of: dict[str, list[Event]] = {}
    for event in shown:
        for agreement in event.agreements:
            of.setdefault(agreement, []).append(event)
    names = labels_of(store, sorted(of))
    write = partial(_calendar, version=_first(store, _VERSION), licence=_first(store, _LICENCE))
    found: dict[str, Callable[[], bytes]] = {}
    if shown:
        title = "Meetings in the meagraph knowledge graph"
        found["calendar/meetings.ics"] = partial(write, title, shown)
    for agreement in sorted(of):
        title = f"Meetings: {names.get(agreement) or shortened(agreement)}"
        name = path_of(agreement).removeprefix("agreements/").removesuffix(".jsonld")
        found[f"calendar/agreements/{name}.ics"] = partial(write, title, of[agreement])
    return {**found, "calendar/left-out.csv": partial(_left_out, known)}


def _first(store: Queryable, query: str) -> str:
    solutions: Any = store.query(query)
    return min((solution[0].value for solution in solutions), default="")


def _calendar(title: str, shown: Sequence[Event], *, version: str, licence: str) -> bytes:
    product = f"meagraph {version}".strip()
    about = "Meetings that treaty secretariats report or plan, from what their documents say."
    if licence:
        about += f" Licence: {licence}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//meagraph//{text(product)}//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(title)}",
        f"X-WR-CALNAME:{text(title)}",
        f"DESCRIPTION:{text(about)}",
        f"LAST-MODIFIED:{midnight(max(event.changed for event in shown))}",
    ]
    there = {event.iri for event in shown}
    for event in shown:
        lines += _event(event, there)
    return b"".join(map(folded, [*lines, "END:VCALENDAR"]))


def _event(event: Event, there: set[str]) -> Iterator[str]:
    assert event.start and event.end, "left out before"
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.iri)}"
    yield f"DTSTAMP:{midnight(event.changed)}"
    yield f"LAST-MODIFIED:{midnight(event.changed)}"
    yield f"DTSTART;VALUE=DATE:{day(event.start)}"
    yield f"DTEND;VALUE=DATE:{day(event.end + timedelta(days=1))}"  # the first day after it
    yield f"SUMMARY:{text(event.label)}"
    if event.status in _CONFIRMED:
        yield "STATUS:CONFIRMED"
    elif event.status in _TENTATIVE:
        yield "STATUS:TENTATIVE"
    if event.status:
        yield f"X-MEAGRAPH-STATUS:{text(event.status.removeprefix(_STATUS))}"
    yield "TRANSP:TRANSPARENT"  # a conference in the calendar of a reader does not make them busy
    if where := event.places or [mode for mode in event.modes if mode == "online"]:
        yield f"LOCATION:{text('; '.join(where))}"
    if event.topics:
        yield f"CATEGORIES:{texts(event.topics)}"
    yield f"URL:{uri(event.iri)}"
    for whole in event.wholes:
        if whole in there:
            yield f"RELATED-TO;RELTYPE=PARENT:{text(whole)}"
    yield f"DESCRIPTION:{text(_description(event))}"
    yield "END:VEVENT"


def _description(event: Event) -> str:
    lines = []
    if event.status:
        lines.append(f"Status in the latest document: {event.status.removeprefix(_STATUS)}.")
    if event.modes:
        lines.append(f"Mode: {', '.join(event.modes)}.")
    lines += [f"Part of: {label}." for label in event.wholes.values()]
    if event.as_stated:
        lines.append("As stated: " + "; ".join(f"“{one}”" for one in event.as_stated) + ".")
    if event.supplied:
        lines.append(f"The record took date, place or mode from: {'; '.join(event.supplied)}.")
    lines += [f"Stated in {one.name}: {one.passage}" for one in event.passages]
    return "\n".join(lines or ["No passage says more of it."])


def _left_out(known: Sequence[Event]) -> bytes:
    """What is in no calendar, and why: a table."""
    names = ("meeting", "meetingLabel", "earliest", "latest", "whenAsStated", "status", "reason")
    rows = [
        (
            event.iri,
            event.label,
            *event.possible,
            "; ".join(event.as_stated),
            event.status.removeprefix(_STATUS),
            event.left_out,
        )
        for event in known
        if event.left_out
    ]
    cells = [[Literal(cell) for cell in row] for row in rows]
    return as_csv(Table([Column(name) for name in names], cells, {})).encode()
