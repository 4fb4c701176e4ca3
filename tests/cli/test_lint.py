"""The verb lint: one line a fault, and an exit status that stops a merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.cli import main

CHECKOUT = Path(__file__).parent.parent.parent
WRONG = """\
#+ summary = "All things"
#+ description = "All of them."
#+ tags = ["things"]
#+ empty = "There is nothing."
#+ [columns.thing]
#+ label = "Thing"
#+ meaning = "The thing."
SELECT ?thing
WHERE { ?thing a ?class }
"""


def test_the_questions_of_the_checkout_have_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CHECKOUT)
    status = main(["lint", "questions"])
    said = capsys.readouterr()
    assert said.out == ""
    assert status == 0
    assert "no fault in" in said.err


def test_each_fault_is_told_with_file_line_and_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "things.rq").write_text(WRONG)
    monkeypatch.chdir(tmp_path)
    assert main(["lint", "questions", "things.rq"]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == "things.rq:1: summary: the summary is no question"
    assert lines[2] == "things.rq:9: order: the rows have no order"
    assert lines[3] == "  End it with ORDER BY and ?thing."
    assert "2 faults in 1 of 1 question" in said.err


def test_a_stored_question_needs_an_expected_answer_where_answers_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ontology").symlink_to(CHECKOUT / "ontology")
    for name in ("data", "shapes", "queries/things"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "queries" / "things" / "things.rq").write_text(WRONG)
    monkeypatch.chdir(tmp_path)
    main(["lint", "questions"])
    assert " answer: " not in capsys.readouterr().out
    (tmp_path / "tests" / "answers").mkdir(parents=True)
    main(["lint", "questions"])
    assert "queries/things/things.rq:1: answer: " in capsys.readouterr().out


def test_what_cannot_be_linted_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CHECKOUT)
    assert main(["lint", "questions", str(tmp_path / "none.rq")]) == 2
    assert "none.rq: this file cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["lint", "answers"])
    with pytest.raises(SystemExit, match="0"):
        main(["lint", "--help"])
    assert "guard     a condition" in capsys.readouterr().out


def test_the_question_that_the_documentation_writes_has_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (CHECKOUT / "docs" / "questions.md").read_text(encoding="utf-8")
    file = tmp_path / "bodies-of-an-agreement.rq"
    file.write_text(page.split("```sparql\n")[1].split("```")[0], encoding="utf-8")
    assert main(["lint", "questions", str(file)]) == 0
    assert main(["query", "--file", str(file), "--agreement", "minamata"]) == 0
    assert "rows" in capsys.readouterr().out
