"""Days that no calendar has: the shapes refuse them, and an export may be made before they do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyoxigraph import Store

from harmed import DAYS, iri, misdated
from meagraph.errors import UnusableInput
from meagraph.export import KINDS, files_of
from meagraph.project import Project
from small_export import built, written


@pytest.fixture(scope="module")
def graph(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return misdated(project, tmp_path_factory.mktemp("misdated"))


@pytest.fixture(scope="module")
def misdated_store(graph: Project) -> Store:
    return built(graph)


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_is_made_or_tells_what_is_wrong(
    graph: Project, misdated_store: Store, tmp_path: Path, kind: str
) -> None:
    try:
        written(files_of(kind, misdated_store, graph), tmp_path)
    except UnusableInput as told:
        assert "meagraph validate" in str(told)


def test_such_a_meeting_is_in_no_calendar_and_told(
    graph: Project, misdated_store: Store, tmp_path: Path
) -> None:
    calendars = written(files_of("calendar", misdated_store, graph), tmp_path) / "calendar"
    with (calendars / "left-out.csv").open(encoding="utf-8", newline="") as file:
        left = {row["meeting"]: row["reason"] for row in csv.DictReader(file)}
    shown = (calendars / "meetings.ics").read_bytes().decode().replace("\r\n ", "")
    for name in DAYS:
        assert left[iri("meetings", name)]
        assert f"UID:{iri('meetings', name)}\r" not in shown
    assert left[iri("meetings", "inverted")] == "its last day is before its first"
