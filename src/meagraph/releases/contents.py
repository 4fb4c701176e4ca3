"""What stands in the folder of a release: paths, and what makes the bytes of each file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.export import files_of
from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE
from meagraph.queries import defaults_used, load_questions
from meagraph.releases.stated import CITATION, LICENCES
from meagraph.tables import render

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.changes import Changes, Naming, Version
    from meagraph.export.writing import Files
    from meagraph.project import Project
    from meagraph.queries import Question

ANSWERS = ("html", "csv", "json")
"""The forms of an answer; its question is beside it, with the ending ``rq``."""
LICENCE_FILES = ("LICENSE", "LICENSE-queries")
"""What the texts of `stated.LICENCES` are called in a release, in which all else is data."""
CHANGES = ("changes.md", "changes.json", "changes.ttl", "changes.ru")


class Compared(NamedTuple):
    """The last release, this one, and what differs."""

    old: Version
    new: Version
    changes: Changes
    naming: Naming


def exports(store: Store, project: Project) -> Files:
    """Every kind of export."""
    return files_of("all", store, project)


def questions(
    store: Store, project: Project, number: str, asked: Mapping[str, Question] | None = None
) -> Files:
    """The stored questions, as they are, and their answers with the values that stand in them.

    Args:
        store: a built graph.
        project: where the questions are.
        number: the version of the data, which the answers name.
        asked: the questions; by default all.
    """
    graph = KnowledgeGraph(store, project)
    stored = load_questions(project) if asked is None else asked

    @lru_cache(maxsize=1)
    def answers(name: str) -> dict[str, bytes]:
        return _answers(graph, stored[name], number)

    def answer(name: str, form: str) -> bytes:
        return answers(name)[form]

    found: dict[str, Callable[[], bytes]] = {}
    for name, question in sorted(stored.items()):
        found[f"queries/{name}.rq"] = partial(str.encode, question.text)
        for form in ANSWERS:
            found[f"queries/{name}.{form}"] = partial(answer, name, form)
    return found


def _answers(graph: KnowledgeGraph, question: Question, number: str) -> dict[str, bytes]:
    """The answer in each form, from one evaluation."""
    given = {name: [value] for name, value in defaults_used(question, {}).items()}
    # The question's own text, in which every parameter has a value, required ones too.
    found = graph.ask(question, given, question.text)
    passages = [
        {"passage": iri, "name": one.name, "url": one.url or None}
        for iri, one in found.citations.items()
    ]
    more: dict[str, dict[str, Any]] = {
        "csv": {},
        "json": {"version": number, "address": address(number, f"queries/{question.name}")},
        "html": {"title": f"{question.summary} (version {number})", "evidence": passages},
    }
    return {form: _bytes(render(found.table, form, **more[form])) for form in ANSWERS}


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def address(number: str, path: str) -> str:
    """The stable address of something in a release."""
    return f"{BASE}releases/{number}/{path}"


def shapes(project: Project) -> Files:
    """The shapes, file by file as they are."""
    paths = sorted(project.shapes.rglob("[!.]*.ttl"))
    return {
        f"shapes/{path.relative_to(project.shapes).as_posix()}": path.read_bytes for path in paths
    }


def texts(found: Mapping[str, str]) -> Files:
    """The citation and the licences."""
    named = {CITATION: CITATION, **dict(zip(LICENCE_FILES, LICENCES, strict=True))}
    return {name: partial(str.encode, found[path]) for name, path in named.items()}


def changes(compared: Compared) -> Files:
    """What differs from the last release: for readers, for programs, as RDF, and as an update."""
    old, new, found, naming = compared

    def markdown() -> str:
        from meagraph.changes.markdown import as_markdown

        return f"# What changed\n\n{as_markdown(found, naming)}"

    def json() -> str:
        from meagraph.changes.json import as_json

        return as_json(found, naming)

    def turtle() -> str:
        from meagraph.changes.changesets import as_turtle

        return as_turtle(found, naming, old, new)

    def update() -> str:
        from meagraph.changes.update import as_update

        return as_update(old, new)

    makers = zip(CHANGES, (markdown, json, turtle, update), strict=True)
    return {name: partial(_encoded, make) for name, make in makers}


def _encoded(make: Callable[[], str]) -> bytes:
    return make().encode()
