"""Servers of one graph, each a process of its own: ours, and the peers that it is measured against.

rdflib-endpoint is no dependency of ours, and wants other packages: ``pipx install rdflib-endpoint``
puts it into an environment of its own. The Oxigraph server comes with the extra ``dev``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from typing import NamedTuple

import pyoxigraph
from load import connected
from paired import PYTHON

from meagraph.graph import open_or_build
from meagraph.project import Project

ROOT = Path(__file__).parent.parent
STARTS_WITHIN = 300.0
ENDS_WITHIN = 30.0


class Served(NamedTuple):
    """A running server: its address without a slash at the end, and the path of its endpoint."""

    name: str
    address: str
    endpoint: str
    process: subprocess.Popen[str]

    def worked(self) -> float:
        """Seconds that it and its processes have computed up to now; 0 where nothing tells them."""
        family, seconds = {self.process.pid}, 0.0
        listed = os.listdir("/proc") if os.path.isdir("/proc") else []
        for pid in sorted(int(name) for name in listed if name.isdigit()):
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                if pid in family or int(fields[1]) in family:
                    family.add(pid)
                    # Of itself, and of those that have ended: user's and system's.
                    seconds += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        return seconds


class Missing(Exception):
    """A peer is not installed; says how to get it."""


def kept(folder: Path, synthetic: pyoxigraph.Store | None = None) -> Path:
    """Keep the checkout's graph in a folder, as ``meagraph build --store`` does.

    Args:
        folder: a new one.
        synthetic: a graph to put in the place of it, under its name.

    Returns:
        The store itself.
    """
    open_or_build(Project(ROOT), folder)
    store = (folder / "current").resolve()
    if synthetic is not None:
        shutil.rmtree(store)
        with tempfile.TemporaryFile() as quads:
            synthetic.dump(quads, pyoxigraph.RdfFormat.N_QUADS)
            quads.seek(0)
            disk = pyoxigraph.Store(str(store))
            disk.bulk_load(quads, pyoxigraph.RdfFormat.N_QUADS)
        disk.flush()
        disk.optimize()
    return store


@contextmanager
def meagraph(folder: Path, *options: object) -> Generator[Served]:
    """``meagraph serve`` on the graph that a folder keeps."""
    words = [PYTHON, "-m", "meagraph", "serve", "--port", "0", "--root", str(ROOT)]
    words += ["--store", str(folder), "--trust-proxy", "127.0.0.1", *map(str, options)]
    with _process(words, stdout=subprocess.PIPE) as process:
        assert process.stdout
        ready = select([process.stdout], [], [], STARTS_WITHIN)[0]
        line = process.stdout.readline() if ready else ""
        if not line.startswith("listening on http"):
            raise RuntimeError(f"meagraph serve did not start: it said “{line.strip()}”")
        yield Served("meagraph", line.split()[2].rstrip("/"), "/sparql", process)


@contextmanager
def oxigraph(store: Path, *options: object) -> Generator[Served]:
    """The Oxigraph server on the same store, to read only."""
    words = [_program("oxigraph"), "serve-read-only", "--location", str(store), *map(str, options)]
    with _on_port(words, "--bind", "127.0.0.1:{port}", "Oxigraph", "/query") as served:
        yield served


@contextmanager
def rdflib_endpoint(store: Path) -> Generator[Served]:
    """rdflib-endpoint, which reads the same quads from a file into rdflib's own memory."""
    program = _program("rdflib-endpoint")
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "graph.nq"
        pyoxigraph.Store.read_only(str(store)).dump(str(file), pyoxigraph.RdfFormat.N_QUADS)
        words = [program, "serve", str(file), "--host", "127.0.0.1"]
        with _on_port(words, "--port", "{port}", "rdflib-endpoint", "/") as served:
            yield served


def _program(name: str) -> str:
    beside = os.pathsep.join((str(Path(PYTHON).parent), os.environ.get("PATH", "")))
    found = shutil.which(name, path=beside)
    if not found:
        raise Missing(f"{name} is missing: pipx install {name}, or name its folder in PATH")
    return found


@contextmanager
def _on_port(
    words: Sequence[str], option: str, value: str, name: str, endpoint: str
) -> Generator[Served]:
    """A server that has to be told its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    with _process([*words, option, value.format(port=port)]) as process:
        _wait(process, address, endpoint)
        yield Served(name, address, endpoint, process)


@contextmanager
def _process(
    words: Sequence[str], stdout: int = subprocess.DEVNULL
) -> Generator[subprocess.Popen[str]]:
    """A process without its messages, ended when it is left."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        words, stdout=stdout, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[str], address: str, endpoint: str) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = connected(address)
            connection.request("GET", f"{endpoint}?query=ASK%7B%7D")
            connection.getresponse().read()
            connection.close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start")
