"""Fixtures that the tests of the questions share."""

from __future__ import annotations

from pathlib import Path

import pytest
from people import QUESTION, people
from pyoxigraph import Store

from meagraph.project import Project


@pytest.fixture
def store() -> Store:
    return people()


@pytest.fixture
def queries(tmp_path: Path) -> Project:
    folder = tmp_path / "queries" / "people"
    folder.mkdir(parents=True)
    (folder / "who.rq").write_text(QUESTION, encoding="utf-8")
    return Project(tmp_path)
