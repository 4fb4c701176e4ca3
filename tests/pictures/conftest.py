"""The three pictures of the checkout's own graph, and what stands where on a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meagraph.pictures import Picture, drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Store

    from meagraph.knowledge import KnowledgeGraph
    from meagraph.project import Project

PICTURES: dict[str, dict[str, object]] = {
    "network": {},
    "network rolled up": {"roll_up": True},
    "timeline": {},
    "matrix": {},
}


@pytest.fixture(scope="session")
def graph(project: Project, store: Store) -> KnowledgeGraph:
    from meagraph.knowledge import KnowledgeGraph

    return KnowledgeGraph(store, project)


@pytest.fixture(scope="session")
def drawing(graph: KnowledgeGraph) -> Callable[[str], Picture]:
    """A picture by its name; each is drawn once."""
    kept: dict[str, Picture] = {}

    def draw(name: str) -> Picture:
        if name not in kept:
            kept[name] = drawn(graph, name.split()[0], PICTURES[name])
        return kept[name]

    return draw
