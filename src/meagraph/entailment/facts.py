"""What is known while rules are applied: the merge, and what has been concluded from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from meagraph.namespaces import OWL, RDF, RDFS

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal

MERGE = DefaultGraph()
TYPE = NamedNode(RDF + "type")
SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
_THING = NamedNode(OWL + "Thing")
_KINDS_OF_TERM = tuple(
    NamedNode(name)
    for name in (
        OWL + "Class",
        OWL + "ObjectProperty",
        OWL + "DatatypeProperty",
        OWL + "AnnotationProperty",
        OWL + "Ontology",
        RDF + "Property",
        RDFS + "Class",
        RDFS + "Datatype",
    )
)


class Facts:
    """The merge and what has been concluded from it so far."""

    def __init__(self, store: Store) -> None:
        """Begin with what the default graph of the store holds."""
        self._store = store
        self.concluded: dict[Triple, None] = {}
        self._by_predicate: dict[NamedNode, list[Triple]] = {}
        self._stated: dict[NamedNode, set[Triple]] = {}
        self.terms = frozenset(
            quad.subject
            for kind in _KINDS_OF_TERM
            for quad in store.quads_for_pattern(None, TYPE, kind, MERGE)
        )
        """Classes, properties and the ontology itself: rules on individuals leave them out."""
        self.superclasses = closure(self.matching(SUBCLASS_OF))
        self.superproperties = closure(self.matching(SUBPROPERTY_OF))

    def matching(self, predicate: NamedNode, value: Term | None = None) -> Iterator[Triple]:
        """Each triple with this predicate, and with this object where one is given."""
        for quad in self._store.quads_for_pattern(None, predicate, value, MERGE):
            yield quad.triple
        for triple in self._by_predicate.get(predicate, ()):
            if value is None or triple.object == value:
                yield triple

    def stated(self, predicate: NamedNode) -> Iterator[Quad]:
        """Each triple with this predicate together with the graph that states it."""
        for quad in self._store.quads_for_pattern(None, predicate, None, None):
            if quad.graph_name != MERGE:
                yield quad

    def values(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """The objects of the triples with this subject and predicate."""
        quads = self._store.quads_for_pattern(subject, predicate, None, MERGE)
        concluded = self._by_predicate.get(predicate, ())
        return [
            *(quad.object for quad in quads),
            *(triple.object for triple in concluded if triple.subject == subject),
        ]

    def add(self, triples: Iterable[Triple]) -> set[NamedNode]:
        """Take in what is neither stated nor concluded already; say with which properties."""
        news = set()
        for triple in triples:
            predicate = triple.predicate
            if triple not in self.concluded and triple not in self._stated_with(predicate):
                self.concluded[triple] = None
                self._by_predicate.setdefault(predicate, []).append(triple)
                news.add(predicate)
        return news

    def _stated_with(self, predicate: NamedNode) -> set[Triple]:
        # One set for each property: most that are concluded are hardly ever stated, and asking
        # the store for each triple costs several times as much.
        if predicate not in self._stated:
            quads = self._store.quads_for_pattern(None, predicate, None, MERGE)
            self._stated[predicate] = {quad.triple for quad in quads}
        return self._stated[predicate]


def closure(axioms: Iterable[Triple]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    """Each class or property that has named superiors, with all of them, nearest first."""
    direct: dict[NamedNode, list[NamedNode]] = {}
    for axiom in axioms:
        below, above = axiom.subject, axiom.object
        if isinstance(below, NamedNode) and isinstance(above, NamedNode) and above != _THING:
            direct.setdefault(below, []).append(above)
    closed = {}
    for start in direct:
        found: dict[NamedNode, None] = {}
        waiting = list(direct[start])
        for above in waiting:
            if above != start and above not in found:
                found[above] = None
                waiting.extend(direct.get(above, ()))
        closed[start] = tuple(found)
    return closed
