"""The graph as it stood when it was last built, and what is made of it once for all requests."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from meagraph.errors import UnusableInput
from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from meagraph.export.informea.feed import Feed
    from meagraph.project import Project
    from meagraph.queries import Question

_DATASET = NamedNode(BASE + "dataset#meagraph")
_VERSION = NamedNode(PREFIXES["dcat"] + "version")


class Edition:
    """One build of the graph, opened to read. A request keeps the edition that it began with.

    Args:
        project: the graph's files.
        folder: the folder that the builds are kept in.
        build: the name of the build there.
    """

    def __init__(self, project: Project, folder: str, build: str) -> None:
        self.project = project
        self.build = build
        self.path = os.path.join(folder, "builds", build)
        self.store = Store.read_only(self.path)
        self.graph = KnowledgeGraph(self.store, project, folder)

    def prepare(self) -> None:
        """Make what every reader needs before the first one comes, from one state of the files.

        Raises:
            UnusableInput: a stored question is none.
        """
        for made in (self.questions, self.version, self.updated):
            assert made is not None

    @cached_property
    def version(self) -> str:
        """The version of the data, as it states it; the name of the build where it states none."""
        said = self.store.quads_for_pattern(_DATASET, _VERSION, None, DefaultGraph())
        return next((q.object.value for q in said if isinstance(q.object, Literal)), self.build)

    @cached_property
    def updated(self) -> Callable[[str], date]:
        """The day on which what is said of a thing last changed; from the register."""
        from meagraph.export.changed import updated

        return updated(self.store)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The stored questions by name."""
        from meagraph.queries import load_questions

        return load_questions(self.project)

    @cached_property
    def feed(self) -> Feed:
        """The records that InforMEA and ECOLEX harvest."""
        from meagraph.export.informea import records

        return records(self.store, self.project)


def current_build(folder: str) -> str:
    """The name of the newest build that a folder keeps.

    Raises:
        UnusableInput: it keeps none.
    """
    try:
        return os.path.basename(os.readlink(os.path.join(folder, "current")))
    except OSError:
        raise UnusableInput(
            f"no graph is kept in {folder}", hint="meagraph build --store makes one."
        ) from None
