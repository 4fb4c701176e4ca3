"""``meagraph validate`` of files that do not stand in the graph yet."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from drafts_desk import HEAD, PLACE, Said, add, draft, validate

from copies import snapshot


def test_standard_input_is_read_once(
    root: Path, drafts: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(text: str) -> None:
        raw = io.BytesIO((HEAD + text).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))

    given("places:there a mea:Place .")
    assert validate(root, "-", "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert [place["file"] for place in found["places"]] == ["<stdin>"]
    given("places:there a .")
    assert validate(root, "-", "--as", "places/there.ttl") == 2
    said = capsys.readouterr().out
    assert "<stdin>:" in said and "places:there a ." in said
    given(PLACE.format("there"))
    assert add(root, "-", "--as", "data/places/there.ttl") == 0
    assert add(root, "-", "-") == 2


def test_validate_shows_the_named_files_of_the_graph_beside_those_that_arrive(
    root: Path, drafts: Path, capsys: Said
) -> None:
    (root / "data/places/here.ttl").write_text(HEAD + "places:here a mea:Place .\n")
    name = draft(drafts, "p.ttl", "places:there a mea:Place .")
    assert validate(root, str(root / "data" / "places"), name, "--format", "json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == 2
    assert [found["focus"].rpartition("/")[2] for found in answer["findings"]] in (
        ["here", "there"],
        ["there", "here"],
    )
    assert not any(found["elsewhere"] for found in answer["findings"])
    # What was wrong before is none of what arrives.
    good = draft(drafts, "q.ttl", PLACE.format("there"))
    assert validate(root, good) == 0
    assert add(root, good) == 0


def test_findings_are_never_written_over_a_draft(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", PLACE.format("there"))
    before = snapshot(drafts)
    for named in (name, str(drafts)):
        assert validate(root, named, "--output", str(drafts / name)) == 2
        assert "Name a file in another folder" in capsys.readouterr().err
    assert snapshot(drafts) == before
