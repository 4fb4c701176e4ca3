"""The statements of a graph by subject, by object and by named graph, for writing documents.

`Whole` reads a graph once and is for all documents; `Asked` looks up what one document needs, and
is for a page of a server.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.namespaces import ALIGNMENTS_GRAPH, ENTAILED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from meagraph.queryable import Queryable

MERGE = ""
"""Stands for the default graph: the merge of all files with what follows from them."""

_OUTSIDE = (ENTAILED_GRAPH, ALIGNMENTS_GRAPH)


class Row(NamedTuple):
    """One quad; ``graph`` is the IRI of a named graph, or `MERGE`. Blank nodes are left out."""

    subject: str
    predicate: str
    object: NamedNode | Literal
    graph: str

    @property
    def asserted(self) -> bool:
        """Whether a file of ours says it."""
        return self.graph != MERGE and self.graph not in _OUTSIDE


class Statements(Protocol):
    """What is known, by subject, by object and by named graph."""

    def of(self, subject: str) -> Sequence[Row]:
        """The rows that say something of a thing."""

    def to(self, object: str) -> Sequence[Row]:
        """The rows that lead to a thing."""

    def inside(self, graph: str) -> Sequence[Row]:
        """The rows of a named graph."""


class Whole:
    """All statements of a graph, read in one pass."""

    def __init__(self, store: Queryable) -> None:
        self.subjects: defaultdict[str, list[Row]] = defaultdict(list)
        self._objects: defaultdict[str, list[Row]] = defaultdict(list)
        self._graphs: defaultdict[str, list[Row]] = defaultdict(list)
        for row in _rows(store.quads_for_pattern(None, None, None, None)):
            self.subjects[row.subject].append(row)
            if isinstance(row.object, NamedNode):
                self._objects[row.object.value].append(row)
            if row.graph != MERGE:
                self._graphs[row.graph].append(row)

    def of(self, subject: str) -> Sequence[Row]:
        """The rows that say something of a thing."""
        return self.subjects.get(subject, ())

    def to(self, object: str) -> Sequence[Row]:
        """The rows that lead to a thing."""
        return self._objects.get(object, ())

    def inside(self, graph: str) -> Sequence[Row]:
        """The rows of a named graph."""
        return self._graphs.get(graph, ())


class Asked:
    """The statements of a graph, looked up when they are wanted."""

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._of: dict[str, list[Row]] = {}

    def of(self, subject: str) -> Sequence[Row]:
        """The rows that say something of a thing."""
        if subject not in self._of:
            quads = self._store.quads_for_pattern(NamedNode(subject), None, None, None)
            self._of[subject] = list(_rows(quads))
        return self._of[subject]

    def to(self, object: str) -> Sequence[Row]:
        """The rows that lead to a thing."""
        return list(_rows(self._store.quads_for_pattern(None, None, NamedNode(object), None)))

    def inside(self, graph: str) -> Sequence[Row]:
        """The rows of a named graph."""
        return list(_rows(self._store.quads_for_pattern(None, None, None, NamedNode(graph))))


def _rows(quads: Iterable[Quad]) -> Iterable[Row]:
    for subject, predicate, thing, graph in quads:
        if isinstance(subject, NamedNode) and isinstance(thing, NamedNode | Literal):
            name = MERGE if isinstance(graph, DefaultGraph) else graph.value
            yield Row(subject.value, predicate.value, thing, name)
