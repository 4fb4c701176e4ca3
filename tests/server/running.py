"""A real ``meagraph serve`` in a process of its own, on a port of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

CHECKOUT = Path(__file__).parent.parent.parent
STARTS_WITHIN = 180.0
ENDS_WITHIN = 60.0


class Served(NamedTuple):
    """A running server.

    Args:
        url: its address without a slash at the end; with the prefix of ``--base-url``, if any.
        process: the process itself.
        errors: the file that its standard error goes to.
    """

    url: str
    process: subprocess.Popen[str]
    errors: Path

    @property
    def host(self) -> str:
        return str(urlsplit(self.url).hostname)

    @property
    def port(self) -> int:
        return int(urlsplit(self.url).port or 80)

    def said(self) -> str:
        """What it has written on standard error up to now."""
        return self.errors.read_text()

    def logged(self) -> list[dict[str, Any]]:
        """The structured lines of it."""
        whole = self.said().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines() if line.startswith("{")]


def command(*options: object) -> list[str]:
    """The words that start a server on a free port."""
    return [sys.executable, "-m", "meagraph", "serve", "--port", "0", *map(str, options)]


def environment(**more: str) -> dict[str, str]:
    """The environment, but for what would choose another graph or other documents."""
    given = {"MEAGRAPH_ROOT", "MEAGRAPH_SOURCES"}
    return {key: text for key, text in os.environ.items() if key not in given} | more


@contextmanager
def running(*options: object, words: Sequence[str] = ()) -> Generator[Served]:
    """Start ``meagraph serve`` with these options, and end it gracefully.

    Args:
        options: what stands after ``meagraph serve --port 0``.
        words: what stands before all that, such as ``prlimit --nofile=256``.
    """
    pytest.importorskip("uvicorn", reason="needs the packages of the extra “serve”")
    with TemporaryDirectory() as folder:
        errors = Path(folder) / "stderr"
        with (
            errors.open("w") as sink,
            subprocess.Popen(
                [*words, *command(*options)],
                stdout=subprocess.PIPE,
                stderr=sink,
                text=True,
                cwd=CHECKOUT,
                env=environment(),
            ) as process,
        ):
            try:
                yield Served(_address(process, errors), process, errors)
            finally:
                _end(process)


def _address(process: subprocess.Popen[str], errors: Path) -> str:
    """What the first line says where it listens."""
    assert process.stdout
    if not select([process.stdout], [], [], STARTS_WITHIN)[0]:
        pytest.fail(f"the server did not start: {errors.read_text()}")
    line = process.stdout.readline()
    if not line.startswith("listening on http"):
        pytest.fail(f"the server said “{line.strip()}” and {errors.read_text()}")
    return line.split()[2].rstrip("/")


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
