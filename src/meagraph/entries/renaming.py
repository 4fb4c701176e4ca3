"""A name changed in every file: of an entity, of a claim, of a term of the ontology, of a concept.

An IRI is never reused (model, section 6): an entity leaves a deprecated record behind, a term or a
concept a deprecated entry in its file, each of which names the successor. A claim has no record,
so it leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from meagraph.entries.canonical import canonical
from meagraph.entries.files import Entry, Progress, read_entries
from meagraph.entries.mistakes import encoding_mistake, syntax_mistake
from meagraph.entries.naming import (
    read_name,
    refuse_illegal,
    refuse_unknown,
    refuse_used,
    sort_of,
    split,
)
from meagraph.entries.paths import REGISTER, graph_iri
from meagraph.entries.register import file_iri, renewed_register
from meagraph.entries.rewriting import Change, prose, rewrite, with_successor
from meagraph.entries.writer import write
from meagraph.namespaces import BASE, DCTERMS, OWL, RDF, RDFS, XSD
from meagraph.project import Project

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_DEPRECATED = NamedNode(OWL + "deprecated")
_REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy")
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
_REGISTER_GRAPH = graph_iri(REGISTER)


class Renaming(NamedTuple):
    """What a renaming changes.

    ``changes`` holds the new text of each file, in the order in which they are best replaced: the
    new record first and the old one last, so that both names mean something in between.
    ``mentions`` says in how many places of a file the name was replaced. ``moved`` is the old and
    the new file of a record, ``None`` for a name without one. ``prose`` lists file and line of
    each string or comment that still mentions the old name.
    """

    change: Change
    changes: dict[Path, str]
    mentions: dict[Path, int]
    moved: tuple[Path, Path] | None
    prose: list[tuple[Path, int]]


def renaming(
    project: Project, old: str, new: str, day: date, progress: Progress | None = None
) -> Renaming:
    """Work out what changes when a name does; writes nothing.

    Args:
        project: the graph's files; ``data/``, ``ontology/``, ``shapes/`` and ``queries/`` change.
        old: a prefixed name, or an IRI (in angle brackets or not).
        new: the same, of the same kind, scheme, passage or namespace.
        day: the day that the register records for changed files.
        progress: told of each entry that is read.

    Raises:
        UnusableInput: nothing is called ``old``; ``new`` is illegal, of another kind or in use;
            a file cannot be read, or one that would change has no canonical form.
    """
    change = Change(read_name(old), read_name(new))
    refuse_illegal(change)
    entries = read_entries(project.data, progress)
    others = {path: _text(path) for path in _other_files(project)}
    turtle = {path: _parsed(path, text) for path, text in others.items() if path.suffix == ".ttl"}
    terms = {path: turtle[path] for path in turtle if path.is_relative_to(project.ontology)}
    texts = {entry.path: entry.text for entry in entries} | others
    refuse_unknown(change.old, entries, [t for triples in terms.values() for t in triples])
    refuse_used(change.new, entries, texts)
    changed = _in_entries(entries, change) | _in_other_files(others, change)
    changes = {path: text for path, (text, _) in changed.items()}
    for path, triples in terms.items():
        if any(t.subject == NamedNode(change.old) and t.predicate == _TYPE for t in triples):
            changes[path] = with_successor(changes[path], change)
    moved, stub = None, {}
    if sort_of(change.old) == "record":
        moved = _record(change.old, project), _record(change.new, project)
        stub[moved[0]] = _stub(change, entries)
        changes = {moved[1]: changes.pop(moved[1]), **changes}
    changes |= _register(project.data, entries, change, {**changes, **stub}, day) | stub
    left = [
        (path, line)
        for path, text in (texts | changes).items()
        if split(change.old)[1] in text
        for line in prose(text, change.old)
    ]
    mentions = {path: count for path, (_, count) in changed.items()}
    return Renaming(change, changes, mentions, moved, sorted(left))


# --- ontology, shapes, questions ---------------------------------------------------------------


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
        return _triples(text, BASE)
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, BASE) from None


def _triples(text: str, graph: str) -> tuple[Triple, ...]:
    parsed = pyoxigraph.parse(text.encode(), RdfFormat.TURTLE, base_iri=graph)
    return tuple(quad.triple for quad in parsed)


def _in_other_files(texts: Mapping[Path, str], change: Change) -> dict[Path, tuple[str, int]]:
    found = {
        path: rewrite(text, change, stored=path.suffix == ".rq") for path, text in texts.items()
    }
    return {path: (one.text, len(one.lines)) for path, one in found.items() if one.lines}


# --- entries -----------------------------------------------------------------------------------


def _in_entries(entries: Sequence[Entry], change: Change) -> dict[Path, tuple[str, int]]:
    """The new file of each entry that names what changes: its text and the number of mentions."""
    changed: dict[Path, tuple[str, int]] = {}
    for entry in entries:
        if entry.graph == _REGISTER_GRAPH or not _mentions(entry, change):
            continue
        # From the canonical form: it writes every name in a way that rewrite knows.
        found = rewrite(canonical(entry), change)
        graph = change.of(entry.graph)
        path = entry.path
        if graph != entry.graph:
            path = path.with_name(f"{split(graph)[1]}.ttl")
        changed[path] = write(graph, _triples(found.text, graph)), len(found.lines)
    return changed


def _mentions(entry: Entry, change: Change) -> bool:
    terms = [term for triple in entry.triples for term in triple]
    terms += [term.datatype for term in terms if isinstance(term, Literal)]
    return any(
        isinstance(term, NamedNode) and change.of(term.value) != term.value for term in terms
    )


def _record(iri: str, project: Project) -> Path:
    return project.data / f"{iri.removeprefix(BASE)}.ttl"


def _stub(change: Change, entries: Sequence[Entry]) -> str:
    """The record that the old name keeps: its label and its successor.

    It has no type. With one, questions would count the thing twice, and the shapes of many classes
    would ask for more than a name that was given up can say.
    """
    old = NamedNode(change.old)
    labels = [
        triple
        for entry in entries
        if entry.graph == change.old
        for triple in entry.triples
        if triple.subject == old and triple.predicate == _LABEL
    ]
    successor = Triple(old, _REPLACED_BY, NamedNode(change.new))
    return write(change.old, (*labels, Triple(old, _DEPRECATED, _TRUE), successor))


def _register(
    data: Path, entries: Sequence[Entry], change: Change, changes: Mapping[Path, str], day: date
) -> dict[Path, str]:
    """The register's new text. What it knows of a record's file goes with the file."""
    register = data / REGISTER
    known: tuple[Triple, ...] = ()
    contents: dict[str, bytes] = {}
    for entry in entries:
        if entry.graph != _REGISTER_GRAPH:
            contents[entry.path.relative_to(data).as_posix()] = entry.path.read_bytes()
        elif entry.triples:
            file = Change(*(file_iri(f"{iri.removeprefix(BASE)}.ttl") for iri in change))
            text = rewrite(rewrite(canonical(entry), change).text, file).text
            known = _triples(text, _REGISTER_GRAPH)
    for path, text in changes.items():
        if path.is_relative_to(data):
            contents[path.relative_to(data).as_posix()] = text.encode()
    text = renewed_register(known, contents, day)
    same = register.exists() and register.read_bytes() == text.encode()
    return {} if same else {register: text}
