"""The meetings that a calendar can show, and why it cannot show the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.evidence import cite
from meagraph.export.changed import updated
from meagraph.namespaces import ONTOLOGY, RDFS, SCHEMA
from meagraph.tables import labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.evidence import Citation
    from meagraph.queryable import Queryable

_PREFIXES = f"PREFIX mea: <{ONTOLOGY}> PREFIX schema: <{SCHEMA}> PREFIX rdfs: <{RDFS}> "
_MEETINGS = "SELECT ?meeting { ?meeting a mea:Meeting }"
_SAID = (
    "SELECT ?meeting ?property ?value { ?meeting a mea:Meeting ; ?property ?value . "
    "FILTER(?property IN (schema:startDate, schema:endDate, mea:earliest, mea:latest, mea:when, "
    "mea:whenAsStated, mea:latestStatus, mea:mode, schema:location, schema:superEvent, mea:topic, "
    "mea:takenFrom)) }"
)
_PASSAGES = (
    "SELECT DISTINCT ?meeting ?passage { ?meeting a mea:Meeting . ?passage a mea:Passage . "
    "GRAPH ?passage { ?meeting ?property ?value } }"
)
_WITHIN = "SELECT ?place ?whole { ?place schema:containedInPlace ?whole . ?whole a mea:Country }"
_OF = (
    "SELECT DISTINCT ?meeting ?agreement { ?meeting a mea:Meeting ; "
    "schema:superEvent*/mea:meetingOf ?body . { ?body mea:fallsUnder ?agreement } UNION "
    "{ ?body a mea:Agreement BIND(?body AS ?agreement) } ?agreement a mea:Agreement }"
)


class Event(NamedTuple):
    """A meeting as a calendar tells of it.

    Args:
        iri: of the meeting.
        label: its name.
        start: its first day, ``None`` where the day is not known.
        end: its last day, ``None`` where the day is not known.
        possible: the first and the last day that its time may cover, empty where there is none.
        as_stated: its time as the passages write it.
        typed: its time in EDTF.
        status: the IRI of its latest status; empty where no passage gives it one.
        modes: online, in person, hybrid; labels.
        places: labels, each with its country.
        wholes: IRIs of the meetings that it is a part of.
        topics: labels.
        supplied: sources outside the documents that its record took a date or place from.
        passages: those that say something of it.
        agreements: IRIs of the agreements whose meeting it is.
        changed: when what is said of it last changed.
    """

    iri: str
    label: str
    start: date | None
    end: date | None
    possible: tuple[str, str]
    as_stated: list[str]
    typed: list[str]
    status: str
    modes: list[str]
    places: list[str]
    wholes: dict[str, str]
    topics: list[str]
    supplied: list[str]
    passages: list[Citation]
    agreements: list[str]
    changed: date

    @property
    def left_out(self) -> str:
        """Why a calendar of whole days has no place for it; empty where it has one."""
        if self.start and self.end:
            if self.end < self.start:
                return "its last day is before its first"
            # The day after the last one is written too, and a calendar has four digits for years.
            return "" if self.end < date.max else "its last day is the last that can be written"
        if self.start or self.end:
            return f"only its {'first' if self.start else 'last'} day is known"
        if any(self.possible):
            return "its days are not known, only between which they lie"
        if self.typed:
            return "it is dated in ways that exclude each other"
        return "it is not dated"


def events(store: Queryable) -> list[Event]:
    """All meetings, in the order of their days and IRIs; those without days at the end."""
    said: dict[str, dict[str, list[str]]] = {meeting: {} for (meeting,) in _asked(store, _MEETINGS)}
    for meeting, name, value in _asked(store, _SAID):
        said[meeting].setdefault(name.rpartition("#")[2].rpartition("/")[2], []).append(value)
    within, agreements = _lists(store, _WITHIN), _lists(store, _OF)
    passages = _lists(store, _PASSAGES)
    cited = cite(store, {one for each in passages.values() for one in each})
    named = [
        *said,
        *(value for each in said.values() for values in each.values() for value in values),
    ]
    named += [country for countries in within.values() for country in countries]
    labels = labels_of(store, sorted({name for name in named if name.startswith("http")}))
    tell = updated(store)

    def names(iris: Iterable[str]) -> list[str]:
        return [labels.get(iri) or shortened(iri) for iri in iris]

    found = []
    for iri, about in said.items():
        values = {name: sorted(set(several)) for name, several in about.items()}
        start, end = (_day(values.get(name)) for name in ("startDate", "endDate"))
        places = values.get("location", [])
        wholes = values.get("superEvent", [])
        stating = set(passages.get(iri, ()))
        found.append(
            Event(
                iri=iri,
                label=names([iri])[0],
                start=start,
                end=end,
                possible=(values.get("earliest", [""])[0], values.get("latest", [""])[0]),
                as_stated=values.get("whenAsStated", []),
                typed=values.get("when", []),
                status=values.get("latestStatus", [""])[0],
                modes=names(values.get("mode", [])),
                places=[", ".join(names([one, *within.get(one, [])])) for one in places],
                wholes=dict(zip(wholes, names(wholes), strict=True)),
                topics=names(values.get("topic", [])),
                supplied=values.get("takenFrom", []),
                passages=[one for passage, one in cited.items() if passage in stating],
                agreements=agreements.get(iri, []),
                changed=tell(iri),
            )
        )
    return sorted(found, key=lambda one: (one.start or date.max, one.end or date.max, one.iri))


def _asked(store: Queryable, query: str) -> list[list[str]]:
    solutions: Any = store.query(_PREFIXES + query)
    return [[term.value for term in solution] for solution in solutions]


def _lists(store: Queryable, query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in sorted(_asked(store, query)):
        found.setdefault(one, []).append(other)
    return found


def _day(values: list[str] | None) -> date | None:
    """The first of the days; none where it is no day of the calendar."""
    try:
        return date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None
