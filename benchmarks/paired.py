"""Paired measurements: two things in turn, A B A B …, and the ratio of their medians.

The machine is noisy; a ratio taken within one run holds where a single time does not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple


class Ratio(NamedTuple):
    """Medians in seconds, and the median of the ratios pair by pair."""

    ours: float
    peer: float
    ratio: float


def process(command: list[str]) -> Callable[[], None]:
    """A whole process, from start to exit, its output read and thrown away."""

    # With bytecode, as installed programs run.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    return run


def compare(
    ours: Callable[[], None],
    peer: Callable[[], None],
    runs: int,
    clock: Callable[[], float] = time.perf_counter,
) -> Ratio:
    """Time both in turn, after one uncounted run of each.

    Args:
        ours: what is compared.
        peer: with what.
        runs: how many pairs are counted.
        clock: the seconds that pass, or `time.process_time`: those that this process works.
    """
    pairs = []
    for turn in range(runs + 1):
        times = []
        for what in (ours, peer):
            start = clock()
            what()
            times.append(clock() - start)
        if turn:
            pairs.append(times)
    return Ratio(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def report(name: str, result: Ratio, goal: str) -> None:
    """Print one line of a table."""
    print(
        f"{name:<58} {result.ours * 1000:8.0f} ms {result.peer * 1000:8.0f} ms"
        f"  ×{result.ratio:<6.2f} goal {goal}",
        flush=True,
    )


PYTHON = sys.executable
