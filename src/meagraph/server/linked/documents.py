"""A thing's document in JSON-LD, the same bytes as in the export."""

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
    """The documents of one graph; its vocabulary is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store

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
        made = Documents(known, self._vocabulary).document(iri)
        return (indented(made) + "\n").encode()
