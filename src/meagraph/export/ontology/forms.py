"""A vocabulary in the four forms that tools read, each always the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from meagraph.export.ontology.compacted import compacted
from meagraph.namespaces import OWL, PREFIXES, RDF, SKOS

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

FORMS = ("ttl", "rdf", "jsonld", "nt")
"""How the names of the files end: Turtle, RDF/XML, JSON-LD, N-Triples."""

_TYPE = NamedNode(RDF + "type")
_HEADS = {NamedNode(OWL + "Ontology"), NamedNode(SKOS + "ConceptScheme")}


def in_all_forms(
    name: str, store: Queryable, graphs: Callable[[], Iterable[str]]
) -> dict[str, Callable[[], bytes]]:
    """The files of a vocabulary, one for each of `FORMS`, with the same triples.

    What says that it is an ontology or a concept scheme stands first, then the terms by their IRIs;
    blank nodes have the labels of RDFC-1.0 (W3C RDF Dataset Canonicalization).

    Args:
        name: the path of the files, without the ending.
        store: the graph.
        graphs: gives the named graphs whose triples are written.
    """

    def maker(form: str) -> Callable[[], bytes]:
        return lambda: _written(_triples(store, graphs()), form)

    return {f"{name}.{form}": maker(form) for form in FORMS}


def _triples(store: Queryable, graphs: Iterable[str]) -> list[Triple]:
    merged = DefaultGraph()
    dataset = Dataset(
        Quad(quad.subject, quad.predicate, quad.object, merged)
        for graph in graphs
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))
    )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples = [quad.triple for quad in dataset]
    heads = {each.subject for each in triples if each.predicate == _TYPE and each.object in _HEADS}

    def place(triple: Triple) -> tuple[bool, str, bool, str, str]:
        return (
            triple.subject not in heads,
            str(triple.subject),
            triple.predicate != _TYPE,
            str(triple.predicate),
            str(triple.object),
        )

    return sorted(triples, key=place)


def _written(triples: list[Triple], form: str) -> bytes:
    if form == "jsonld":
        return compacted(triples, PREFIXES)
    written = BytesIO()
    if form == "nt":
        serialize(triples, written, RdfFormat.N_TRIPLES)
        return b"".join(sorted(written.getvalue().splitlines(keepends=True)))
    engine = RdfFormat.RDF_XML if form == "rdf" else RdfFormat.TURTLE
    serialize(triples, written, engine, prefixes=_used(triples))
    return written.getvalue()


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that shorten something: a file that names others by the dozen hides its own."""
    # “a” needs none, nor does a text with a language, which has a datatype too.
    names = "\n".join(map(str, triples)).replace(str(_TYPE), "a")
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in names}
