"""Each stored question has an expected answer, checked by hand, and two engines give it."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from meagraph.namespaces import compact
from meagraph.queries import ask, bind, load_question, load_questions

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from meagraph.project import Project

ANSWERS = Path(__file__).parent / "answers"
QUESTIONS = sorted(path.stem for path in (ANSWERS.parent.parent / "queries").glob("*/*.rq"))
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{number}")
    for path in sorted(ANSWERS.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
]


def _binding_each() -> list[Any]:
    """Cases enough for each parameter that any case gives to be given in one of them.

    rdflib takes a thousand times as long as pyoxigraph, so it answers these and no more.
    """
    by_question: dict[str, list[Any]] = defaultdict(list)
    for case in CASES:
        by_question[str(case.values[0])].append(case)
    chosen = []
    for cases in by_question.values():
        left = {name for case in cases for name in case.values[1]["parameters"]}
        while left:
            best = max(cases, key=lambda case: len(left & case.values[1]["parameters"].keys()))
            left -= best.values[1]["parameters"].keys()
            chosen.append(best)
    return chosen


def _cell(value: str) -> str:
    """One cell as the answers write it: prefixed names, passages in order, plain texts."""
    words = value.split(" ")
    if all(word.startswith("https://w3id.org/meagraph/") for word in words):
        return " ".join(sorted(compact(word).strip("<>") for word in words))
    return value


def _row(cells: list[Any]) -> list[str | None]:
    # rdflib's terms are texts themselves; their values are of Python.
    texts = (cell if cell is None or isinstance(cell, str) else cell.value for cell in cells)
    return [None if text is None else _cell(str(text)) for text in texts]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_stored_question_has_an_expected_answer(name: str) -> None:
    assert (ANSWERS / f"{name}.json").is_file()


def test_every_stored_question_can_be_read(project: Project) -> None:
    assert sorted(load_questions(project)) == QUESTIONS


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_answer_is_the_one_that_was_checked_by_hand(
    name: str, case: dict[str, Any], project: Project, store: pyoxigraph.Store
) -> None:
    question = load_question(project, name)
    answer = ask(store, bind(question, store, case["parameters"]))
    assert list(answer.variables) == case["columns"]
    assert [_row(list(row)) for row in answer.rows] == case["rows"]


@pytest.mark.parametrize(("name", "case"), _binding_each())
def test_rdflib_gives_the_same_rows(
    name: str,
    case: dict[str, Any],
    project: Project,
    store: pyoxigraph.Store,
    peer: rdflib.Dataset,
) -> None:
    question = load_question(project, name)
    rows = peer.query(bind(question, store, case["parameters"]))
    assert _unordered(rows) == sorted(case["rows"], key=str)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_file_runs_unchanged_in_both_engines(
    name: str, project: Project, store: pyoxigraph.Store, peer: rdflib.Dataset
) -> None:
    text = load_question(project, name).text
    rows = _unordered(store.query(text))
    assert rows == _unordered(peer.query(text))
    assert rows


def _unordered(rows: Any) -> list[list[str | None]]:
    """Without the order: where rows are equal in what they are sorted by, engines may differ."""
    return sorted((_row(list(row)) for row in rows), key=str)
