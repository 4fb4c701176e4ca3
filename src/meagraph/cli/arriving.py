"""Files named on the command line that do not stand in the graph yet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.progress import progress
from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.entries import Entry
    from meagraph.entries.arrival import Arrivals
    from meagraph.project import Project


def destination_argument(parser: argparse.ArgumentParser) -> None:
    """Declare ``--as``."""
    parser.add_argument(
        "--as",
        dest="destination",
        metavar="PATH",
        help="where the one file that is named would stand in data/, such as "
        "documents/DOCUMENT/PASSAGE.ttl; needed where neither a line “PREFIX this: <graph#>” nor "
        "a record's type says it",
    )


def named_files(files: Sequence[Path]) -> list[Path]:
    """The files and folders that are named; ``-`` is the standard input.

    Raises:
        UnusableInput: the standard input is named twice.
    """
    from meagraph.entries.selection import STANDARD_INPUT

    if files.count(Path("-")) > 1:
        raise UnusableInput("the standard input is named twice", hint="Write “-” once.")
    return [STANDARD_INPUT if file == Path("-") else file for file in files]


def arrivals(project: Project, files: Sequence[Path], destination: str | None) -> Arrivals:
    """Read files that do not stand in the graph yet.

    Args:
        project: the graph's files.
        files: what `named_files` gives.
        destination: what ``--as`` says.

    Raises:
        UnusableInput: see `meagraph.entries.arrival.read_arrivals`.
    """
    from meagraph.entries.arrival import read_arrivals
    from meagraph.entries.selection import STANDARD_INPUT

    stream = sys.stdin.buffer if STANDARD_INPUT in files else None
    return read_arrivals(files, project.data, destination, stream)


def judge(project: Project, entries: Sequence[Entry], fail_on: str = "violation") -> int:
    """Validate entries as part of the whole graph, and print what is found.

    Args:
        project: the graph's files.
        entries: what is to be written, each for the place of the file that has its graph.
        fail_on: the least severity that keeps them out.

    Returns:
        The exit status: 0 where they may be written, 1 with findings, 2 with unreadable files.
    """
    from meagraph.reports import render
    from meagraph.validation import validate

    with progress() as tell:
        report = validate(project, progress=tell, arriving=entries)
    if report.findings:
        print(render(report, "text", Path.cwd()), end="")
    if report.unreadable or report.fails(fail_on):
        return 2 if report.unreadable else 1
    if report.findings:
        print()
    return 0
