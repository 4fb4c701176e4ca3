"""Findings as workflow commands of GitHub Actions: annotations on the lines of a change.

Of each step GitHub shows ten annotations of a level; the gravest findings go first.
"""

from __future__ import annotations

from pathlib import Path

from meagraph.reports.places import end_column, relative
from meagraph.reports.words import printable, whole_message
from meagraph.validation import Finding, Report

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}


def render(report: Report, base: Path) -> str:
    """Write one command a finding, and the counts as an ordinary line of the log.

    Args:
        report: what validation found.
        base: the folder of the repository: files in it are named as seen from it.
    """
    commands = [_command(report, finding, base) for finding in report.findings]
    return "\n".join([*commands, report.summary()]) + "\n"


def _command(report: Report, finding: Finding, base: Path) -> str:
    properties = {"title": finding.rule}
    if finding.places:
        place = finding.places[0]
        properties = {
            "file": relative(place.file, base),
            "line": str(place.line),
            "endLine": str(place.line),
            "col": str(place.column),
            "endColumn": str(end_column(report, place)),
            **properties,
        }
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    also = [f"also: {relative(p.file, base)}:{p.line}:{p.column}" for p in finding.places[1:]]
    said = "\n".join(map(printable, [whole_message(finding), *also]))
    return f"::{_COMMANDS[finding.severity]} {named}::{_data(said)}"


def _data(text: str) -> str:
    """A message as the runner reads it back: the sign of escapes goes first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property's value: colons and commas would end it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
