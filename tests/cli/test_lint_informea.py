"""The verb lint on the feed of the portals: what is printed, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from meagraph.cli import main

CHECKOUT = Path(__file__).parent.parent.parent
QUARTER = "data/meetings/minamata-cop-4-resumed.ttl"
ONLINE = "data/meetings/minamata-cop-4-online.ttl"


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)


def test_a_fault_is_told_with_its_place_and_what_each_harvester_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lint", "informea", QUARTER]) == 1
    said = capsys.readouterr()
    first, *more = said.out.splitlines()
    file, line, rest = first.split(":", 2)
    assert file == "data/documents/minamata-cop4-brs-joint-report/fn/star.ttl"
    assert "mea:when" in Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert rest.startswith(" error no-start: ")
    assert more[0] == "    meeting: meetings:minamata-cop-4-resumed"
    assert more[1].startswith("    records: none, for it is in no feed")
    assert more[2].startswith("    InforMEA: rejects the meeting")
    assert more[3].startswith("    ECOLEX: ")
    assert more[4].startswith("    remedy: Supply its days")
    assert said.err == "note: 1 error and 0 warnings\n"


def test_warnings_alone_are_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "informea", ONLINE]) == 0
    said = capsys.readouterr()
    assert f"{ONLINE}:" in said.out
    assert " warning no-city: " in said.out
    assert "faults by rule" in said.out
    assert "note: 0 errors and 3 warnings" in said.err


def test_a_file_without_a_fault_is_said_to_have_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "informea", "data/places/geneva.ttl"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "note: 0 errors and 0 warnings\n"


def test_the_whole_feed_is_counted_by_set(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["lint", "informea"])
    said = capsys.readouterr()
    assert status == (1 if ": error " in said.out else 0)
    for set_ in ("Treaties", "Meetings", "Decisions", "Documents"):
        assert f"note: {set_}: " in said.err
    assert said.err.count("rejects 0;") == 4


def test_json_has_every_fault_and_every_set(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lint", "informea", "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert [one["set"] for one in answer["sets"]][1] == "Meetings"
    assert answer["counts"]["error"] + answer["counts"]["warning"] == len(answer["faults"])
    quarter = [
        fault
        for fault in answer["faults"]
        if fault["thing"].endswith("/meetings/minamata-cop-4-resumed")
    ]
    assert [fault["rule"] for fault in quarter] == ["no-start"]
    assert quarter[0]["records"] == []
    assert quarter[0]["file"].endswith("fn/star.ttl")
    assert isinstance(quarter[0]["line"], int)
    names = "rule severity set thing records file line message informea ecolex remedy".split()
    assert all(list(fault) == names for fault in answer["faults"])


@pytest.mark.parametrize("file", ["README.md", "data/meetings/none.ttl", "data"])
def test_what_is_no_entry_is_refused(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "informea", file]) == 2
    assert f"{file}: this is no entry of the graph" in capsys.readouterr().err


def test_faults_of_questions_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.rq"
    draft.write_text('#+ summary = "Some bodies"\nSELECT ?body WHERE { ?body a mea:Body }\n')
    assert main(["lint", "questions", str(draft), "--format", "json"]) == 1
    first = json.loads(capsys.readouterr().out)["faults"][0]
    assert first["file"] == str(draft)
    assert first["rule"] == "summary"
    assert main(["lint", "questions", "queries/evidence/defects.rq", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"faults": []}
