"""``meagraph add``: put entries in their places in ``data/``, if the graph stays valid."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.arriving import arrivals, destination_argument, judge, named_files
from meagraph.cli.days import day_argument, read_day
from meagraph.errors import UnusableInput
from meagraph.project import find_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meagraph.drafting.adding import Placing
    from meagraph.entries.arrival import Arrival
    from meagraph.project import Project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files",
        metavar="FILE|FOLDER|-",
        nargs="+",
        type=Path,
        help="entries that do not stand in data/ yet; - reads one from standard input",
    )
    destination_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be")
    parser.add_argument(
        "--replace", action="store_true", help="replace a file of data/ that states something else"
    )
    parser.add_argument(
        "--fail-on",
        choices=("violation", "warning", "info"),
        default="violation",
        help="the least severity that keeps entries out (violation)",
    )
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    day_argument(parser)
    parser.epilog = (
        "The files are validated together, as part of the whole graph; then all are written in\n"
        "canonical form and entered in the register, or none is. Lines that begin with “#:”, the\n"
        "guidance of templates, are dropped; any other comment is refused: it would be lost.\n"
        "\n"
        "exit status: 0 added, 1 findings, 2 files that cannot be used; unless it is 0, nothing\n"
        "has been changed\n\n"
        "Try: meagraph add draft.ttl --dry-run"
    )


def run(options: argparse.Namespace) -> int:
    """Add entries, or say why they cannot be added."""
    from meagraph.drafting.adding import adding, changes, put, refusal_to_replace

    project = find_project(options.root)
    day = read_day(options.date)
    arriving, refused = _read(project, options)
    found = adding(project, arriving)
    refused += found.refused
    if refused:
        return _refuse(refused)
    placings = [placing for placing in found.placings if placing.changes]
    replaced = [placing for placing in placings if placing.replaces]
    if options.dry_run:
        print("".join(placing.difference(project.root) for placing in replaced), end="")
    if replaced and not options.replace:
        return _refuse(refusal_to_replace(placing, project.root) for placing in replaced)
    if placings:
        entries = [placing.arrival.entry for placing in placings]
        if status := judge(project, entries, options.fail_on):
            print("meagraph: nothing has been added", file=sys.stderr)
            return status
    changed = changes(project, placings, day)
    if not options.dry_run:
        put(changed)
    _say(project, found.placings, changed)
    if options.dry_run:
        print("Nothing has been written: this is a dry run.")
    elif changed:
        _say_what_is_next(project, placings)
    return 0


def _read(
    project: Project, options: argparse.Namespace
) -> tuple[list[Arrival], list[UnusableInput]]:
    """The entries that arrive, and what is wrong with the files that cannot be read."""
    from meagraph.entries.selection import standing

    files = named_files(options.files)
    for file in standing(project, files)[0]:
        raise UnusableInput(
            "this stands in the graph already",
            file=file,
            hint="meagraph fmt formats and registers it, meagraph validate checks it.",
        )
    usable, illegible = arrivals(project, files, options.destination)
    return usable, [one.mistake for one in illegible]


def _refuse(mistakes: Iterable[UnusableInput]) -> int:
    for mistake in mistakes:
        print(f"meagraph: {mistake}", file=sys.stderr)
    print("meagraph: nothing has been added", file=sys.stderr)
    return 2


def _say(project: Project, placings: Sequence[Placing], changed: Iterable[Path]) -> None:
    """Print what becomes of each file."""
    from meagraph.drafting.adding import lost_triples

    named = {placing.arrival.destination: placing for placing in placings}
    for path in [*named, *(path for path in changed if path not in named)]:
        where = path.relative_to(project.root).as_posix()
        if path not in named:
            gone = any(path == placing.standing for placing in placings)
            print(f"{where}  {'gone: its graph moves' if gone else 'renewed'}")
            continue
        placing = named[path]
        count = len(placing.arrival.entry.triples)
        if not placing.changes:
            print(f"{where}  unchanged: it states the same already")
        elif placing.replaces:
            print(f"{where}  replaced, {count} triples, {placing.gained} of them new")
            if placing.lost:
                print(f"  {lost_triples(placing)}")
        else:
            print(f"{where}  new, {count} {'triple' if count == 1 else 'triples'}")


def _say_what_is_next(project: Project, placings: Sequence[Placing]) -> None:
    """Print what is left to do with what passages state: the graph cannot do it alone."""
    from meagraph.entries import graph_kind

    stated = [one for one in placings if graph_kind(one.arrival.entry.graph) == "stated"]
    if stated:
        files = " ".join(str(one.arrival.destination.relative_to(project.root)) for one in stated)
        print("\nNext: meagraph verify and meagraph coverage compare this with the source texts;")
        print(f"when someone else has read it: meagraph reviewed {files}")
