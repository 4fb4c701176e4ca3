"""The whole graph as N-Quads and Turtle, byte for byte the same from build to build.

Turtle is written by pyoxigraph's serialiser, fed with sorted triples: it groups them by subject and
predicate and shortens names with our prefixes, without rdflib's canonical writer, which data files
are kept in because people edit them; nobody edits a dump. Blank nodes (the
ontology has some) get the labels of RDFC-1.0, the W3C's RDF Dataset Canonicalization.

Statements are sorted as lines of N-Quads, which the engine writes and reads much faster than
Python is handed terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    RdfFormat,
    Store,
    parse,
    serialize,
)

from meagraph.namespaces import ENTAILED_GRAPH, PREFIXES, RDF

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from meagraph.project import Project

_ENTAILED = NamedNode(ENTAILED_GRAPH)
_NO_FILES = (DefaultGraph(), _ENTAILED)
_TYPE = f"<{RDF}type>".encode()


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
        "meagraph.ttl": lambda: _turtle(store, DefaultGraph()),
        "meagraph-entailed.ttl": lambda: _turtle(store, _ENTAILED),
    }


def _stated(store: Store) -> bytes:
    return b"".join(sorted(_labelled(_lines(q for q in store if q.graph_name not in _NO_FILES))))


def _turtle(store: Store, graph: NamedNode | DefaultGraph) -> bytes:
    dumped = BytesIO()
    store.dump(dumped, RdfFormat.N_TRIPLES, from_graph=graph)
    lines = _labelled(dumped.getvalue().splitlines(keepends=True))
    lines.sort(key=_place)
    # They come from a store: what it let in need not be checked again.
    ordered = parse(b"".join(lines), RdfFormat.N_TRIPLES, lenient=True)
    written = BytesIO()
    serialize((quad.triple for quad in ordered), written, RdfFormat.TURTLE, prefixes=PREFIXES)
    return written.getvalue()


def _place(line: bytes) -> bytes:
    """Sorts a line by subject, predicate and object, what says the type before all others."""
    subject, predicate, thing = line.split(b" ", 2)
    return b"%b  %b" % (subject, thing) if predicate == _TYPE else line


def _lines(quads: Iterable[Quad]) -> list[bytes]:
    written = BytesIO()
    serialize(quads, written, RdfFormat.N_QUADS)
    return written.getvalue().splitlines(keepends=True)


def _labelled(lines: list[bytes]) -> list[bytes]:
    """Give blank nodes labels that depend on nothing but what is said of them.

    RDFC-1.0 looks at no statement without blank nodes, so it is given only those that have some,
    and the few whose texts look as if.
    """
    named: list[bytes] = []
    others: list[bytes] = []
    for line in lines:
        (others if b"_:" in line else named).append(line)
    if not others:
        return lines
    dataset = Dataset(parse(b"".join(others), RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return named + _lines(dataset)
