"""A record withdrawn: its name is given up and nothing takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from meagraph.entries.canonical import canonical
from meagraph.entries.files import Progress, locate
from meagraph.entries.mentions import (
    REGISTER_GRAPH,
    Files,
    in_prose,
    in_register,
    read_files,
    terms_of,
)
from meagraph.entries.naming import read_name, refuse_unknown, sort_of, split
from meagraph.entries.rewriting import Change, rewrite
from meagraph.entries.tombstones import NAMES, REPLACED_BY, given_reason, tombstone
from meagraph.errors import UnusableInput
from meagraph.namespaces import compact
from meagraph.project import Project

_LISTED = 12
"""How many places that mention a name a refusal lists."""


class Withdrawal(NamedTuple):
    """What a withdrawal changes.

    ``iri`` is the name, ``changes`` the new text of each file, ``tombstone`` the file of the
    record; ``dropped`` is what the record said and says no more; ``prose`` lists file and line of
    each string or comment that mentions the name.
    """

    iri: str
    changes: dict[Path, str]
    tombstone: Path
    dropped: tuple[Triple, ...]
    prose: list[tuple[Path, int]]


def withdrawing(
    project: Project, name: str, reason: str, day: date, progress: Progress | None = None
) -> Withdrawal:
    """Work out what changes when a record is withdrawn; writes nothing.

    Args:
        project: the graph's files.
        name: a prefixed name, or an IRI (in angle brackets or not).
        reason: why; the tombstone gives it.
        day: the day that the register records for changed files.
        progress: told of each entry that is read.

    Raises:
        UnusableInput: the name has no record, or was given up; the reason says nothing; a file
            mentions the name (each place is listed); a file cannot be read.
    """
    iri, why = read_name(name), given_reason(reason)
    if sort_of(iri) != "record":
        raise UnusableInput(
            f"{compact(iri)} has no record",
            hint="Only entities with a record are withdrawn. A claim is taken out of its file.",
        )
    files = read_files(project, progress)
    refuse_unknown(iri, files.entries, [])
    mentions = sorted(_mentions(files, iri))
    if mentions:
        raise _refusal(iri, mentions)
    record = files.entry(iri)
    assert record  # refuse_unknown has looked
    canonical(record)  # stops where a comment would be lost
    last = {record.path: tombstone(iri, record.triples, reason=why)}
    changes = in_register(project, files, last, day) | last
    dropped = sorted((t for t in record.triples if t.predicate not in NAMES), key=str)
    left = in_prose(files.texts | changes, iri)
    return Withdrawal(iri, changes, record.path, tuple(dropped), left)


def _mentions(files: Files, iri: str) -> Iterator[tuple[Path, int]]:
    """File and line of each mention, but for those by the record itself and by names given up.

    That a name was given up for this one stays true.
    """
    change = Change(iri, iri + "-")  # a name that is changed is a name that is mentioned
    for entry in files.entries:
        if entry.graph in (iri, REGISTER_GRAPH):
            continue
        named = {
            term.value
            for triple in entry.triples
            if triple.predicate != REPLACED_BY
            for term in terms_of(triple)
            if isinstance(term, NamedNode) and change.of(term.value) != term.value
        }
        for name in named:
            yield entry.path, (locate(entry).mention(name) or (1, 1))[0]
    for path, text in files.others.items():
        if split(iri)[1] in text:
            lines = rewrite(text, change, stored=path.suffix == ".rq").lines
            yield from ((path, line) for line in lines)


def _refusal(iri: str, mentions: list[tuple[Path, int]]) -> UnusableInput:
    (file, line), *more = mentions
    lines = [f"{path}:{number}" for path, number in more[:_LISTED]]
    if len(more) > _LISTED:
        lines.append(f"and {len(more) - _LISTED} more")
    advice = (
        "Only what nothing mentions is withdrawn. Take out what says it there, or name what is "
        "meant instead; if another record is of the same thing: meagraph merge."
    )
    return UnusableInput(
        f"{compact(iri)} is mentioned here" + (f" and in {len(more)} more places" if more else ""),
        file=file,
        line=line,
        hint="\n  ".join([*lines, advice]),
    )
