"""The meetings as calendars, read back by icalendar."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from pyoxigraph import Store

from meagraph.export.calendar import files
from meagraph.export.calendar.contentlines import folded, text, uri
from meagraph.namespaces import BASE
from meagraph.project import Project
from small_export import FOREIGN, LONG, NASTY, PASSAGE, built, small, written

MEETINGS = BASE + "meetings/"


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("calendars")
    graph = small(project, root / "project")
    return written(files(built(graph), graph), root / "out") / "calendar"


def events(path: Path) -> dict[str, object]:
    calendar = Calendar.from_ical(path.read_bytes())
    assert not calendar.errors
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert not any(event.errors for event in found.values())
    return found


def left_out(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "left-out.csv").open(encoding="utf-8", newline="") as file:
        return {row["meeting"]: row for row in csv.DictReader(file)}


def test_an_event_covers_whole_days_and_ends_on_the_day_after(folder: Path) -> None:
    event = events(folder / "meetings.ics")[MEETINGS + "icc-3"]
    assert event["DTSTART"].dt == date(2021, 6, 7)
    assert event["DTEND"].dt == date(2021, 6, 9)
    raw = (folder / "meetings.ics").read_bytes()
    assert b"DTSTART;VALUE=DATE:20210607\r\nDTEND;VALUE=DATE:20210609\r\n" in raw


def test_it_is_stamped_with_the_day_of_its_last_change(folder: Path) -> None:
    event = events(folder / "meetings.ics")[MEETINGS + "icc-3"]
    assert event["DTSTAMP"].dt.isoformat() == "2026-03-01T00:00:00+00:00"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt


def test_held_is_confirmed_tentative_is_tentative_and_a_plan_is_neither(folder: Path) -> None:
    found = events(folder / "meetings.ics")
    assert found[MEETINGS + "icc-3"]["STATUS"] == "CONFIRMED"
    assert found[MEETINGS + "expected"]["STATUS"] == "TENTATIVE"
    assert "STATUS" not in found[MEETINGS + "cop-4-online"]
    assert found[MEETINGS + "cop-4-online"]["X-MEAGRAPH-STATUS"] == "planned"
    assert "STATUS" not in found[MEETINGS + "day"]


def test_place_address_topics_and_passages_are_told(folder: Path) -> None:
    found = events(folder / "meetings.ics")
    online, day = found[MEETINGS + "cop-4-online"], found[MEETINGS + "day"]
    assert online["LOCATION"] == "online"
    assert online["URL"] == MEETINGS + "cop-4-online"
    assert "Part of: COP-4." in online["DESCRIPTION"]
    assert "from: a site." in online["DESCRIPTION"]
    assert f"Stated in COP-6 note annex-1/1: {BASE}{PASSAGE}" in online["DESCRIPTION"]
    assert [str(one) for one in day["CATEGORIES"].cats] == ["mercury"]


def test_a_place_is_told_with_its_country(store: Store, project: Project, tmp_path: Path) -> None:
    found = events(written(files(store, project), tmp_path) / "calendar/meetings.ics")
    assert found[MEETINGS + "cbd-cop-16-1"]["LOCATION"] == "Cali, Colombia"


def test_what_has_no_days_is_in_no_calendar_and_is_listed_with_the_reason(folder: Path) -> None:
    shown, reasons = events(folder / "meetings.ics"), left_out(folder)
    assert not shown.keys() & reasons.keys()
    assert {iri.removeprefix(MEETINGS): row["reason"] for iri, row in reasons.items()} == {
        "cop-4": "it is not dated",
        "undated": "it is not dated",
        "cop-4-resumed": "its days are not known, only between which they lie",
        "begun": "only its first day is known",
        "torn": "it is dated in ways that exclude each other",
        "last": "its last day is the last that can be written",
    }
    quarter = reasons[MEETINGS + "cop-4-resumed"]
    assert (quarter["earliest"], quarter["latest"]) == ("2022-01-01", "2022-03-31")
    assert (quarter["whenAsStated"], quarter["status"]) == ("first quarter of 2022", "tentative")


def test_every_meeting_of_the_graph_is_in_the_calendar_or_in_the_list(
    store: Store, project: Project, tmp_path: Path
) -> None:
    out = written(files(store, project), tmp_path) / "calendar"
    found = store.query(f"SELECT ?m {{ ?m a <{BASE}ontology#Meeting> }}")
    shown, listed = events(out / "meetings.ics").keys(), left_out(out).keys()
    assert sorted([*shown, *listed]) == sorted(solution[0].value for solution in found)
    assert len(shown) > 25


def test_an_agreement_has_the_meetings_of_its_bodies_and_their_parts(folder: Path) -> None:
    found = events(folder / "agreements/minamata.ics")
    assert set(found) == {MEETINGS + "icc-3", MEETINGS + "cop-4-online", FOREIGN}
    assert not (folder / "agreements/cbd.ics").exists()


def test_harmful_contents_come_back_as_they_are(folder: Path) -> None:
    found = events(folder / "meetings.ics")
    for name in ("commas", "formula", "markup", "rtl", "long", "wide"):
        assert str(found[MEETINGS + name]["SUMMARY"]) == NASTY[name]
    lines = str(found[MEETINGS + "lines"]["SUMMARY"])
    assert lines.splitlines() == ["one", "two", "three", "four", "five", "six"]
    assert str(found[MEETINGS + "controls"]["SUMMARY"]) == "a�b�c�d�e"
    assert len(LONG) == 5000


def test_no_line_is_longer_than_75_octets_and_each_is_text(folder: Path) -> None:
    for path in folder.rglob("*.ics"):
        raw = path.read_bytes()
        assert raw.endswith(b"\r\n")
        for line in raw.removesuffix(b"\r\n").split(b"\r\n"):
            assert 0 < len(line) <= 75
            assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
            line.decode()


def test_an_iri_beyond_ascii_is_the_identity_and_its_address_is_encoded(folder: Path) -> None:
    event = events(folder / "meetings.ics")[FOREIGN]
    assert event["URL"] == MEETINGS + "r%C3%A9union-%20-(%C3%A9)"


def test_calendars_are_the_same_bytes_from_build_to_build(project: Project, tmp_path: Path) -> None:
    graph = small(project, tmp_path / "project")
    made = [{name: make() for name, make in files(built(graph), graph).items()} for _ in range(2)]
    assert made[0] == made[1]


def test_a_graph_without_days_has_a_list_and_no_calendar(tmp_path: Path) -> None:
    made = files(Store(), Project(tmp_path))
    assert list(made) == ["calendar/left-out.csv"]
    rows = csv.reader(io.StringIO(made["calendar/left-out.csv"]().decode()))
    assert len(list(rows)) == 1


def test_a_line_is_folded_between_characters() -> None:
    line = "SUMMARY:" + "€" * 40
    raw = folded(line)
    assert raw.replace(b"\r\n ", b"").decode() == line + "\r\n"
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_values_are_escaped_as_their_type_wants_it() -> None:
    assert text("a\\b;c,d\r\ne") == r"a\\b\;c\,d\ne"
    assert uri("https://example.org/é?a=b#c") == "https://example.org/%C3%A9?a=b#c"
