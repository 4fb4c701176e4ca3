"""The verb shows findings as a compiler does, and its status tells whether there are any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import SH, Graph
from rdflib.compare import isomorphic
from small_graph import FIRST, Small

from meagraph.cli import main
from meagraph.namespaces import SHAPES
from meagraph.reports import FORMATS

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
        f"  {' ' * len(str(FIRST))} |                         ^^^^^^^^^^^^^^^^^^^^\n"
        "    node: meetings:cop-6 “Sixth COP”\n"
        '    value: "2024"^^edtf:EDTF\n'
        "    cause: One is a slip, or two meetings are taken for one.\n"
        "    remedy: Correct the slip, or tell the meetings apart: no date is derived until one of "
        "the values lies within all others.\n"
        "    passage: note annex-1/1\n"
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
    assert found["places"] == [{"file": TWO, "line": FIRST, "column": 25, "endColumn": 39}]


def test_a_misspelt_name_gets_the_nearest_one(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small.write(TWO, "meetings:cop-6 mea:status status:hold .")
    assert run(small) == 1
    shown = capsys.readouterr().out
    assert f"{path}:{FIRST}:27: violation meash:Name-defined: status:hold is not" in shown
    assert "Did you mean status:held?" in shown


def test_a_file_that_is_not_turtle_exits_with_2(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small.write(TWO, 'meetings:cop-6 mea:when "2025"^^edtf:EDTF ; ; ] .')
    assert run(small) == 2
    shown = capsys.readouterr().out
    assert f"{path}:{FIRST}:47: violation meash:Readable: the file stops being Turtle" in shown
    assert shown.endswith("1 file cannot be used: nothing else was checked\n")


def test_only_the_named_files_are_shown(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    path = small.write(TWO, 'meetings:cop-6 mea:when "x"^^edtf:EDTF .')
    assert run(small, str(path)) == 1
    assert run(small, str(Path(path).parents[3] / "meetings")) == 0
    assert capsys.readouterr().out.endswith("2 files, 4 triples: valid\n")


BROKEN = 'meetings:cop-6 mea:when "x"^^edtf:EDTF .'


def read_back(name: str, shown: str) -> bool:
    """Whether a report in some format says which rule is broken, as a reader of it has it."""
    if name == "sarif":
        return bool(json.loads(shown)["runs"][0]["results"][0]["ruleId"] == "meash:Time-edtf")
    if name == "turtle":
        shapes = Graph().parse(data=shown, format="turtle").objects(None, SH.sourceShape)
        return [str(shape) for shape in shapes] == [f"{SHAPES}Time-edtf"]
    if name == "json":
        return bool(json.loads(shown)["findings"][0]["rule"] == "meash:Time-edtf")
    return "Time-edtf" in shown


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_printed_or_written(
    small: Small, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write(TWO, BROKEN)
    assert run(small, "--format", name) == 1
    printed = capsys.readouterr().out
    assert read_back(name, printed)
    report = tmp_path / f"findings{FORMATS[name].ending}"
    assert run(small, "--output", str(report)) == 1
    assert report.read_text(encoding="utf-8") == printed
    assert capsys.readouterr().out == "1 violation, 0 warnings, 0 notes in 6 files\n"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_read_is_in_every_format(
    small: Small, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write(TWO, "meetings:cop-6 ] .")
    assert run(small, "--format", name) == 2
    shown = capsys.readouterr().out
    assert "Readable" in shown
    assert "annex-1/" in shown


def test_the_exit_status_may_heed_notes(small: Small) -> None:
    small.write(
        "shapes/meeting.ttl",
        "meash:Meeting a sh:NodeShape ; sh:targetClass mea:Meeting ; sh:severity sh:Info ;\n"
        "  sh:property meash:Meeting-x .\n"
        "meash:Meeting-x sh:path mea:ordinal ; sh:minCount 1 ; sh:severity sh:Info .",
    )
    assert run(small, "--fail-on", "warning") == 0
    assert run(small, "--fail-on", "info") == 1


def test_code_hosts_get_files_as_the_repository_has_them(
    small: Small, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write(TWO, BROKEN)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(small.root.parent))
    monkeypatch.chdir(small.root)
    assert run(small, "--format", "github") == 1
    assert f"file={small.root.name}/{TWO}," in capsys.readouterr().out
    monkeypatch.delenv("GITHUB_WORKSPACE")
    assert run(small, "--format", "sarif") == 1
    (found,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == TWO


def test_a_report_does_not_replace_what_is_to_be_validated(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small.root / TWO
    before = path.read_bytes()
    assert run(small, "--output", str(path)) == 2
    assert "among the files that are validated" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_report_does_not_replace_a_draft(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.ttl"
    draft.write_text("not Turtle yet")
    assert run(small, str(draft), "--output", str(draft)) == 2
    assert "among the files that are validated" in capsys.readouterr().err
    assert draft.read_text() == "not Turtle yet"


def test_a_path_is_reported_in_the_form_that_its_shape_has(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    path = (
        "( [ sh:zeroOrMorePath mea:event ] [ sh:alternativePath ( mea:ordinal mea:order ) ]"
        " [ sh:inversePath [ sh:oneOrMorePath mea:concerns ] ] )"
    )
    shape = small.write(
        "shapes/meeting.ttl",
        "meash:Meeting a sh:NodeShape ; sh:targetNode meetings:cop-6 ; sh:property meash:Meeting-x"
        f" .\nmeash:Meeting-x sh:path {path} ; sh:minCount 1 .",
    )
    assert run(small, "--format", "turtle") == 1
    reported = Graph().parse(data=capsys.readouterr().out, format="turtle")
    written = Graph().parse(shape, format="turtle")
    (found,) = reported.objects(None, SH.resultPath)
    (wanted,) = written.objects(None, SH.path)
    assert isomorphic(reported.cbd(found), written.cbd(wanted))
