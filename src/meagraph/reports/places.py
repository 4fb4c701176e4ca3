"""Where findings stand: files as a reader names them, and the piece of a line that is meant."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from meagraph.validation import SEVERITIES, Finding, Place, Report

_TOKEN = re.compile(
    r"""
    (?: \"{3} (?: [^"\\] | \\. | "(?!"") )* (?: \"{3} | \\?$ )
      | " (?: [^"\\] | \\. )* (?: " | \\?$ )
      | ' (?: [^'\\] | \\. )* (?: ' | \\?$ )
    ) (?: @[A-Za-z0-9-]+ | \^\^ (?: <[^<>\s]*> | [^\s;,.()\[\]<>"]+ ) )?
    | <[^<>\s]*>
    | [^\s;,()\[\]<>"']+ (?<!\.)
    """,
    re.VERBOSE,
)
"""One term of Turtle, on one line: a literal with its datatype, an IRI, a name or a number."""

_WIDEST = 120
"""The most characters of a line that are shown."""
_BEFORE = 40
"""How many of them stand before what is meant, if the line is longer."""


class Excerpt(NamedTuple):
    """A line of a file in three pieces: before what is meant, what is meant, and after it."""

    before: str
    marked: str
    after: str


def relative(file: Path, base: Path) -> str:
    """A file as seen from a folder, with slashes; one that stands elsewhere as it was named.

    Args:
        file: the file; a relative one is named from the current folder.
        base: the folder, whole.
    """
    whole = os.path.abspath(file)
    if Path(whole).is_relative_to(base):
        file = Path(whole).relative_to(base)
    # A name that is not UTF-8 cannot be written as text.
    return os.fsencode(file.as_posix()).decode("utf-8", "replace")


def end_column(report: Report, place: Place) -> int:
    """The column after the term that begins at a place; at least one after the place's own."""
    line = report.line(place)
    found = _TOKEN.match(line, place.column - 1)
    return found.end() + 1 if found else min(place.column, len(line)) + 1


def excerpt(report: Report, place: Place) -> Excerpt | None:
    """The line of a place, cut around what is meant where it is long.

    Returns:
        The pieces, or ``None`` where there is nothing to see: the line is blank, or the file ends
        before it.
    """
    line = report.line(place)
    if not line.strip():
        return None
    start = min(place.column - 1, len(line))
    end = max(start, end_column(report, place) - 1)
    before, marked, after = line[:start], line[start:end], line[end:]
    if len(line) > _WIDEST:
        if len(before) > _BEFORE:
            before = "…" + before[-_BEFORE:]
        marked = _cut(marked, _WIDEST - len(before))
        after = _cut(after, _WIDEST - len(before) - len(marked))
    return Excerpt(before, marked, after)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(0, room - 1)] + "…"


def by_file(report: Report) -> list[tuple[Path | None, list[Finding]]]:
    """The findings of each file by line, the files by name; those without a place go first."""
    groups: dict[Path | None, list[Finding]] = {}
    for finding in report.findings:
        file = finding.places[0].file if finding.places else None
        groups.setdefault(file, []).append(finding)
    for findings in groups.values():
        findings.sort(key=_order)
    return sorted(groups.items(), key=lambda group: (group[0] is not None, str(group[0])))


def _order(finding: Finding) -> tuple[object, ...]:
    first = finding.places[:1]
    line, column = (first[0].line, first[0].column) if first else (0, 0)
    return line, SEVERITIES.index(finding.severity), column, finding
