"""As the validation report of SHACL: any reader of such reports can take it."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import DCTERMS, RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from sample_report import BASE, COLUMN, EMPTY, FILE, HOSTILE, sample, unreadable

from meagraph.reports import render
from meagraph.validation import Report

EARL = Namespace("http://www.w3.org/ns/earl#")
PTR = Namespace("http://www.w3.org/2009/pointers#")
COP_6 = URIRef("https://w3id.org/meagraph/meetings/cop-6")


def graph(report: Report) -> Graph:
    return Graph().parse(data=render(report, "turtle", BASE), format="turtle")


def value(read: Graph, node: Node, predicate: URIRef) -> Node:
    (only,) = read.objects(node, predicate)
    return only


def result(read: Graph, focus: URIRef) -> Node:
    (node,) = read.subjects(SH.focusNode, focus)
    return node


@pytest.mark.parametrize("report", [sample(), unreadable(), EMPTY])
def test_another_parser_reads_the_same_number_of_triples(report: Report) -> None:
    read = list(
        pyoxigraph.parse(render(report, "turtle", BASE), format=pyoxigraph.RdfFormat.TURTLE)
    )
    assert len(read) == len(graph(report))


def test_each_result_has_what_the_standard_asks_for() -> None:
    read = graph(sample())
    (report,) = read.subjects(RDF.type, SH.ValidationReport)
    assert value(read, report, SH.conforms) == Literal(False)
    results = list(read.objects(report, SH.result))
    assert len(results) == len(sample().findings)
    for node in results:
        for required in (
            SH.focusNode,
            SH.resultSeverity,
            SH.sourceConstraintComponent,
            SH.resultMessage,
        ):
            value(read, node, required)


def test_a_finding_is_read_back_in_its_terms() -> None:
    read = graph(sample())
    node = result(read, COP_6)
    assert value(read, node, SH.resultSeverity) == SH.Violation
    assert value(read, node, SH.value) == Literal("🌊🌊 <b>&amp;</b>", lang="en")
    assert value(read, node, SH.sourceConstraintComponent) == SH.ClassConstraintComponent
    assert str(value(read, node, SH.sourceShape)).endswith("shapes#Meeting-x")
    assert str(value(read, node, DCTERMS.relation)).endswith("annex-1/2")
    assert HOSTILE[1:] in str(value(read, node, SH.resultMessage))


def test_a_path_has_the_form_that_shapes_have() -> None:
    read = graph(sample())
    path = value(read, result(read, COP_6), SH.resultPath)
    first, second = Collection(read, path)
    assert first == URIRef("http://e.org/p")
    assert value(read, second, SH.inversePath) == URIRef("http://e.org/q")


def test_each_place_has_file_line_and_column() -> None:
    read = graph(sample())
    places = {
        (
            str(value(read, value(read, pointer, PTR.reference), DCTERMS.identifier)),
            int(str(value(read, pointer, PTR.lineNumber))),
            int(str(value(read, pointer, PTR.charNumber))),
        )
        for pointer in read.objects(result(read, COP_6), EARL.pointer)
    }
    assert places == {
        (FILE.relative_to(BASE).as_posix(), 2, COLUMN),
        ("data/other.ttl", 1, 1),
    }


def test_a_file_that_cannot_be_read_is_its_own_focus() -> None:
    read = graph(unreadable())
    (node,) = read.subjects(RDF.type, SH.ValidationResult)
    focus = value(read, node, SH.focusNode)
    assert value(read, focus, DCTERMS.identifier) == Literal("data/other.ttl")


def test_a_valid_graph_conforms() -> None:
    read = graph(EMPTY)
    (report,) = read.subjects(RDF.type, SH.ValidationReport)
    assert value(read, report, SH.conforms) == Literal(True)
    assert len(read) == 2
