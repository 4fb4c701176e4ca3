"""``meagraph diff``: what changed between two versions, entry by entry."""

from __future__ import annotations

import argparse
from pathlib import Path

from meagraph.changes import (
    FORMATS,
    Changes,
    Naming,
    Version,
    as_update,
    comparable,
    compare,
    naming_of,
    read_project,
    read_version,
)
from meagraph.cli.output import write
from meagraph.cli.pager import paged
from meagraph.cli.terminal import width
from meagraph.project import Project, find_project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    version = "a folder (of a project, its data, or an export) or a revision: HEAD~3, v0.1.0"
    parser.add_argument("old", metavar="OLD", help=version)
    parser.add_argument(
        "new", metavar="NEW", nargs="?", help="the same (default: the project as it stands)"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="; ".join(f"{name}: {what}" for name, what in FORMATS.items()),
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to this file")
    parser.add_argument(
        "--all", action="store_true", help="text: also what added and removed entries state"
    )
    parser.add_argument(
        "--links",
        metavar="URL",
        default="",
        help="markdown: address that links to files begin with",
    )
    parser.add_argument("--no-pager", action="store_true", help="never use a pager")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Tell what differs; the exit status is that of diff: 0 nothing, 1 something."""
    if options.output:
        from meagraph.entries.replacement import check_file

        check_file(options.output)
    project = find_project(options.root)
    old, new = comparable(
        read_version(options.old, project.folder),
        read_version(options.new, project.folder) if options.new else read_project(project.root),
    )
    changes = compare(old, new)
    text = _rendered(options, changes, old, new, project)
    if options.output:
        from meagraph.entries.replacement import replace_together

        replace_together({options.output: text})
    elif options.format != "text" or options.no_pager or not paged(text):
        write(text)
    return 0 if changes.same else 1


def _rendered(
    options: argparse.Namespace, changes: Changes, old: Version, new: Version, project: Project
) -> str:
    if options.format == "sparql":
        return as_update(old, new)
    naming = _naming(changes, old, new, project)
    if options.format == "json":
        from meagraph.changes.json import as_json

        return as_json(changes, naming)
    if options.format == "turtle":
        from meagraph.changes.changesets import as_turtle

        return as_turtle(changes, naming, old, new)
    if options.format == "markdown":
        from meagraph.changes.markdown import as_markdown

        return as_markdown(changes, naming, _address(options.links))
    from meagraph.changes.text import as_text

    return as_text(changes, naming, width(), whole=options.all)


def _naming(changes: Changes, old: Version, new: Version, project: Project) -> Naming:
    """Names as the later version has them; of folders of data alone, properties have them here."""
    versions = [new, old]
    if "ontology" not in old.parts | new.parts:
        versions.append(read_project(project.root))
    return naming_of(changes, versions)


def _address(links: str) -> str:
    return links if not links or links.endswith("/") else f"{links}/"
