"""Triples of ours as a graph of rdflib: converted when they are asked for, each question noted.

rdflib is imported at the head, as its class of stores is needed there: import this module late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as Text
from rdflib.store import Store
from rdflib.term import Node

from meagraph.validation.terms import Terms

Pattern = tuple[Node | None, Node | None, Node | None]
"""What was asked for: subject, predicate and object; ``None`` for any."""
Found = tuple[Node, Node, Node]
_Index = dict[Node, dict[Node, dict[Node, Found]]]


class Lookups(Store):
    """A store that looks triples up, and notes what it is asked.

    Attributes:
        asked: the patterns asked for are added to it, where it is not ``None``.
        graphs: the graph made of this store, by which pySHACL looks for a blank node's graph.
    """

    # pySHACL wraps each graph in a dataset, which accepts no store that says it cannot hold one.
    context_aware = True
    graph_aware = True

    def __init__(self, triples: Iterable[Triple], terms: Terms) -> None:
        """Sort the triples by the characters of their terms; none is converted yet."""
        super().__init__()
        self.asked: set[Pattern] | None = None
        self.graphs: tuple[Graph, ...] = ()
        self._terms = terms
        self._raw: tuple[dict[str, list[Triple]], ...] = tuple(defaultdict(list) for _ in range(3))
        self._ready: tuple[set[str], ...] = (set(), set(), set())
        self._out: _Index = {}
        self._with: dict[Node, dict[Found, Found]] = {}
        self._in: _Index = {}
        self._count = 0
        text = terms.text
        for triple in triples:
            subject, predicate, value = triple
            for index, term in zip(self._raw, (subject, predicate, value), strict=True):
                index[text(term)].append(triple)
            self._count += 1

    def _make_ready(self, place: int, node: Node) -> None:
        """Convert the triples that have a node in some place: 0 subject, 1 predicate, 2 object."""
        name = str(node)
        if name in self._ready[place]:
            return
        self._ready[place].add(name)
        there = self._terms.there
        for subject, predicate, value in self._raw[place].get(name, ()):
            found = there(subject), there(predicate), there(value)
            self._index(place, found)

    def convert_all(self) -> None:
        """Convert all triples at once, where literals mean something else now than later."""
        for place, index in enumerate(self._raw):
            for name in index:
                self._make_ready(place, URIRef(name))

    def _index(self, place: int, found: Found) -> None:
        subject, predicate, value = found
        if place == 0:
            self._out.setdefault(subject, {}).setdefault(predicate, {}).setdefault(value, found)
        elif place == 1:
            self._with.setdefault(predicate, {}).setdefault(found, found)
        else:
            self._in.setdefault(value, {}).setdefault(predicate, {}).setdefault(subject, found)

    def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:
        """Add a triple of rdflib; what an engine adds of its own is its own affair."""
        for place, node in enumerate(triple):
            self._make_ready(place, node)
        if triple[2] in self._out.get(triple[0], {}).get(triple[1], {}):
            return
        self._count += 1
        for place in range(3):
            self._index(place, triple)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Any]]:
        """The triples of a pattern, as rdflib asks for them."""
        if self.asked is not None:
            # Noted when it is asked, not when the answer is read.
            self.asked.add(triple_pattern)
        return iter([(found, self.graphs) for found in self._found(*triple_pattern)])

    def _found(
        self, subject: Node | None, predicate: Node | None, value: Node | None
    ) -> Iterable[Found]:
        if subject is not None:
            self._make_ready(0, subject)
            said = self._out.get(subject, {})
            lists = said.values() if predicate is None else (said.get(predicate, {}),)
            if value is None:
                return [found for one in lists for found in one.values()]
            return [one[value] for one in lists if value in one]
        if value is not None:
            self._make_ready(2, value)
            said = self._in.get(value, {})
            lists = said.values() if predicate is None else (said.get(predicate, {}),)
            return [found for one in lists for found in one.values()]
        if predicate is not None:
            self._make_ready(1, predicate)
            return self._with.get(predicate, {})
        for name in self._raw[1]:
            self._make_ready(1, URIRef(name))
        return [found for one in self._with.values() for found in one]

    def __len__(self, context: Any = None) -> int:
        if self.asked is not None:
            self.asked.add((None, None, None))
        return self._count

    def original(self, term: object) -> NamedNode | BlankNode | Literal:
        """The term of ours that a report names; one that a query computed is made anew."""
        if isinstance(term, URIRef):
            return NamedNode(str(term))
        found: NamedNode | BlankNode | Literal | None = None
        if isinstance(term, BNode):
            found = self._terms.blank(str(term))
        elif isinstance(term, Text):
            if self.asked is not None:
                self.asked.add((None, None, term))
            for triple in self._raw[2].get(str(term), ()):
                if isinstance(triple.object, Literal) and self._terms.there(triple.object) == term:
                    found = triple.object
        return Literal(str(term)) if found is None else found

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:
        """The one graph."""
        yield from self.graphs

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """No prefixes: queries bring their own."""
        return iter(())

    def namespace(self, prefix: str) -> URIRef | None:
        """No prefix is known."""
        return None

    def prefix(self, namespace: URIRef) -> str | None:
        """No prefix is known."""
        return None

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Forget the prefix: nothing is written with it."""
