"""What a timeline makes of an answer."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, CONCEPTS, XSD
from meagraph.pictures.meetings import Meeting, meetings_of
from meagraph.pictures.timeline import timeline
from meagraph.tables import Column, Table

NAMES = ("body", "meeting", "meetingMode", "place", "status", "earliest", "latest", "passages")
LABELS = {
    BASE + "bodies/cop": "Conference of the Parties",
    BASE + "meetings/cop-4": "Conference of the Parties, fourth meeting",
    BASE + "meetings/cop-4-online": "Conference of the Parties, fourth meeting, online segment",
    BASE + "meetings/cop-2024-02": "Conference of the Parties, meeting of February 2024",
    BASE + "meetings/day": "A day of its own",
    CONCEPTS + "mode/online": "online",
    CONCEPTS + "mode/in-person": "in person",
    CONCEPTS + "status/held": "held",
    CONCEPTS + "status/planned": "planned",
}


def row(
    meeting: str, mode: str = "", status: str = "", first: str = "", last: str = ""
) -> list[object]:
    def day(text: str) -> Literal | None:
        return Literal(text, datatype=NamedNode(XSD + "date")) if text else None

    return [
        NamedNode(BASE + "bodies/cop"),
        NamedNode(BASE + "meetings/" + meeting),
        NamedNode(CONCEPTS + "mode/" + mode) if mode else None,
        None,
        NamedNode(CONCEPTS + "status/" + status) if status else None,
        day(first),
        day(last),
        (),
    ]


def table(*rows: list[object]) -> Table:
    return Table([Column(name) for name in NAMES], rows, LABELS, "meetings-of-body")


def only(*rows: list[object]) -> Meeting:
    (meeting,) = meetings_of(table(*rows))
    return meeting


def test_a_meeting_is_called_by_what_its_label_says_more_than_its_bodys() -> None:
    assert only(row("cop-4")).name == "fourth"
    assert only(row("cop-4-online")).name == "fourth, online segment"
    assert only(row("cop-2024-02")).name == ""
    assert only(row("day")).name == "A day of its own"


def test_a_meeting_of_several_rows_is_one() -> None:
    meeting = only(
        row("cop-4", "online", "planned", "2021-11-01", "2021-11-05"),
        row("cop-4", "in-person", "held", "2021-11-01", "2021-11-05"),
    )
    assert meeting.mode == ""  # both: neither may be drawn as the only one
    assert meeting.status == "held"
    assert meeting.first == date(2021, 11, 1) and meeting.last == date(2021, 11, 5)


def test_planned_and_unstated_are_told_apart() -> None:
    assert only(row("cop-4", "online", "planned")).status == "planned"
    assert only(row("cop-4", "online")).status == ""
    assert only(row("cop-4", "online")).mode == "online"


def test_days_that_no_calendar_has_are_no_days() -> None:
    assert only(row("cop-4", first="-0100-01-01", last="2021-02-31")).first is None


def test_what_is_left_out_is_said() -> None:
    picture = timeline(
        table(row("cop-4"), row("cop-4-online", "online", "held", "2021-11-01", "2021-11-05")),
        Store(),
    )
    said = " ".join(picture.notes)
    assert "Shown: 1 meeting or part of one of 1 body" in said
    assert "no date is known (1): Conference of the Parties, fourth meeting." in said
    assert "1 online" in picture.description and "1–5 Nov 2021" in picture.description


def test_without_a_date_or_without_meetings_nothing_is_drawn() -> None:
    with pytest.raises(UnusableInput, match="none of these meetings has a date"):
        timeline(table(row("cop-4")), Store())
    with pytest.raises(UnusableInput, match="Nothing in the graph"):
        timeline(table(), Store())
    with pytest.raises(UnusableInput, match="no meetings of bodies"):
        timeline(Table([Column("agent")], [[None]], {}), Store())


def test_a_thousand_years_and_long_names_find_room() -> None:
    long = {BASE + "meetings/day": "A very long name of a meeting " * 12}
    rows = [
        row("day", "", "", "1024-01-01", "1024-01-01"),
        row("cop-4", "", "", "2026-01-01", "2026-12-31"),
    ]
    answer = Table([Column(name) for name in NAMES], rows, LABELS | long)
    assert " … " in timeline(answer, Store()).svg
