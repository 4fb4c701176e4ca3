"""A name changed in every file: of an entity, of a claim, of a term of the ontology, of a concept.

An IRI is never reused (model, section 6): an entity leaves a tombstone behind, a term or a
concept a deprecated entry in its file, each of which names the successor. A claim has no record,
so it leaves nothing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from meagraph.entries.files import Progress
from meagraph.entries.mentions import (
    Files,
    in_entries,
    in_other_files,
    in_prose,
    in_register,
    read_files,
    record_file,
)
from meagraph.entries.naming import (
    read_name,
    refuse_illegal,
    refuse_unknown,
    refuse_used,
    sort_of,
)
from meagraph.entries.rewriting import Change, with_successor
from meagraph.entries.tombstones import tombstone
from meagraph.namespaces import RDF, RDFS
from meagraph.project import Project

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")


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
    files = read_files(project, progress)
    terms = {
        path: files.turtle[path] for path in files.turtle if path.is_relative_to(project.ontology)
    }
    refuse_unknown(change.old, files.entries, [t for triples in terms.values() for t in triples])
    refuse_used(change.new, files.entries, files.texts)
    changed = in_entries(files, change) | in_other_files(files, change)
    changes = {path: one.text for path, one in changed.items()}
    for path, triples in terms.items():
        if any(t.subject == NamedNode(change.old) and t.predicate == _TYPE for t in triples):
            changes[path] = with_successor(changes[path], change)
    moved, stub = None, {}
    if sort_of(change.old) == "record":
        moved = record_file(project, change.old), record_file(project, change.new)
        stub[moved[0]] = tombstone(change.old, _labels(files, change.old), change.new)
        changes = {moved[1]: changes.pop(moved[1]), **changes}
    changes |= in_register(project, files, {**changes, **stub}, day, change) | stub
    left = in_prose(files.texts | changes, change.old)
    mentions = {path: one.mentions for path, one in changed.items()}
    return Renaming(change, changes, mentions, moved, left)


def _labels(files: Files, iri: str) -> list[Triple]:
    """The label of a record; its other names go with it to the new one."""
    entry = files.entry(iri)
    return [t for t in entry.triples if t.predicate == _LABEL] if entry else []
