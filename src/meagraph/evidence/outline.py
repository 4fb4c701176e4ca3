"""A description laid out for a reader: in sections, each thing said once, like beside like.

What a description holds twice for a machine is told once: a fact that is only entailed from a more
special property of the same two things, the four bounds of one time, a reading that both concerns a
thing and links to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.evidence.statements import AGENT, TYPE, asserted_types
from meagraph.namespaces import ONTOLOGY, OWL, RDFS, SCHEMA, SKOS
from meagraph.tables import iris, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meagraph.evidence.description import Description, Fact, Origin
    from meagraph.queryable import Queryable
    from meagraph.tables import Term

_MERGE = DefaultGraph()
_LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))
_DEPRECATED = NamedNode(OWL + "deprecated")
STATED_AS = NamedNode(ONTOLOGY + "statedAs")
_SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
_FIRST_DAY = NamedNode(SCHEMA + "startDate")
_LAST_DAY = NamedNode(SCHEMA + "endDate")
_EARLIEST = NamedNode(ONTOLOGY + "earliest")
_LATEST = NamedNode(ONTOLOGY + "latest")
DAYS = (_FIRST_DAY, _LAST_DAY, _EARLIEST, _LATEST)
"""The properties that hold the bounds of a time."""

_ENDS_OPEN = re.compile(
    r"(?:.* )?(?:about|at|between|by|during|for|from|in|of|on|per|to|under|until|with|within)"
    r"|[a-z]+[^isu]s",
    re.DOTALL,
)
"""Names of properties that an object follows: prepositions at the end, and verbs of one word."""
_HOLDS_IT = re.compile(r"(in )(?=[a-z]+$)|(.* of )the (?=event$)")
"""Names of properties that name the object themselves, which then is *this* one."""


class Row(NamedTuple):
    """One line of an outline: what is said and where it comes from, in words and in IRIs.

    Args:
        value: what is said.
        origin: where that comes from.
        iri: what ``value`` names; empty of a literal.
        origins: what ``origin`` tells.
    """

    value: str
    origin: str
    iri: str = ""
    origins: tuple[Origin, ...] = ()


class Group(NamedTuple):
    """Lines that have the same property, role or kind of reading, which ``name`` tells."""

    name: str
    rows: tuple[Row, ...]


class Section(NamedTuple):
    """Groups under a title; the thing's own facts stand first and have none."""

    title: str
    groups: tuple[Group, ...]


def outline(store: Queryable, description: Description) -> list[Section]:
    """Lay a description out: its own facts, activities by role, other references, readings.

    Args:
        store: the graph, for sub-properties and for the classes of readings.
        description: what it says of the thing.

    Returns:
        The sections that hold something.
    """
    show = description.shown
    name = show(NamedNode(description.iri))
    facts = [fact for fact in description.facts if not _is_told_above(fact, name)]
    references = _without_repeats(store, description.references)
    readings = [fact for fact in references if all(o.kind == "reading" for o in fact.origins)]
    rest = [fact for fact in references if fact not in readings]
    acts = [_line(description, _role(description, f), 0, f) for f in rest if _is_act(f)]
    others = [
        _line(description, reference_words(show(f.statement.predicate)), 0, f)
        for f in rest
        if not _is_act(f)
    ]
    sections = [
        Section("", _grouped(_own_lines(description, _without_repeats(store, facts)))),
        Section("Its part in activities", _grouped(sorted(acts, key=lambda line: line.name))),
        Section("Referred to by", _grouped(others)),
        Section("Readings of passages", _grouped(_reading_lines(store, description, readings))),
    ]
    return [section for section in sections if section.groups]


def reference_words(name: str) -> str:
    """How others refer to a thing by a property, said from the thing's side.

    >>> [reference_words(name) for name in ("about", "cites", "in scheme", "output")]
    ['about this', 'cites this', 'in this scheme', 'with this as output']
    """
    if _ENDS_OPEN.fullmatch(name):
        return f"{name} this"
    if held := _HOLDS_IT.match(name):
        return f"{held[1] or held[2]}this {name[held.end() :]}"
    return f"with this as {name}"


class _Line(NamedTuple):
    name: str
    row: Row


def _line(description: Description, name: str, place: Literal[0, 2], fact: Fact) -> _Line:
    """The line that tells a statement's subject (0) or object (2)."""
    term = fact.statement[place]
    return _Line(name, _row(description.shown(term), term, fact.origins))


def _row(value: str, term: Term | None, origins: tuple[Origin, ...]) -> Row:
    iri = term.value if isinstance(term, NamedNode) else ""
    return Row(value, origin_words(origins), iri, origins)


def _is_act(fact: Fact) -> bool:
    return fact.statement.predicate == AGENT


def _is_told_above(fact: Fact, name: str) -> bool:
    """Whether the heading tells it: the classes, the name, and that it was given up."""
    predicate, value = fact.statement.predicate, fact.statement.object
    if predicate in (TYPE, _DEPRECATED):
        return True
    return predicate in _LABELS and getattr(value, "value", "") == name


