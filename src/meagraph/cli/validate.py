"""``meagraph validate``: the data against the shapes and the rules on files."""

from __future__ import annotations

import argparse
import os
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.arriving import destination_argument, named_files
from meagraph.cli.output import write
from meagraph.cli.progress import progress
from meagraph.errors import UnusableInput
from meagraph.project import find_project
from meagraph.reports import FORMATS, check_target, format_of, render, save

if TYPE_CHECKING:
    from meagraph.validation import Report

_TWO = "--shapes and --data"
"""What tells that all is about files of others."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files",
        metavar="FILE|FOLDER|-",
        nargs="*",
        type=Path,
        help="show the findings of these only; the whole graph is validated (default: all). A file "
        "that does not stand in the graph, or standard input (-), is validated as if it did; it is "
        "Turtle, or JSON-LD where its name ends in .jsonld",
    )
    destination_argument(parser)
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="how to show findings: for a terminal, as JSON, as SARIF for code scanning, as "
        "annotations of GitHub Actions, as SHACL's own report in Turtle, as a web page (text, or "
        "what the ending of --output says)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="REPORT",
        type=Path,
        help="file to write the findings to, a new one or one to replace (default: print them)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("violation", "warning", "info"),
        default="violation",
        help="the least severity that makes the exit status 1; a note is of severity info "
        "(violation)",
    )
    parser.add_argument(
        "--notes",
        action="store_true",
        help="list the notes, too: what the sources have wrong, and a reading says so; as text "
        "they are else only counted",
    )
    parser.add_argument(
        "--shapes",
        metavar="FILE|FOLDER",
        action="append",
        type=Path,
        default=[],
        help="with --data: shapes of others to use instead of the graph's; may be repeated",
    )
    parser.add_argument(
        "--data",
        metavar="FILE|FOLDER",
        action="append",
        type=Path,
        default=[],
        help="with --shapes: data of others to validate instead of the graph's, in any RDF format "
        "(.ttl .trig .nt .nq .rdf .jsonld); may be repeated",
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        help="stop after so long, 0 for never (60 with --shapes, else never)",
    )
    parser.epilog = (
        "exit status: 0 valid, 1 findings, 2 files that cannot be used\n\n"
        "Try: meagraph validate data/documents --fail-on warning\n"
        "     meagraph validate --output findings.html\n"
        "     meagraph validate --shapes their-shapes.ttl --data their-data.jsonld"
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < inf:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of seconds")
    return seconds


def run(options: argparse.Namespace) -> int:
    """Show each finding with its place, and the counts."""
    if options.shapes or options.data:
        report, root = _of_others(options), Path.cwd()
    else:
        report, root = _of_the_graph(options)
        if not options.notes and options.fail_on != "info" and _as_text(options):
            report = report.without_notes()
    show(report, options, root)
    if report.unreadable:
        return 2
    return 1 if report.fails(options.fail_on) else 0


def _as_text(options: argparse.Namespace) -> bool:
    return bool(options.format == "text" if options.format else not options.output)


def _of_others(options: argparse.Namespace) -> Report:
    """Data and shapes of others; no graph of ours is looked for."""
    from meagraph.validation.foreign import SECONDS, validate_foreign

    if not (options.shapes and options.data):
        have, lack = ("--shapes", "--data") if options.shapes else ("--data", "--shapes")
        raise UnusableInput(
            f"{have} is given without {lack}",
            hint="Name both: the shapes, and the data to validate with them.",
        )
    for name, given in (("--root", options.root), ("--as", options.destination)):
        if given is not None:
            raise UnusableInput(f"{name} is about the graph, and {_TWO} are not")
    if options.files:
        raise UnusableInput(
            f"“{options.files[0]}” stands beside {_TWO}",
            hint="Write --shapes or --data before each file.",
        )
    if options.output:
        check_target(options.output)
        inputs = {path.resolve() for path in (*options.shapes, *options.data)}
        if options.output.resolve() in inputs:
            raise UnusableInput(
                "this is one of the files to validate with",
                file=options.output,
                hint="Name another file for the findings.",
            )
    seconds = SECONDS if options.timeout is None else options.timeout
    return validate_foreign(options.shapes, options.data, seconds or None)


def _of_the_graph(options: argparse.Namespace) -> tuple[Report, Path]:
    from meagraph.cli.drafts import read_drafts
    from meagraph.entries.selection import standing
    from meagraph.validation import validate
    from meagraph.validation.time_limit import OutOfTime, time_limit

    project = find_project(options.root)
    if options.output:
        kept = (project.data, project.ontology, project.shapes, project.queries)
        check_target(options.output, [*kept, *filter(Path.is_file, options.files)])
    here, elsewhere = standing(project, named_files(options.files))
    drafts = read_drafts(project, elsewhere, options.destination)
    if options.output:
        check_target(options.output, [one.entry.path for one in drafts.arrivals])
    try:
        with progress() as tell, time_limit(options.timeout or None):
            report = validate(
                project,
                files=here or None,
                progress=tell,
                arriving=[one.entry for one in drafts.arrivals],
                illegible=drafts.illegible,
            )
    except OutOfTime:
        raise UnusableInput(
            f"validation was stopped after {options.timeout:g} s",
            hint="Allow it more time with --timeout.",
        ) from None
    return drafts.placed(report), project.root


def show(report: Report, options: argparse.Namespace, root: Path) -> None:
    """Print what was found, or write it to the file that was named and print the counts.

    Args:
        report: what was found.
        options: ``format``, which may be missing, and ``output``.
        root: the folder of the graph's files, or of what was validated.
    """
    name = options.format or (format_of(options.output) if options.output else "text")
    text = render(report, name, _seen_from(name, root))
    if options.output:
        save(text, options.output)
        write(f"{report.summary()}\n")
    else:
        write(text)


def _seen_from(name: str, root: Path) -> Path:
    """The folder that a format names files from.

    A code host wants them from its repository, which GitHub Actions tells; else the reader is
    taken to stand in it.
    """
    here, wanted = Path.cwd(), FORMATS[name].seen_from
    if wanted == "reader":
        return here
    if wanted == "repository":
        workspace = os.environ.get("GITHUB_WORKSPACE")
        for folder in ([Path(workspace)] if workspace else []) + [here]:
            if root.is_relative_to(folder):
                return folder
    return root
