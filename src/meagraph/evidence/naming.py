"""What things and passages are called, looked up once for as long as a graph is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.evidence.citations import cite, in_order
from meagraph.tables import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.evidence.citations import Citation
    from meagraph.queryable import Queryable


class Naming:
    """The labels and the citations of one graph, which does not change while it is open."""

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._labels: dict[str, str | None] = {}
        self._citations: dict[str, Citation] = {}

    def labels(self, names: Iterable[str]) -> dict[str, str]:
        """The label of each IRI that has one; see `meagraph.tables.labels_of`."""
        names = list(names)
        asked = [name for name in names if name not in self._labels]
        if asked:
            # At once, so that no other thread takes what is being looked up for nameless.
            self._labels.update({**dict.fromkeys(asked), **labels_of(self._store, asked)})
        found = {name: self._labels[name] for name in names}
        return {name: label for name, label in found.items() if label is not None}

    def citations(self, passages: Iterable[str]) -> dict[str, Citation]:
        """The citation of each passage, in the order of the documents; see `cite`."""
        wanted = set(passages)
        if asked := wanted - self._citations.keys():
            self._citations.update(cite(self._store, asked))
        return in_order(self._citations[iri] for iri in wanted)
