"""The whole graph as N-Quads and Turtle, byte for byte the same from build to build.

Turtle is written by pyoxigraph's serialiser, fed with sorted triples: it groups them by subject and
predicate and shortens names with our prefixes, without rdflib's canonical writer, which data files
are kept in because people edit them; nobody edits a dump. Blank nodes (the
ontology has some) get the labels of RDFC-1.0, the W3C's RDF Dataset Canonicalization.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

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

from meagraph.errors import UnusableInput
from meagraph.namespaces import ENTAILED_GRAPH, PREFIXES, RDF

Progress = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and of what."""

_ENTAILED = NamedNode(ENTAILED_GRAPH)
_TYPE = NamedNode(RDF + "type")


def export_dumps(store: Store, folder: Path, progress: Progress | None = None) -> list[Path]:
    """Write the dumps.

    Args:
        store: a built graph.
        folder: where to write; made if it is missing; other files in it are left alone.
        progress: told of each file that is written.

    Returns:
        The files: ``meagraph.nq``, what the files state, each statement in its named graph;
        ``meagraph.ttl``, the merge with what follows from it; ``meagraph-entailed.ttl``, only what
        follows.

    Raises:
        UnusableInput: the folder cannot be written to; nothing has been changed.
    """
    dumps: dict[str, Callable[[Store], bytes]] = {
        "meagraph.nq": _stated,
        "meagraph.ttl": lambda store: _turtle(_in_graph(store, DefaultGraph())),
        "meagraph-entailed.ttl": lambda store: _turtle(_in_graph(store, _ENTAILED)),
    }
    unfinished: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for done, (name, dump) in enumerate(dumps.items()):
            if progress:
                progress(done, len(dumps), name)
            if (folder / name).is_dir():
                raise IsADirectoryError(None, f"{name} is a folder there")
            temporary = folder / f".{name}.{os.getpid()}"
            unfinished[temporary] = folder / name
            temporary.write_bytes(dump(store))
        for temporary, path in unfinished.items():
            temporary.replace(path)
    except OSError as error:
        raise UnusableInput(
            f"nothing can be written to {folder}: {error.strerror or error}",
            hint="Name with -o a folder that you may write to and that has room.",
        ) from None
    finally:
        for temporary in unfinished:
            _remove(temporary)
    return list(unfinished.values())


def _remove(temporary: Path) -> None:
    """Remove what is left of an unfinished file; in a folder that went away nothing is left."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return


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
