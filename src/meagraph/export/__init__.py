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
    "informea": "the feed that InforMEA and ECOLEX harvest, in OData 2 JSON",
    "jsonld": "a JSON document for each thing, and schema.org for search engines",
    "csvw": "flat tables as CSV, with their metadata after CSV on the Web",
    "graphml": "the network of cooperation, for network programs",
    "calendar": "the meetings as iCalendar",
    "catalogue": "what the dataset is: DCAT-AP, VoID and PROV",
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
