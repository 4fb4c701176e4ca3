"""What the graph says, swept together once for all tables."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.evidence import cite, is_passage
from meagraph.export.changed import updated
from meagraph.namespaces import ONTOLOGY, RDF, RDFS
from meagraph.tables import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meagraph.evidence import Citation
    from meagraph.queryable import Queryable

_TYPE = RDF + "type"
_BROADER = RDFS + "subClassOf"
_AGENT = ONTOLOGY + "Agent"  # derived of whatever takes part: it tells nothing of what a thing is


class Contents:
    """The merge by subject and property, and which passage states what.

    Args:
        store: a built graph.
    """

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._said: dict[str, dict[str, list[Any]]] = {}
        self._subjects: dict[tuple[str, str], list[NamedNode]] = defaultdict(list)
        self._labels: dict[str, str] = {}
        self._updated = updated(store)
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                about = self._said.setdefault(quad.subject.value, {})
                about.setdefault(quad.predicate.value, []).append(quad.object)
                if isinstance(quad.object, NamedNode):
                    self._subjects[quad.predicate.value, quad.object.value].append(quad.subject)

    def values(self, iri: str, property: str, inverse: bool = False) -> list[NamedNode | Literal]:
        """What a thing has of a property, or what has it of that property; sorted."""
        found = (
            self._subjects.get((property, iri), ())
            if inverse
            else self._said.get(iri, {}).get(property, ())
        )
        return sorted(found, key=lambda term: (term.value, str(term)))

    def texts(self, iri: str, property: str) -> list[str]:
        """The values as texts; see `values`."""
        return [term.value for term in self.values(iri, property)]

    def of_class(self, name: str) -> set[str]:
        """The IRIs of all that is of a class of the ontology, by its local name."""
        return {node.value for node in self._subjects.get((_TYPE, ONTOLOGY + name), ())}

    def with_value(self, property: str) -> list[str]:
        """All that has the property, sorted."""
        return sorted(iri for iri, said in self._said.items() if property in said)

    def types(self, iri: str) -> list[str]:
        """The classes of the ontology that a thing is of, the most specific alone; IRIs."""
        found = [one for one in self.texts(iri, _TYPE) if one.startswith(ONTOLOGY)]
        broader = {above for one in found for above in self.texts(one, _BROADER) if above != one}
        return [one for one in found if one not in broader and one != _AGENT]

    def named(self, iris: Iterable[str]) -> None:
        """Look up the labels of these IRIs, all with one query."""
        wanted = {iri for iri in iris if iri not in self._labels}
        known = labels_of(self._store, sorted(wanted))
        self._labels.update({iri: known.get(iri, "") for iri in wanted})

    def label(self, iri: str) -> str:
        """The label of an IRI, empty where it has none; see `meagraph.tables.labels_of`."""
        if iri not in self._labels:
            self.named([iri])
        return self._labels[iri]

    def updated(self, iri: str) -> date:
        """When what is said of it last changed; see `meagraph.export.changed.updated`."""
        return self._updated(iri)

    @cached_property
    def passages(self) -> dict[str, Citation]:
        """All passages and how they are cited, in the order of the documents."""
        return cite(self._store, self.of_class("Passage"))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {passage: place for place, passage in enumerate(self.passages)}

    @cached_property
    def _stated(self) -> dict[str, dict[tuple[str, str], list[str]]]:
        """By subject, then by property and IRI: the passages that state it, in their order."""
        found: dict[str, dict[tuple[str, str], list[str]]] = {}
        for passage in self.passages:
            graph = NamedNode(passage)
            for quad in self._store.quads_for_pattern(None, None, None, graph):
                if isinstance(quad.subject, NamedNode):
                    value = quad.object.value if isinstance(quad.object, NamedNode) else ""
                    by_link = found.setdefault(quad.subject.value, {})
                    by_link.setdefault((quad.predicate.value, value), []).append(passage)
        return found

    def stated_in(self, iri: str, property: str = "", value: str = "") -> list[str]:
        """The passages that say something of a thing, or that link it so with another one."""
        by_link = self._stated.get(iri, {})
        if property:
            return by_link.get((property, value), [])
        stating = {passage for passages in by_link.values() for passage in passages}
        if is_passage(iri):
            stating.discard(iri)
        return sorted(stating, key=self._places.__getitem__)
