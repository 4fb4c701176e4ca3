"""Several files are replaced together, or stay as they were."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from meagraph.entries.replacement import replace_together
from meagraph.errors import UnusableInput


@pytest.fixture
def files(tmp_path: Path) -> dict[Path, str]:
    (tmp_path / "a").write_text("old a")
    (tmp_path / "b").write_text("old b")
    return {tmp_path / name: f"new {name}" for name in ("new", "a", "b")}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


OLD = {"a": "old a", "b": "old b"}


def test_all_are_replaced(files: dict[Path, str], tmp_path: Path) -> None:
    replace_together(files)
    assert contents(tmp_path) == {"new": "new new", "a": "new a", "b": "new b"}


def test_a_file_that_cannot_be_written_leaves_all_as_they_were(
    files: dict[Path, str], tmp_path: Path
) -> None:
    # A folder that is not there: what forbids writing does not forbid it to everyone.
    files[tmp_path / "none" / "c"] = "new c"
    with pytest.raises(UnusableInput, match="cannot be written") as raised:
        replace_together(files)
    assert raised.value.file == str(tmp_path / "none" / "c")
    assert contents(tmp_path) == OLD


def test_a_file_that_cannot_be_replaced_puts_the_others_back(
    files: dict[Path, str], tmp_path: Path
) -> None:
    (tmp_path / "b").unlink()
    (tmp_path / "b").mkdir()
    with pytest.raises(UnusableInput, match="b: the file cannot be written"):
        replace_together(files)
    assert contents(tmp_path) == {"a": "old a"}
    assert (tmp_path / "b").is_dir()


@pytest.mark.parametrize("stop", [OSError(28, "no space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_an_interruption_between_two_replacements_puts_all_back(
    files: dict[Path, str],
    tmp_path: Path,
    after: int,
    stop: BaseException,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace, replaced = Path.replace, []

    def interrupted(path: Path, target: Path) -> Path:
        if len(replaced) == after:
            raise stop
        replaced.append(target)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises((UnusableInput, KeyboardInterrupt)):
        replace_together(files)
    assert len(replaced) == after
    assert contents(tmp_path) == OLD


@pytest.mark.parametrize("after", [0, 1])
def test_a_file_that_goes_comes_back_if_another_cannot_be_replaced(
    files: dict[Path, str], tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {tmp_path / "a": None, tmp_path / "b": "new b"}
    if after:
        changes = dict(reversed(changes.items()))
    removed = Path.unlink

    def refuses(path: Path, missing_ok: bool = False) -> None:
        if path.name == "a":
            raise OSError(1, "Operation not permitted")
        removed(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuses)
    with pytest.raises(UnusableInput, match="not permitted"):
        replace_together(changes)
    assert contents(tmp_path) == OLD
    monkeypatch.undo()
    replace_together(changes)
    assert contents(tmp_path) == {"b": "new b"}


def test_after_a_crash_the_hidden_files_complete_the_change(
    files: dict[Path, str], tmp_path: Path
) -> None:
    program = """
import os
from pathlib import Path
from meagraph.entries.replacement import replace_together

replace, replaced = Path.replace, []

def crash(path, target):
    if len(replaced) == 1:
        os._exit(9)
    replaced.append(target)
    return replace(path, target)

Path.replace = crash
replace_together({Path(name): f"new {name}" for name in ("new", "a", "b")})
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=False)
    assert ended.returncode == 9
    hidden = sorted(tmp_path.glob(".*"))
    assert [path.name.split(".")[1] for path in hidden] == ["a", "b"]
    for path in hidden:
        path.replace(tmp_path / path.name.split(".")[1])
    assert contents(tmp_path) == {"new": "new new", "a": "new a", "b": "new b"}
