"""The desk at which the tests of this folder draft entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts_desk import small_graph


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A valid graph of one place and one document."""
    graph = small_graph(tmp_path / "graph")
    capsys.readouterr()
    return graph


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the curator is."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder
