"""Fixtures of the graph room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import FILES, HEAD

from meagraph.project import Project


@pytest.fixture
def small(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text)
    (root / "queries").mkdir()
    return Project(root)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the tests out of the user's own cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MEAGRAPH_CACHE", str(folder))
    return folder
