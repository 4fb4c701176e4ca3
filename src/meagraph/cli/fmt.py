"""``meagraph fmt``: write entries in canonical form and keep the register."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from meagraph.cli.days import day_argument, read_day
from meagraph.entries.formatting import formatting, write_files
from meagraph.project import find_project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE|FOLDER",
        help="what to format; without any, all of data/",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if a file would change"
    )
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    day_argument(parser)
    parser.epilog = (
        "Nothing at all is written where a file holds something that would be lost: a comment, a\n"
        "blank node, a number that is not in canonical form.\n\nTry: meagraph fmt --check"
    )


def run(options: argparse.Namespace) -> int:
    """Format, or say what would change."""
    project = find_project(options.root)
    named = [Path(name) for name in options.files]
    changes, refused = formatting(project.data, read_day(options.date), named)
    if refused:
        for error in refused:
            print(f"meagraph: {error}", file=sys.stderr)
        print("meagraph: nothing has been written", file=sys.stderr)
        return 2
    if not options.check:
        write_files(changes)
    for path in changes:
        print(path.relative_to(project.root).as_posix())
    return 1 if options.check and changes else 0
