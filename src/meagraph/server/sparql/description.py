"""What the endpoint is, for programs (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, Triple, serialize

from meagraph.namespaces import BASE, PREFIXES, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from meagraph.server.serving import Server

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_SIMPLE = NamedNode("http://www.w3.org/ns/entailment/Simple")
_VOID = "http://rdfs.org/ns/void#"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_DATASET = NamedNode(BASE + "dataset#meagraph")
_FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}


def description(server: Server, form: str) -> bytes:
    """The service description.

    Args:
        server: whose endpoint it is.
        form: ``ttl``, ``nt``, ``jsonld`` or ``rdf``.
    """
    endpoint = NamedNode(server.address("/sparql"))
    about = NamedNode(server.address("/.well-known/void"))
    triples = _triples(server.edition.store, endpoint, about)
    used = {"sd": _SD, "formats": _FORMATS, "void": _VOID, "rdfs": PREFIXES["rdfs"]}
    return serialize(triples, format=_FORMS[form], prefixes=used) or b""


def _triples(store: Store, service: NamedNode, about: NamedNode) -> Iterator[Triple]:
    """The service, what it can do, and the graphs that it is asked of."""

    def says(subject: NamedNode | BlankNode, term: str, value: object) -> Triple:
        return Triple(subject, NamedNode(_SD + term), value)  # type: ignore[arg-type]

    kind, available = NamedNode(RDF + "type"), BlankNode("dataset")
    merge = BlankNode("merge")
    yield Triple(service, kind, NamedNode(_SD + "Service"))
    yield says(service, "endpoint", service)
    yield says(service, "supportedLanguage", NamedNode(_SD + "SPARQL11Query"))
    for result in _RESULTS:
        yield says(service, "resultFormat", NamedNode(_FORMATS + result))
    yield says(service, "defaultEntailmentRegime", _SIMPLE)
    yield says(service, "defaultDataset", available)
    yield says(service, "availableGraphs", available)
    yield Triple(service, NamedNode(RDFS + "seeAlso"), about)
    yield Triple(_DATASET, NamedNode(_VOID + "sparqlEndpoint"), service)
    yield Triple(available, kind, NamedNode(_SD + "Dataset"))
    yield Triple(available, kind, NamedNode(_SD + "GraphCollection"))
    yield says(available, "defaultGraph", merge)
    yield Triple(merge, kind, NamedNode(_SD + "Graph"))
    count = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    triples = Literal(str(count), datatype=NamedNode(XSD + "integer"))
    yield Triple(merge, NamedNode(_VOID + "triples"), triples)
    for number, name in enumerate(sorted(store.named_graphs(), key=str)):
        graph = BlankNode(f"graph{number}")
        yield says(available, "namedGraph", graph)
        yield Triple(graph, kind, NamedNode(_SD + "NamedGraph"))
        yield says(graph, "name", name)
