"""What the tests of linked data ask of a server with."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import httpx
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, parse
from running import Served

from meagraph.namespaces import BASE

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
TURTLE, HTML, JSON_LD = "text/turtle", "text/html", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@contextmanager
def client(server: Served) -> Generator[httpx.Client]:
    """A client that follows nothing by itself and knows no proxy."""
    with httpx.Client(base_url=server.url, timeout=120, trust_env=False) as found:
        yield found


def triples(text: str | bytes, ending: str) -> set[Triple]:
    """What a text in one of the forms says, whichever graph says it."""
    return {quad.triple for quad in parse(text, FORMATS[ending])}


def in_graphs(text: str | bytes, ending: str) -> set[tuple[str, Triple]]:
    """What it says in named graphs."""
    quads = list(parse(text, FORMATS[ending]))
    assert not any(isinstance(quad.graph_name, DefaultGraph) for quad in quads)
    return {
        (quad.graph_name.value, quad.triple)
        for quad in quads
        if isinstance(quad.graph_name, NamedNode)
    }


def iri(path: str) -> NamedNode:
    """Our IRI of a path."""
    return NamedNode(BASE + path)
