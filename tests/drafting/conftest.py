"""The terms of the checkout's own graph, read once."""

from __future__ import annotations

import pytest

from meagraph.drafting.vocabulary import Vocabulary
from meagraph.graph import build
from meagraph.project import Project
from meagraph.validation.shapes import read_shapes


@pytest.fixture(scope="session")
def vocabulary(project: Project) -> Vocabulary:
    return Vocabulary(build(project), read_shapes(project.shapes))
