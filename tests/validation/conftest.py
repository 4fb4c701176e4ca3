"""The small graph that the tests of this folder break."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_graph import FILES, Small


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A valid graph of one meeting and one document."""
    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path / "cache"))
    project = Small(tmp_path / "project")
    for name, statements in FILES.items():
        project.write(name, statements)
    project.queries.mkdir()
    return project
