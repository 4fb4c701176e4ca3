"""Servers of a test's own, and an environment that says nothing of credentials and proxies."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from loopback import Answer, Loopback, loopback

Serve = Callable[..., Loopback]


@pytest.fixture
def serve() -> Generator[Serve]:
    """Starts a server that gives this answer to all that it is asked."""
    with ExitStack() as stack:

        def start(answer: Answer, tls: tuple[str, str] | None = None) -> Loopback:
            return stack.enter_context(loopback(answer, tls))

        yield start


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("MEAGRAPH_ENDPOINT_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for name in ("NETRC", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
