"""``meagraph merge``: make one record of two that are of the same thing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.arriving import judge
from meagraph.cli.changes import counted, print_prose, said
from meagraph.cli.days import day_argument, read_day
from meagraph.cli.progress import progress
from meagraph.entries import graph_iri, parse_entry
from meagraph.entries.merging import Merging, merging
from meagraph.entries.paths import REGISTER
from meagraph.entries.replacement import replace_together
from meagraph.namespaces import compact
from meagraph.project import Project, find_project

if TYPE_CHECKING:
    from meagraph.entries import Entry


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("old", metavar="OLD", help="the name that goes: prefixed, or an IRI")
    parser.add_argument("into", metavar="INTO", help="the name that stays, of the same kind")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why the two are one thing")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    day_argument(parser)
    parser.epilog = (
        "Every mention of OLD in data/, ontology/, shapes/ and queries/ becomes one of INTO, and\n"
        "INTO's record says what OLD's said besides; OLD's label becomes another name of INTO.\n"
        "OLD keeps a record that names INTO. Where the two records contradict each other, or a\n"
        "file speaks of both as of two things, or the graph would not be valid with the one,\n"
        "nothing is changed and each place is listed.\n"
        "Strings, comments, tests/ and docs/ are left to you.\n\n"
        "Try: meagraph merge bodies:one bodies:other --dry-run"
    )


def run(options: argparse.Namespace) -> int:
    """Merge, or say what a merging would change."""
    project = find_project(options.root)
    day = read_day(options.date)
    with progress() as tell:
        found = merging(project, options.old, options.into, day, options.reason, tell)
    if status := judge(project, _entries(project, found)):
        print("meagraph: nothing has been merged", file=sys.stderr)
        return status
    if not options.dry_run:
        replace_together(found.changes)
    _print_changes(project, found)
    if options.dry_run:
        print("Nothing has been written: this is a dry run.")
    return 0


def _entries(project: Project, found: Merging) -> list[Entry]:
    """The entries among the files that change, as they will be."""
    register = project.data / REGISTER
    return [
        parse_entry(path, graph_iri(path.relative_to(project.data)), text.encode())
        for path, text in found.changes.items()
        if path.is_relative_to(project.data) and path != register
    ]


def _print_changes(project: Project, found: Merging) -> None:
    for path in sorted(found.changes):
        print(f"{path.relative_to(project.root).as_posix()}  {_what(path, found)}")
    total = sum(found.mentions.values())
    names = " → ".join(map(compact, found.change))
    print(f"{names}: {counted(total, 'mention')} in {counted(len(found.mentions), 'file')}")
    if found.kept:
        print(f"Said of {compact(found.change.new)} from now on:")
        for triple in found.kept:
            print(f"  {said(triple)}")
    print_prose(project.root, found.prose)


def _what(path: Path, found: Merging) -> str:
    going, staying = found.records
    if path == going:
        return f"deprecated, replaced by {compact(found.change.new)}"
    told = []
    if path in found.mentions:
        told.append(counted(found.mentions[path], "mention"))
    if path == staying and found.kept:
        told.append(f"{counted(len(found.kept), 'statement')} more")
    return ", ".join(told) or "renewed"
