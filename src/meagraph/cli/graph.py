"""The graph that a verb asks: on this machine, or at an endpoint."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from meagraph import knowledge

if TYPE_CHECKING:
    from meagraph.knowledge import KnowledgeGraph


def graph_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the graph is."""
    parser.add_argument("--store", metavar="DIR", help="where the built graph is kept")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    parser.add_argument(
        "--endpoint", metavar="URL", help="ask this SPARQL endpoint, and no graph on this machine"
    )
    parser.add_argument(
        "--default-graph",
        metavar="IRI",
        default="",
        help="the endpoint's graph that holds the merge, where that is not its default graph",
    )


def opened(options: argparse.Namespace, timeout: float | None = None) -> KnowledgeGraph:
    """Open the graph that the options name.

    Raises:
        UnusableInput: see `meagraph.knowledge.open`.
    """
    return knowledge.open(
        options.root,
        store=options.store,
        endpoint=options.endpoint,
        default_graph=options.default_graph,
        timeout=timeout,
    )
