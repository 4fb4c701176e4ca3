"""``meagraph rename``: rename an entity, a claim, a term or a concept in every file."""

from __future__ import annotations

import argparse
from pathlib import Path

from meagraph.cli.changes import counted, print_prose
from meagraph.cli.days import day_argument, read_day
from meagraph.cli.progress import progress
from meagraph.entries.renaming import Renaming, renaming
from meagraph.entries.replacement import replace_together
from meagraph.namespaces import compact
from meagraph.project import Project, find_project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("old", metavar="OLD", help="a prefixed name, or an IRI in quotes")
    parser.add_argument("new", metavar="NEW", help="its new name, of the same kind; never used yet")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    day_argument(parser)
    parser.epilog = (
        "All of data/, ontology/, shapes/ and queries/ change together, or nothing does. The old\n"
        "name of an entity, a term or a concept stays, deprecated, and names its successor; a\n"
        "claim has no record and leaves nothing. Strings and comments are left to you, and so are\n"
        "the program's own code, its tests and docs/: make test says which of them use a term.\n\n"
        "Try: meagraph rename meetings:gfc-oewg-1 meetings:gfc-oewg-first --dry-run"
    )


def run(options: argparse.Namespace) -> int:
    """Rename, or say what a renaming would change."""
    project = find_project(options.root)
    day = read_day(options.date)
    with progress() as tell:
        found = renaming(project, options.old, options.new, day, tell)
    if not options.dry_run:
        replace_together(found.changes)
    _print_changes(project, found)
    if options.dry_run:
        print("Nothing has been written: this is a dry run.")
    return 0


def _print_changes(project: Project, found: Renaming) -> None:
    for path in sorted(found.changes):
        print(f"{path.relative_to(project.root).as_posix()}  {_what(path, found, project)}")
    total = sum(found.mentions.values())
    names = " → ".join(map(compact, found.change))
    print(f"{names}: {counted(total, 'mention')} in {counted(len(found.mentions), 'file')}")
    print_prose(project.root, found.prose)


def _what(path: Path, found: Renaming, project: Project) -> str:
    old, new = found.moved or (None, None)
    if path == old:
        return f"deprecated, replaced by {compact(found.change.new)}"
    if path not in found.mentions:
        return "renewed"
    count = counted(found.mentions[path], "mention")
    if path == new and old:
        return f"{count}, moved from {old.relative_to(project.root).as_posix()}"
    return count
