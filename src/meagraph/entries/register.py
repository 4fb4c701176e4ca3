"""The register: what is said of our files (created, modified, SHA-256), not of the world."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePosixPath

import pyoxigraph

from meagraph.entries.paths import REGISTER, graph_iri
from meagraph.entries.writer import write
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, RDF, XSD

_TYPE = pyoxigraph.NamedNode(RDF + "type")
_ENTRY_FILE = pyoxigraph.NamedNode(ONTOLOGY + "EntryFile")
_CREATED = pyoxigraph.NamedNode(DCTERMS + "created")
_MODIFIED = pyoxigraph.NamedNode(DCTERMS + "modified")
_SHA256 = pyoxigraph.NamedNode(ONTOLOGY + "sha256")
_KEPT_BY_US = (_TYPE, _CREATED, _MODIFIED, _SHA256)


def file_iri(relative_path: str) -> str:
    """The IRI of a data file itself, as distinct from the graph that it holds.

    >>> file_iri("documents/minamata-cop6/index.ttl")
    'https://w3id.org/meagraph/documents/minamata-cop6/index.ttl'
    """
    return BASE + PurePosixPath(relative_path).as_posix()


def renewed_register(
    known: Iterable[pyoxigraph.Triple], files: Mapping[str, bytes], day: date
) -> str:
    """The register for these files, in canonical form; empty where there is nothing to say.

    A new file is created and modified on ``day``; one with other bytes than the register knows is
    modified on ``day``; the record of a file that is gone goes. Whatever else is said of a file,
    such as who checked it, is kept.

    Args:
        known: the triples of the register as it is.
        files: path under ``data/`` and bytes of each data file, the register left out.
        day: the day to record.
    """
    iris = {file_iri(path): hashlib.sha256(raw).hexdigest() for path, raw in files.items()}
    triples = [triple for triple in known if _stays(triple, iris)]
    known_values = {(str(t.subject), t.predicate): t.object for t in known}
    for iri, digest in iris.items():
        node = pyoxigraph.NamedNode(iri)
        today = pyoxigraph.Literal(day.isoformat(), datatype=pyoxigraph.NamedNode(XSD + "date"))
        created, modified, sha = (
            known_values.get((str(node), name)) for name in (_CREATED, _MODIFIED, _SHA256)
        )
        same = sha == pyoxigraph.Literal(digest)
        triples += (
            pyoxigraph.Triple(node, _TYPE, _ENTRY_FILE),
            pyoxigraph.Triple(node, _CREATED, created or today),
            pyoxigraph.Triple(node, _MODIFIED, modified if same and modified else today),
            pyoxigraph.Triple(node, _SHA256, pyoxigraph.Literal(digest)),
        )
    return write(graph_iri(REGISTER), tuple(triples)) if triples else ""


def _stays(triple: pyoxigraph.Triple, files: Mapping[str, str]) -> bool:
    iri = str(triple.subject)[1:-1]
    if iri in files:
        return triple.predicate not in _KEPT_BY_US
    return not (iri.startswith(BASE) and iri.endswith(".ttl"))
