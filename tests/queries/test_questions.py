"""Stored questions: their files, and what is wrong with a header."""

from __future__ import annotations

from pathlib import Path

import pytest
from people import QUESTION

from meagraph.errors import UnusableInput
from meagraph.project import Project
from meagraph.queries import (
    load_question,
    load_questions,
    read_question,
)


def test_a_header_is_read(queries: Project) -> None:
    question = load_question(queries, "who")
    assert (question.name, question.theme, question.summary) == ("who", "people", "Who?")
    assert question.parameters["agent"].default == "mea:nobody"
    assert question.parameters["word"].default == '"default } # word"'
    assert question.parameters["agent"].many and question.parameters["agent"].required
    assert load_questions(queries) == {"who": question}


def test_reading_one_question_does_not_read_another(queries: Project) -> None:
    (queries.queries / "people" / "broken.rq").write_bytes(b"#+ \xff")
    assert load_question(queries, "who").name == "who"
    with pytest.raises(UnusableInput, match=r"broken\.rq"):
        load_questions(queries)


def test_two_questions_of_one_name_are_refused(queries: Project) -> None:
    (queries.queries / "meetings").mkdir()
    (queries.queries / "meetings" / "who.rq").write_text(QUESTION, encoding="utf-8")
    for load in (load_questions, lambda project: load_question(project, "who")):
        with pytest.raises(UnusableInput, match="another theme"):
            load(queries)


def test_an_unknown_question_brings_near_names(queries: Project) -> None:
    with pytest.raises(UnusableInput, match=r"Did you mean who\?"):
        load_question(queries, "whoo")


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (['summary = "x', 'tags = ["a"]'], 1, "not TOML"),
        (['summary = "x"', "tags = nope"], 2, "not TOML"),
        (['summary = "x"', 'sumary = "y"'], 2, "sumary"),
        (['summary = "x"', "[parameters.b]", 'class = "mea:Body"'], 2, r"VALUES \?b"),
        (['summary = "x"', "[parameters.a]", 'datatype = "xsd:gYear"'], 2, "gYear"),
        (['summary = "x"', "[parameters.a]", 'label = "A"'], 2, "class or a datatype"),
        (['summary = "x"', "[parameters.a]", 'class = "foo:A"'], 2, "foo:A"),
        (['summary = "x"', "[parameters.a]", "requred = true"], 3, "requred"),
        (['summary = "x"', "[parameters.a]", 'class = "mea:A"', 'many = "y"'], 4, "true or false"),
        (['summary = "x"', "[parameters.root]", 'class = "mea:Body"'], 2, "--root"),
        (['summary = "x"', "[columns.a]", "unit = 5"], 3, "in quotes"),
    ],
)
def test_a_faulty_header_is_told_with_its_line(lines: list[str], line: int, words: str) -> None:
    head = "".join(f"#+ {text}\n" for text in lines)
    body = "SELECT * { VALUES ?a { UNDEF } VALUES ?root { UNDEF } }"
    with pytest.raises(UnusableInput, match=words) as caught:
        read_question(head + body, "q.rq", "q")
    assert caught.value.line == line


def test_a_header_that_was_read_before_is_not_read_again_unless_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tomllib

    from meagraph.queries.headers import parse_header

    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path))
    assert parse_header('summary = "Which?"') == {"summary": "Which?"}
    with monkeypatch.context() as patch:
        patch.setattr(tomllib, "loads", lambda text: pytest.fail("read again"))
        assert parse_header('summary = "Which?"') == {"summary": "Which?"}
    assert parse_header('summary = "Who?"') == {"summary": "Who?"}
    for kept in (tmp_path / "headers").iterdir():
        kept.write_bytes(b"damaged")
    assert parse_header('summary = "Which?"') == {"summary": "Which?"}
    with pytest.raises(ValueError, match="Invalid value"):
        parse_header("summary = ")
