"""Fixtures that several tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project() -> Project:
    """The checkout's own graph."""
    return Project(CHECKOUT)


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the source documents; skips where it is not named."""
    named = os.environ.get("MEAGRAPH_SOURCES")
    if not named:
        pytest.skip("needs the source documents: set MEAGRAPH_SOURCES to their folder")
    return Path(named)
