"""``meagraph export``: the graph as files for other tools."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.progress import progress
from meagraph.export import KINDS, export
from meagraph.project import find_project

if TYPE_CHECKING:
    from meagraph.export.record import Outcome

_FEW = 3


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
        store = open_graph(project, progress=tell)
        outcome = export(options.kind, store, project, options.output, tell)
    output.write(told(outcome, options.output))
    return 0


def told(outcome: Outcome, folder: Path) -> str:
    """What an export wrote and took away, and what it left that it once wrote."""
    from meagraph.export.record import RECORD

    lines = [output.written_files(outcome.written, folder)]
    if removed := [str(path.relative_to(folder)) for path in outcome.removed]:
        rest = f" and {len(removed) - _FEW:,} more" if len(removed) > _FEW else ""
        count = "1 file that is" if len(removed) == 1 else f"{len(removed):,} files that are"
        lines.append(f"Removed {count} no longer made: {', '.join(removed[:_FEW])}{rest}\n")
    for path, why in outcome.left:
        lines.append(f"Left, though it is no longer made: {path.relative_to(folder)} ({why})\n")
    if outcome.fault:
        lines.append(
            f"Nothing that earlier exports wrote was removed: {RECORD} in the folder, which lists "
            f"it, is not what they left there ({outcome.fault})\n"
        )
    return "".join(lines)
