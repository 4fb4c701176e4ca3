"""``meagraph verify``: the entries against the source texts."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from meagraph.project import find_project, needed_sources_folder
from meagraph.verification import Fault, Verification, examine


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="data files (default: all of them)"
    )
    parser.add_argument(
        "--source", metavar="DIR", help="folder of the source texts (default: MEAGRAPH_SOURCES)"
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Print what does not agree with the texts; 1 if anything is wrong, notes apart."""
    folder = needed_sources_folder(options.source)
    found = examine(find_project(options.root), folder, files=options.files or None)
    for fault in found.faults:
        print(_printed(fault))
    print(_counts(found))
    return 1 if any(fault.severity != "note" for fault in found.faults) else 0


def _printed(fault: Fault) -> str:
    here = Path.cwd()
    file = fault.file.relative_to(here) if fault.file.is_relative_to(here) else fault.file
    place = f"{os.fspath(file)}:{fault.line}" if fault.line else os.fspath(file)
    kind = "" if fault.severity == "fault" else f"{fault.severity}: "
    return f"{place}: {kind}{fault.message}\n    {fault.hint}"


def _counts(found: Verification) -> str:
    checked = (
        f"{_number(found.passages, 'passage')}, {_number(found.forms, 'literal form')} checked"
    )
    severities = [fault.severity for fault in found.faults]
    reported = [
        _number(severities.count(severity), severity)
        for severity in ("fault", "warning", "note")
        if severity in severities
    ]
    return f"{checked}; {', '.join(reported) or 'nothing to report'}"


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
