"""The small graph, and the descriptions of the real one, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Store, Triple
from rdflib import Graph
from self_describing import (
    HEAD,
    OWN,
    read,
)

from copies import written
from meagraph.export.catalogue import files
from meagraph.project import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return written(tmp_path / "project", OWN, HEAD)


@pytest.fixture(scope="module")
def ours(store: Store, project: Project) -> dict[str, bytes]:
    """All descriptions of the checkout's graph."""
    return {name: make() for name, make in files(store, project).items()}


@pytest.fixture(scope="module")
def portal(ours: dict[str, bytes]) -> Graph:
    return read(ours["catalogue.ttl"])


@pytest.fixture(scope="module")
def counted(ours: dict[str, bytes]) -> Graph:
    return read(ours["void.ttl"])


@pytest.fixture(scope="module")
def origin(ours: dict[str, bytes]) -> Graph:
    return read(ours["provenance.ttl"])


@pytest.fixture(scope="module")
def merge(store: Store) -> list[Triple]:
    """The merge, to be counted here in another way than by queries."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]
