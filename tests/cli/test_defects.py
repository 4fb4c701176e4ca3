"""The verb defects answers as the stored question of that name does."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.project import Project

Printed = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--kind", "impossible date"],
        ["--kind", "impossible date", "planned about the past", "--format", "json"],
        ["--document", "minamata-cop4-brs-joint-report", "--format", "csv"],
        ["--kind", "impossible date", "--evidence"],
        ["--explain"],
    ],
)
def test_the_verb_is_the_stored_question(
    project: Project, words: list[str], capsys: Printed
) -> None:
    root = ["--root", str(project.root)]
    assert main(["query", "defects", *words, *root]) == 0
    asked = capsys.readouterr()
    assert main(["defects", *words, *root]) == 0
    assert capsys.readouterr() == asked
    assert asked.out.count("\n") > 1


def test_a_kind_restricts_the_defects(project: Project, capsys: Printed) -> None:
    main(["defects", "--kind", "impossible date", "--root", str(project.root)])
    out = capsys.readouterr().out
    assert "21-20 November 2024" in out
    assert "planned about the past" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--kindd", "x"], "--kind"), (["--kind", "no such kind"], "no such kind")],
)
def test_what_the_question_does_not_know_is_refused(
    project: Project, words: list[str], said: str, capsys: Printed
) -> None:
    assert main(["defects", *words, "--root", str(project.root)]) == 2
    assert said in capsys.readouterr().err


def test_help_shows_the_parameters_and_takes_no_name(project: Project, capsys: Printed) -> None:
    with pytest.raises(SystemExit):
        main(["defects", "--help", "--root", str(project.root)])
    out = capsys.readouterr().out
    assert "--kind" in out and "--document" in out
    assert "NAME" not in out and "--file" not in out
    with pytest.raises(SystemExit):
        main(["defects", "dates", "--root", str(project.root)])


def test_a_graph_without_the_question_says_so(tmp_path: Path, capsys: Printed) -> None:
    for folder in ("ontology", "data", "shapes", "queries"):
        (tmp_path / folder).mkdir()
    (tmp_path / "ontology" / "meagraph.ttl").write_text("")
    assert main(["defects", "--root", str(tmp_path)]) == 2
    assert "defects" in capsys.readouterr().err
