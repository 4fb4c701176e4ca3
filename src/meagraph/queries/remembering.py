"""A graph that remembers what it was asked, for those who look up many names in it."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

    from meagraph.queryable import Queryable

_MOST = 256
_LONGEST = 2000
"""The characters up to which a query is remembered: those about the whole graph are short."""


class Remembering:
    """A graph that evaluates the same ``SELECT`` once, and gives its rows as a list.

    The graph must not change for as long as this is used. Several threads may use it.

    Args:
        store: the graph.
    """

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._rows = lru_cache(maxsize=_MOST)(partial(_rows, store))

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Any:
        """As `Queryable.query`; what is no ``SELECT``, or declares prefixes, is not remembered."""
        if prefixes or len(query) > _LONGEST or not query.startswith("SELECT"):
            return self._store.query(query, prefixes=prefixes)
        return self._rows(query)

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """As `Queryable.quads_for_pattern`."""
        return self._store.quads_for_pattern(subject, predicate, object, graph_name)

    def __contains__(self, quad: Quad) -> bool:
        """Whether the graph has the quad."""
        return quad in self._store


def _rows(store: Queryable, query: str) -> list[Any]:
    return list(store.query(query))
