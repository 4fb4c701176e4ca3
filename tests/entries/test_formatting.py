"""``meagraph fmt`` writes all that changes, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.entries import read_entries
from meagraph.namespaces import BASE, ONTOLOGY

RECORD = f"PREFIX mea: <{ONTOLOGY}>\nPREFIX places: <{BASE}places/>\nplaces:%s a mea:Place .\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("ontology", "shapes", "queries", "data/places"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ontology" / "meagraph.ttl").write_text("")
    for name in ("a", "b"):
        (tmp_path / "data" / "places" / f"{name}.ttl").write_text(RECORD % name)
    return tmp_path


def fmt(root: Path, *words: str) -> int:
    return main(["fmt", "--root", str(root), "--date", "2025-01-01", *words])


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()}


def test_what_changes_is_written_and_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meant = {entry.graph: set(entry.triples) for entry in read_entries(root / "data")}
    assert fmt(root) == 0
    listed = capsys.readouterr().out.split()
    assert listed == ["data/places/a.ttl", "data/places/b.ttl", "data/register.ttl"]
    after = {entry.graph: set(entry.triples) for entry in read_entries(root / "data")}
    assert {graph: after[graph] for graph in meant} == meant
    assert sorted(snapshot(root)) == sorted(root / path for path in listed)


def test_a_second_run_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fmt(root)
    before = snapshot(root)
    capsys.readouterr()
    assert main(["fmt", "--root", str(root), "--date", "2026-06-06"]) == 0
    assert capsys.readouterr().out == ""
    assert snapshot(root) == before


def test_check_writes_nothing_and_tells(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(root)
    assert fmt(root, "--check") == 1
    assert "data/places/a.ttl" in capsys.readouterr().out
    assert snapshot(root) == before
    fmt(root)
    assert fmt(root, "--check") == 0


def test_one_file_is_formatted_and_the_register_kept(root: Path) -> None:
    other = root / "data" / "places" / "b.ttl"
    before = other.read_bytes()
    assert fmt(root, str(root / "data" / "places" / "a.ttl")) == 0
    assert other.read_bytes() == before
    assert "places:b.ttl" in (root / "data" / "register.ttl").read_text()


def test_nothing_is_written_if_anything_would_be_lost(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = root / "data" / "places" / "a.ttl", root / "data" / "places" / "b.ttl"
    a.write_text((RECORD % "a") + "# why\n")
    b.write_text((RECORD % "b") + "places:b mea:of [] .\nplaces:b")
    (root / "data" / "places" / "c.ttl").write_text((RECORD % "c") + "places:c mea:of [] .\n")
    before = snapshot(root)
    assert fmt(root) == 2
    said = capsys.readouterr().err
    assert f"{a}:4:1: a comment" in said
    assert f"{b}:5:9: " in said
    assert "c.ttl:4:17: a blank node" in said
    assert snapshot(root) == before


@pytest.mark.parametrize("where", ["ontology/meagraph.ttl", "data/places/none.ttl"])
def test_what_is_no_data_file_is_refused(
    root: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fmt(root, str(root / where)) == 2
    assert "meagraph:" in capsys.readouterr().err


def test_a_day_that_does_not_exist_is_kept_without_a_word_of_rdflibs(
    root: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    file = root / "data" / "places" / "a.ttl"
    dated = 'places:a mea:x "2024-11-31"^^<http://www.w3.org/2001/XMLSchema#date> .'
    file.write_text((RECORD % "a") + dated)
    assert fmt(root) == 0
    assert '"2024-11-31"^^xsd:date' in file.read_text()
    assert capfd.readouterr().err == ""
    assert caplog.records == []


def test_a_register_that_cannot_be_read_is_refused_and_nothing_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "data" / "register.ttl").write_text("<<<<<<< ours\n")
    before = snapshot(root)
    assert fmt(root) == 2
    assert "register.ttl:1:" in capsys.readouterr().err
    assert snapshot(root) == before


def test_the_register_goes_with_the_last_file(root: Path) -> None:
    fmt(root)
    for name in ("a", "b"):
        (root / "data" / "places" / f"{name}.ttl").unlink()
    assert fmt(root) == 0
    assert snapshot(root) == {}


def test_a_day_that_is_none_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--root", str(root), "--date", "2025-13-01"]) == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err
