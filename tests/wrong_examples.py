"""Files that break rules on purpose, and what the validator says of each.

They stand in ``tests/invalid/``, one file for each rule, and among the claims of
``tests/competency/``. All are added to the real graph at once, each under names of its own, so
that one run of the validator says of each what it breaks.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from meagraph.entailment import entail
from meagraph.graph import build
from meagraph.namespaces import ENTAILED_GRAPH, SHAPES
from meagraph.project import Project
from meagraph.validation.mending import graph

TESTS = Path(__file__).parent
INVALID = sorted((TESTS / "invalid").glob("*.ttl"))
CLAIMS = sorted((TESTS / "competency").glob("*/*.ttl"))
EXAMPLES = [*INVALID, *CLAIMS]
SHAPE_FILES = sorted((TESTS.parent / "shapes").glob("*.ttl"))


class Found(NamedTuple):
    """One result of the validator; ``severity`` is a word of SHACL in small letters."""

    rule: str
    focus: str
    component: str
    severity: str
    message: str
    value: str

    @property
    def announced(self) -> str:
        """As the first line of a wrong example names it: ``meash:X``, or ``meash:X(info)``."""
        return self.rule if self.severity == "violation" else f"{self.rule}({self.severity})"


def expected(example: Path) -> Counter[str]:
    """What the first line of a wrong example says is found in it, all of it.

    A rule by its name alone is a violation, others have their severity in brackets behind it.
    ``meash:X*2`` is found at two nodes.
    """
    heading, _, names = example.read_text().partition("\n")[0].partition(":")
    assert heading == "# expects", f"{example.name} does not say what it breaks"
    found: Counter[str] = Counter()
    for name in names.split():
        rule, _, times = name.partition("*")
        found[rule] += int(times or 1)
    return found


@cache
def subjects(example: Path) -> frozenset[str]:
    """What a wrong example describes."""
    parsed = parse(example.read_bytes(), RdfFormat.TURTLE)
    return frozenset(quad.subject.value for quad in parsed)


@cache
def shapes() -> Graph:
    """All shapes in one graph."""
    graph = Graph()
    for path in SHAPE_FILES:
        graph.parse(path, format="turtle")
    return graph


def name(rule: Node | None) -> str:
    """The prefixed name of a rule."""
    return str(rule).replace(SHAPES, "meash:")


def validated(project: Project) -> list[Found]:
    """What breaks a rule in the graph with all wrong examples added."""
    from pyshacl import validate

    store = build(project)
    # What follows is concluded anew: more than before, and of counts something else.
    for quad in list(store.quads_for_pattern(None, None, None, NamedNode(ENTAILED_GRAPH))):
        store.remove(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    for example in EXAMPLES:
        store.load(example.read_bytes(), RdfFormat.TURTLE)
    store.extend(
        Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for triple in entail(store)
    )
    merge = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    data = graph().parse(data=merge, format="nt")
    _, report, _ = validate(data, shacl_graph=shapes(), advanced=True, inplace=True)
    assert isinstance(report, Graph)
    # Not every result in the report: those of nested shapes are details of another one.
    return [
        Found(
            name(report.value(result, SH.sourceShape)),
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceConstraintComponent)),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)).lower(),
            str(report.value(result, SH.resultMessage)),
            str(report.value(result, SH.value) or ""),
        )
        for run in report.subjects(RDF.type, SH.ValidationReport)
        for result in report.objects(run, SH.result)
    ]


def broken(example: Path, findings: list[Found]) -> Counter[str]:
    """What is found in a wrong example, as its first line says it."""
    here = {(one.announced, one.focus) for one in findings if one.focus in subjects(example)}
    return Counter(announced for announced, _ in here)
