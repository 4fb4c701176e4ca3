"""pySHACL and rdflib without what they print, fetch, fail at, or never come to an end with."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    import rdflib
    from rdflib.plugins.sparql.sparql import Query

_ALONE = threading.RLock()
"""Held while the libraries are changed: they are changed for every thread."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries from printing, say that a literal is ill-typed: shapes find that."""
    logs = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl-validate")]
    before = [log.disabled for log in logs]
    try:
        for log in logs:
            log.disabled = True
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for log, was in zip(logs, before, strict=True):
            log.disabled = was


@contextmanager
def mended() -> Iterator[None]:
    """pySHACL without what fails, or never ends, on some data.

    It puts values into messages as replacements of a regular expression, in which a backslash
    means something else, or nothing at all. It describes each node in a text that nobody reads, and
    copies it into its report, with the nodes below it: for a long list or a dense graph of blank
    nodes that takes longer than all the rest.
    """
    from pyshacl import validator
    from pyshacl.constraints import constraint_component as components

    filling = "_format_sparql_based_result_message"
    fill: Any = getattr(components.ConstraintComponent, filling)

    def fill_safely(self: Any, message: str, bound: object) -> Any:
        return fill(self, message, _escaped(bound))

    better: tuple[tuple[Any, str, Any], ...] = (
        (components.ConstraintComponent, filling, fill_safely),
        (components, "stringify_node", lambda *words, **more: ""),
        (validator, "clone_blank_node", lambda graph, node, *words, **more: node),
    )
    with _ALONE:
        before = [getattr(holder, name) for holder, name, _ in better]
        try:
            for holder, name, new in better:
                setattr(holder, name, new)
            yield
        finally:
            for (holder, name, _), was in zip(better, before, strict=True):
                setattr(holder, name, was)


def _escaped(bound: object) -> object:
    if isinstance(bound, dict):
        return {name: _escaped(value) for name, value in bound.items()}
    if isinstance(bound, tuple | list):
        return [_escaped(value) for value in bound]
    return None if bound is None else str(bound).replace("\\", "\\\\")


def graph() -> rdflib.Graph:
    """An empty graph that parses a query once, however often it is asked.

    pySHACL asks the query of a SPARQL constraint anew for every focus node, and rdflib takes longer
    to parse it than to answer it.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.query import Result as Answer

    class ParsingOnce(Graph):
        def __init__(self) -> None:
            super().__init__(bind_namespaces="none")
            self._prepared: dict[str, Query] = {}

        def query(self, query_object: str | Query, *words: Any, **more: Any) -> Answer:
            if isinstance(query_object, str):
                if query_object not in self._prepared:
                    self._prepared[query_object] = staying_here(prepareQuery(query_object))
                query_object = self._prepared[query_object]
            return super().query(query_object, *words, **more)

    return ParsingOnce()


def staying_here(query: Query) -> Query:
    """The query, unless rdflib would open a connection for it: for SERVICE, and for FROM."""
    if query.algebra.datasetClause or "ServiceGraphPattern" in repr(query.algebra):
        raise UnusableInput("the query of the shape would fetch data from elsewhere")
    return query
