"""An engine takes a data graph and shapes, and gives results. Today there is one: pySHACL.

pySHACL is given the whole graph in memory. It is not asked to infer anything (entailed types are in
the graph already), nor to look at chosen focus nodes, for which it loses results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.errors import UnusableInput
from meagraph.namespaces import SH
from meagraph.validation.mending import graph, mended, quiet
from meagraph.validation.shapes import Shapes
from meagraph.validation.terms import Terms

if TYPE_CHECKING:
    import rdflib

    from meagraph.validation.lookups import Lookups

DEEPEST = 100
"""How many shapes may lie in one another; pySHACL's own limit of 15 is too low for some shapes."""
_SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}


class Result(NamedTuple):
    """One validation result of SHACL.

    ``shape`` and ``constraint`` are IRIs; ``constraint`` is empty unless it is a SPARQL constraint.
    ``path`` is set where the result names a property that is an IRI; the path of the shape itself
    is found in the shapes. ``severity`` is violation, warning or info. ``component`` is the IRI of
    the constraint component. ``details`` says why a node does not conform to another shape.
    """

    shape: str
    constraint: str
    severity: str
    messages: tuple[str, ...]
    focus: NamedNode | BlankNode | Literal
    path: NamedNode | None
    value: NamedNode | BlankNode | Literal | None
    component: str = ""
    details: tuple[Result, ...] = ()


Engine = Callable[[Iterable[Triple], Shapes], list[Result]]
"""What validates a graph: its triples, each once, and the shapes, to results in any order."""


class Stuck(UnusableInput):
    """The engine cannot use a shape.

    Args:
        message: why not.
        shape: the IRI of the shape that it was at; empty where that is not known.
        hint: what to do about it.
    """

    def __init__(self, message: str, shape: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.shape = shape


def pyshacl_results(
    triples: Iterable[Triple], shapes: Shapes, *, advanced: bool = True
) -> list[Result]:
    """Validate with pySHACL, SHACL-SPARQL included.

    Args:
        triples: the graph.
        shapes: what it is to conform to.
        advanced: whether to use the features of SHACL-AF as well: rules, targets in SPARQL.

    Raises:
        Stuck: the shapes themselves are not well formed, or one is too much for the engine.
    """
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError

    from meagraph.validation.lookups import Lookups

    with mended(), quiet():
        data = Lookups(triples, Terms())
        try:
            _, report, _ = validate(
                graph(data),
                shacl_graph=shapes_graph(shapes),
                inference="none",
                advanced=advanced,
                inplace=True,
                max_validation_depth=DEEPEST,
            )
            if isinstance(report, Exception):
                raise report
        except RecursionError as error:
            raise _stuck(error, shapes, "something in it is nested too deep") from None
        except UnusableInput as error:
            raise _stuck(error, shapes, error.message) from None
        except ReportableRuntimeError as error:
            raise _stuck(error, shapes, str(getattr(error, "message", error))) from None
        except Exception as error:
            # Whatever the queries and values of others bring about in pySHACL and rdflib.
            raise _stuck(error, shapes, f"{type(error).__name__}: {error}") from error
        return list(results_of(report, data))


def shapes_graph(shapes: Shapes) -> rdflib.Graph:
    """Shapes as a graph of rdflib; in shapes, ``"1"^^xsd:boolean`` is not true."""
    from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch

    from meagraph.validation.lookups import Lookups

    rdflib_bool_patch()  # type: ignore[no-untyped-call]
    try:
        store = Lookups(shapes.triples, Terms("s"))  # no node of the data
        store.convert_all()
    finally:
        rdflib_bool_unpatch()  # type: ignore[no-untyped-call]
    return graph(store)


def _stuck(error: Exception, shapes: Shapes, said: str) -> Stuck:
    shape = shape_at(error)
    where = f" ({shapes.name(shape)})" if shape else ""
    return Stuck(
        f"the shapes cannot be used: {' '.join(said.split())}{where}",
        shape,
        "Correct the shape that this speaks of.",
    )


def shape_at(error: BaseException) -> str:
    """The IRI of the shape that pySHACL was checking when it was interrupted, or empty."""
    from pyshacl.shape import Shape

    found, trace = "", error.__traceback__
    while trace:
        checked = trace.tb_frame.f_locals.get("self")
        if isinstance(checked, Shape):
            found = str(checked.node)
        trace = trace.tb_next
    return found


def results_of(report: rdflib.Graph, data: Lookups) -> Iterator[Result]:
    """The results that the report itself lists: details below a result are no results."""
    from rdflib import URIRef

    details = set(report.objects(None, URIRef(SH + "detail")))
    for node in set(report.objects(None, URIRef(SH + "result"))) - details:
        yield _result(report, node, data)


def _result(report: rdflib.Graph, node: rdflib.term.Node, data: Lookups) -> Result:
    from rdflib import URIRef

    def one(name: str) -> rdflib.term.Node | None:
        return report.value(node, URIRef(SH + name), any=True)

    path, value = one("resultPath"), one("value")
    below = [
        _result(report, detail, data) for detail in report.objects(node, URIRef(SH + "detail"))
    ]
    return Result(
        shape=str(one("sourceShape")),
        constraint=str(one("sourceConstraint") or ""),
        severity=_SEVERITIES.get(str(one("resultSeverity")), "violation"),
        messages=tuple(
            sorted(str(said) for said in report.objects(node, URIRef(SH + "resultMessage")))
        ),
        focus=data.original(one("focusNode")),
        path=NamedNode(str(path)) if isinstance(path, URIRef) else None,
        value=None if value is None else data.original(value),
        component=str(one("sourceConstraintComponent") or ""),
        details=tuple(sorted(below, key=str)),
    )
