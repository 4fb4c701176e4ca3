"""Everything in the graph that can be leafed through, by kind, with how often it is stated."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.entries import graph_kind
from meagraph.evidence import cite
from meagraph.evidence.outline import DAYS, day_words
from meagraph.names import fold
from meagraph.names.records import deprecated
from meagraph.namespaces import BASE, ENTAILED_GRAPH, KINDS, ONTOLOGY, RDF, RDFS, SKOS
from meagraph.server.pages.kept import once
from meagraph.server.pages.order import by_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pyoxigraph import Quad, Store

    from meagraph.server.edition import Edition

_MERGE = DefaultGraph()
_TYPE = NamedNode(RDF + "type")
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_BESIDE = (NamedNode(ONTOLOGY + "identifies"), NamedNode(SKOS + "inScheme"))
"""What tells a thing from others of its kind better than its class does."""

_DATED = ("meetings",)
"""Kinds of whose things the dates stand beside them."""

_NAMES = (*_LABELS, SKOS + "altLabel", ONTOLOGY + "acronym", "http://purl.org/dc/terms/identifier")


_BOUNDS = (
    f"SELECT ?thing ?bound ?day {{ VALUES ?bound {{ {' '.join(map(str, DAYS))} }} "
    "?thing ?bound ?day } ORDER BY ?day"
)
"""The bounds of the time of each thing that has one; of several days the last counts."""


class Kind(NamedTuple):
    """A sort of things that has a page of its own.

    Args:
        name: the last part of the page's address.
        title: what such things are called.
        group: under which heading the kind stands.
        of: the IRI of their class, or what their IRIs begin with where it ends in a slash.
        meaning: what they are, in a clause; empty where the title says it.
    """

    name: str
    title: str
    group: str
    of: str
    meaning: str = ""


RECORDS, STATED, READ, TERMS = (
    "Who and what",
    "What passages state",
    "What is read into passages",
    "Terms and identifiers",
)
KINDS_LISTED = {
    kind.name: kind
    for kind in (
        *(Kind(name, name.capitalize(), RECORDS, f"{BASE}{name}/") for name in KINDS),
        Kind(
            "activities", "Activities", STATED, ONTOLOGY + "Activity", "what somebody did or does"
        ),
        Kind("requests", "Requests", STATED, ONTOLOGY + "Request", "what somebody was asked to do"),
        Kind("citations", "Citations", STATED, ONTOLOGY + "Citation", "what a passage refers to"),
        Kind("lists", "Lists", STATED, ONTOLOGY + "ListClaim", "what a passage enumerates"),
        Kind(
            "sets",
            "Unspecified sets",
            STATED,
            ONTOLOGY + "UnspecifiedSet",
            "things that a passage names together, without saying which they are",
        ),
        Kind("quantities", "Quantities", STATED, ONTOLOGY + "Quantity", "numbers with their units"),
        Kind("passages", "Passages", STATED, ONTOLOGY + "Passage", "paragraphs, headings, notes"),
        Kind(
            "defects",
            "Defects of the sources",
            READ,
            ONTOLOGY + "SourceDefect",
            "what cannot be meant as it is written",
        ),
        Kind(
            "inferred-links",
            "Inferred links",
            READ,
            ONTOLOGY + "InferredLink",
            "links that a passage suggests and does not make",
        ),
        Kind(
            "possible-identities",
            "Possible identities",
            READ,
            ONTOLOGY + "PossibleIdentity",
            "things that may be one and the same",
        ),
        Kind(
            "same-matters",
            "Same matters",
            READ,
            ONTOLOGY + "SameMatter",
            "claims of two passages on one matter",
        ),
        Kind(
            "cooperations",
            "Cooperations",
            READ,
            ONTOLOGY + "Cooperation",
            "pairs of actors, derived from their activities",
        ),
        Kind("concepts", "Concepts", TERMS, SKOS + "Concept", "roles, kinds, statuses, topics"),
        Kind(
            "identifiers",
            "External identifiers",
            TERMS,
            ONTOLOGY + "ExternalIdentifier",
            "what other registers call things",
        ),
    )
}


class Entry(NamedTuple):
    """A thing in a list.

    Args:
        iri: its name.
        label: what it is called.
        note: what tells it from its neighbours: of an identifier the thing, of a concept its
            scheme, of all else the labels of the classes that files state, where they differ in
            the list.
        place: the passage that states it or is read so, as it is cited; empty of what has a record.
        passages: in how many passages something is stated of it.
        names: all that it is called, folded, for a filter.
        days: when it is, in words; empty where that is not known or not listed.
    """

    iri: str
    label: str
    note: str
    place: str
    passages: int
    names: str
    days: str = ""

    @property
    def letter(self) -> str:
        """The letter that it stands under; ``#`` for what begins with none."""
        first = fold(self.label)[:1].upper()
        return first if first.isalpha() else "#"


