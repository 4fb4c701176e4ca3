"""``meagraph rename`` and ``meagraph reviewed``, from the words to what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from copies import copied, snapshot, stop_replacing
from meagraph.cli import main
from meagraph.project import Project


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Path:
    return copied(project, tmp_path)


def verb(root: Path, *words: str) -> int:
    return main([words[0], "--root", str(root), "--date", "2999-01-01", *words[1:]])


def test_rename_lists_what_it_changes(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(copy)
    assert verb(copy, "rename", "meetings:prtr-round-table-4", "meetings:prtr-4") == 0
    said = capsys.readouterr().out
    assert "data/meetings/prtr-4.ttl  1 mention, moved from data/meetings/prtr-round" in said
    assert "data/meetings/prtr-round-table-4.ttl  deprecated, replaced by meetings:prtr-4" in said
    assert "data/register.ttl  renewed" in said
    assert "meetings:prtr-round-table-4 → meetings:prtr-4: " in said
    after = snapshot(copy)
    changed = {path for path in after if after[path] != before.get(path)}
    listed = {copy / line.split()[0] for line in said.splitlines() if line.startswith("data/")}
    assert changed == listed
    assert not [path for path in after if path.name.startswith(".")]


def test_a_dry_run_says_the_same_and_writes_nothing(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    words = ("rename", "status:held", "status:took-place")
    assert verb(copy, *words, "--dry-run") == 0
    dry = capsys.readouterr().out
    assert snapshot(copy) == before
    assert verb(copy, *words) == 0
    assert dry == capsys.readouterr().out + "Nothing has been written: this is a dry run.\n"


def test_what_cannot_be_renamed_changes_nothing(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    assert verb(copy, "rename", "organisations:ocde", "organisations:x") == 2
    assert "organisations:oecd" in capsys.readouterr().err
    assert snapshot(copy) == before


def test_a_failure_while_files_are_replaced_changes_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    stop_replacing(monkeypatch, copy, after=3)
    assert verb(copy, "rename", "organisations:oecd", "organisations:x") == 2
    assert "No space left on device" in capsys.readouterr().err
    assert snapshot(copy) == before


def test_reviewed_records_and_lists(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places, readings = copy / "data" / "places", copy / "data" / "readings"
    assert verb(copy, "reviewed", str(places), "--corrections", "2") == 0
    listed = capsys.readouterr().out.split()
    assert listed == [f"data/places/{path.name}" for path in sorted(places.glob("*.ttl"))]
    assert verb(copy, "reviewed", "--list", str(places)) == 0
    assert capsys.readouterr().out == ""
    assert main(["fmt", "--check", "--root", str(copy)]) == 0
    assert verb(copy, "rename", "places:netherlands", "places:kingdom-of-the-netherlands") == 0
    capsys.readouterr()
    assert verb(copy, "reviewed", "--list", str(places), str(readings)) == 1
    said = capsys.readouterr().out
    assert "data/places/kingdom-of-the-netherlands.ttl  changed since 2999-01-01\n" in said
    assert "data/places/netherlands.ttl  never read again\n" in said
    assert "data/places/almaty.ttl" not in said


@pytest.mark.parametrize("words", [[], ["--corrections", "-1", "data"]])
def test_reviewed_refuses_what_says_nothing(
    copy: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(copy, "reviewed", *words) == 2
    assert "meagraph: " in capsys.readouterr().err
