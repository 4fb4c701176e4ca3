"""The endpoint describes itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import httpx
import pytest
import rdflib
from running import Served
from sparql_client import ask, rows

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def described(server: Served, accept: str) -> rdflib.Graph:
    answer = httpx.get(f"{server.url}/sparql", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert "Accept" in answer.headers["vary"]
    return rdflib.Graph().parse(data=answer.text, format=FORMS[accept])


@pytest.fixture(scope="module")
def description(server: Served) -> rdflib.Graph:
    return described(server, "text/turtle")


@pytest.mark.parametrize("accept", FORMS)
def test_it_says_the_same_in_each_form(
    server: Served, description: rdflib.Graph, accept: str
) -> None:
    assert len(described(server, accept)) == len(description)


def test_it_names_the_endpoint_and_what_it_can_do(
    server: Served, description: rdflib.Graph
) -> None:
    service = rdflib.URIRef(f"{server.url}/sparql")
    assert (service, SD.endpoint, service) in description
    assert list(description.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert len(list(description.objects(service, SD.resultFormat))) == 8
    assert not list(description.objects(service, SD.feature))
    assert list(description.subjects(VOID.sparqlEndpoint, service))


def test_it_names_the_graphs_that_there_are(server: Served, description: rdflib.Graph) -> None:
    found = rows(ask(server.url, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
    assert {str(name) for name in description.objects(None, SD.name)} == {row["g"] for row in found}


def test_it_counts_the_triples_of_the_default_graph(
    server: Served, description: rdflib.Graph
) -> None:
    count = rows(ask(server.url, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))[0]["n"]
    graph = description.value(None, SD.defaultGraph) or description.value(
        next(description.subjects(SD.defaultGraph)), SD.defaultGraph
    )
    assert str(description.value(graph, VOID.triples)) == count
