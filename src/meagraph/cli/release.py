"""``meagraph release``: a version as a folder with everything that belongs to it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.output import note, write
from meagraph.cli.progress import progress
from meagraph.project import find_project

if TYPE_CHECKING:
    from meagraph.releases import Released, Wanted


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("version", metavar="VERSION", help="its version: 1.4.0")
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("releases"),
        help="the folder in which that of the release will be (default: releases)",
    )
    parser.add_argument(
        "--previous",
        metavar="FOLDER|REVISION",
        default="",
        help="the last release, to tell what changed and whether the version is a step large "
        "enough",
    )
    parser.add_argument(
        "--site",
        metavar="URL",
        default="",
        help="the address below which releases are published: redirects for w3id.org are written",
    )
    parser.add_argument(
        "--draft",
        action="store_true",
        help="for trial: the changelog may say that the version is unreleased",
    )
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Check and write the release, and tell where it is."""
    from meagraph.releases import Wanted, release

    wanted = Wanted(options.version, options.output, options.previous, options.site, options.draft)
    project = find_project(options.root)
    with progress() as tell:
        done = release(project, wanted, tell)
    write(_told(done, wanted))
    if done.too_small:
        note(f"as a release this would be refused: {done.too_small}")
    return 0


def _told(done: Released, wanted: Wanted) -> str:
    what = "draft" if wanted.draft else "release"
    is_there = "is in" if done.is_new else "was there already, byte for byte:"
    lines = [
        f"The {what} {wanted.version} {is_there} {done.folder} "
        f"({done.files:,} files, {done.size:,} bytes)"
    ]
    if done.step:
        lines.append(f"Since {done.previous} the changes are {done.step.level} ones")
        lines += [f"  {line}" for line in done.step.told()]
    else:
        lines.append("No earlier release was compared: name one with --previous")
    if wanted.site:
        lines.append(f"Redirects for w3id.org: {done.folder / 'w3id'}")
    else:
        lines.append("No redirects for w3id.org: they need --site")
    return "\n".join(lines) + "\n"
