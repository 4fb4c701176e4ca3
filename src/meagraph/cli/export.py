"""``meagraph export``: the graph as files for other tools."""

from __future__ import annotations

import argparse
from pathlib import Path

from meagraph.cli import output
from meagraph.cli.progress import progress
from meagraph.export import KINDS, files_of, write_files
from meagraph.project import find_project


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "kind",
        metavar="KIND",
        nargs="?",
        choices=(*KINDS, "all"),
        default="all",
        help="; ".join(f"{name}: {what}" for name, what in KINDS.items()) + " (default: all)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("dist"),
        help="folder to write to (default: dist in the current folder)",
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Write the files and list them with their sizes."""
    from meagraph.graph import open_graph

    project = find_project(options.root)
    with progress() as tell:
        files = files_of(options.kind, open_graph(project, progress=tell), project)
        written = write_files(files, options.output, tell)
    output.write(output.written_files(written, options.output))
    return 0
