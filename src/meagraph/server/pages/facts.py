"""The outline of a thing, made ready for a page: what to show at once, where each part leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from meagraph.evidence.outline import STATED_AS, Group
from meagraph.evidence.portrait import portrait
from meagraph.namespaces import ONTOLOGY
from meagraph.server.pages.kept import grounds
from meagraph.server.pages.order import by_number
from meagraph.server.pages.wording import bare, interval_words, part_words, property_words
from meagraph.tables import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meagraph.evidence.description import Origin
    from meagraph.evidence.outline import Row
    from meagraph.evidence.portrait import Portrait
    from meagraph.server.edition import Edition

_STATUS, _LATEST, _WHEN = (
    NamedNode(ONTOLOGY + name) for name in ("status", "latestStatus", "when")
)
_DAYS = "days"
"""What the outline calls the bounds of a time, which follow from it."""

_AT_ONCE = 10
"""Lines of one property that are shown; the others are folded away."""


class Source(NamedTuple):
    """Where a fact comes from, as a link.

    Args:
        before: what the link's words need before them to make sense alone; said already by the
            link before.
        name: the link's words.
        iri: where it leads; empty where the page itself is meant.
        entailed: whether the fact follows from what stands there.
    """

    before: str
    name: str
    iri: str
    entailed: bool


class Line(NamedTuple):
    """What is said, the IRI of what that names, and where it is said."""

    value: str
    iri: str
    sources: tuple[Source, ...]


class Facts(NamedTuple):
    """What is said by one property, or in one role.

    Args:
        name: the label of the property, the role, the kind of reading, or how others refer to it.
        lines: those that are shown at once.
        more: those that are folded away.
    """

    name: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...]


class Chapter(NamedTuple):
    """Facts under a heading; the thing's own facts have none."""

    title: str
    facts: tuple[Facts, ...]


class Told(NamedTuple):
    """What a page tells of a thing."""

    iri: str
    label: str
    kinds: str
    chapters: tuple[Chapter, ...]


def told(edition: Edition, iri: str, here: str = "", leave_out: str = "") -> Told:
    """All that the graph says of a thing.

    Args:
        edition: the graph.
        iri: the thing.
        here: the graph whose page this is: what it says needs no source, and what its other things
            say of this one is told with them.
        leave_out: what the IRIs of the things begin with that the page tells of elsewhere.
    """
    found: Portrait = portrait(edition.store, iri, grounds(edition))
    last = found.description.shown(STATED_AS)
    chapters = []
    for section in found.sections:
        groups = [_readable(edition, group) for group in section.groups]
        if not section.title:
            groups.sort(key=lambda group: (group.name == last, _rank(group)))
            kept = _kept(_without_echoes(groups, found), leave_out)
        else:
            kept = _kept(groups, leave_out, f"{here}#" if here else "")
        if kept:
            facts = tuple(_facts(name, rows, here) for name, rows in kept)
            chapters.append(Chapter(section.title, facts))
    return Told(iri, found.label, found.kinds, tuple(chapters))


def _readable(edition: Edition, group: Group) -> Group:
    """The group in a reader's words and order."""
    rows = [row._replace(value=_words(edition, row)) for row in group.rows]
    rows.sort(key=lambda row: by_number(row.value))
    return Group(property_words(group.name), tuple(rows))


def _words(edition: Edition, row: Row) -> str:
    if not row.iri:
        return interval_words(row.value)
    if row.value != shortened(row.iri):
        return row.value
    return part_words(edition.store, row.iri) or bare(row.value)


def _without_echoes(groups: Iterable[Group], found: Portrait) -> list[Group]:
    """The groups without those that follow from another and say just the same."""
    shown = found.description.shown
    echoes = {shown(_LATEST): shown(_STATUS), _DAYS: shown(_WHEN)}
    said = {group.name: {row.value for row in group.rows} for group in groups}
    return [
        group
        for group in groups
        if group.name not in echoes or said[group.name] != said.get(echoes[group.name])
    ]


def _rank(group: Group) -> int:
    """What identifies a thing goes first, what follows from something last."""
    origins = [origin for row in group.rows for origin in row.origins if not origin.entailed]
    if any(origin.kind != "passage" for origin in origins):
        return 0
    return 1 if origins else 2


def _kept(groups: Iterable[Group], *left_out: str) -> list[tuple[str, list[Row]]]:
    """The groups without the rows that tell of things whose IRIs begin so."""
    starts = tuple(filter(None, left_out))
    found = [
        (group.name, [row for row in group.rows if not (starts and row.iri.startswith(starts))])
        for group in groups
    ]
    return [(name, rows) for name, rows in found if rows]


def _facts(name: str, rows: Sequence[Row], here: str) -> Facts:
    lines = tuple(Line(row.value, row.iri, sources(row.origins, here)) for row in rows)
    # One line alone is not worth folding away.
    shown = len(lines) if len(lines) < _AT_ONCE + 2 else _AT_ONCE
    return Facts(name, lines[:shown], lines[shown:])


def sources(origins: Iterable[Origin], here: str) -> tuple[Source, ...]:
    """Origins as links, each document named once, what is stated before what is entailed."""
    found = []
    last = ("", False)
    for origin in sorted(origins, key=lambda origin: origin.entailed):
        if origin.iri == here and not origin.entailed:
            continue
        if origin.iri == here:
            found.append(Source("", "what stands here", "", True))
            continue
        before, _, name = str(origin._replace(entailed=False)).rpartition(" ")
        is_place = origin.kind in ("passage", "reading")
        repeated = bool(before) and (before, origin.entailed) == last
        last = (before, origin.entailed)
        found.append(
            Source(
                before if repeated else "",
                name if repeated or not before else f"{before} {name}",
                origin.iri if is_place else "",
                origin.entailed,
            )
        )
    return tuple(found)