def is_given_up(description: Description) -> bool:
    """Whether the thing's record says that its name was given up."""
    return any(fact.statement.predicate == _DEPRECATED for fact in description.facts)


def _role(description: Description, fact: Fact) -> str:
    return ", ".join(map(description.shown, fact.statement.roles)) or "agent"


def _own_lines(description: Description, facts: Sequence[Fact]) -> list[_Line]:
    """The facts by property, literal forms last: they are many and tell least."""
    times = {fact.statement.predicate: fact for fact in reversed(facts) if _is_bound(fact)}
    lines = [
        _line(
            description,
            _role(description, fact) if _is_act(fact) else description.shown(fact.statement[1]),
            2,
            fact,
        )
        for fact in facts
        if not _is_bound(fact) and fact.statement.predicate != STATED_AS
    ]
    if times:
        origins = dict.fromkeys(one for fact in times.values() for one in fact.origins)
        lines.append(_Line("days", _row(_days(description, times), None, tuple(origins))))
    lines.sort(key=lambda line: line.name)
    literal = [fact for fact in facts if fact.statement.predicate == STATED_AS]
    return lines + [_line(description, description.shown(STATED_AS), 2, fact) for fact in literal]


def _is_bound(fact: Fact) -> bool:
    return fact.statement.predicate in DAYS


def _days(description: Description, times: dict[NamedNode, Fact]) -> str:
    return day_words(
        {name: description.shown(fact.statement.object) for name, fact in times.items()}
    )


def day_words(days: Mapping[NamedNode, str]) -> str:
    """The bounds of a time in words: from and to where the days are known, else between which.

    Args:
        days: the day that each of the `DAYS` states which is known, at least one.
    """
    first, last = days.get(_FIRST_DAY), days.get(_LAST_DAY)
    if first and last:
        return first if first == last else f"{first} to {last}"
    earliest, latest = days.get(_EARLIEST) or first, days.get(_LATEST) or last
    if earliest and latest:
        return f"between {earliest} and {latest}"
    return f"not before {earliest}" if earliest else f"not after {latest}"


def _reading_lines(
    store: Queryable, description: Description, readings: Sequence[Fact]
) -> list[_Line]:
    """Each reading once, by its class, whether it concerns the thing or links to it."""
    once = {
        fact.statement.subject: fact
        for fact in readings
        if isinstance(fact.statement.subject, NamedNode)
    }
    kinds = {subject: asserted_types(store, subject) for subject in once}
    labels = labels_of(store, iris(kinds.values()))
    lines = [
        _Line(
            ", ".join(labels.get(kind.value, "") for kind in kinds[subject]) or "reading",
            _row(
                description.shown(subject),
                subject,
                tuple(one._replace(kind="passage", entailed=False) for one in fact.origins),
            ),
        )
        for subject, fact in once.items()
    ]
    return sorted(lines)


def _without_repeats(store: Queryable, facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those that are entailed from a sub-property between the same two things."""
    wider: dict[NamedNode, set[NamedNode]] = {}
    said = set()
    for fact in facts:
        subject, predicate, value, _ = fact.statement
        if predicate not in wider:
            wider[predicate] = _superproperties(store, predicate)
        said |= {(subject, each, value) for each in wider[predicate]}
    return [
        fact
        for fact in facts
        if fact.statement[:3] not in said or not all(one.entailed for one in fact.origins)
    ]


def _superproperties(store: Queryable, predicate: NamedNode) -> set[NamedNode]:
    found: set[NamedNode] = set()
    waiting = [predicate]
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), _SUBPROPERTY_OF, None, _MERGE):
            if isinstance(quad.object, NamedNode) and quad.object not in {*found, predicate}:
                found.add(quad.object)
                waiting.append(quad.object)
    return found


def _grouped(lines: Iterable[_Line]) -> tuple[Group, ...]:
    groups: dict[str, list[Row]] = {}
    for line in lines:
        groups.setdefault(line.name, []).append(line.row)
    return tuple(Group(name, tuple(rows)) for name, rows in groups.items())


def origin_words(origins: Iterable[Origin]) -> str:
    """Origins in words, each document named once: ``COP-6 note annex-1/3, annex-1/4; record``."""
    stated: dict[str, list[str]] = {}
    entailed: dict[str, list[str]] = {}
    for origin in origins:
        # What comes last is the passage's label, which holds no blank.
        before, _, last = str(origin._replace(entailed=False)).rpartition(" ")
        (entailed if origin.entailed else stated).setdefault(before, []).append(last)
    told = [f"{before} {', '.join(ends)}".strip() for before, ends in stated.items()]
    lead = "entailed from "
    for before, ends in entailed.items():
        told.append(lead + f"{before} {', '.join(ends)}".strip())
        lead = ""
    return "; ".join(told)
