"""What each stored question costs through meagraph: ``python benchmarks/questions.py``.

Each question is asked with the values in its own file, in this process, of the real graph and of a
synthetic one, in turn with two peers who get the same SPARQL and make the same rows of it:
pyoxigraph without us, and rdflib. One line a question:

* ``ask``: `meagraph.queries.ask` / pyoxigraph, goal ≤ 1.2. The query is examined, evaluated, and
  its rows put in order.
* ``whole``: `KnowledgeGraph.query` / pyoxigraph. The file is read, the names of its parameters'
  values are looked up, and the answer gets labels and citations, of which the peer gives none.
* ``rdflib``: rdflib / ``ask``, goal ≥ 20. Where rdflib did not end within its limit, that limit
  is taken, and the ratio is marked with ``>``.

All times are those that a process works, not those that pass: others may be busy beside it.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph
import rdflib
from paired import compare
from synthetic import synthetic

from meagraph.graph import build
from meagraph.knowledge import KnowledgeGraph
from meagraph.project import Project
from meagraph.queries import Question, ask, bind, load_questions

ROOT = Path(__file__).parent.parent
SAMPLE = 0.02
"""Seconds that one sample lasts at least: what takes less is repeated within it."""
ASK_GOAL, RDFLIB_GOAL = 1.2, 20.0


class Line(NamedTuple):
    """What was measured of one question: rows, seconds of pyoxigraph, and ratios."""

    name: str
    rows: int
    bare: float
    ask: float
    whole: float
    rdflib: float
    ended: bool

    def __str__(self) -> str:
        mark = " " if self.ended else ">"
        ratio = f"{mark}{self.rdflib:.0f}" if self.rdflib else "-"
        return (
            f"{self.name:<28} {self.rows:5} {self.bare * 1000:8.2f} ms"
            f" {self.ask:7.2f} {self.whole:7.2f} {ratio:>8}"
        )


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print a table for each graph."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", metavar="QUESTION", nargs="*", help="these only; default: all")
    parser.add_argument("--quads", metavar="N", type=int, nargs="+", default=[0, 100_000])
    parser.add_argument("--runs", type=int, default=7, help="pairs of samples (default: 7)")
    parser.add_argument(
        "--limit", type=float, default=4, help="least seconds for rdflib; 0: without it"
    )
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["MEAGRAPH_CACHE"] = cache
        for quads in options.quads:
            store = synthetic(quads) if quads else build(Project(ROOT))
            print(f"\n{'synthetic' if quads else 'real'} graph: {len(store):,} quads")
            print(f"{'':<28} {'rows':>5} {'pyoxigraph':>11} {'ask':>7} {'whole':>7} {'rdflib':>8}")
            lines = measured(store, options.names, options.runs, options.limit)
            for summary in summaries(lines):
                print(summary)


def measured(store: pyoxigraph.Store, names: Sequence[str], runs: int, limit: float) -> list[Line]:
    """Measure the questions of these names, or all, and print each line as it comes."""
    graph = KnowledgeGraph(store, Project(ROOT))
    peer = _in_rdflib(store) if limit else None
    lines = []
    for name, question in load_questions(graph.project).items():
        if not names or name in names:
            lines.append(_line(graph, peer, question, runs, limit))
            print(lines[-1], flush=True)
    return lines


def _line(
    graph: KnowledgeGraph,
    peer: rdflib.Dataset | None,
    question: Question,
    runs: int,
    limit: float,
) -> Line:
    given = defaults(question)
    sparql = bind(question, graph.store, given)

    def bare() -> list[tuple[object, ...]]:
        return [tuple(solution) for solution in graph.store.query(sparql)]

    rows = bare()
    assert rows == ask(graph.store, sparql).rows, question.name
    assert len(rows) == len(graph.query(question.name, **given)), question.name
    asked = compare(*_sampled(lambda: ask(graph.store, sparql), bare), runs, time.process_time)
    whole = compare(
        *_sampled(lambda: graph.query(question.name, **given), bare), runs, time.process_time
    )
    ours = asked.ratio * (seconds := _seconds(bare, runs))
    enough = max(limit, 1.25 * RDFLIB_GOAL * ours)  # to tell whether the goal is met
    slow, ended = _limited(peer, sparql, enough) if peer is not None else (0.0, True)
    return Line(question.name, len(rows), seconds, asked.ratio, whole.ratio, slow / ours, ended)


def defaults(question: Question) -> dict[str, Any]:
    """The values in the file of the parameters that must be given."""
    return {
        name: [word.strip('<>"') for word in parameter.default.split()]
        for name, parameter in question.parameters.items()
        if parameter.required
    }


def _seconds(run: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _sampled(
    ours: Callable[[], object], peer: Callable[[], object]
) -> tuple[Callable[[], None], Callable[[], None]]:
    """Both, repeated equally often, so that a sample is long enough for the clock."""
    often = max(1, round(SAMPLE / max(_seconds(peer, 3), 1e-6)))

    def repeated(run: Callable[[], object]) -> Callable[[], None]:
        def sample() -> None:
            for _ in range(often):
                run()

        return sample

    return repeated(ours), repeated(peer)


# --- rdflib ------------------------------------------------------------------------------------


def _in_rdflib(store: pyoxigraph.Store) -> rdflib.Dataset:
    """The same graph in rdflib: named graphs, and the merge as default graph."""
    quads = pyoxigraph.serialize(store, format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=quads, format="nquads")
    gc.freeze()  # its objects are not looked through again, here or in the processes forked off
    return dataset


def _limited(peer: rdflib.Dataset, sparql: str, limit: float) -> tuple[float, bool]:
    """Seconds of one evaluation in a process that is ended at the limit, and whether it ended."""
    fork = multiprocessing.get_context("fork")  # the dataset is at hand there, and not loaded again
    receiving, sending = fork.Pipe(duplex=False)
    process = fork.Process(target=_timed, args=(peer, sparql, limit, sending))
    process.start()
    sending.close()
    try:
        return float(receiving.recv()), True
    except EOFError:
        return limit, False
    finally:
        process.join()


def _timed(peer: rdflib.Dataset, sparql: str, limit: float, sending: Connection) -> None:
    signal.setitimer(signal.ITIMER_PROF, limit)  # ends this process once it has worked so long
    start = time.process_time()
    list(peer.query(sparql))
    sending.send(time.process_time() - start)


def summaries(lines: Sequence[Line]) -> list[str]:
    """The worst, the median, and how many meet the goals."""
    if not lines:
        return ["no such question"]
    of = len(lines)
    found = []
    for name, ratios, goal in (
        ("ask", [line.ask for line in lines], ASK_GOAL),
        ("whole", [line.whole for line in lines], ASK_GOAL),
    ):
        met = sum(ratio <= goal for ratio in ratios)
        found.append(
            f"{name:<6} worst {max(ratios):.2f}, median {statistics.median(ratios):.2f}, "
            f"≤ {goal} in {met} of {of}"
        )
    slower = [line.rdflib for line in lines if line.rdflib]
    if slower:
        met = sum(ratio >= RDFLIB_GOAL for ratio in slower)
        found.append(
            f"rdflib least {min(slower):.0f}, median {statistics.median(slower):.0f}, "
            f"≥ {RDFLIB_GOAL:.0f} in {met} of {of}"
        )
    return found


if __name__ == "__main__":
    main()
