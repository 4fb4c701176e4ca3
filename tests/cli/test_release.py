"""``meagraph release``, from the words to what is printed and the exit status."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from meagraph.cli import main
from small_release import checkout

SITE = "https://example.org/meagraph"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Path:
    """The folder of a checkout that can be released, in which the curator is."""
    checkout(tmp_path / "checkout")
    capsys.readouterr()
    monkeypatch.chdir(tmp_path / "checkout")
    monkeypatch.setattr("meagraph.releases.stated.__version__", "0.1.0")
    return tmp_path / "checkout"


def test_a_release_tells_where_it_is_and_what_it_lacks(here: Path, capsys: Said) -> None:
    assert main(["release", "0.1.0"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("The release 0.1.0 is in releases/0.1.0 (")
    assert "name one with --previous" in said and "they need --site" in said
    assert not (here / "releases" / "0.1.0" / "w3id").exists()
    assert main(["release", "0.1.0"]) == 0
    assert "was there already, byte for byte" in capsys.readouterr().out


def test_a_release_with_all_options_tells_what_changed(
    here: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["release", "0.1.0", "-o", str(tmp_path / "to")]) == 0
    shutil.rmtree(here)
    checkout(here, "0.1.1")
    monkeypatch.chdir(here)
    monkeypatch.setattr("meagraph.releases.stated.__version__", "0.1.1")
    capsys.readouterr()
    words = ["release", "0.1.1", "-o", str(tmp_path / "to"), "--site", SITE]
    assert main([*words, "--previous", str(tmp_path / "to" / "0.1.0")]) == 0
    said = capsys.readouterr().out
    assert "Since 0.1.0 the changes are patch ones" in said
    assert f"Redirects for w3id.org: {tmp_path / 'to' / '0.1.1' / 'w3id'}" in said


def test_a_draft_tells_why_it_would_be_refused(here: Path, capsys: Said) -> None:
    words = ["release", "0.1.0", "--previous", str(here)]
    assert main(words) == 2
    assert "0.1.0 does not come after 0.1.0" in capsys.readouterr().err
    assert main([*words, "--draft"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("The draft 0.1.0 is in releases/0.1.0")
    assert "as a release this would be refused: 0.1.0 does not come after" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1.0"], "“1.0” is no version of a release"),
        (["0.2.0"], "the files do not say that 0.2.0 is released"),
        (["0.1.0", "--site", "here\x07"], "“here�” is no address of a site"),
        (["0.1.0", "--previous", "nowhere"], "“nowhere”"),
        (["0.1.0", "-o", "data"], "among the files that the graph is built from"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(
    words: list[str], said: str, here: Path, capsys: Said
) -> None:
    before = sorted(here.rglob("*"))
    assert main(["release", *words]) == 2
    error = capsys.readouterr().err
    assert said in error and "\x07" not in error
    assert sorted(here.rglob("*")) == before
