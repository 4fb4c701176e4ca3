"""Which nodes of a shapes graph are shapes, and which shapes a shape refers to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.namespaces import OWL, RDF, RDFS, SH

TO_SHAPES = ("property", "node", "not", "qualifiedValueShape")
"""The parameters that have a shape as their value."""
TO_LISTS_OF_SHAPES = ("and", "or", "xone")
"""The parameters that have a list of shapes as their value."""
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")

_FIRST, _REST, _NIL, _TYPE = (NamedNode(RDF + name) for name in ("first", "rest", "nil", "type"))
_SHAPES = (NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape"))
_CLASSES = (NamedNode(RDFS + "Class"), NamedNode(OWL + "Class"))
"""A shape that is also a class applies to the instances of the class."""

Term = NamedNode | BlankNode | Literal | Triple


class Reference(NamedTuple):
    """One mention of a shape by another: the triple that leads there, and where it leads."""

    triple: Triple
    shape: Term


class Aim(NamedTuple):
    """One target: the triple that declares it, its kind (a term of SHACL), and what it names."""

    triple: Triple
    kind: str
    node: Term


class ShapesGraph:
    """The triples of shapes, indexed."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index the triples; each counts once."""
        self.triples = list(dict.fromkeys(triples))
        self._about: dict[tuple[Term, str], list[Triple]] = defaultdict(list)
        for triple in self.triples:
            self._about[triple.subject, triple.predicate.value].append(triple)

    def said(self, node: Term, name: str) -> list[Triple]:
        """What is said of a node with a term of SHACL."""
        return self._about.get((node, SH + name), [])

    def members(self, head: Term) -> list[Term]:
        """The members of a list; of one that returns to itself, each once."""
        found, seen = [], set()
        while head not in seen and (first := self._about.get((head, _FIRST.value))):
            seen.add(head)
            found.append(first[0].object)
            rest = self._about.get((head, _REST.value), [])
            head = rest[0].object if rest else _NIL
        return found

    def is_list(self, head: Term) -> bool:
        """Whether a node is a list as RDF has them: each node with one value and one rest."""
        seen = set()
        while head != _NIL:
            first = self._about.get((head, _FIRST.value), [])
            rest = self._about.get((head, _REST.value), [])
            if head in seen or len(first) != 1 or len(rest) != 1:
                return False
            seen.add(head)
            head = rest[0].object
        return True

    def references(self) -> Iterator[Reference]:
        """Every mention of a shape by a shape."""
        for triple in self.triples:
            name = triple.predicate.value.removeprefix(SH)
            if name in TO_SHAPES:
                yield Reference(triple, triple.object)
            elif name in TO_LISTS_OF_SHAPES:
                yield from (Reference(triple, member) for member in self.members(triple.object))

    def shapes(self) -> list[Term]:
        """Every shape: what is typed as one, has a target, or is referred to as one."""
        found: dict[Term, None] = {}
        for triple in self.triples:
            name = triple.predicate.value.removeprefix(SH)
            if name in TARGETS or (triple.predicate == _TYPE and triple.object in _SHAPES):
                found[triple.subject] = None
        for triple, shape in self.references():
            found[triple.subject] = found[shape] = None
        return [node for node in found if not isinstance(node, Literal)]

    def aims(self) -> list[Aim]:
        """What says to which nodes shapes apply.

        A shape that is also a class applies to the instances of the class.
        """
        found = []
        shapes = {t.subject for t in self.triples if t.predicate == _TYPE and t.object in _SHAPES}
        for triple in self.triples:
            name = triple.predicate.value.removeprefix(SH)
            if name in (*TARGETS, "target") and name != triple.predicate.value:
                found.append(Aim(triple, name, triple.object))
            elif triple.object in _CLASSES and triple.predicate == _TYPE:
                found += [Aim(triple, "targetClass", triple.subject)] * (triple.subject in shapes)
        return found
