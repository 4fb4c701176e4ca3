"""Every file in which a name may be mentioned, and what becomes of it when the name changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from meagraph.entries.canonical import canonical
from meagraph.entries.files import Entry, Progress, read_entries
from meagraph.entries.mistakes import encoding_mistake, syntax_mistake
from meagraph.entries.naming import split
from meagraph.entries.paths import REGISTER, graph_iri
from meagraph.entries.register import file_iri, renewed_register
from meagraph.entries.rewriting import Change, prose, rewrite
from meagraph.entries.writer import write
from meagraph.namespaces import BASE
from meagraph.project import Project

REGISTER_GRAPH = graph_iri(REGISTER)


class Files(NamedTuple):
    """The files of a graph's four folders.

    ``entries`` are those of ``data/``; ``others`` holds the texts of the ontology, the shapes and
    the stored questions, and ``turtle`` what those of them say that are Turtle.
    """

    entries: list[Entry]
    others: dict[Path, str]
    turtle: dict[Path, tuple[Triple, ...]]

    @property
    def texts(self) -> dict[Path, str]:
        """The text of each file."""
        return {entry.path: entry.text for entry in self.entries} | self.others

    def entry(self, graph: str) -> Entry | None:
        """The file of ``data/`` that holds a graph."""
        return next((entry for entry in self.entries if entry.graph == graph), None)


def read_files(project: Project, progress: Progress | None = None) -> Files:
    """Read every file in which a name may be mentioned.

    Args:
        project: the graph's files.
        progress: told of each entry that is read.

    Raises:
        UnusableInput: a file cannot be read.
    """
    entries = read_entries(project.data, progress)
    others = {path: _text(path) for path in _other_files(project)}
    turtle = {path: _parsed(path, text) for path, text in others.items() if path.suffix == ".ttl"}
    return Files(entries, others, turtle)


def _other_files(project: Project) -> Iterator[Path]:
    """The files of the ontology, the shapes and the stored questions; hidden ones are editors'."""
    for folder, ending in (
        (project.ontology, ".ttl"),
        (project.shapes, ".ttl"),
        (project.queries, ".rq"),
    ):
        for path in sorted(folder.rglob("*" + ending)):
            if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                yield path


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise encoding_mistake(error, path, raw) from None


def _parsed(path: Path, text: str) -> tuple[Triple, ...]:
    try:
        return triples_of(text, BASE)
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, BASE) from None


def triples_of(text: str, graph: str) -> tuple[Triple, ...]:
    """What a Turtle text says, which is known to be one."""
    parsed = pyoxigraph.parse(text.encode(), RdfFormat.TURTLE, base_iri=graph)
    return tuple(quad.triple for quad in parsed)


def record_file(project: Project, iri: str) -> Path:
    """The file of an entity's record."""
    return project.data / f"{iri.removeprefix(BASE)}.ttl"


class Rewriting(NamedTuple):
    """The new text of a file that names what changes, and how often it does."""

    text: str
    mentions: int


def in_other_files(files: Files, change: Change) -> dict[Path, Rewriting]:
    """The new text of each file of the ontology, the shapes and the questions that changes."""
    found = {
        path: rewrite(text, change, stored=path.suffix == ".rq")
        for path, text in files.others.items()
    }
    return {path: Rewriting(one.text, len(one.lines)) for path, one in found.items() if one.lines}


def in_entries(files: Files, change: Change) -> dict[Path, Rewriting]:
    """The new text of each entry that changes, by its new path; the register is none of them.

    Raises:
        UnusableInput: an entry that would change has no canonical form.
    """
    changed: dict[Path, Rewriting] = {}
    for entry in files.entries:
        if entry.graph == REGISTER_GRAPH or not _mentions(entry, change):
            continue
        # From the canonical form: it writes every name in a way that rewrite knows.
        found = rewrite(canonical(entry), change)
        graph = change.of(entry.graph)
        path = entry.path
        if graph != entry.graph:
            path = path.with_name(f"{split(graph)[1]}.ttl")
        changed[path] = Rewriting(write(graph, triples_of(found.text, graph)), len(found.lines))
    return changed


def _mentions(entry: Entry, change: Change) -> bool:
    return any(
        isinstance(term, NamedNode) and change.of(term.value) != term.value
        for triple in entry.triples
        for term in terms_of(triple)
    )


def terms_of(triple: Triple) -> Iterator[object]:
    """The terms of a triple, and the datatype of its literal."""
    for term in triple:
        yield term
        if isinstance(term, Literal):
            yield term.datatype


def in_register(
    project: Project,
    files: Files,
    changes: Mapping[Path, str],
    day: date,
    change: Change | None = None,
) -> dict[Path, str]:
    """The register's new text, or nothing where it stays.

    Args:
        project: the graph's files.
        files: the same, read.
        changes: the new text of each file that changes.
        day: the day to record for changed files.
        change: where a record moves, the name and its successor; what the register knows of the
            file goes with it.
    """
    data, register = project.data, project.data / REGISTER
    known: tuple[Triple, ...] = ()
    contents: dict[str, bytes] = {}
    for entry in files.entries:
        if entry.graph != REGISTER_GRAPH:
            contents[entry.path.relative_to(data).as_posix()] = entry.path.read_bytes()
        elif entry.triples:
            text = canonical(entry)
            if change:
                file = Change(*(file_iri(f"{iri.removeprefix(BASE)}.ttl") for iri in change))
                text = rewrite(rewrite(text, change).text, file).text
            known = triples_of(text, REGISTER_GRAPH)
    for path, text in changes.items():
        if path.is_relative_to(data):
            contents[path.relative_to(data).as_posix()] = text.encode()
    text = renewed_register(known, contents, day)
    same = register.exists() and register.read_bytes() == text.encode()
    return {} if same else {register: text}


def in_prose(texts: Mapping[Path, str], iri: str) -> list[tuple[Path, int]]:
    """File and line of each string or comment that mentions a name: they are left to the reader."""
    return sorted(
        (path, line)
        for path, text in texts.items()
        if split(iri)[1] in text
        for line in prose(text, iri)
    )
