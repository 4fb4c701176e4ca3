"""Everything in the graph that can be leafed through, by kind, with how often it is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.entries import graph_kind
from meagraph.names import fold
from meagraph.names.records import deprecated
from meagraph.namespaces import BASE, ENTAILED_GRAPH, KINDS, ONTOLOGY, RDF, RDFS, SKOS
from meagraph.server.pages.kept import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.server.edition import Edition

_MERGE = DefaultGraph()
_TYPE = NamedNode(RDF + "type")
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_NAMES = (*_LABELS, SKOS + "altLabel", ONTOLOGY + "acronym", "http://purl.org/dc/terms/identifier")


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
        kind: the labels of the classes that files state.
        passages: in how many passages something is stated of it.
        names: all that it is called, folded, for a filter.
    """

    iri: str
    label: str
    kind: str
    passages: int
    names: str

    @property
    def letter(self) -> str:
        """The letter that it stands under; ``#`` for what begins with none."""
        first = fold(self.label)[:1].upper()
        return first if first.isalpha() else "#"


@once
def entries(edition: Edition) -> Mapping[str, Sequence[Entry]]:
    """The things of each kind that is listed, by their labels."""
    read = _Read(edition)
    found: dict[str, list[Entry]] = {}
    for kind in KINDS_LISTED.values():
        things = read.below(kind.of) if kind.of.endswith("/") else read.of_class(kind.of)
        listed = [read.entry(iri) for iri in things]
        listed.sort(key=lambda entry: (fold(entry.label), entry.iri))
        found[kind.name] = listed
    return found


class _Read:
    """The whole graph, read in one pass."""

    def __init__(self, edition: Edition) -> None:
        self.labels: dict[str, str] = {}
        self.names: dict[str, set[str]] = {}
        self.stated: dict[str, set[str]] = {}
        self.classes: dict[str, set[str]] = {}
        self.instances: dict[str, set[str]] = {}
        self.gone = deprecated(edition.store)
        places = dict[str, bool]()
        for quad in edition.store.quads_for_pattern(None, None, None, None):
            if not isinstance(quad.subject, NamedNode):
                continue
            if isinstance(quad.graph_name, NamedNode):
                graph = quad.graph_name.value
                if graph not in places:
                    places[graph] = graph_kind(graph) == "stated"
                if places[graph]:
                    self._state(graph, quad.subject, quad.object)
            self._name(quad.subject.value, quad.predicate, quad.object, quad.graph_name)

    def _state(self, graph: str, *terms: object) -> None:
        for term in terms:
            if isinstance(term, NamedNode):
                self.stated.setdefault(term.value, set()).add(graph)

    def _name(self, subject: str, predicate: NamedNode, value: object, graph: object) -> None:
        if predicate.value in _NAMES and isinstance(value, Literal):
            self.names.setdefault(subject, set()).add(value.value)
            if predicate.value in _LABELS and value.language in (None, "en"):
                self.labels[subject] = value.value
        elif predicate == _TYPE and isinstance(value, NamedNode):
            if graph == _MERGE:
                self.instances.setdefault(value.value, set()).add(subject)
            elif getattr(graph, "value", "") != ENTAILED_GRAPH:
                self.classes.setdefault(subject, set()).add(value.value)

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

    def entry(self, iri: str) -> Entry:
        """What a list tells of a thing."""
        label = self.labels.get(iri) or iri[len(BASE) :]
        kinds = sorted(self.labels.get(one, "") for one in self.classes.get(iri, ()))
        names = fold(" ".join(sorted({label, *self.names.get(iri, ())})))
        return Entry(
            iri, label, ", ".join(filter(None, kinds)), len(self.stated.get(iri, ())), names
        )
