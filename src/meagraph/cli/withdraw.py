"""``meagraph withdraw``: give up a record that nothing mentions, and say why."""

from __future__ import annotations

import argparse

from meagraph.cli.changes import print_prose, said
from meagraph.cli.days import day_argument, read_day
from meagraph.cli.progress import progress
from meagraph.entries.replacement import replace_together
from meagraph.entries.withdrawing import withdrawing
from meagraph.namespaces import compact
from meagraph.project import find_project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", help="a prefixed name, or an IRI in quotes")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, in a sentence")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    day_argument(parser)
    parser.epilog = (
        "The record keeps its names and the reason, and no name is ever used again. While a file\n"
        "mentions it, nothing is changed and each place is listed. Two records of one thing are\n"
        "merged instead, and a wrong name is changed: meagraph merge, meagraph rename.\n\n"
        'Try: meagraph withdraw plans:one --reason "No passage speaks of it." --dry-run'
    )


def run(options: argparse.Namespace) -> int:
    """Withdraw, or say what a withdrawal would change."""
    project = find_project(options.root)
    day = read_day(options.date)
    with progress() as tell:
        found = withdrawing(project, options.name, options.reason, day, tell)
    if not options.dry_run:
        replace_together(found.changes)
    for path in sorted(found.changes):
        what = "withdrawn" if path == found.tombstone else "renewed"
        print(f"{path.relative_to(project.root).as_posix()}  {what}")
    if found.dropped:
        print(f"Said of {compact(found.iri)} no more:")
        for triple in found.dropped:
            print(f"  {said(triple)}")
    print_prose(project.root, found.prose)
    if options.dry_run:
        print("Nothing has been written: this is a dry run.")
    return 0
