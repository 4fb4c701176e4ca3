"""In which form an answer comes."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from running import Served
from sparql_client import HTML, JSON, TURTLE, XML, ask

ROWS = 'SELECT ("ä" AS ?x) (<u:i> AS ?y) {}'
GRAPH = "CONSTRUCT { <u:s> <u:p> 'ä', 1 } WHERE {}"
CSV, TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
TTL, NT = "text/turtle; charset=utf-8", "application/n-triples"
JSONLD, RDF = "application/ld+json", "application/rdf+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGE = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (ROWS, "*/*", JSON),
        (ROWS, "", JSON),
        (ROWS, XML, XML),
        (ROWS, "application/json", "application/json"),
        (ROWS, "application/xml", "application/xml"),
        (ROWS, "text/csv", CSV),
        (ROWS, "text/*", CSV),
        (ROWS, "text/tab-separated-values", TSV),
        (ROWS, f"{JSON};q=0.1, {XML};q=0.2", XML),
        (ROWS, f"{JSON};q=0, */*", XML),
        (ROWS, f"image/png, {JSON};q=0.001", JSON),
        (ROWS, BROWSER, PAGE),
        ("ASK {}", "*/*", JSON),
        ("ASK {}", XML, XML),
        ("ASK {}", "text/*", PAGE),
        (GRAPH, "*/*", TTL),
        (GRAPH, "application/*", NT),
        (GRAPH, JSONLD, JSONLD),
        (GRAPH, RDF, RDF),
        (GRAPH, "application/xml", "application/xml"),
        (GRAPH, f"{TURTLE};q=0.3, {RDF};q=0.4, {JSON}", RDF),
        ("DESCRIBE <u:x>", NT, NT),
    ],
)
def test_the_accepted_form(server: Served, query: str, accept: str, expected: str) -> None:
    answer = ask(server.url, query, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == expected
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (ROWS, TURTLE),
        (ROWS, "image/png"),
        (ROWS, "*/*;q=0"),
        ("ASK {}", "text/csv"),
        ("ASK {}", "text/tab-separated-values"),
        (GRAPH, JSON),
        (GRAPH, "text/csv"),
    ],
)
def test_a_form_that_there_is_not_is_406(server: Served, query: str, accept: str) -> None:
    answer = ask(server.url, query, accept)
    assert answer.status_code == 406
    assert "application/" in answer.json()["hint"]
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (ROWS, "json", JSON),
        (ROWS, "CSV", CSV),
        (ROWS, "tsv", TSV),
        (ROWS, "xml", XML),
        (ROWS, "application/sparql-results+xml", XML),
        (GRAPH, "json", JSONLD),
        (GRAPH, "xml", RDF),
        (GRAPH, "turtle", TTL),
        (GRAPH, "nt", NT),
        (GRAPH, "json-ld", JSONLD),
    ],
)
@pytest.mark.parametrize("parameter", ["format", "output"])
def test_a_parameter_goes_before_the_header(
    server: Served, query: str, name: str, expected: str, parameter: str
) -> None:
    answer = ask(server.url, query, BROWSER, **{parameter: name})
    assert answer.headers["content-type"] == expected


def test_rows_are_the_same_in_each_form(server: Served) -> None:
    found = json.loads(ask(server.url, ROWS, JSON).text)["results"]["bindings"]
    assert {name: term["value"] for name, term in found[0].items()} == {"x": "ä", "y": "u:i"}
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(ask(server.url, ROWS, XML).content)
    values = [node.text for node in root.iter() if node.tag in (f"{space}uri", f"{space}literal")]
    assert values == ["ä", "u:i"]
    lines = list(csv.reader(io.StringIO(ask(server.url, ROWS, "text/csv").text)))
    assert lines == [["x", "y"], ["ä", "u:i"]]
    assert ask(server.url, ROWS, TSV).text == '?x\t?y\n"ä"\t<u:i>\n'


def test_triples_are_the_same_in_each_form(server: Served) -> None:
    forms = {
        NT: RdfFormat.N_TRIPLES,
        TURTLE: RdfFormat.TURTLE,
        JSONLD: RdfFormat.JSON_LD,
        RDF: RdfFormat.RDF_XML,
    }
    graphs = [
        {str(quad.triple) for quad in parse(ask(server.url, GRAPH, accept).content, format=form)}
        for accept, form in forms.items()
    ]
    assert len(graphs[0]) == 2
    assert all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize("accept", [NT, TURTLE, JSONLD, RDF])
def test_a_graph_without_triples_is_one(server: Served, accept: str) -> None:
    answer = ask(server.url, "CONSTRUCT WHERE { <u:no> <u:no> <u:no> }", accept)
    assert answer.status_code == 200
    formats = {NT: RdfFormat.N_TRIPLES, TURTLE: RdfFormat.TURTLE, JSONLD: RdfFormat.JSON_LD}
    assert list(parse(answer.content, format=formats.get(accept, RdfFormat.RDF_XML))) == []


def test_an_answer_is_packed_for_those_who_take_it(server: Served) -> None:
    answer = ask(server.url, "SELECT * { ?s ?p ?o } LIMIT 100")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.json()["results"]["bindings"]) == 100


def test_a_page_is_of_html(server: Served) -> None:
    assert ask(server.url, GRAPH, HTML).headers["content-type"] == PAGE
