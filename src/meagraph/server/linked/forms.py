"""What is told of a thing, written in the forms that programs read; always the same bytes.

Forms of triples cannot say which graph a statement stands in, so that they say it of things: a
thing that a passage states something of is referenced by the passage (``dcterms:isReferencedBy``).
Which statement stands in which passage is told by the forms of quads, by JSON-LD and by CSV.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from meagraph.namespaces import BASE, DCTERMS, PREFIXES, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

    from meagraph.tables.table import Cell


class Form(NamedTuple):
    """One form: its media type, with the character set where texts have one, and its name."""

    media_type: str
    name: str


FORMS = {
    "html": Form("text/html; charset=utf-8", "HTML"),
    "ttl": Form("text/turtle; charset=utf-8", "Turtle"),
    "jsonld": Form("application/ld+json", "JSON-LD"),
    "nt": Form("application/n-triples", "N-Triples"),
    "rdf": Form("application/rdf+xml", "RDF/XML"),
    "trig": Form("application/trig", "TriG"),
    "nq": Form("application/n-quads", "N-Quads"),
    "csv": Form("text/csv; charset=utf-8; header=present", "CSV"),
}
"""By the ending of an address, what we give first to those who take anything first."""

ALSO = {
    "application/json": "jsonld",
    "application/xhtml+xml": "html",
    "application/x-turtle": "ttl",
    "text/n3": "ttl",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "text/plain": "nt",
}
"""Other names by which clients ask for a form."""

_REFERENCED = NamedNode(DCTERMS + "isReferencedBy")
_SEE_ALSO = NamedNode(RDFS + "seeAlso")
_TYPE = NamedNode(RDF + "type")
_TRIPLES = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
_QUADS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}


def plain_type(ending: str) -> str:
    """The media type of a form without parameters."""
    return FORMS[ending].media_type.partition(";")[0]


def written(store: Store, iri: str, quads: Iterable[Quad], ending: str, more: str = "") -> bytes:
    """Statements in one of the forms, but for HTML.

    Args:
        store: a built graph, for the labels in CSV.
        iri: the thing that is told of.
        quads: the statements, each in its named graph, without blank nodes.
        ending: the form.
        more: the address of the next page; empty where there is none.
    """
    found = list(quads)
    if ending in _QUADS:
        return _serialised(sorted(found, key=_graph_first), _QUADS[ending])
    if ending == "csv":
        return _table(store, iri, found)
    triples = {quad.triple for quad in found} | _references(iri, found)
    if more:
        triples.add(Triple(NamedNode(iri), _SEE_ALSO, NamedNode(more)))
    ordered = sorted(triples, key=_place)
    if ending == "jsonld":
        from meagraph.export.ontology.compacted import compacted

        return compacted(ordered, PREFIXES)
    return _serialised(ordered, _TRIPLES[ending])


def _references(iri: str, quads: Iterable[Quad]) -> set[Triple]:
    """Which passages state something of the things that are told of."""
    from meagraph.entries import graph_kind

    found = set()
    for quad in quads:
        graph = quad.graph_name
        if not isinstance(graph, NamedNode) or graph_kind(graph.value) != "stated":
            continue
        for term in (quad.subject, quad.object):
            ours = isinstance(term, NamedNode) and term.value.startswith(BASE)
            if ours and term != graph and (term == quad.subject or term.value == iri):  # type: ignore[union-attr]
                found.add(Triple(term, _REFERENCED, graph))  # type: ignore[arg-type]
    return found


def _serialised(statements: list[Triple] | list[Quad], form: RdfFormat) -> bytes:
    out = BytesIO()
    if form in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        serialize(statements, out, form)
        return b"".join(sorted(out.getvalue().splitlines(keepends=True)))
    serialize(statements, out, form, prefixes=_prefixes(statements))
    return out.getvalue()


def _prefixes(statements: Iterable[Triple | Quad]) -> dict[str, str]:
    """The prefixes that shorten something."""
    text = "\n".join(map(str, statements))
    return {prefix: name for prefix, name in PREFIXES.items() if f"<{name}" in text}


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate
    return str(triple.subject), predicate != _TYPE, str(predicate), str(triple.object)


def _graph_first(quad: Quad) -> tuple[str, tuple[str, bool, str, str]]:
    return str(quad.graph_name), _place(quad.triple)


def _table(store: Store, iri: str, quads: Iterable[Quad]) -> bytes:
    """A row for each statement: its terms with their labels, and the graphs that it stands in."""
    from meagraph.evidence import cite
    from meagraph.tables import Column, Table, iris, labels_of
    from meagraph.tables.delimited import as_csv

    graphs: dict[Triple, list[NamedNode]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.triple, []).append(quad.graph_name)
    rows: list[list[Cell]] = [
        [*_terms(triple), tuple(sorted(graphs[triple], key=str))]
        for triple in sorted(graphs, key=_place)
    ]
    stating = cite(store, iris(row[-1:] for row in rows))
    labels = {name: one.name for name, one in stating.items()} | labels_of(store, iris(rows))
    columns = [Column(name) for name in ("subject", "predicate", "object", "graphs")]
    return as_csv(Table(columns, rows, labels, iri)).encode()


def _terms(triple: Triple) -> tuple[NamedNode, NamedNode, NamedNode]:
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]
