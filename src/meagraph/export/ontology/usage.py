"""How often the data use a term, and with what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.namespaces import (
    ALIGNMENTS_GRAPH,
    CONCEPTS,
    ENTAILED_GRAPH,
    ONTOLOGY_GRAPH,
    RDF,
    RDFS,
    SKOS,
)

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_TYPE = NamedNode(RDF + "type")
_APART = {
    RDF + "type",
    *(SKOS + name for name in ("inScheme", "broader", "topConceptOf")),
    *(RDFS + name for name in ("domain", "range", "subClassOf", "subPropertyOf")),
}
"""Properties by which a scheme or the ontology is put in order: no use of what they lead to."""


class Usage:
    """Counts over the merge of what files state and what follows from it.

    Args:
        store: a built graph.

    Attributes:
        things: how many things are of a class, by its IRI, those that follow included.
        statements: how many statements have a property.
        values: how many statements of files have an IRI as their object, a class not as a type.
        subjects: how many statements of a property have a subject of a class, by both; the classes
            are those that files state.
        objects: the same of objects.
    """

    def __init__(self, store: Queryable) -> None:
        self.things: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()
        self.values: Counter[str] = Counter()
        self.subjects: dict[str, Counter[str]] = {}
        self.objects: dict[str, Counter[str]] = {}
        types = _stated_types(store)
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
            predicate, thing = quad.predicate.value, quad.object
            self.statements[predicate] += 1
            if predicate == _TYPE.value:
                self.things[getattr(thing, "value", "")] += 1
                continue
            for found, end in ((self.subjects, quad.subject), (self.objects, thing)):
                if classes := types.get(end):
                    found.setdefault(predicate, Counter()).update(classes)
            self._count_value(predicate, thing, 1)
        # The graph of what follows holds no statement that a file makes too.
        for quad in store.quads_for_pattern(None, None, None, NamedNode(ENTAILED_GRAPH)):
            self._count_value(quad.predicate.value, quad.object, -1)

    def _count_value(self, predicate: str, value: object, one: int) -> None:
        if isinstance(value, NamedNode) and predicate not in _APART:
            self.values[value.value] += one

    def used_with(self, property_: str) -> list[str]:
        """The classes of the subjects of a property, the most frequent first."""
        return _frequent(self.subjects.get(property_, Counter()))

    def leads_to(self, property_: str) -> list[str]:
        """The classes of the objects of a property, the most frequent first."""
        return _frequent(self.objects.get(property_, Counter()))


def _frequent(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda name: (-counted[name], name))


def _stated_types(store: Queryable) -> dict[object, list[str]]:
    """The classes of each thing that data files or concept schemes state, sorted."""
    apart = {ENTAILED_GRAPH, ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH}
    found: dict[object, set[str]] = {}
    for quad in store.quads_for_pattern(None, _TYPE, None, None):
        graph, type_ = quad.graph_name, quad.object
        if not isinstance(type_, NamedNode) or getattr(graph, "value", ENTAILED_GRAPH) in apart:
            continue
        found.setdefault(quad.subject, set()).add(type_.value)
    return {thing: sorted(classes) for thing, classes in found.items()}


def is_of_data(graph: str) -> bool:
    """Whether a named graph holds data: neither ontology, alignments and concepts nor derived."""
    apart = (ENTAILED_GRAPH, ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH)
    return graph not in apart and not graph.startswith(CONCEPTS)
