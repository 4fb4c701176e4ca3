"""What is known while rules are applied: the merge, and what has been concluded from it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from meagraph.namespaces import OWL, RDF, RDFS

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal
Node = TypeVar("Node", bound=Hashable)

MERGE = DefaultGraph()
TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
_THING = NamedNode(OWL + "Thing")
_TRANSITIVE = NamedNode(OWL + "TransitiveProperty")
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

    def __init__(self, store: Queryable) -> None:
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
        self.transitive = tuple(
            typed.subject
            for typed in self.matching(TYPE, _TRANSITIVE)
            if isinstance(typed.subject, NamedNode)
        )

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

    def stating(self, triple: Triple) -> Iterator[Quad]:
        """This triple together with each graph that it stands in, the merge left out."""
        subject, predicate, value = triple
        for quad in self._store.quads_for_pattern(subject, predicate, value, None):
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

    def things(self, subject: Subject, predicate: NamedNode) -> list[Subject]:
        """The same, without literals."""
        found = self.values(subject, predicate)
        return [value for value in found if not isinstance(value, Literal)]

    def links(self, predicate: NamedNode) -> dict[Subject, list[Subject]]:
        """Each subject of this predicate, with its objects; without literals."""
        found: dict[Subject, list[Subject]] = {}
        for triple in self.matching(predicate):
            if not isinstance(triple.object, Literal):
                found.setdefault(triple.subject, []).append(triple.object)
        return found

    def known(self, subject: Subject, predicate: NamedNode, value: Term) -> bool:
        """Whether this triple is stated or concluded."""
        triple = Triple(subject, predicate, value)
        quad = Quad(subject, predicate, value, MERGE)
        return triple in self.concluded or quad in self._store

    def add(self, triples: Iterable[Triple]) -> set[NamedNode]:
        """Take in what is neither stated nor concluded already; say what is new.

        Returns:
            The properties of the new triples; where the property is ``rdf:type`` the classes too.
        """
        news: set[NamedNode] = set()
        for triple in triples:
            predicate = triple.predicate
            if triple not in self.concluded and triple not in self._stated_with(predicate):
                self.concluded[triple] = None
                self._by_predicate.setdefault(predicate, []).append(triple)
                news.add(predicate)
                if predicate == TYPE and isinstance(triple.object, NamedNode):
                    news.add(triple.object)
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
    return {
        start: tuple(above for above in reached(start, direct) if above != start)
        for start in direct
    }


def reached(start: Node, links: Mapping[Node, Iterable[Node]]) -> dict[Node, None]:
    """All that is reached from a node by one link or more, nearest first.

    The node itself is among them only if the links lead back to it.
    """
    found: dict[Node, None] = {}
    waiting = list(links.get(start, ()))
    for node in waiting:
        if node not in found:
            found[node] = None
            waiting.extend(links.get(node, ()))
    return found
