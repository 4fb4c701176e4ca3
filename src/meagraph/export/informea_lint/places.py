"""Where in the files a fault stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from meagraph.entries import Positions, entry_path, locate, read_entry
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ENTAILED_GRAPH, expand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from meagraph.project import Project
    from meagraph.queryable import Queryable


class Place(NamedTuple):
    """A line of a file: the file whole, the line from 1."""

    file: Path
    line: int


class Files:
    """The data files of a graph, each read once, when it is needed.

    Args:
        store: the graph.
        project: the files that it was built from.
    """

    def __init__(self, store: Queryable, project: Project) -> None:
        self._store = store
        self._data = project.data
        self._positions: dict[Path, Positions | None] = {}

    def home(self, iri: str) -> Path:
        """The file that is about a thing: that of its record, or of its passage."""
        return entry_path(iri.partition("#")[0], self._data)

    def place(self, iri: str, properties: Iterable[str] = ()) -> Place | None:
        """Where one of some properties is first said of a thing; else where the thing stands.

        Its own file goes before others, the first property before the next.

        Args:
            iri: the thing.
            properties: prefixed names.

        Returns:
            `None` where no file speaks of it.
        """
        for name in properties:
            predicate = expand(name) or name
            for file in self._speaking(iri, predicate):
                found = self._read(file)
                place = found and found.predicate(iri, predicate)
                if place:
                    return Place(file, place[0])
        for file in self._speaking(iri):
            found = self._read(file)
            place = found and found.node(iri)
            if place:
                return Place(file, place[0])
        return None

    def _speaking(self, iri: str, predicate: str | None = None) -> list[Path]:
        """The files in which something is said of a thing, its own first."""
        said = self._store.quads_for_pattern(
            NamedNode(iri), NamedNode(predicate) if predicate else None, None, None
        )
        graphs = {quad.graph_name.value for quad in said if isinstance(quad.graph_name, NamedNode)}
        files = {
            entry_path(graph, self._data)
            for graph in graphs - {ENTAILED_GRAPH}
            if graph.startswith(BASE)
        }
        home = self.home(iri)
        return sorted(files, key=lambda file: (file != home, file))

    def _read(self, file: Path) -> Positions | None:
        """Where things stand in a file; a graph that is no file has no places."""
        if file not in self._positions:
            try:
                self._positions[file] = locate(read_entry(file, self._data))
            except UnusableInput:
                self._positions[file] = None
        return self._positions[file]
