"""From a folder, or an address, to a `KnowledgeGraph`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput
from meagraph.knowledge.graph import KnowledgeGraph
from meagraph.project import find_project

if TYPE_CHECKING:
    import os
    from collections.abc import Callable


def open(  # named as what it does; nobody imports it without the module's name
    root: str | os.PathLike[str] | None = None,
    *,
    store: str | os.PathLike[str] | None = None,
    endpoint: str | None = None,
    default_graph: str = "",
    timeout: float | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> KnowledgeGraph:
    """Open the graph; it is built first where its files have changed.

    Args:
        root: the folder that holds ``ontology/``, ``data/``, ``shapes/`` and ``queries/``; without
            it, see `meagraph.project.find_project`.
        store: the folder to keep the built graph in; without it, one of the user's cache.
        endpoint: the address of a SPARQL endpoint to ask instead of a graph on this machine.
            Credentials are read from the environment or netrc, see ``docs/endpoints.md``.
        default_graph: the graph at the endpoint that holds the merge, where that is not its
            default graph.
        timeout: seconds that one query may take at the most; see `KnowledgeGraph.query`.
        progress: told of the progress of a build: done, total, what.

    Raises:
        UnusableInput: the folder holds no graph, a file is unusable, or the address is none.
    """
    project = find_project(root)
    if endpoint is None:
        if default_graph:
            raise UnusableInput(
                "a default graph is named without an endpoint",
                hint="On this machine the merge is always the default graph; leave it out.",
            )
        from meagraph.graph import open_or_build

        opened = open_or_build(project, store, progress)
        return KnowledgeGraph(opened.store, project, opened.folder, timeout)
    if store is not None:
        raise UnusableInput(
            "both a store and an endpoint are named", hint="Ask the one or the other."
        )
    from meagraph.endpoints import Endpoint

    asked = Endpoint(endpoint, default_graph=default_graph)
    if timeout is not None:
        asked = Endpoint(endpoint, timeout, default_graph=default_graph)
    return KnowledgeGraph(asked, project, None, timeout)
