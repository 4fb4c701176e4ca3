"""Each stored question has an expected answer, checked by hand, and two engines give it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib

from meagraph.graph import open_graph
from meagraph.namespaces import compact
from meagraph.project import Project, find_project
from meagraph.queries import ask, bind, load_question, load_questions

ANSWERS = Path(__file__).parent / "answers"
QUESTIONS = sorted(path.stem for path in (ANSWERS.parent.parent / "queries").glob("*/*.rq"))
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{number}")
    for path in sorted(ANSWERS.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
]


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return open_graph(find_project(ANSWERS.parent.parent))


@pytest.fixture(scope="module")
def peer(store: pyoxigraph.Store) -> rdflib.Dataset:
    """The same graph in rdflib: named graphs, and the merge as default graph."""
    dataset = rdflib.Dataset(default_union=False)
    quads = pyoxigraph.serialize(store, format=pyoxigraph.RdfFormat.N_QUADS)
    dataset.parse(data=quads, format="nquads")
    return dataset


def _cell(value: str) -> str:
    """One cell as the answers write it: prefixed names, passages in order, plain texts."""
    words = value.split(" ")
    if all(word.startswith("https://w3id.org/meagraph/") for word in words):
        return " ".join(sorted(compact(word).strip("<>") for word in words))
    return value


def _row(cells: list[Any]) -> list[str | None]:
    return [None if cell is None else _cell(str(getattr(cell, "value", cell))) for cell in cells]


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


@pytest.mark.parametrize(("name", "case"), CASES)
def test_rdflib_gives_the_same_rows(
    name: str,
    case: dict[str, Any],
    project: Project,
    store: pyoxigraph.Store,
    peer: rdflib.Dataset,
) -> None:
    question = load_question(project, name)
    rows = peer.query(bind(question, store, case["parameters"]))
    # Without the order: where rows are equal in what they are sorted by, engines may differ.
    given = [
        [None if cell is None else _cell(str(cell)) for cell in row]  # type: ignore[union-attr]
        for row in rows
    ]
    assert sorted(given, key=str) == sorted(case["rows"], key=str)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_file_runs_unchanged_in_both_engines(
    name: str, project: Project, store: pyoxigraph.Store, peer: rdflib.Dataset
) -> None:
    text = load_question(project, name).text
    assert len(list(store.query(text))) == len(list(peer.query(text))) > 0
