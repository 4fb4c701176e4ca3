"""The graph as files for other tools: one module for each kind."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from meagraph.export.writing import write_files

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.export.writing import Files
    from meagraph.project import Project

__all__ = ["KINDS", "files_of", "write_files"]

KINDS = {
    "dumps": "the whole graph as N-Quads and Turtle",
}
"""Each kind of export and what it is; its module has the same name and a function ``files``."""


def files_of(kind: str, store: Store, project: Project) -> Files:
    """The files of one kind of export, or of ``all``.

    Args:
        kind: one of `KINDS`, or ``all``.
        store: a built graph.
        project: the files that it was built from.
    """
    found: Files = {}
    for each in KINDS if kind == "all" else (kind,):
        made: Files = import_module(f"meagraph.export.{each}").files(store, project)
        found = {**found, **made}
    return found
