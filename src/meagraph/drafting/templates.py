"""Templates of new entries: valid Turtle, in which placeholders stand for what is to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import Literal

from meagraph.drafting.guidance import MARK, explained, placeholders, words
from meagraph.drafting.kinds import Kind, demanded_backwards
from meagraph.drafting.slots import Slot, alternatives, implied, slots
from meagraph.drafting.slugs import Details, free, slug
from meagraph.drafting.vocabulary import LABEL, Vocabulary
from meagraph.entries import entry_path
from meagraph.errors import UnusableInput
from meagraph.names import FAINT, Match, find
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, PREFIXES, compact
from meagraph.project import Project
from meagraph.times import bounds
from meagraph.validation.findings import shown

_SAME = 100.0
_NAMESAKE = 70.0
"""How near, of 100, a record's name must be to be shown as one that may mean the same thing; where
it is of another kind, only the same name is."""
_SHOWN = 3
_NEAR = 60
"""How many names are looked through for what a property may have as its value."""
_ACRONYM = ONTOLOGY + "acronym"
_IDENTIFIER = DCTERMS + "identifier"
_ORDINAL = ONTOLOGY + "ordinal"
_WHEN = ONTOLOGY + "when"


class Template(NamedTuple):
    """A new entry to be filled in.

    ``iri`` is the IRI of its node, ``graph`` that of the file that it is to be; ``path`` is that
    file's path under ``data/`` and ``exists`` whether there is one; ``namesakes`` are records that
    may be the same thing; ``text`` is Turtle.
    """

    iri: str
    graph: str
    path: str
    exists: bool
    namesakes: tuple[Match, ...]
    text: str


def new_record(project: Project, vocabulary: Vocabulary, kind: Kind, details: Details) -> Template:
    """A record of a kind that has records, under a name that nothing has or had.

    Raises:
        UnusableInput: the time in the details is not EDTF, or the symbol is another record's.
    """
    namespace = f"{BASE}{kind.home}/"
    wanted = slug(details)
    iri = namespace + free(project, vocabulary.store, namespace, wanted)
    near = _near(vocabulary, details)
    _refuse_known_symbol(vocabulary, details)
    same = _namesakes(vocabulary, near, namespace + wanted, iri)
    same = tuple(match for match in same if match.iri != details.of)[:_SHOWN]
    block = _Block(vocabulary, kind.iri, compact(iri), near)
    block.write(_given(vocabulary, kind.iri, details), in_record=True)
    notes = _notes(vocabulary, kind.iri, iri, details)
    return finished(project, kind, iri, iri, same, [*block.lines, *notes])


def new_claim(
    project: Project, vocabulary: Vocabulary, kind: Kind, graph: str, details: Details
) -> Template:
    """A claim of a kind that is described in a file of passages, readings or identifiers.

    Args:
        project: where the files are.
        vocabulary: the terms.
        kind: what is claimed.
        graph: the IRI of the file's graph.
        details: what is known of it.
    """
    name = free(project, vocabulary.store, f"{graph}#", slug(details).replace(".", "-"))
    near = _near(vocabulary, details)
    lines = claim(vocabulary, kind.iri, name, details, near)
    return finished(project, kind, f"{graph}#{name}", graph, (), lines)


def claim(
    vocabulary: Vocabulary, kind: str, name: str, details: Details, near: list[Match]
) -> list[str]:
    """The lines of a claim and of the nodes that stand only with it."""
    block = _Block(vocabulary, kind, f"this:{name}", near)
    block.write(_given(vocabulary, kind, details), in_record=False)
    return block.lines


def record_lines(
    vocabulary: Vocabulary, kind: str, node: str, given: Mapping[str, str]
) -> list[str]:
    """The lines of a record, of which some properties are known; these as Turtle."""
    block = _Block(vocabulary, kind, node, [])
    block.write(given, in_record=True)
    return block.lines


def finished(
    project: Project,
    kind: Kind,
    iri: str,
    graph: str,
    namesakes: tuple[Match, ...],
    lines: list[str],
) -> Template:
    """The whole text: what it is and where it goes, prefixes, statements."""
    path = entry_path(graph, project.data)
    where = path.relative_to(project.data).as_posix()
    head = words(f"{kind.label}: {kind.definition}")
    if path.exists():
        head += words(f"data/{where} exists: put the statements below into it, then meagraph fmt.")
    else:
        head += words(f"To be added as data/{where}: meagraph add FILE.")
    head += words(
        "Put values for “fill-in” and “FILL IN”. Take “#:” away before an optional line to use it; "
        "the other lines with “#:” are dropped when the entry is added."
    )
    for match in namesakes:
        head += words(f"Is it not {compact(match.iri)} (“{match.label}”)?")
    text = "\n".join([*head, *prefixes(graph, lines), "", *lines])
    return Template(iri, graph, where, path.exists(), namesakes, text + "\n")


def prefixes(graph: str, lines: list[str]) -> list[str]:
    """The declarations of the prefixes that lines use, and that of ``this:``."""
    text = "\n".join(lines)
    used = {
        prefix: iri
        for prefix, iri in PREFIXES.items()
        if re.search(rf"(?<![\w:/#.-]){prefix}:(?=\w)", text)
    }
    declared = sorted({**used, "this": f"{graph}#"}.items())
    return [f"PREFIX {prefix}: <{iri}>" for prefix, iri in declared]


class _Block:
    """The statements about one node, with guidance, and those about its parts."""

    def __init__(self, vocabulary: Vocabulary, kind: str, node: str, near: list[Match]) -> None:
        self.lines: list[str] = []
        self._vocabulary = vocabulary
        self._kind = kind
        self._node = node
        self._near = near

    def write(self, given: Mapping[str, str], *, in_record: bool) -> None:
        """Write the demanded properties and those that are given, then the optional ones."""
        every = slots(self._vocabulary, self._kind)
        needed = _needed(self._vocabulary, self._kind, every, given)
        usage, kind = self._vocabulary.usage, self._kind
        self.lines += [self._node, f"    a {compact(kind)} ;", *self._narrower()]
        optional, elsewhere = [], []
        for slot in every:
            if slot.predicate in given:
                self._say(slot.predicate, [given[slot.predicate]])
            elif slot.predicate in needed or slot.part:
                self._demand(slot)
            elif (
                in_record
                and usage.count(kind, slot.predicate)
                and not usage.in_records(kind, slot.predicate)
            ):
                elsewhere.append(slot.predicate)
            else:
                optional.append(slot)
        for predicate in given.keys() - {slot.predicate for slot in every}:
            self._say(predicate, [given[predicate]])
        if optional:
            self.lines += words("Optional:", "    ")
        for slot in optional:
            self._offer(slot)
        self.lines.append(".")
        if elsewhere:
            names = ", ".join(sorted(map(compact, elsewhere)))
            self.lines += words(f"What passages state of it stands in their files: {names}.")
        for slot in every:
            if slot.part:
                part = _Block(self._vocabulary, slot.part, self._part(slot), self._near)
                part.write({}, in_record=in_record)
                self.lines += ["", *part.lines]

    def _narrower(self) -> list[str]:
        """The classes below, which say more than the one that was asked for."""
        lines = []
        for name in self._vocabulary.narrower(self._kind):
            meaning = self._vocabulary.definition(name)
            lines += words(f"or a {compact(name)} ({meaning})", "    ")
        return lines

    def _demand(self, slot: Slot) -> None:
        for sentence in explained(self._vocabulary, self._kind, slot, self._near):
            self.lines += words(sentence, "    ")
        self._say(slot.predicate, [self._part(slot)] if slot.part else placeholders(slot))

    def _offer(self, slot: Slot) -> None:
        said = explained(self._vocabulary, self._kind, slot, self._near)
        self.lines += words(" ".join(said), "    ")
        value = " , ".join(placeholders(slot))
        self.lines.append(f"    {MARK} {compact(slot.predicate)} {value} ;")

    def _say(self, predicate: str, values: list[str]) -> None:
        self.lines.append(f"    {compact(predicate)} {' , '.join(values)} ;")

    def _part(self, slot: Slot) -> str:
        return f"{self._node}-{compact(slot.part).partition(':')[2].lower()}"


def _needed(
    vocabulary: Vocabulary, kind: str, every: list[Slot], given: Mapping[str, str]
) -> set[str]:
    """The properties that must be there: by themselves, as one of several, or with another."""
    needed = {slot.predicate for slot in every if slot.least}
    offered = {slot.predicate for slot in every}
    for choice in alternatives(vocabulary, kind):
        present = needed | given.keys()
        if any((predicate in present) is there for predicate, there in choice):
            continue
        needed |= {p for p, there in choice if there and p in offered and p not in present}
    waiting = [*needed, *given]
    for predicate in waiting:
        waiting += [name for name in implied(vocabulary, predicate) if name not in waiting]
    return set(waiting)


def _given(vocabulary: Vocabulary, kind: str, details: Details) -> dict[str, str]:
    """What is known already, as Turtle, by property."""
    given = {}
    if details.label:
        given[LABEL] = shown(Literal(details.label, language="en"))
    if details.acronym:
        given[_ACRONYM] = shown(Literal(details.acronym))
    if details.symbol:
        given[_IDENTIFIER] = shown(Literal(details.symbol))
    parent = parent_property(vocabulary, kind, details.of)
    if parent:
        given[parent] = compact(details.of)
    return given


def parent_property(vocabulary: Vocabulary, kind: str, of: str) -> str:
    """The property by which things of a class most often belong to such a parent, or none."""
    fitting = [
        slot.predicate
        for slot in slots(vocabulary, kind)
        if of and slot.classes and vocabulary.is_of(of, slot.classes)
    ]
    return fitting[0] if fitting else ""


def _near(vocabulary: Vocabulary, details: Details) -> list[Match]:
    """Records whose names are near to what is known of the new thing, the nearest first."""
    name = details.label or details.symbol or details.acronym
    return find(vocabulary.store, name, limit=_NEAR, least=FAINT) if name else []


def _namesakes(
    vocabulary: Vocabulary, near: list[Match], wanted: str, given: str
) -> tuple[Match, ...]:
    """The record whose name is taken, and those that are called nearly as the new one is.

    Args:
        vocabulary: the terms.
        near: records with near names.
        wanted: the IRI that the new record would have.
        given: the one that it has.
    """
    namespace = wanted[: wanted.rindex("/") + 1]
    same = {
        match.iri: match
        for match in near
        if match.score == _SAME or (match.score >= _NAMESAKE and match.iri.startswith(namespace))
    }
    if wanted == given:
        return tuple(same.values())
    label = vocabulary.label(wanted)
    taken = same.pop(wanted, Match(wanted, label, label, "label", _SAME))
    return (taken, *same.values())


def _refuse_known_symbol(vocabulary: Vocabulary, details: Details) -> None:
    if not details.symbol or details.part:
        return
    for match in find(vocabulary.store, details.symbol, limit=_SHOWN):
        if match.how == "symbol":
            raise UnusableInput(
                f"{match.matched} is the symbol of {compact(match.iri)}",
                hint="A symbol belongs to one record: use that, or correct the symbol.",
            )


def _notes(vocabulary: Vocabulary, kind: str, iri: str, details: Details) -> list[str]:
    """What is to be said of the new thing in other files."""
    lines = []
    stated = []
    if details.ordinal is not None:
        stated.append(f"{compact(_ORDINAL)} {details.ordinal}")
    if details.when:
        bounds(details.when)
        stated.append(f'{compact(_WHEN)} "{details.when}"^^edtf:EDTF')
    if stated:
        lines += words("In the file of the passage that says so:")
        lines.append(f"{MARK} {compact(iri)} {' ; '.join(stated)} .")
    for predicate in demanded_backwards(vocabulary, kind):
        lines += words(f"Others must name it: … {compact(predicate)} {compact(iri)} .")
    return lines
