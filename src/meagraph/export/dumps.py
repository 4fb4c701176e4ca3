"""The whole graph as N-Quads and Turtle, byte for byte the same from build to build.

Turtle is written by pyoxigraph's serialiser, fed with sorted triples: it groups them by subject and
predicate and shortens names with our prefixes, without rdflib's canonical writer, which data files
are kept in because people edit them; nobody edits a dump. Blank nodes (the
ontology has some) get the labels of RDFC-1.0, the W3C's RDF Dataset Canonicalization.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from meagraph.namespaces import ENTAILED_GRAPH, PREFIXES, RDF

if TYPE_CHECKING:
    from meagraph.project import Project

_ENTAILED = NamedNode(ENTAILED_GRAPH)
_TYPE = NamedNode(RDF + "type")


def files(store: Store, project: Project) -> dict[str, Callable[[], bytes]]:
    """The dumps of a built graph.

    Args:
        store: the graph.
        project: its files, of which nothing more is needed.

    Returns:
        ``meagraph.nq``, what the files state, each statement in its named graph; ``meagraph.ttl``,
        the merge with what follows from it; ``meagraph-entailed.ttl``, only what follows.
    """
    return {
        "meagraph.nq": lambda: _stated(store),
        "meagraph.ttl": lambda: _turtle(_in_graph(store, DefaultGraph())),
        "meagraph-entailed.ttl": lambda: _turtle(_in_graph(store, _ENTAILED)),
    }


def _stated(store: Store) -> bytes:
    quads = [
        quad
        for quad in store
        if quad.graph_name != _ENTAILED and not isinstance(quad.graph_name, DefaultGraph)
    ]
    written = BytesIO()
    serialize(_labelled(quads), written, RdfFormat.N_QUADS)
    return b"".join(sorted(written.getvalue().splitlines(keepends=True)))


def _in_graph(store: Store, graph: NamedNode | DefaultGraph) -> Iterable[Triple]:
    merged = DefaultGraph()
    quads = store.quads_for_pattern(None, None, None, graph)
    return (
        quad.triple
        for quad in _labelled([Quad(q.subject, q.predicate, q.object, merged) for q in quads])
    )


def _labelled(quads: list[Quad]) -> Iterable[Quad]:
    """Give blank nodes labels that depend on nothing but what is said of them."""
    if not any(isinstance(end, BlankNode) for quad in quads for end in (quad.subject, quad.object)):
        return quads
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _turtle(triples: Iterable[Triple]) -> bytes:
    def place(triple: Triple) -> tuple[str, bool, str, str]:
        predicate = triple.predicate
        return str(triple.subject), predicate != _TYPE, str(predicate), str(triple.object)

    written = BytesIO()
    serialize(sorted(triples, key=place), written, RdfFormat.TURTLE, prefixes=PREFIXES)
    return written.getvalue()
