"""A report goes to its file whole, and to no file that something else lives in."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_report import BASE, sample

from meagraph.errors import UnusableInput
from meagraph.reports import FORMATS, check_target, format_of, render, save


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_is_the_same_text(name: str) -> None:
    assert render(sample(), name, BASE) == render(sample(), name, BASE)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_known_by_the_ending_of_its_files(name: str) -> None:
    assert format_of(Path(f"findings{FORMATS[name].ending}")) == name


def test_another_ending_stands_for_text() -> None:
    assert format_of(Path("findings")) == "text"
    assert format_of(Path("findings.HTML")) == "html"


def test_a_report_replaces_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "findings.txt"
    file.write_text("an older and longer report")
    check_target(file, [tmp_path / "data"])
    save("näh\n", file)
    assert file.read_bytes() == "näh\n".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_report_that_cannot_be_written_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "findings.txt"
    file.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UnusableInput, match="No space left"):
        save("after", file)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_no_file_of_the_graph_is_replaced_by_a_report(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(UnusableInput, match="among the files that are validated"):
        check_target(tmp_path / "data" / "new.ttl", [tmp_path / "data"])


def test_a_report_goes_to_no_folder_link_or_missing_place(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for target in (tmp_path, tmp_path / "link", Path("/dev/null")):
        with pytest.raises(UnusableInput, match="no ordinary file"):
            check_target(target)
    with pytest.raises(UnusableInput, match="does not exist"):
        check_target(tmp_path / "missing" / "findings.txt")
