"""What each export costs: ``python benchmarks/exports.py [KIND …] [--triples N …] [--runs N]``.

Each kind is made, from the store to the bytes of all its files, in a fresh process that has
loaded the graph; writing them to the disk is not measured. On the real graph (``0``) and on others
of about so many triples in the merge: smaller ones are a part of it, larger ones synthetic. One
line a kind:

* ``works``: seconds that the process works at it, not those that pass.
* ``/ dump``: the ratio to pyoxigraph's own sorted dump in a fresh process of its own, ours and the
  peer's in turn, the median of the pairs. The peer makes what ``dumps`` makes: N-Quads of the
  stated graphs, their lines sorted; Turtle of the merge and of the entailed graph, with our
  prefixes, the triples sorted before. It lacks the canonical labels of blank nodes, without which
  no two builds give the same bytes. Goal of ``dumps``: ≤ 1.5.
* ``peak``: the most memory that the process had, and its ratio to what it had with the graph
  loaded and nothing done.
* ``growth``: from the smallest graph measured to this one, how much more time a triple takes; 1
  is linear.

Then JSON-LD of all things, schema.org's documents among them, against PyLD that frames the whole
graph, see ``jsonld.py``. Goal: ≤ 0.1.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from paired import PYTHON, compare, report
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, serialize

from meagraph.export import KINDS
from meagraph.namespaces import ENTAILED_GRAPH, PREFIXES
from meagraph.project import Project

ROOT = Path(__file__).parent.parent
TRIPLES = (10_000, 0, 100_000)
REAL = 20_000
"""Triples of the real graph's merge, about: what is larger is synthetic."""
QUADS = 2.04
"""So many quads come with a triple of the merge: some stand in several named graphs."""
DUMP, FRAMING = "sorted-dump", "framing"
"""The peers."""


class Made(NamedTuple):
    """What a process made: seconds of work, MiB with the graph alone and at most, what came."""

    seconds: float
    loaded: float
    peak: float
    files: int
    size: int


class Line(NamedTuple):
    """What was measured of one kind."""

    kind: str
    seconds: float
    ratio: float
    made: Made
    growth: float

    def __str__(self) -> str:
        made = self.made
        return (
            f"{self.kind:<10} {self.seconds:8.2f} s {self.ratio:7.2f} {made.peak:7.0f} MiB"
            f" {made.peak / made.loaded:6.2f} {self.growth:7.2f} {made.files:7,} {made.size:12,}"
        )


