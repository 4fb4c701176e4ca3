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

_NO_FILES = {MERGE, ENTAILED_GRAPH, ALIGNMENTS_GRAPH}


class Row(NamedTuple):
    """One quad; blank nodes are left out.

    What is asked of each row again and again is worked out once, when it is read.
    """

    subject: str
    predicate: str
    object: NamedNode | Literal
    graph: str
    """The IRI of a named graph, or `MERGE`."""
    iri: str
    """The object's IRI; empty if it is a literal."""
    asserted: bool
    """Whether a file of ours says it."""


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
            subject, _, _, graph, iri, _ = row
            self.subjects[subject].append(row)
            if iri:
                self._objects[iri].append(row)
            if graph:
                self._graphs[graph].append(row)

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
    once: dict[str, str] = {}  # one text for each name, however many rows have it
    known = once.setdefault
    make = tuple.__new__  # as Row does, without a call of Python for each quad
    for subject, predicate, thing, graph in quads:
        if not isinstance(subject, NamedNode):
            continue
        if isinstance(thing, NamedNode):
            iri = known(iri := thing.value, iri)
        elif isinstance(thing, Literal):
            iri = ""
        else:
            continue
        name = MERGE if isinstance(graph, DefaultGraph) else known(name := graph.value, name)
        subject_name, property = subject.value, predicate.value
        yield make(
            Row,
            (
                known(subject_name, subject_name),
                known(property, property),
                thing,
                name,
                iri,
                name not in _NO_FILES,
            ),
        )
