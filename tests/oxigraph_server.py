"""The real Oxigraph server on a port of this machine, with the graph's own dumps in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sysconfig
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

_SECONDS = 60.0


def oxigraph() -> str:
    """The server's program, which comes with the package of that name; skips without it."""
    scripts = sysconfig.get_path("scripts")
    found = which("oxigraph", path=os.pathsep.join((scripts, os.environ.get("PATH", ""))))
    if not found:
        pytest.skip("needs the Oxigraph server: pip install oxigraph")
    return found


def load(location: Path, *files: Path) -> None:
    """Load dumps into a new store of the server's own."""
    for file in files:
        words = (oxigraph(), "load", "--location", str(location), "--file", str(file))
        subprocess.run(words, check=True, capture_output=True)


@contextmanager
def serving(location: Path) -> Generator[str]:
    """Serve a store; gives the address that takes queries, and ends the server."""
    for _ in range(5):  # another program may take the port before the server does
        port = _free_port()
        words = (oxigraph(), "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}")
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as it:
            try:
                if _answers(it, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
                    yield f"http://127.0.0.1:{port}/query"
                    return
            finally:
                it.terminate()
    pytest.fail("the Oxigraph server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Whether the server is up; false as soon as it has ended."""
    end = time.monotonic() + _SECONDS
    directly = build_opener(ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        try:
            directly.open(url, timeout=1).close()
            return process.poll() is None
        except (URLError, OSError):
            time.sleep(0.02)
    return False
