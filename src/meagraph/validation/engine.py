"""An engine takes a data graph and shapes, and gives results. Today there is one: pySHACL.

pySHACL is given the whole graph in memory. It is not asked to infer anything (entailed types are in
the graph already), nor to look at chosen focus nodes, for which it loses results.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.errors import UnusableInput
from meagraph.namespaces import SH, XSD
from meagraph.validation.shapes import Shapes

if TYPE_CHECKING:
    import rdflib

_PLAIN = XSD + "string"
_SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}


class Result(NamedTuple):
    """One validation result of SHACL.

    ``shape`` and ``constraint`` are IRIs; ``constraint`` is empty unless it is a SPARQL constraint.
    ``path`` is set where the result names a property that is an IRI; the path of the shape itself
    is found in the shapes. ``severity`` is violation, warning or info.
    """

    shape: str
    constraint: str
    severity: str
    messages: tuple[str, ...]
    focus: NamedNode | BlankNode | Literal
    path: NamedNode | None
    value: NamedNode | BlankNode | Literal | None


Engine = Callable[[Iterable[Triple], Shapes], list[Result]]
"""What validates a graph: its triples, each once, and the shapes, to results in any order."""


def pyshacl_results(triples: Iterable[Triple], shapes: Shapes) -> list[Result]:
    """Validate with pySHACL, SHACL-SPARQL and the advanced features included.

    Raises:
        UnusableInput: the shapes themselves are not well formed.
    """
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError

    with _quiet():
        data = _Conversion(triples)
        try:
            _, report, text = validate(
                data.graph,
                shacl_graph=_Conversion(shapes.triples).graph,
                inference="none",
                advanced=True,
                inplace=True,
            )
        except ReportableRuntimeError as error:
            raise _unusable(str(getattr(error, "message", error))) from None
        if isinstance(report, ReportableRuntimeError):
            raise _unusable(text)
        return list(_results(report, data))


def _unusable(said: str) -> UnusableInput:
    return UnusableInput(
        f"the shapes cannot be used: {' '.join(said.split())}",
        hint="Correct the shape in shapes/ that this speaks of.",
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from printing that a literal is ill-typed: that is what shapes find."""
    log = logging.getLogger("rdflib.term")
    was = log.disabled
    log.disabled = True
    try:
        yield
    finally:
        log.disabled = was


def _graph() -> rdflib.Graph:
    """An empty graph that parses a query once, however often it is asked.

    pySHACL asks the query of a SPARQL constraint anew for every focus node, and rdflib takes longer
    to parse it than to answer it.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result as Answer

    class ParsingOnce(Graph):
        def __init__(self) -> None:
            super().__init__(bind_namespaces="none")
            self._prepared: dict[str, Query] = {}

        def query(self, query_object: str | Query, *words: Any, **more: Any) -> Answer:
            if isinstance(query_object, str):
                if query_object not in self._prepared:
                    self._prepared[query_object] = prepareQuery(query_object)
                query_object = self._prepared[query_object]
            return super().query(query_object, *words, **more)

    return ParsingOnce()


class _Conversion:
    """Triples as a graph of rdflib, with lexical forms kept, and the way back for its terms."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        import rdflib

        self._rdflib = rdflib
        self._there: dict[object, rdflib.term.Node] = {}
        self._back: dict[object, NamedNode | BlankNode | Literal] = {}
        self.graph = _graph()
        for subject, predicate, value in triples:
            self.graph.add((self._term(subject), self._term(predicate), self._term(value)))

    def _term(self, term: object) -> rdflib.term.Node:
        known = self._there.get(term)
        if known is None:
            known = self._there[term] = self._converted(term)
            if isinstance(term, NamedNode | BlankNode | Literal):
                self._back[known] = term
        return known

    def _converted(self, term: object) -> rdflib.term.Node:
        if isinstance(term, NamedNode):
            return self._rdflib.URIRef(term.value)
        if isinstance(term, BlankNode):
            return self._rdflib.BNode(term.value)
        if not isinstance(term, Literal):
            raise UnusableInput("a triple about a triple cannot be validated")
        datatype = None
        if term.language is None and term.datatype.value != _PLAIN:
            datatype = self._rdflib.URIRef(term.datatype.value)
        return self._rdflib.Literal(
            term.value, lang=term.language, datatype=datatype, normalize=False
        )

    def original(self, term: object) -> NamedNode | BlankNode | Literal:
        """The term of the data that a report names; one that a query computed is made anew."""
        known = self._back.get(term)
        if known is not None:
            return known
        if isinstance(term, self._rdflib.URIRef):
            return NamedNode(str(term))
        return Literal(str(term))


def _results(report: rdflib.Graph, data: _Conversion) -> Iterator[Result]:
    """The results that the report itself lists: details below a result are no results."""
    from rdflib import URIRef

    def one(node: rdflib.term.Node, name: str) -> rdflib.term.Node | None:
        return report.value(node, URIRef(SH + name), any=True)

    details = set(report.objects(None, URIRef(SH + "detail")))
    for node in set(report.objects(None, URIRef(SH + "result"))) - details:
        path, value = one(node, "resultPath"), one(node, "value")
        yield Result(
            shape=str(one(node, "sourceShape")),
            constraint=str(one(node, "sourceConstraint") or ""),
            severity=_SEVERITIES.get(str(one(node, "resultSeverity")), "violation"),
            messages=tuple(
                sorted(str(said) for said in report.objects(node, URIRef(SH + "resultMessage")))
            ),
            focus=data.original(one(node, "focusNode")),
            path=NamedNode(str(path)) if isinstance(path, URIRef) else None,
            value=None if value is None else data.original(value),
        )
