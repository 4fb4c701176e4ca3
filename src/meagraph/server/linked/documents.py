"""A thing's document in JSON-LD, as in the export, but that its context is this server's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from meagraph.export.jsonld.context import Vocabulary
from meagraph.export.jsonld.documents import Documents
from meagraph.export.jsonld.paths import has_document
from meagraph.export.jsonld.statements import Asked
from meagraph.jsontext import indented

if TYPE_CHECKING:
    from pyoxigraph import Store


class JsonDocuments:
    """The documents of one graph; its vocabulary is read once.

    Args:
        store: a built graph.
        context: the address of their context. Whoever reads a document fetches it, which must not
            depend on where the published name of our context leads.
    """

    def __init__(self, store: Store, context: str) -> None:
        self._store = store
        self._context = context

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(Asked(self._store))

    def document(self, iri: str) -> bytes | None:
        """The document of a thing, or ``None`` where the export has none of it.

        See `meagraph.export.jsonld.document`; forms of what has none are written as other
        forms are.
        """
        known = Asked(self._store)
        if not has_document(iri, known.of(iri)):
            return None
        made = {**Documents(known, self._vocabulary).document(iri), "@context": self._context}
        return (indented(made) + "\n").encode()
