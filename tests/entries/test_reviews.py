"""A second reading is recorded with the bytes that were read."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from meagraph.entries.formatting import formatting, write_files
from meagraph.entries.reviews import Unread, review, unread
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY

DAY, LATER = date(2025, 1, 1), date(2025, 2, 2)
RECORD = f"PREFIX mea: <{ONTOLOGY}>\nPREFIX places: <{BASE}places/>\nplaces:%s a mea:%s .\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "places").mkdir()
    for name in ("a", "b"):
        (tmp_path / "places" / f"{name}.ttl").write_text(RECORD % (name, "Place"))
    write_files(formatting(tmp_path, DAY).changes)
    return tmp_path


def record(data: Path, *named: Path, day: date = DAY, corrections: int | None = None) -> None:
    _, text = review(data, day, named, corrections)
    write_files({data / "register.ttl": text})


def said(data: Path, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in ox.parse((data / "register.ttl").read_bytes(), ox.RdfFormat.TURTLE):
        if quad.subject == ox.NamedNode(f"{BASE}{path}") and isinstance(quad.object, ox.Literal):
            found.setdefault(quad.predicate.value.removeprefix(ONTOLOGY), []).append(
                quad.object.value
            )
    return found


def test_a_reading_is_recorded_with_its_day_bytes_and_corrections(data: Path) -> None:
    a = data / "places" / "a.ttl"
    record(data, a, corrections=3)
    known = said(data, "places/a.ttl")
    assert known["reviewed"] == ["2025-01-01"]
    assert known["reviewedSha256"] == [hashlib.sha256(a.read_bytes()).hexdigest()]
    assert known["corrections"] == ["3"]
    assert "reviewed" not in said(data, "places/b.ttl")


def test_the_latest_reading_takes_the_place_of_the_one_before(data: Path) -> None:
    a = data / "places" / "a.ttl"
    record(data, a, corrections=3)
    record(data, a, day=LATER)
    known = said(data, "places/a.ttl")
    assert known["reviewed"] == ["2025-02-02"]
    assert len(known["reviewedSha256"]) == 1
    assert "corrections" not in known


def test_a_folder_stands_for_its_entries_and_not_for_the_register(data: Path) -> None:
    files, _ = review(data, DAY, [data])
    assert files == [data / "places" / "a.ttl", data / "places" / "b.ttl"]


def test_a_change_after_the_reading_shows_and_fmt_keeps_the_record(data: Path) -> None:
    a, b = data / "places" / "a.ttl", data / "places" / "b.ttl"
    assert unread(data) == [Unread(a, None), Unread(b, None)]
    record(data, data)
    assert unread(data) == []
    a.write_text(RECORD % ("a", "City"))
    write_files(formatting(data, LATER).changes)
    assert formatting(data, LATER).changes == {}
    assert said(data, "places/a.ttl")["reviewed"] == ["2025-01-01"]
    assert unread(data) == [Unread(a, "2025-01-01")]
    assert unread(data, [b]) == []
    record(data, a, day=LATER)
    assert unread(data) == []


def test_a_file_that_is_not_in_canonical_form_is_refused(data: Path) -> None:
    a = data / "places" / "a.ttl"
    a.write_text(RECORD % ("a", "City"))
    with pytest.raises(UnusableInput, match="not in canonical form") as raised:
        review(data, DAY, [a])
    assert raised.value.file == str(a)


@pytest.mark.parametrize("name", ["places/none.ttl", "../elsewhere", "register.ttl"])
def test_what_is_no_entry_is_refused(data: Path, name: str) -> None:
    with pytest.raises(UnusableInput):
        review(data, DAY, [data / name])
    with pytest.raises(UnusableInput):
        unread(data, [data / name])
