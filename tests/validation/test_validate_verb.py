"""The verb shows findings as a compiler does, and its status tells whether there are any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_graph import FIRST, Small

from meagraph.cli import main

TWO = "data/documents/note/annex-1/2.ttl"


def run(project: Small, *words: str) -> int:
    return main(["validate", "--root", str(project.root), *words])


def test_a_valid_graph(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small) == 0
    assert capsys.readouterr().out == "6 files, 18 triples: valid\n"


def test_a_finding_is_shown_with_its_line_and_a_caret(
    small: Small, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root)
    small.write(TWO, '\n\tmeetings:cop-6 mea:when "2024"^^edtf:EDTF .')
    assert run(small) == 1
    assert capsys.readouterr().out == (
        f"data/documents/note/annex-1/1.ttl:{FIRST}:25: violation meash:When-agrees: the times of "
        "meetings:cop-6 do not agree: 2024, 2025-11\n"
        f'  {FIRST} | meetings:cop-6 mea:when "2025-11"^^edtf:EDTF ;\n'
        f"  {' ' * len(str(FIRST))} |                         ^\n"
        "    node: meetings:cop-6 “Sixth COP”\n"
        '    value: "2024"^^edtf:EDTF\n'
        "    One is a slip, or two meetings are taken for one. No date is derived until one of the "
        "values lies within all others.\n"
        f"    also: {TWO}:{FIRST + 1}:26\n"
        "\n"
        "1 violation, 0 warnings, 0 notes in 6 files\n"
    )


def test_a_warning_fails_only_when_asked(small: Small) -> None:
    small.write(
        "data/meetings/cop-5.ttl", 'meetings:cop-5 a mea:Meeting ; rdfs:label "Sixth COP" .'
    )
    assert run(small) == 0
    assert run(small, "--fail-on", "warning") == 1


def test_findings_as_json(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    small.write(TWO, 'meetings:cop-6 mea:when "x"^^edtf:EDTF .')
    assert run(small, "--format", "json") == 1
    answer = json.loads(capsys.readouterr().out)
    (found,) = answer["findings"]
    assert (answer["valid"], answer["files"], found["rule"]) == (False, 6, "meash:Time-edtf")
    assert found["places"] == [{"file": TWO, "line": FIRST, "column": 25}]


def test_an_undefined_name_exits_with_2(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    path = small.write(TWO, "meetings:cop-6 mea:status status:hold .")
    assert run(small) == 2
    message = capsys.readouterr().err
    assert f"{path}:{FIRST}:27: status:hold is not a concept" in message
    assert "Did you mean status:held?" in message


def test_only_the_named_files_are_shown(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    path = small.write(TWO, 'meetings:cop-6 mea:when "x"^^edtf:EDTF .')
    assert run(small, str(path)) == 1
    assert run(small, str(Path(path).parents[3] / "meetings")) == 0
    assert capsys.readouterr().out.endswith("2 files, 4 triples: valid\n")
