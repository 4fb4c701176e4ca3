"""What can be asked: the store of this process, or an endpoint elsewhere.

The rooms that answer need no more of a graph than this, so one question is asked of both alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple


class Queryable(Protocol):
    """A graph that answers SPARQL and gives its quads; `pyoxigraph.Store` is one.

    Its default graph is the merge of the named ones, with the entailed triples.
    """

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Any:
        """Answer a query as `pyoxigraph.Store.query` does.

        Raises:
            SyntaxError: the query cannot be read.
        """

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; ``None`` fits all, for the graph too."""

    def __contains__(self, quad: Quad) -> bool:
        """Whether the graph has the quad."""
