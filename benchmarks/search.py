"""Full text against a scan: ``python benchmarks/search.py [QUADS]`` (100,000 quads by default).

Each line: the median of a search in the index, that of a regular expression over all literals in
pyoxigraph, and the ratio pair by pair; on the real graph and on a synthetic one. Then how long the
index takes to make, against a scan too: after so many scans it has paid for itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from paired import compare, report
from synthetic import synthetic

from meagraph.graph import open_or_build
from meagraph.project import find_project
from meagraph.search import Index, search

ROOT = Path(__file__).parent.parent
QUADS = 100_000
RUNS = 15
GOAL = "< 1"
TEXTS = ("gold mining", "ASGM", "waste trade", "plastics treaty", "minamata secretariat", "sponso")


def main() -> None:
    """Measure on both graphs."""
    quads = int(sys.argv[1]) if len(sys.argv) > 1 else QUADS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEAGRAPH_CACHE"] = folder
        opened = open_or_build(find_project(ROOT))
        print(f"{'':<58} {'search':>11} {'scan':>11}")
        in_memory = pyoxigraph.Store()
        in_memory.bulk_extend(opened.store)
        _searches("real", in_memory, Index(opened.store, opened.folder))
        one = TEXTS[0]
        report(
            f"real, “{one}”, the index opened anew",
            compare(
                lambda: search(opened.store, one, folder=opened.folder), _scan(in_memory, one), RUNS
            ),
            GOAL,
        )
        _making("real", in_memory)
    store = synthetic(quads)
    _searches("synthetic", store, Index(store))
    _making("synthetic", store)


def _searches(graph: str, store: pyoxigraph.Store, index: Index) -> None:
    print(f"{graph} graph, {len(store):,} quads")
    for text in TEXTS:
        result = compare(lambda text=text: index.search(text), _scan(store, text), RUNS)
        report(f"{graph}, “{text}”: {len(index.search(text))} hits", result, GOAL)


def _making(graph: str, store: pyoxigraph.Store) -> None:
    result = compare(lambda: Index(store).search("x"), _scan(store, TEXTS[0]), 3)
    report(f"{graph}, making the index / one scan", result, "none")


def _scan(store: pyoxigraph.Store, text: str) -> Callable[[], None]:
    """Look at every literal for all of the words; what a reader without an index would ask."""
    words = " && ".join(f'REGEX(STR(?text), "{word}", "i")' for word in text.split())
    query = (
        f"SELECT DISTINCT ?thing ?text {{ ?thing ?p ?text FILTER (isLiteral(?text) && {words}) }}"
    )

    def run() -> None:
        for _ in store.query(query):
            pass

    return run


if __name__ == "__main__":
    main()
