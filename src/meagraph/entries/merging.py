"""Two records of one thing made one, in every file.

The name that goes keeps a tombstone; every mention of it becomes one of the name that stays, and
what its record said and the other's did not is said by the other's from then on. Nothing is lost
without a word: where the two records contradict each other, or a file speaks of both as of two
things, nothing is merged, and each such place is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from meagraph.entries.canonical import canonical
from meagraph.entries.files import Entry, Progress, locate
from meagraph.entries.mentions import (
    REGISTER_GRAPH,
    Files,
    in_entries,
    in_other_files,
    in_prose,
    in_register,
    read_files,
    triples_of,
)
from meagraph.entries.naming import read_name, refuse_unknown, sort_of, split
from meagraph.entries.rewriting import Change
from meagraph.entries.tombstones import REPLACED_BY, given_reason, tombstone
from meagraph.entries.writer import write
from meagraph.errors import UnusableInput
from meagraph.namespaces import RDF, RDFS, SH, SKOS, compact
from meagraph.project import Project

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_OTHER_NAME = NamedNode(SKOS + "altLabel")
_PATH = NamedNode(SH + "path")
_MAX_COUNT = NamedNode(SH + "maxCount")


class Merging(NamedTuple):
    """What a merging changes.

    ``change`` has the name that goes and the one that stays; ``changes`` the new text of each
    file, the record that stays first and the tombstone last, so that both names mean something in
    between; ``mentions`` in how many places of a file the name was replaced. ``kept`` is what the
    record that stays says more than before; ``records`` the files of both records, the one that
    goes first; ``prose`` file and line of each string or comment that still mentions its name.
    """

    change: Change
    changes: dict[Path, str]
    mentions: dict[Path, int]
    kept: tuple[Triple, ...]
    records: tuple[Path, Path]
    prose: list[tuple[Path, int]]


class _Objection(NamedTuple):
    """A place that stands against a merging, and why."""

    path: Path
    line: int
    message: str


def merging(
    project: Project,
    old: str,
    into: str,
    day: date,
    reason: str = "",
    progress: Progress | None = None,
) -> Merging:
    """Work out what changes when a record is merged into another; writes nothing.

    Args:
        project: the graph's files; ``data/``, ``ontology/``, ``shapes/`` and ``queries/`` change.
        old: the name that goes: a prefixed name, or an IRI (in angle brackets or not).
        into: the name that stays, of the same kind.
        day: the day that the register records for changed files.
        reason: why the two are one, for the tombstone; may be empty.
        progress: told of each entry that is read.

    Raises:
        UnusableInput: one of the names has no record, or was given up; the two are of different
            kinds; the records contradict each other, or a file speaks of both as of two things
            (each place is listed); a file cannot be read, or one that would change has no
            canonical form.
    """
    change = Change(read_name(old), read_name(into))
    why = given_reason(reason) if reason else ""
    _refuse_kinds(change)
    files = read_files(project, progress)
    refuse_unknown(change.old, files.entries, [])
    refuse_unknown(change.new, files.entries, [], with_passages=True)
    going, staying = _records(files, change)
    objections = sorted({*_contradictions(going, staying, project, files), *_pairs(files, change)})
    if objections:
        raise _refusal(change, objections)
    rest = files._replace(entries=[e for e in files.entries if e.graph != change.old])
    rewritten = in_entries(rest, change) | in_other_files(rest, change)
    changes = {path: one.text for path, one in rewritten.items()}
    said = triples_of(changes.get(staying.path) or canonical(staying), change.new)
    kept = _kept(going, said, change)
    first = {staying.path: write(change.new, (*said, *kept))} if kept else {}
    last = {going.path: tombstone(change.old, _label(going), change.new, why)}
    changes = first | {path: text for path, text in changes.items() if path not in first}
    changes |= in_register(project, files, {**changes, **last}, day) | last
    left = in_prose(files.texts | changes, change.old)
    mentions = {path: one.mentions for path, one in rewritten.items()}
    return Merging(change, changes, mentions, kept, (going.path, staying.path), left)


def _refuse_kinds(change: Change) -> None:
    for name in change:
        if sort_of(name) != "record":
            raise UnusableInput(
                f"{compact(name)} has no record",
                hint="Only entities with a record are merged. A claim, a term or a concept that "
                "says the same as another is taken out by hand, and the other used.",
            )
    if change.old == change.new:
        raise UnusableInput(f"{compact(change.old)} is one already", hint="Name two records.")
    if split(change.old)[0] != split(change.new)[0]:
        raise UnusableInput(
            f"{compact(change.old)} and {compact(change.new)} are of different kinds",
            hint="Two records of one thing stand in one folder. If one stands in the wrong one, "
            "write a new record where it belongs, and name that wherever the wrong one is named.",
        )


def _records(files: Files, change: Change) -> tuple[Entry, Entry]:
    found = [files.entry(name) for name in change]
    going, staying = found
    assert going and staying  # refuse_unknown has looked
    canonical(going)  # stops where a comment would be lost
    return going, staying


def _label(record: Entry) -> list[Triple]:
    """The label of a record; its other names go over to the other record."""
    node = NamedNode(record.graph)
    return [t for t in record.triples if t.subject == node and t.predicate == _LABEL]


def _kept(going: Entry, said: tuple[Triple, ...], change: Change) -> tuple[Triple, ...]:
    """What the record that goes says and the one that stays does not, said of the latter.

    The label becomes another name, unless it is one already.
    """
    node = NamedNode(change.new)
    names = {t.object.value for t in said if t.subject == node and isinstance(t.object, Literal)}
    kept = []
    for triple in going.triples:
        subject, predicate, value = (_renamed(term, change) for term in triple)
        if predicate == _LABEL and subject == node:
            if value.value in names:
                continue
            predicate = _OTHER_NAME
        moved = Triple(subject, predicate, value)
        if moved not in said:
            kept.append(moved)
    return tuple(sorted(kept, key=str))


def _renamed(term: Any, change: Change) -> Any:
    return NamedNode(change.of(term.value)) if isinstance(term, NamedNode) else term


# --- what stands against it --------------------------------------------------------------------


def _contradictions(
    going: Entry, staying: Entry, project: Project, files: Files
) -> Iterator[_Objection]:
    """What both records say, and not the same, of what there is but one.

    There is but one type, and one value of each property that a shape allows to have one.
    """
    single = {*_single_valued(project, files), _TYPE} - {_LABEL}
    change = Change(going.graph, staying.graph)
    for triple in going.triples:
        subject, value = _renamed(triple.subject, change), _renamed(triple.object, change)
        same = [t for t in staying.triples if t.subject == subject]
        if same and "#" in subject.value:
            message = f"both records have a claim “{split(subject.value)[1]}”"
            yield _Objection(going.path, _line(going, triple), message)
        if triple.predicate not in single:
            continue
        there = [t for t in same if t.predicate == triple.predicate]
        if there and value not in [t.object for t in there]:
            other = f"{_shown(there[0].object)} in {staying.path}:{_line(staying, there[0])}"
            what = "type" if triple.predicate == _TYPE else compact(triple.predicate.value)
            message = f"{what} is {_shown(triple.object)} here, and {other}"
            yield _Objection(going.path, _line(going, triple), message)


def _single_valued(project: Project, files: Files) -> Iterator[NamedNode]:
    for path, triples in files.turtle.items():
        if path.is_relative_to(project.shapes):
            limited = {
                t.subject
                for t in triples
                if t.predicate == _MAX_COUNT and getattr(t.object, "value", "") == "1"
            }
            for subject, predicate, path_of in triples:
                if predicate == _PATH and subject in limited and isinstance(path_of, NamedNode):
                    yield path_of


def _pairs(files: Files, change: Change) -> Iterator[_Objection]:
    """The places that speak of both as of two things.

    They link one to the other, or say the same property of one thing with both as its values; one
    of two would be left, and what was meant would be lost.
    """
    old, new = map(NamedNode, change)
    for entry in files.entries:
        if entry.graph == REGISTER_GRAPH:
            continue
        said = set(entry.triples)
        for triple in entry.triples:
            subject, predicate, value = triple
            if {subject, value} == {old, new} and predicate != REPLACED_BY:
                message = f"{compact(predicate.value)} links the two"
                yield _Objection(entry.path, _line(entry, triple), message)
            elif value == old and Triple(subject, predicate, new) in said:
                message = f"{compact(predicate.value)} names both, as two"
                yield _Objection(entry.path, _line(entry, triple), message)


def _refusal(change: Change, objections: list[_Objection]) -> UnusableInput:
    first, *more = objections
    lines = [f"{one.path}:{one.line}: {one.message}" for one in more]
    advice = (
        "Correct one of the records, or take out what the other says better; if these are two "
        "things, tell them apart in their labels. A reading that the two may be one has done its "
        "work: take it out, and give its reason with --reason."
    )
    return UnusableInput(
        f"{compact(change.old)} and {compact(change.new)} cannot be merged as they are: "
        f"{first.message}",
        file=first.path,
        line=first.line,
        hint="\n  ".join([*lines, advice]),
    )


def _line(entry: Entry, triple: Triple) -> int:
    found = locate(entry).triple(triple)
    return found[0] if found else 1


def _shown(term: object) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else str(term)
