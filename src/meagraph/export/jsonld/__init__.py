"""The graph as JSON: one document per entity, one context, and schema.org for search engines.

JSON-LD 1.1 (W3C Recommendation). `document` and `schema_org` make what a page of a server needs;
`files` makes all of them in one pass. See ``docs/jsonld.md``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from meagraph.export.jsonld.context import CONTEXT, Vocabulary
from meagraph.export.jsonld.documents import Documents
from meagraph.export.jsonld.paths import has_document, path_of
from meagraph.export.jsonld.schema import SchemaOrg, embedded
from meagraph.export.jsonld.statements import Asked, Whole
from meagraph.jsontext import indented
from meagraph.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.project import Project
    from meagraph.queryable import Queryable

__all__ = ["CONTEXT", "context", "document", "embedded", "files", "path_of", "schema_org"]

_DATASET = BASE + "dataset#meagraph"


def files(store: Queryable, project: Project) -> dict[str, Callable[[], bytes]]:
    """The context, the documents and the schema.org documents of a built graph.

    Args:
        store: the graph.
        project: its files, of which nothing more is needed.

    Returns:
        ``context.jsonld``; ``<path>.jsonld`` for each thing, see `path_of`; and
        ``schema/<path>.jsonld`` where a type of schema.org fits.
    """
    known = Whole(store)
    vocabulary = Vocabulary(known)
    documents, schema = Documents(known, vocabulary), SchemaOrg(known)
    things = sorted(iri for iri, rows in known.subjects.items() if has_document(iri, rows))
    found = {"context.jsonld": lambda: _bytes(vocabulary.context())}
    for iri in things:
        found[path_of(iri)] = partial(_made, documents.document, iri)
    for iri in (*things, _DATASET):
        if schema.fits(iri):
            found[f"schema/{path_of(iri)}"] = partial(_made, schema.document, iri)
    return found


def context(store: Queryable) -> dict[str, Any]:
    """The context of a graph's documents, as it is published at `CONTEXT`."""
    return Vocabulary(Asked(store)).context()


def document(store: Queryable, iri: str) -> dict[str, Any] | None:
    """The document of one thing, or ``None`` if the graph says nothing of it.

    Args:
        store: a built graph.
        iri: the thing.

    Raises:
        ValueError: ``iri`` is no IRI.
    """
    known = Asked(store)
    return Documents(known).document(iri) if known.of(iri) else None


def schema_org(store: Queryable, iri: str) -> dict[str, Any] | None:
    """One thing as schema.org describes it, or ``None`` where no type of it fits.

    Write it into a page with `embedded`.

    Args:
        store: a built graph.
        iri: the thing.

    Raises:
        ValueError: ``iri`` is no IRI.
    """
    return SchemaOrg(Asked(store)).document(iri)


def _made(make: Callable[[str], Any], iri: str) -> bytes:
    return _bytes(make(iri))


def _bytes(document: object) -> bytes:
    return (indented(document) + "\n").encode()
