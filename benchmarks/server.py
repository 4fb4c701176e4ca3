"""``meagraph serve`` against named peers, on the same store and machine: ``make bench-server``.

The peers are the Oxigraph server (``oxigraph serve-read-only``), which evaluates queries in its
own process, and rdflib-endpoint, as it is started by its own command. Each is asked in turn, ours
first, some seconds long, by clients of many addresses; of the rounds the median is told, of the
ratios within each round, and of the microseconds that a server and its processes compute for a
request (Linux), which others that are busy beside it disturb less.

* ``small``: the labels of ten things, as SPARQL; the same query, and others each time, so that no
  answer is kept from before.
* ``stored``: a stored question with the values in its file, and with others each time, so that no
  answer is kept from before; the peers get the SPARQL that it makes. Ours comes with labels.
* ``long``: a hundred thousand rows in JSON, of a synthetic graph: the first byte, and the whole.
* ``runaway``: a query that does not end: when it is answered, and what others get meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pyoxigraph
from load import JSON, Load, connected, generator, load
from served import ROOT, Missing, Served, kept, meagraph, oxigraph, rdflib_endpoint
from synthetic import synthetic

from meagraph.namespaces import BASE, RDFS
from meagraph.project import Project
from meagraph.queries import bind, load_question, standalone

SECTIONS = ("small", "stored", "long", "runaway")
QUESTION = "meetings-attended"
VARIED_OURS, VARIED_PEERS = 20_000, 500
"""Ours are more than answers are kept; the peers keep none."""
FREE_GOAL, STORED_GOAL, RDFLIB_GOAL = 0.25, 0.4, 8.0
LONG_GOAL, FIRST_GOAL, RUNAWAY_GOAL = 1.5, 0.020, 2.0
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SETTLES = 0.3
"""Seconds after a load in which a server finishes what nobody waits for any more."""
GIVEN_UP_AFTER = 10.0
"""Seconds beyond its limit after which nobody waits for a peer any more."""

WIDTHS = (21, 21, 41)

Paths = Callable[[Served], Sequence[str]]


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print a table for each section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sections", metavar="SECTION", nargs="*", help=", ".join(SECTIONS))
    parser.add_argument("--seconds", type=float, default=2, help="of each load (default: 2)")
    parser.add_argument("--rounds", type=int, default=5, help="of each load (default: 5)")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--quads", type=int, default=260_000, help="of the synthetic graph")
    parser.add_argument("--rows", type=int, default=100_000, help="of the long answer")
    parser.add_argument("--limit", type=float, default=3, help="seconds of the runaway query")
    options = parser.parse_args(words)
    chosen = options.sections or SECTIONS
    print(generator())
    try:
        with tempfile.TemporaryDirectory() as name:
            os.environ["MEAGRAPH_CACHE"] = name
            if {"small", "stored"} & {*chosen}:
                _throughput(Path(name) / "real", chosen, options)
            if "long" in chosen:
                _long(Path(name) / "synthetic", options)
            if "runaway" in chosen:
                _runaway(Path(name) / "runaway", options)
    except Missing as error:
        parser.exit(2, f"{error}\n")


# --- throughput --------------------------------------------------------------------------------


def _throughput(folder: Path, chosen: Sequence[str], options: argparse.Namespace) -> None:
    store = kept(folder)
    read = pyoxigraph.Store.read_only(str(store))
    print(f"\nreal graph, {len(read):,} quads; requests a second")
    names = ("meagraph", "Oxigraph", "rdflib-endpoint")
    print(
        f"{'':<33}" + "".join(f"{name:>{width}}" for name, width in zip(names, WIDTHS, strict=True))
    )
    with meagraph(folder) as ours, oxigraph(store) as peer:
        for name, goal, paths in _loads(read):
            if name.split()[0] not in chosen:
                continue
            first: dict[str, int] = {}
            _check(ours, peer, store, paths)
            for connections in options.connections:
                rounds = [
                    _round((ours, peer), store, paths, connections, options.seconds, first)
                    for _ in range(options.rounds + 1)
                ]
                line = _line(rounds[1:], goal)  # the first is not counted
                print(f"{name:<31} {connections:>2} {line}", flush=True)


def _loads(store: pyoxigraph.Store) -> Iterator[tuple[str, float, Paths]]:
    """Name, goal and requests of each load."""
    queries = list(_small(store, VARIED_OURS))
    yield "small SELECT, the same", FREE_GOAL, lambda one: _asked(one, queries[:1])
    yield (
        "small SELECT, each different",
        FREE_GOAL,
        lambda one: _asked(one, queries if one.name == "meagraph" else queries[:VARIED_PEERS]),
    )
    question = load_question(Project(ROOT), QUESTION)
    path = f"/queries/{QUESTION}"
    given = [f"{path}?agent={question.parameters['agent'].default}"]
    default = [standalone(question.text)]
    yield (
        "stored question, the same",
        STORED_GOAL,
        lambda one: given if one.name == "meagraph" else _asked(one, default),
    )
    values = list(_values(store, VARIED_OURS))
    ours = [f"{path}?agent={quote(agent, safe='')}&from={day}" for agent, day in values]
    bound = [
        standalone(bind(question, store, {"agent": [agent], "from": [day]}))
        for agent, day in values[:VARIED_PEERS]
    ]
    yield (
        "stored question, each different",
        STORED_GOAL,
        lambda one: ours if one.name == "meagraph" else _asked(one, bound),
    )


def _small(store: pyoxigraph.Store, count: int) -> Iterator[str]:
    """Queries for the labels of ten things each, no two the same."""
    things = sorted(
        quad.subject.value
        for quad in store.quads_for_pattern(
            None, pyoxigraph.NamedNode(RDFS + "label"), None, pyoxigraph.DefaultGraph()
        )
        if isinstance(quad.subject, pyoxigraph.NamedNode) and quad.subject.value.startswith(BASE)
    )
    for number in range(count):
        turn, start = divmod(number, len(things))
        ten = (things[(start + step * (turn + 1)) % len(things)] for step in range(10))
        named = " ".join(f"<{iri}>" for iri in ten)
        pattern = f"VALUES ?thing {{ {named} }} ?thing <{RDFS}label> ?label"
        yield f"SELECT ?thing ?label WHERE {{ {pattern} }}"


def _values(store: pyoxigraph.Store, count: int) -> Iterator[tuple[str, str]]:
    """Actors that attended something, who did most first, and days; no pair twice."""
    query = standalone(
        "SELECT ?agent WHERE { ?activity mea:event ?event ; mea:hasParticipation ?part ."
        " ?part mea:agent ?agent . ?agent a mea:Agent }"
        " GROUP BY ?agent ORDER BY DESC(COUNT(*)) ?agent"
    )
    found: Any = store.query(query)
    agents = [solution["agent"].value for solution in found]
    for number in range(count):
        turn, place = divmod(number, len(agents))
        yield agents[place], str(date(2000, 1, 1) + timedelta(days=turn))


def _asked(served: Served, queries: Sequence[str]) -> list[str]:
    return [f"{served.endpoint}?query={quote(query, safe='')}" for query in queries]


def _check(ours: Served, peer: Served, store: Path, paths: Paths) -> None:
    """All must give as many rows; what is wrong may well be fast."""
    found = [_rows(ours, paths), _rows(peer, paths)]
    if found[0] != found[1] or not any(found[0]):
        raise RuntimeError(f"the servers give different numbers of rows: {found}")
    with rdflib_endpoint(store) as slow:
        rows = _rows(slow, paths, 1)
    if rows != found[1][:1]:
        print(f"(rdflib-endpoint gives another number of rows: {rows[0]}, not {found[1][0]})")


def _rows(served: Served, paths: Paths, answers: int = 3) -> list[int]:
    """How many rows the first answers have."""
    read = (json.loads(_get(served, path)) for path in paths(served)[:answers])
    return [len(answer["results"]["bindings"]) for answer in read]


class Sample(NamedTuple):
    """What a server did under a load, and the seconds that it computed for it."""

    load: Load
    worked: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.load.rate

    @property
    def least(self) -> float:
        """As `rate`; of one that answered nothing it is only known that it is slower than this."""
        return max(self.load.requests, 1) / self.load.seconds

    @property
    def each(self) -> float:
        """Microseconds that it computed for a request."""
        return self.worked / max(self.load.requests, 1) * 1e6


def _round(
    servers: Sequence[Served],
    store: Path,
    paths: Paths,
    connections: int,
    seconds: float,
    first: dict[str, int],
) -> list[Sample]:
    """What each server answers, one after the other; rdflib-endpoint is the last.

    That one is started for it: it would go on with queries that nobody waits for any more, and
    slow down whatever is measured next.
    """

    def sample(served: Served) -> Sample:
        before = served.worked()
        begin = first.get(served.name, 0)
        done = load(served.address, paths(served), connections, seconds, begin)
        first[served.name] = begin + done.requests  # the next round does not ask the same again
        return Sample(done, served.worked() - before)

    found = []
    for served in servers:
        found.append(sample(served))
        time.sleep(SETTLES)
    with rdflib_endpoint(store) as slow:
        found.append(sample(slow))
    return found


def _line(rounds: Sequence[Sequence[Sample]], goal: float) -> str:
    """Medians, and the medians of the ratios within each round."""
    ours, *peers = zip(*rounds, strict=True)
    told = [_told(ours)]
    for peer, wanted in zip(peers, (goal, RDFLIB_GOAL), strict=True):
        ratio = statistics.median(a.rate / b.least for a, b in zip(ours, peer, strict=True))
        mark = "×" if all(one.load.requests for one in peer) else ">"
        told.append(f"{_told(peer)} {mark}{ratio:<6.2f} goal {wanted:<4g}")
    failed = sum(one.load.failed for one in ours)
    return " ".join(told) + (f" {failed} FAILED" if failed else "")


def _told(samples: Sequence[Sample]) -> str:
    rate = statistics.median(one.rate for one in samples)
    each = statistics.median(one.each for one in samples)
    return f"{rate:>7.{0 if rate >= 100 else 1}f}/s {each:>7.0f} µs"


# --- one long answer ---------------------------------------------------------------------------


def _long(folder: Path, options: argparse.Namespace) -> None:
    store = kept(folder, made := synthetic(options.quads))
    print(f"\nsynthetic graph, {len(made):,} quads; {options.rows:,} rows in JSON")
    query = f"SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {options.rows}"
    with ExitStack() as stack:
        servers = [
            stack.enter_context(meagraph(folder)),
            stack.enter_context(oxigraph(store)),
            stack.enter_context(rdflib_endpoint(store)),
        ]
        times: dict[str, list[tuple[float, float]]] = {one.name: [] for one in servers}
        for turn in range(options.rounds + 1):
            # rdflib takes seconds for it: once is enough to see by how many times.
            for served in servers if turn == 1 else servers[:2]:
                first, total = _timed(served, query, options.rows)
                if turn:
                    times[served.name].append((first, total))
    ours, peer = times["meagraph"], times["Oxigraph"]
    for name, each in times.items():
        first, total = (statistics.median(column) for column in zip(*each, strict=True))
        print(f"{name:<38} first byte {first * 1000:8.1f} ms, whole {total * 1000:8.0f} ms")
    ratio = statistics.median(a[1] / b[1] for a, b in zip(ours, peer, strict=True))
    slow = times["rdflib-endpoint"][0][1] / ours[0][1]
    print(f"{'whole, ours / Oxigraph':<38} ×{ratio:.2f} goal ≤ {LONG_GOAL}")
    print(f"{'whole, rdflib-endpoint / ours':<38} ×{slow:.1f}")
    print(f"{'first byte':<38} goal ≤ {FIRST_GOAL * 1000:.0f} ms", flush=True)


def _timed(served: Served, query: str, rows: int) -> tuple[float, float]:
    """Seconds to the first byte of the answer and to its end; it must have all rows."""
    connection = connected(served.address)
    connection.connect()
    path = _asked(served, [query])[0]
    begin = time.perf_counter()
    connection.request("GET", path, headers={"Accept": JSON})
    response = connection.getresponse()
    pieces = [response.read(1)]
    first = time.perf_counter() - begin
    while piece := response.read1(1 << 18):
        pieces.append(piece)
    total = time.perf_counter() - begin
    connection.close()
    found = len(json.loads(b"".join(pieces))["results"]["bindings"])
    if found != rows:
        raise RuntimeError(f"{served.name} gave {found:,} rows of {rows:,}")
    return first, total


def _get(served: Served, path: str) -> bytes:
    connection = connected(served.address)
    try:
        connection.request("GET", path, headers={"Accept": JSON})
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status >= 400:
        raise RuntimeError(f"{served.name} answered {response.status}: {body[:300]!r}")
    return body


# --- a query that runs away --------------------------------------------------------------------


def _runaway(folder: Path, options: argparse.Namespace) -> None:
    store = kept(folder)
    limit = options.limit
    read = pyoxigraph.Store.read_only(str(store))
    queries = list(_small(read, VARIED_OURS))
    print(f"\nreal graph; a cross product with COUNT, limit {limit:g} s")
    for serving in (
        meagraph(folder, "--timeout", f"{limit:g}"),
        oxigraph(store, "--timeout-s", f"{limit:g}"),
    ):
        with serving as served:
            paths = _asked(served, queries)
            alone = load(served.address, paths, 8, limit)
            ended: list[tuple[float, int]] = []
            asking = threading.Thread(target=_ran, args=(served, limit, ended), daemon=True)
            asking.start()
            time.sleep(0.2)
            beside = load(served.address, paths, 8, max(1.0, limit - 1), alone.requests)
            asking.join(limit + 2 * GIVEN_UP_AFTER)
        if ended and ended[0][1]:
            told = f"answered {ended[0][0] - limit:+.2f} s after its limit, status {ended[0][1]}"
        else:
            told = f"not answered {GIVEN_UP_AFTER:g} s after its limit"
        goal = f" goal ≤ {RUNAWAY_GOAL:g} s" if served.name == "meagraph" else ""
        print(f"{served.name:<38} {told}{goal}")
        share = beside.rate / alone.rate
        failed = f", {beside.failed} FAILED" if beside.failed else ""
        print(
            f"{'  others, 8 connections':<38} {beside.rate:.0f}/s, ×{share:.2f} of before{failed}"
        )


def _ran(served: Served, limit: float, ended: list[tuple[float, int]]) -> None:
    """Note after how many seconds the query was answered, and with which status; 0: never."""
    connection = connected(served.address)
    connection.timeout = limit + GIVEN_UP_AFTER
    begin = time.perf_counter()
    status = 0
    try:
        connection.request("GET", _asked(served, [RUNAWAY])[0], headers={"Accept": JSON})
        response = connection.getresponse()
        response.read()
        status = response.status
    except OSError:
        pass
    ended.append((time.perf_counter() - begin, status))
    connection.close()


if __name__ == "__main__":
    main()
