"""Clients that others wrote: SPARQLWrapper, rdflib, Comunica, curl."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from running import Served
from sparql_client import WAIT
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

PREFIX = "PREFIX mea: <https://w3id.org/meagraph/ontology#>\n"
ROWS = PREFIX + "SELECT ?s { ?s a mea:Passage } ORDER BY ?s LIMIT 3"
GRAPH = "CONSTRUCT { <u:s> <u:p> 'ä' } WHERE {}"


def wrapper(server: Served, query: str, form: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


@pytest.mark.parametrize(
    ("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
def test_sparqlwrapper_reads_rows(server: Served, method: str, how: str) -> None:
    client = wrapper(server, ROWS, JSON)
    client.setMethod(method)
    client.setRequestMethod(how)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 3


def test_sparqlwrapper_reads_each_form_of_rows(server: Served) -> None:
    document = wrapper(server, ROWS, XML).queryAndConvert()
    assert len(document.getElementsByTagName("result")) == 3  # type: ignore[union-attr]
    assert len(bytes(wrapper(server, ROWS, CSV).queryAndConvert()).split()) == 4  # type: ignore[arg-type]
    assert len(bytes(wrapper(server, ROWS, TSV).queryAndConvert()).split()) == 4  # type: ignore[arg-type]
    answer = wrapper(server, "ASK {}", JSON).queryAndConvert()
    assert isinstance(answer, dict)
    assert answer["boolean"] is True


@pytest.mark.parametrize(
    ("form", "name"), [(TURTLE, "turtle"), (N3, "n3"), (RDFXML, None), (JSONLD, None)]
)
def test_sparqlwrapper_reads_each_form_of_a_graph(
    server: Served, form: str, name: str | None
) -> None:
    found = wrapper(server, GRAPH, form).queryAndConvert()
    graph = rdflib.Graph().parse(data=found, format=name) if name else found  # type: ignore[arg-type]
    assert [str(value) for value in graph.objects()] == ["ä"]  # type: ignore[union-attr]


def test_rdflib_reads_the_endpoint_as_a_store(server: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"))
    assert len(list(graph.query(ROWS))) == 3


def test_curl_asks_from_the_command_line(server: Served) -> None:
    words = ["curl", "-sS", "--fail", "--data-urlencode", f"query={ROWS}"]
    words += ["-H", "Accept: text/csv", f"{server.url}/sparql"]
    told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=WAIT)
    assert len(told.stdout.split()) == 4


def test_comunica_finds_and_asks_the_endpoint(server: Served) -> None:
    """It reads the service description first, by which it knows that this is an endpoint."""
    modules = os.environ.get("MEAGRAPH_NODE_MODULES", "")
    program = Path(modules, "@comunica", "query-sparql", "bin", "query.js")
    node = shutil.which("node")
    if not node or not modules or not program.exists():
        reason = "needs node and the package @comunica/query-sparql in MEAGRAPH_NODE_MODULES"
        sys.stderr.write(f"skipped: {reason}\n")
        pytest.skip(reason)
    for source in (f"{server.url}/sparql", f"sparql@{server.url}/sparql"):
        words = [node, str(program), source, ROWS, "-t", "application/sparql-results+json"]
        told = subprocess.run(words, capture_output=True, text=True, timeout=WAIT, check=False)
        assert told.returncode == 0, told.stderr
        assert len(json.loads(told.stdout)["results"]["bindings"]) == 3
