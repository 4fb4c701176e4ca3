"""The graph that the tests of this folder search."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store
from searched import graph

from meagraph.search import Index


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return graph(tmp_path_factory.mktemp("searched"))


@pytest.fixture(scope="session")
def index(small: Store) -> Index:
    return Index(small)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the tests out of the user's own cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MEAGRAPH_CACHE", str(folder))
    return folder
