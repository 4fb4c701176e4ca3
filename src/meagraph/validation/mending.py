"""pySHACL and rdflib without what they print, fetch, fail at, or never come to an end with."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    import rdflib
    from rdflib.plugins.sparql.sparql import Query

    from meagraph.validation.lookups import Lookups

_ALONE = threading.RLock()
"""Held while the libraries are changed: they are changed for every thread."""
_ABSENT = object()


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
    nodes that takes longer than all the rest. For every value it makes the constraints of a shape
    anew, compares each property of the shape with a list, and reads each query for what it may not
    say; nothing of that depends on the value, and it is done once.
    """
    from pyshacl import graph_abstraction, shape, validator
    from pyshacl.constraints import constraint_component as components
    from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper

    filling = "_format_sparql_based_result_message"
    fill: Any = getattr(components.ConstraintComponent, filling)

    def fill_safely(self: Any, message: str, bound: object) -> Any:
        return fill(self, message, _escaped(bound))

    allowed: Any = SPARQLQueryHelper.check_invalid_sparql
    once = lru_cache(maxsize=None)(lambda text, *known: allowed(SPARQLQueryHelper, text, *known))

    def allowed_once(
        self: object, text: str, valuenode: object = None, extravars: list[str] | None = None
    ) -> object:
        # Of the value it matters only whether there is one.
        return once(text, None if valuenode is None else True, tuple(extravars or ()))

    better: tuple[tuple[Any, str, Any], ...] = (
        (SPARQLQueryHelper, "check_invalid_sparql", allowed_once),
        (shape.module, "CONSTRAINT_PARAMS", _constraints_made_once()),
        # Asked only to choose the graph that a term is copied from, and it is copied from neither.
        (graph_abstraction.RdfLibDataGraph, "__bool__", lambda graph: True),
        (components.ConstraintComponent, filling, fill_safely),
        (components, "stringify_node", lambda *words, **more: ""),
        (validator, "clone_blank_node", lambda graph, node, *words, **more: node),
    )
    with _ALONE:
        before = [vars(holder).get(name, _ABSENT) for holder, name, _ in better]
        try:
            for holder, name, new in better:
                setattr(holder, name, new)
            yield
        finally:
            for (holder, name, _), was in zip(better, before, strict=True):
                if was is _ABSENT:
                    delattr(holder, name)
                else:
                    setattr(holder, name, was)


def _constraints_made_once() -> tuple[Any, Any]:
    """pySHACL's table: the properties that make constraints, and what makes them.

    A constraint holds what its shape says and nothing of what is validated.
    """
    from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP

    class Parameters(dict[Any, None]):
        """A list for pySHACL, which copies it and appends the same each time."""

        def copy(self) -> Parameters:
            return self

        def append(self, parameter: object) -> None:
            self[parameter] = None

    def once(kind: Any) -> Any:
        return lru_cache(maxsize=None)(kind)

    makers = {kind: once(kind) for kind in CONSTRAINT_PARAMETERS_MAP.values()}
    table = {name: makers[kind] for name, kind in CONSTRAINT_PARAMETERS_MAP.items()}
    return Parameters.fromkeys(ALL_CONSTRAINT_PARAMETERS), table


def _escaped(bound: object) -> object:
    if isinstance(bound, dict):
        return {name: _escaped(value) for name, value in bound.items()}
    if isinstance(bound, tuple | list):
        return [_escaped(value) for value in bound]
    return None if bound is None else str(bound).replace("\\", "\\\\")


def graph(store: Lookups | None = None) -> rdflib.Graph:
    """A graph that parses a query once, however often it is asked; empty unless a store is given.

    pySHACL asks the query of a SPARQL constraint anew for every focus node, and rdflib takes longer
    to parse it than to answer it.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.query import Result as Answer

    class ParsingOnce(Graph):
        def __init__(self) -> None:
            super().__init__(store="default" if store is None else store, bind_namespaces="none")
            self._prepared: dict[str, Query] = {}

        def query(self, query_object: str | Query, *words: Any, **more: Any) -> Answer:
            if isinstance(query_object, str):
                if query_object not in self._prepared:
                    self._prepared[query_object] = staying_here(prepareQuery(query_object))
                query_object = self._prepared[query_object]
            return super().query(query_object, *words, **more)

    made = ParsingOnce()
    if store is not None:
        store.graphs = (made,)
    return made


def staying_here(query: Query) -> Query:
    """The query, unless rdflib would open a connection for it: for SERVICE, and for FROM."""
    if query.algebra.datasetClause or "ServiceGraphPattern" in repr(query.algebra):
        raise UnusableInput("the query of the shape would fetch data from elsewhere")
    return query
