"""The graph as files for other tools: one module for each kind."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput
from meagraph.export.writing import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from meagraph.export.record import Outcome
    from meagraph.export.writing import Files, Progress
    from meagraph.project import Project

__all__ = ["KINDS", "export", "files_of", "write_files"]

KINDS = {
    "dumps": "the whole graph as N-Quads and Turtle",
    "ontology": "the ontology for tools, and as a page with an example for each term",
    "informea": "the feed that InforMEA and ECOLEX harvest, in OData 2 JSON",
    "jsonld": "a JSON document for each thing, and schema.org for search engines",
    "csvw": "flat tables as CSV, with their metadata after CSV on the Web",
    "graphml": "the network of cooperation, for network programs",
    "calendar": "the meetings as iCalendar",
    "catalogue": "what the dataset is: DCAT-AP, VoID and PROV",
}
"""Each kind of export and what it is; its module has the same name and a function ``files``."""


_OWN = ("ontology", "data", "shapes", "queries", "coverage")


def files_of(kind: str, store: Store, project: Project) -> Files:
    """The files of one kind of export, or of ``all``.

    Args:
        kind: one of `KINDS`, or ``all``.
        store: a built graph.
        project: the files that it was built from.
    """
    found: Files = {}
    for made in _kinds(kind, store, project).values():
        found = {**found, **made}
    return found


def export(
    kind: str, store: Store, project: Project, folder: Path, progress: Progress | None = None
) -> Outcome:
    """Write one kind of export, or ``all``, and take away what it no longer makes.

    Args:
        kind: one of `KINDS`, or ``all``.
        store: a built graph.
        project: the files that it was built from.
        folder: where to write; made if it is missing; files that no export wrote stay.
        progress: told of each file that is made.

    Raises:
        UnusableInput: the graph lacks what the export needs, the folder cannot be written to, or
            it is one of those that the graph is built from; no file in it has been changed.
    """
    from meagraph.export.record import write_kinds

    kinds = _kinds(kind, store, project)
    _refuse_own_folders(folder, [name for made in kinds.values() for name in made], project)
    return write_kinds(kinds, folder, progress)


def _kinds(kind: str, store: Store, project: Project) -> dict[str, Files]:
    names = KINDS if kind == "all" else (kind,)
    return {each: import_module(f"meagraph.export.{each}").files(store, project) for each in names}


def _refuse_own_folders(folder: Path, names: list[str], project: Project) -> None:
    """Keep exports, some of which have the names of our own files, out of the graph's folders."""
    real = os.path.realpath(folder)
    own = [os.path.join(os.path.realpath(os.path.join(project.folder, one)), "") for one in _OWN]
    for name in names:
        if os.path.join(real, *name.split("/")).startswith(tuple(own)):
            raise UnusableInput(
                f"{folder / name} would lie among the files that the graph is built from",
                hint="Name with -o a folder outside ontology/, data/, shapes/ and queries/.",
            )
