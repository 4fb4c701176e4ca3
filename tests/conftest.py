"""Fixtures that several tests share, and the rule that CI skips nothing."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent

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


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Tests keep their stores apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEAGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


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
