"""What the model must be able to say, requirement by requirement: each file is a claim that is run.

The requirements are those of the model's third section; each has a folder, and the name of a file
is what it claims. Its ending says how the claim is put: ``.rq`` is a question to the real graph,
with the answer that was checked by hand at its top; ``.trig`` an inference, with what follows and
what does not; ``.ttl`` a mistake, with the rules that find it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Store,
)
from rdflib import Dataset

from meagraph.entailment import entail
from meagraph.graph import vocabulary
from meagraph.namespaces import ALIGNMENTS_GRAPH
from meagraph.project import Project
from wrong_examples import Found, broken, expected

HERE = Path(__file__).parent
REQUIREMENTS = range(1, 19)
CLAIMS = sorted(path for path in HERE.glob("*/*") if path.suffix in (".rq", ".trig", ".ttl"))
MARK = "#="
NO_ROWS = "(no rows)"
BASE = "https://example.org/"
"""What the names ``<given>``, ``<entailed>`` and ``<not-entailed>`` of an inference stand under."""

Row = tuple[str, ...]


def claims(suffix: str) -> list[object]:
    """The claims of one kind, each under the name of its folder and file."""
    return [
        pytest.param(path, id=f"{path.parent.name}/{path.stem}")
        for path in CLAIMS
        if path.suffix == suffix
    ]


def announced(query: str) -> list[str]:
    """The lines at the top of a question that say what the answer is."""
    lines = [line.removeprefix(MARK).strip() for line in query.splitlines() if line[:2] == MARK]
    assert lines, f"the question has no {MARK} lines"
    return lines


def rows(query: str, lines: list[str]) -> Counter[Row]:
    """The expected rows, their terms as the engine writes them; UNDEF stands for no value."""
    if lines == [NO_ROWS]:
        return Counter()
    assert lines, f"say {NO_ROWS} where none is expected"
    return Counter(tuple(terms(query, line)) for line in lines)


def terms(query: str, line: str) -> Iterator[str]:
    prefixes = "".join(re.findall(r"^PREFIX\s.*\n", query, re.M))
    for cell in line.split(" | "):
        if cell == "UNDEF":
            yield cell
        else:
            store = Store()  # which writes numbers and dates as the real graph's does
            store.load(f"{prefixes}<x:s> <x:p> {cell} .".encode(), RdfFormat.TURTLE)
            (quad,) = store
            yield str(quad.object)


def graphs(example: Path) -> dict[str, list[Quad]]:
    """The graphs of an inference by name; what stands in none of them is refused."""
    store = Store()
    store.load(example.read_bytes(), RdfFormat.TRIG, base_iri=BASE)
    found: dict[str, list[Quad]] = {}
    for quad in store:
        assert isinstance(quad.graph_name, NamedNode), f"{quad.triple} stands in no graph"
        found.setdefault(quad.graph_name.value.removeprefix(BASE), []).append(quad)
    return found


def world(stated: list[Quad], project: Project) -> Store:
    """Ontology, concepts and what an inference starts from, each in its graph and in the merge."""
    store = Store()
    for path, graph in vocabulary(project).items():
        if graph == ALIGNMENTS_GRAPH:
            continue  # not in the merge
        store.load(path.read_bytes(), RdfFormat.TURTLE, base_iri=graph, to_graph=NamedNode(graph))
    store.extend(stated)
    store.extend([Quad(*quad.triple, DefaultGraph()) for quad in store])
    return store


@pytest.mark.parametrize("claim", claims(".rq"))
def test_the_graph_answers_as_was_checked_by_hand(claim: Path, store: Store) -> None:
    query = claim.read_text(encoding="utf-8")
    lines = announced(query)
    answer = store.query(query)
    if isinstance(answer, QueryBoolean):
        assert [str(bool(answer)).lower()] == lines
        return
    assert isinstance(answer, QuerySolutions)
    variables, *expected_rows = lines
    assert " | ".join(str(variable) for variable in answer.variables) == variables
    found = Counter(tuple("UNDEF" if c is None else str(c) for c in row) for row in answer)
    assert found == rows(query, expected_rows)


@pytest.mark.parametrize("claim", claims(".rq"))
def test_another_engine_gives_the_same_answer(claim: Path, store: Store, peer: Dataset) -> None:
    query = claim.read_text(encoding="utf-8")
    ours, theirs = store.query(query), peer.query(query)
    if isinstance(ours, QueryBoolean):
        assert bool(ours) == theirs.askAnswer
        return
    assert isinstance(ours, QuerySolutions)
    # As plain texts: each engine writes its terms in its own way. Zero is no missing value.
    plain = Counter(tuple(None if c is None else str(c.value) for c in row) for row in ours)
    assert Counter(tuple(None if c is None else str(c) for c in row) for row in theirs) == plain


@pytest.mark.parametrize("claim", claims(".trig"))
def test_what_follows_is_concluded_and_what_does_not_is_not(claim: Path, project: Project) -> None:
    stated = graphs(claim)
    follows = {quad.triple for quad in stated.pop("entailed", [])}
    does_not = {quad.triple for quad in stated.pop("not-entailed", [])}
    assert follows | does_not, "say what follows, or what does not"
    store = world([quad for quads in stated.values() for quad in quads], project)
    known = {quad.triple for quad in store}
    concluded = set(entail(store))
    assert follows - concluded == set()
    assert does_not & (concluded | known) == set()


@pytest.mark.parametrize("claim", claims(".ttl"))
def test_the_mistake_breaks_the_rules_that_it_names(claim: Path, findings: list[Found]) -> None:
    assert expected(claim)
    assert broken(claim, findings) == expected(claim)


@pytest.mark.parametrize("number", REQUIREMENTS)
def test_each_requirement_has_claims(number: int) -> None:
    (folder,) = HERE.glob(f"{number:02}-*")
    assert any(claim.parent == folder for claim in CLAIMS)


def test_there_are_no_other_folders_and_files() -> None:
    found = {path for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert found - {*CLAIMS, Path(__file__)} == set()
    assert {int(claim.parent.name[:2]) for claim in CLAIMS} == set(REQUIREMENTS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_name_of_a_file_is_a_claim(claim: Path) -> None:
    assert re.fullmatch(r"\d\d(-[a-z0-9]+)+", claim.parent.name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){2,}", claim.stem)
