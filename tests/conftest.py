"""Fixtures that several tests share, and the rule that CI skips nothing."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from meagraph.project import Project

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Dataset

    from foreign_desk import Desk
    from wrong_examples import Found

CHECKOUT = Path(__file__).parent.parent

# Tables are as wide as without a terminal, whoever runs the tests.
os.environ.pop("COLUMNS", None)

# No test asserts a duration: the machine may be busy.
settings.register_profile("meagraph", deadline=None)
settings.load_profile("meagraph")


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


@pytest.fixture(scope="session")
def store(project: Project) -> Store:
    """The checkout's graph, built."""
    from meagraph.graph import open_graph

    return open_graph(project)


@pytest.fixture(scope="session")
def peer(store: Store) -> Dataset:
    """The same graph in rdflib: named graphs, and the merge as default graph."""
    import pyoxigraph
    import rdflib

    dataset = rdflib.Dataset(default_union=False)
    quads = pyoxigraph.serialize(store, format=pyoxigraph.RdfFormat.N_QUADS)
    return dataset.parse(data=quads, format="nquads")


@pytest.fixture(scope="session")
def findings(project: Project) -> list[Found]:
    """What breaks a rule in the graph with all wrong examples added: the validator runs once."""
    from wrong_examples import validated

    return validated(project)


@pytest.fixture(scope="session")
def oxigraph_server(
    project: Project, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """The address at which the real Oxigraph server takes queries; it holds our dumps."""
    from meagraph.export import files_of, write_files
    from oxigraph_server import load, serving

    folder = tmp_path_factory.mktemp("served")
    written = write_files(files_of("dumps", store, project), folder / "dumps")
    files = {file.name: file for file in written}
    load(folder / "store", files["meagraph.nq"], files["meagraph.ttl"])
    with pytest.MonkeyPatch.context() as patch, serving(folder / "store") as url:
        for name in ("no_proxy", "NO_PROXY"):
            patch.setenv(name, "127.0.0.1,localhost")
        yield url


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder with no graph of ours in it."""
    from foreign_desk import Desk

    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Tests keep their stores apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEAGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


LONGEST = (
    "test_contributing",
    "test_answers",
    "test_where_curators_work",
    "test_given_up",
    "test_accessibility",
)
"""Files that go first, so that no core waits for one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, all others as they come."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``MEAGRAPH_REQUIRE_ALL`` a test that is skipped has failed: nothing may be missing."""
    report = yield
    if report.skipped and os.environ.get("MEAGRAPH_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"skipped where every test must run: {report.longrepr}"
    return report
