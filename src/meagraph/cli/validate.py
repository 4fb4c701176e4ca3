"""``meagraph validate``: the data against the shapes and the rules on files."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli.output import write
from meagraph.cli.progress import progress
from meagraph.namespaces import BASE, compact
from meagraph.project import find_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meagraph.project import Project
    from meagraph.validation import Finding, Place, Report


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files",
        metavar="FILE|FOLDER",
        nargs="*",
        type=Path,
        help="show the findings of these only; the whole graph is validated (default: all)",
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to show findings (text)"
    )
    parser.add_argument(
        "--fail-on",
        choices=("violation", "warning"),
        default="violation",
        help="the least severity that makes the exit status 1 (violation)",
    )
    parser.epilog = (
        "exit status: 0 valid, 1 findings, 2 files that cannot be used\n\n"
        "Try: meagraph validate data/documents --fail-on warning"
    )


def run(options: argparse.Namespace) -> int:
    """Print each finding with its place, then the counts."""
    from meagraph.validation import validate

    project = find_project(options.root)
    with progress() as tell:
        report = validate(project, files=options.files or None, progress=tell)
    write(_json(report, project) if options.format == "json" else _text(report))
    return 1 if report.fails(options.fail_on) else 0


def _text(report: Report) -> str:
    """The findings, one file after the other, and the counts."""
    groups: dict[Path | None, list[str]] = {}
    sources = _Sources()
    for finding in report.findings:
        file = finding.places[0].file if finding.places else None
        groups.setdefault(file, []).append("\n".join(_lines(finding, sources)))
    by_file = sorted(groups.items(), key=lambda group: (group[0] is not None, str(group[0])))
    blocks = ["\n".join(found) for _, found in by_file]
    return "\n\n".join([*blocks, report.summary()]) + "\n"


def _lines(finding: Finding, sources: _Sources) -> Iterator[str]:
    word = "note" if finding.severity == "info" else finding.severity
    first, *others = finding.places or (None,)
    where = f"{_shown(first)}: " if first else ""
    yield f"{where}{word} {finding.rule}: {finding.message}"
    if first:
        yield from sources.excerpt(first)
    if finding.focus:
        yield f"    node: {_node(finding)}"
    if finding.value and finding.value not in finding.message:
        yield f"    value: {finding.value}"
    if finding.cause:
        yield f"    {finding.cause}"
    yield from (f"    also: {_shown(place)}" for place in others if place)


def _node(finding: Finding) -> str:
    name = compact(finding.focus)
    if name.startswith(f"<{BASE}"):
        name = finding.focus.removeprefix(BASE)
    return f"{name} “{finding.label}”" if finding.label else name


def _shown(place: Place) -> str:
    here = Path.cwd()
    file = place.file.relative_to(here) if place.file.is_relative_to(here) else place.file
    return f"{os.fspath(file)}:{place.line}:{place.column}"


class _Sources:
    """The lines of files that findings point at, each file read once."""

    def __init__(self) -> None:
        self._lines: dict[Path, list[str]] = {}

    def excerpt(self, place: Place) -> Iterable[str]:
        """The line of a place and a caret under its column; tabs stay, so that both align."""
        if place.file not in self._lines:
            text = place.file.read_text(encoding="utf-8-sig")
            self._lines[place.file] = text.split("\n")
        lines = self._lines[place.file]
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        if not line.strip():
            return ()
        number = str(place.line)
        before = "".join(c if c == "\t" else " " for c in line[: place.column - 1])
        return (f"  {number} | {line}", f"  {' ' * len(number)} | {before}^")


def _json(report: Report, project: Project) -> str:
    from json import dumps

    def relative(file: Path) -> str:
        return file.relative_to(project.root).as_posix()

    answer = {
        "valid": not report.fails(),
        "files": report.files,
        "triples": report.triples,
        "findings": [
            {
                **finding._asdict(),
                "places": [
                    {"file": relative(file), "line": line, "column": column}
                    for file, line, column in finding.places
                ],
            }
            for finding in report.findings
        ],
    }
    return dumps(answer, ensure_ascii=False, indent=2) + "\n"
