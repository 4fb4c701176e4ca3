"""Pictures written to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from meagraph.errors import UnusableInput
from meagraph.pictures.frame import finished
from meagraph.pictures.picture import Picture
from meagraph.pictures.sheet import Sheet, settings
from meagraph.tables import Table


@pytest.fixture
def picture() -> Picture:
    with settings():
        sheet = Sheet()
        sheet.text(0.1, 0.2, "a word")
        return finished(sheet, 1.0, "A title", ["A note."], "A description", Table([], [], {}))


@pytest.mark.parametrize(
    ("name", "begins"), [("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG"), ("a.html", b"<!DOCTYPE html>")]
)
def test_the_ending_says_which_form(
    name: str, begins: bytes, picture: Picture, tmp_path: Path
) -> None:
    picture.save(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ["a.pdf", "a", "svg"])
def test_an_ending_that_says_nothing_is_refused(
    name: str, picture: Picture, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInput, match="does not say which kind"):
        picture.save(tmp_path / name)
    assert not os.listdir(tmp_path)


def test_a_missing_folder_and_a_folder_are_refused(picture: Picture, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="does not exist"):
        picture.save(tmp_path / "none" / "a.svg")
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(UnusableInput, match="no ordinary file"):
        picture.save(tmp_path / "a.svg")


def test_on_a_full_disk_the_old_file_stays(
    picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.svg"
    file.write_text("old", encoding="utf-8")

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UnusableInput, match="No space left on device"):
        picture.save(file)
    assert file.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.svg"]


def test_without_matplotlib_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UnusableInput, match=r"\[research\]"), settings():
        pass
