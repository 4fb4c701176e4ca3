"""``meagraph fmt``: write entries in canonical form and keep the register."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from meagraph.entries.formatting import formatting, write_files
from meagraph.errors import UnusableInput
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
    parser.add_argument(
        "--date", metavar="YYYY-MM-DD", help="the day to record in the register (today)"
    )
    parser.epilog = (
        "Nothing at all is written where a file holds something that would be lost: a comment, a\n"
        "blank node, a number that is not in canonical form.\n\nTry: meagraph fmt --check"
    )


def run(options: argparse.Namespace) -> int:
    """Format, or say what would change."""
    project = find_project(options.root)
    named = [Path(name) for name in options.files]
    changes, refused = formatting(project.data, _day(options.date), named)
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


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(
            f"“{text}” is not a day", hint="Write it as YYYY-MM-DD, for instance 2025-11-03."
        ) from None
