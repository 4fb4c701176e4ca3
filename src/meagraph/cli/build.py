"""``meagraph build``: the files made into a graph that other verbs and tools open."""

from __future__ import annotations

import argparse
from pathlib import Path

from meagraph.cli.progress import progress
from meagraph.project import find_project

_NAMED = 5
"""How many things without a date are named before the rest is only counted."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")
    parser.add_argument(
        "--store",
        metavar="DIR",
        type=Path,
        help="folder to keep the built graph in (default: the user's cache); "
        "other tools open DIR/current",
    )


def run(options: argparse.Namespace) -> int:
    """Build what has changed and say what the graph holds."""
    from pyoxigraph import DefaultGraph, NamedNode

    from meagraph.entailment import undated
    from meagraph.graph import inputs, open_or_build
    from meagraph.namespaces import ENTAILED_GRAPH, compact

    project = find_project(options.root)
    with progress() as tell:
        opened = open_or_build(project, options.store, tell)
    store = opened.store
    merge = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    entailed = sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode(ENTAILED_GRAPH)))
    state = "built now" if opened.built else "up to date"
    kept = opened.folder or "in memory only: the cache folder cannot be written"
    for name, value in (
        ("root", project.root),
        ("files", f"{len(inputs(project)):,}"),
        ("quads in the files", f"{len(store) - merge - entailed:,}"),
        ("triples in the merge", f"{merge:,}"),
        ("of these entailed", f"{entailed:,}"),
        ("store", f"{kept} ({state})"),
    ):
        print(f"{name:<22}{value}")
    dateless = undated(store)
    if dateless:
        names = ", ".join(compact(iri) for iri in dateless[:_NAMED])
        more = f" and {len(dateless) - _NAMED:,} more" if len(dateless) > _NAMED else ""
        print(
            f"{'without derived dates':<22}{names}{more}\n"
            f"{'':<22}(their values of mea:when exclude each other or are not EDTF)"
        )
    return 0