class Processes:
    """Starts a process for each measurement, and is a clock of the seconds they worked."""

    def __init__(self, graph: Path) -> None:
        self._graph = graph
        self._worked = 0.0
        self.made: dict[str, list[Made]] = {}

    def clock(self) -> float:
        """Seconds that all of them worked at what was asked."""
        return self._worked

    def run(self, what: str) -> None:
        """Make a kind of export, or what a peer makes, in a process of its own."""
        command = [PYTHON, __file__, "--make", what, str(self._graph)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        made = Made(*json.loads(told))
        self.made.setdefault(what, []).append(made)
        self._worked += made.seconds


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print a table for each graph."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", metavar="KIND", nargs="*", help="these only; default: all")
    parser.add_argument("--triples", metavar="N", type=int, nargs="+", default=[*TRIPLES])
    parser.add_argument("--runs", type=int, default=5, help="pairs of processes (default: 5)")
    parser.add_argument(
        "--pyld", metavar="N", type=int, nargs="*", default=[0], help="graphs that PyLD frames too"
    )
    parser.add_argument("--make", nargs=2, metavar=("KIND", "GRAPH"), help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.make:
        print(json.dumps(made(*options.make)))
        return
    first: dict[str, tuple[int, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for triples in options.triples:
            graph = Path(folder) / f"{triples}.nq"
            size = _write(graph, triples)
            processes = Processes(graph)
            for kind in options.kinds or KINDS:
                print(_line(kind, size, processes, options.runs, first), flush=True)
            if triples in options.pyld and "jsonld" in (options.kinds or KINDS):
                _against_pyld(processes, options.runs)


def _write(graph: Path, triples: int) -> int:
    """Write a graph of about so many triples, tell what it is, and return how many it has."""
    from synthetic import excerpt, synthetic

    wanted = round(triples * QUADS)
    store = excerpt(wanted) if 0 < triples < REAL else synthetic(wanted)
    store.dump(str(graph), RdfFormat.N_QUADS)
    size = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    name = "real graph" if not triples else "synthetic graph" if triples > REAL else "a part of it"
    print(f"\n{name}: {size:,} triples, {len(store):,} quads")
    print(
        f"{'':<10} {'works':>10} {'/ dump':>7} {'peak':>11} {'/ load':>6} {'growth':>7}"
        f" {'files':>7} {'bytes':>12}"
    )
    return size


def _line(
    kind: str, size: int, processes: Processes, runs: int, first: dict[str, tuple[int, float]]
) -> Line:
    result = compare(
        lambda: processes.run(kind), lambda: processes.run(DUMP), runs, processes.clock
    )
    most = max(processes.made[kind], key=lambda made: made.peak)
    smallest, seconds = first.setdefault(kind, (size, result.ours))
    growth = result.ours / seconds * smallest / size
    return Line(kind, result.ours, result.ratio, most, growth)


def _against_pyld(processes: Processes, runs: int) -> None:
    result = compare(
        lambda: processes.run("jsonld"), lambda: processes.run(FRAMING), runs, processes.clock
    )
    print(f"{'':<58} {'meagraph':>11} {'PyLD':>11}")
    report("jsonld / PyLD framing the graph, its cheapest case", result, "≤ 0.1")


# --- within a process --------------------------------------------------------------------------


def made(what: str, graph: str) -> Made:
    """Load a graph and make an export or what a peer makes, once.

    Args:
        what: a kind of export, or a peer.
        graph: the path of a file of N-Quads.
    """
    store = Store()
    store.bulk_load(path=graph, format=RdfFormat.N_QUADS)
    loaded = _peak()
    files = _maker(what, store)
    start = time.process_time()
    sizes = [len(make()) for make in files().values()]
    return Made(time.process_time() - start, loaded, _peak(), len(sizes), sum(sizes))


Files = dict[str, Callable[[], bytes]]


def _maker(what: str, store: Store) -> Callable[[], Files]:
    if what == DUMP:
        return lambda: sorted_dump(store)
    if what == FRAMING:
        from jsonld import framing

        frame = framing(store)
        return lambda: {"framed": frame}
    kind = import_module(f"meagraph.export.{what}")
    return lambda: dict(kind.files(store, Project(ROOT)))


def sorted_dump(store: Store) -> Files:
    """What ``dumps`` makes, by pyoxigraph and ``sorted`` alone, in the cheapest way found."""
    merge, entailed = DefaultGraph(), NamedNode(ENTAILED_GRAPH)

    def nquads() -> bytes:
        written = BytesIO()
        stated = (quad for quad in store if quad.graph_name not in (merge, entailed))
        serialize(stated, written, RdfFormat.N_QUADS)
        return b"".join(sorted(written.getvalue().splitlines(keepends=True)))

    def turtle(graph: DefaultGraph | NamedNode) -> bytes:
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
        written = BytesIO()
        serialize(sorted(triples, key=str), written, RdfFormat.TURTLE, prefixes=PREFIXES)
        return written.getvalue()

    return {
        "meagraph.nq": nquads,
        "meagraph.ttl": lambda: turtle(merge),
        "meagraph-entailed.ttl": lambda: turtle(entailed),
    }


def _peak() -> float:
    """The most memory that this process has had, in MiB."""
    try:
        # Linux counts for ru_maxrss what the process that started this one had at that time.
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    except FileNotFoundError:
        found = None
    if found:
        return int(found[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
