from __future__ import annotations

from pathlib import Path

import pytest

from copies import copied
from meagraph.cli import main
from meagraph.project import Project


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Path:
    """The product's own graph, to be spoilt."""
    return copied(project, tmp_path / "graph")


def test_the_main_job_builds_validates_answers_and_exports(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["run", "--root", str(project.root), "--output", str(out)]) == 0
    said = capsys.readouterr().out
    written = {path.name for path in out.iterdir()}
    assert {"meagraph.nq", "Meetings.json", "context.jsonld", "tables", "catalogue.ttl"} <= written
    assert "valid" in said
    for question in ("meetings-attended", "participants-not-members", "defects"):
        assert f"$ meagraph query {question} " in said
    assert {"Secretariat", "Facility", "annex-1/23"} <= set(said.split())
    assert "Try next:" in said


def test_the_main_job_counts_what_each_document_says(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from meagraph.description import count
    from meagraph.graph import open_graph

    assert main(["run", "--root", str(project.root), "--output", str(tmp_path)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    counts = count(open_graph(project))
    assert len(counts) > 1
    for what, numbers in (
        ("passages with an entry", [each.stated for each in counts]),
        ("organisations named", [each.entities["organisations"] for each in counts]),
        ("meetings not dated here", [each.meetings_undated for each in counts]),
        ("cooperation activities among them", [each.cooperation for each in counts]),
        ("defects among them", [each.defects for each in counts]),
    ):
        assert [*what.split(), *map(str, numbers)] in lines


def test_what_is_not_valid_is_not_exported(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passage = next((copy / "data" / "documents").glob("*cop6*")) / "annex-1" / "14.ttl"
    text = passage.read_text(encoding="utf-8")
    passage.write_text(text.replace("    mea:agent organisations:minamata-secretariat ;\n", "", 1))
    out = tmp_path / "out"
    assert main(["run", "--root", str(copy), "--output", str(out)]) == 1
    said = capsys.readouterr().out
    assert "1 violation" in said
    assert "nothing is exported" in said
    assert not out.exists()


def test_the_command_that_is_shown_gives_the_answer_that_is_shown(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shlex

    main(["run", "--root", str(project.root), "--output", str(tmp_path)])
    said = capsys.readouterr().out
    commands = [line[2:] for line in said.splitlines() if line.startswith("$ ")]
    assert len(commands) == 3
    for command in commands:
        assert main([*shlex.split(command)[1:], "--root", str(project.root)]) == 0
        assert capsys.readouterr().out in said
