"""Servers that tests of ``meagraph serve`` talk to."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack

import pytest
from running import Served, running


@pytest.fixture(scope="session", autouse=True)
def _directly() -> Generator[None]:
    """No proxy stands between a test and the server."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("no_proxy", "NO_PROXY"):
            patch.setenv(name, "127.0.0.1,localhost")
        yield


@pytest.fixture(scope="session")
def server(_own_cache: None, _directly: None) -> Generator[Served]:
    """The server of the checkout's graph with default settings, one for all tests.

    Its ``url`` has no slash at its end. A test that stops it, or wants other settings, takes
    `serving`; a fixture of a longer life takes `running.running`.
    """
    with running() as served:
        yield served


@pytest.fixture
def serving(_own_cache: None, _directly: None) -> Generator[Callable[..., Served]]:
    """Starts servers with other options, all ended after the test."""
    with ExitStack() as servers:

        def start(*options: object, **more: list[str]) -> Served:
            return servers.enter_context(running(*options, **more))

        yield start