@once
def entries(edition: Edition) -> Mapping[str, Sequence[Entry]]:
    """The things of each kind that is listed, by their labels; numbers in them by their value."""
    read = _Read(edition.store)
    found: dict[str, list[Entry]] = {}
    for kind in KINDS_LISTED.values():
        things = read.below(kind.of) if kind.of.endswith("/") else read.of_class(kind.of)
        listed = read.entries(things)
        if kind.name in _DATED:
            days = _days(edition.store)
            listed = [entry._replace(days=days.get(entry.iri, "")) for entry in listed]
        if len({entry.note for entry in listed}) == 1:  # the heading of the list tells it
            listed = [entry._replace(note="") for entry in listed]
        listed.sort(key=lambda entry: (by_number(fold(entry.label)), entry.iri))
        found[kind.name] = listed
    return found


def _days(store: Store) -> dict[str, str]:
    """When each thing is whose days are known, in words."""
    bounds: dict[str, dict[NamedNode, str]] = {}
    rows: Any = store.query(_BOUNDS)
    for thing, bound, day in rows:
        bounds.setdefault(thing.value, {})[bound] = day.value
    return {iri: day_words(days) for iri, days in bounds.items()}


class _Read:
    """What the lists need of a graph."""

    def __init__(self, store: Store) -> None:
        self.labels: dict[str, str] = {}
        self.names: dict[str, set[str]] = {}
        self.passages: Counter[str] = Counter()
        self.classes: dict[str, set[str]] = {}
        self.instances: dict[str, set[str]] = {}
        self.beside: dict[str, str] = {}
        self.gone = deprecated(store)
        self._store = store
        for name in _NAMES:
            for quad in store.quads_for_pattern(None, NamedNode(name), None, _MERGE):
                self._name(quad.subject, name, quad.object)
        for quad in store.quads_for_pattern(None, _TYPE, None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                self._type(quad.subject.value, quad.object.value, quad.graph_name)
        for predicate in _BESIDE:
            for quad in store.quads_for_pattern(None, predicate, None, _MERGE):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                    self.beside[quad.subject.value] = quad.object.value
        for graph in store.named_graphs():
            if graph_kind(graph.value) == "stated":
                self._state(store.quads_for_pattern(None, None, None, graph))

    def _name(self, subject: object, predicate: str, value: object) -> None:
        if isinstance(subject, NamedNode) and isinstance(value, Literal):
            self.names.setdefault(subject.value, set()).add(value.value)
            if predicate in _LABELS and value.language in (None, "en"):
                self.labels[subject.value] = value.value

    def _type(self, subject: str, kind: str, graph: object) -> None:
        if graph == _MERGE:
            self.instances.setdefault(kind, set()).add(subject)
        elif getattr(graph, "value", "") != ENTAILED_GRAPH:
            self.classes.setdefault(subject, set()).add(kind)

    def _state(self, quads: Iterable[Quad]) -> None:
        """Count one passage for each thing that is named in it."""
        terms = {term for quad in quads for term in (quad.subject, quad.object)}
        self.passages.update(term.value for term in terms if isinstance(term, NamedNode))

    def below(self, start: str) -> list[str]:
        """The records whose IRIs begin so, without those that were given up."""
        return [
            iri
            for iri in self.labels
            if iri.startswith(start)
            and iri not in self.gone
            and iri.isprintable()
            # Passages stand below a document, claims below a passage; files are no things.
            and not set(iri[len(start) :]) & {"/", "#"}
        ]

    def of_class(self, name: str) -> set[str]:
        """The things of ours that are of a class."""
        found = self.instances.get(name, set())
        return {iri for iri in found if iri.startswith(BASE) and iri not in self.gone}

    def entries(self, things: Collection[str]) -> list[Entry]:
        """What a list tells of things, in no order."""
        places = {iri: _place(iri) for iri in things}
        cited = cite(self._store, sorted({place for place in places.values() if place}))
        return [self._entry(iri, cited[at].name if (at := places[iri]) else "") for iri in things]

    def _entry(self, iri: str, place: str) -> Entry:
        label = self.labels.get(iri) or iri[len(BASE) :]
        kinds = sorted(self.labels.get(one, "") for one in self.classes.get(iri, ()))
        note = self.labels.get(self.beside.get(iri, ""), "") or ", ".join(filter(None, kinds))
        names = fold(" ".join(sorted({label, *self.names.get(iri, ())})))
        return Entry(iri, label, note, place, self.passages[iri], names)


def _place(iri: str) -> str:
    """The graph of the passage, or of its reading, in which a thing has its name; else nothing."""
    graph, mark, _ = iri.partition("#")
    return graph if mark and graph_kind(graph) in ("stated", "read") else ""
