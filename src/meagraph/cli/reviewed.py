"""``meagraph reviewed``: record that entries were read a second time, or list those to be read."""

from __future__ import annotations

import argparse
from pathlib import Path

from meagraph.cli.days import day_argument, read_day
from meagraph.entries.formatting import write_files
from meagraph.entries.paths import REGISTER
from meagraph.entries.reviews import review, unread
from meagraph.errors import UnusableInput
from meagraph.project import Project, find_project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", metavar="FILE|FOLDER", help="what was read again")
    parser.add_argument(
        "--corrections", type=int, metavar="N", help="how many statements of each were corrected"
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help="record nothing; list the files never read again, or changed since; exit with 1 if "
        "there are any",
    )
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    day_argument(parser)
    parser.epilog = (
        "The register keeps the day, the SHA-256 of the bytes that were read, and the number of\n"
        "corrections. Run meagraph fmt before.\n\nTry: meagraph reviewed --list"
    )


def run(options: argparse.Namespace) -> int:
    """Record a reading, or list what waits for one."""
    project = find_project(options.root)
    named = [Path(name) for name in options.files]
    if options.list:
        return _list(project, named)
    if not named:
        raise UnusableInput(
            "no file is named", hint="Name what was read again; --list says what waits for it."
        )
    if options.corrections is not None and options.corrections < 0:
        raise UnusableInput("--corrections is less than 0", hint="Write how many there were.")
    files, register = review(project.data, read_day(options.date), named, options.corrections)
    write_files({project.data / REGISTER: register})
    for path in files:
        print(path.relative_to(project.root).as_posix())
    return 0


def _list(project: Project, named: list[Path]) -> int:
    waiting = unread(project.data, named)
    for path, day in waiting:
        why = f"changed since {day}" if day else "never read again"
        print(f"{path.relative_to(project.root).as_posix()}  {why}")
    return 1 if waiting else 0
