"""The faults of a feed as text and as JSON."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from json import dumps
from typing import TYPE_CHECKING, Any

from meagraph.export.informea_lint.rules import RULES, SEVERITIES
from meagraph.namespaces import compact
from meagraph.reports.words import printable

if TYPE_CHECKING:
    from pathlib import Path

    from meagraph.export.informea_lint.faults import Fault, Findings

FORMATS = ("text", "json")
_NO_RECORDS = "none, for it is in no feed; what would become of it:"
_SINGULAR = {
    "Treaties": "treaty",
    "Meetings": "meeting",
    "Decisions": "decision",
    "Documents": "document",
}


def render(findings: Findings, format: str, base: str) -> str:
    """Show faults.

    Args:
        findings: the faults.
        format: one of `FORMATS`.
        base: files are named as seen from this folder.
    """
    return _json(findings, base) if format == "json" else _text(findings, base)


def summary(findings: Findings) -> list[str]:
    """What becomes of all records, in a line for each set that has some, and the counts."""
    lines = []
    for verdict in findings.verdicts:
        if verdict.records or verdict.left_out:
            lines.append(
                f"{verdict.set}: {verdict.records:,} in the feed, of which InforMEA imports "
                f"{verdict.imported:,}, imports {verdict.warned:,} with a warning and rejects "
                f"{verdict.rejected:,}; {verdict.left_out:,} in no feed"
            )
    counts = [_counted(findings.count(severity), severity) for severity in SEVERITIES]
    return [*lines, " and ".join(counts)]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _text(findings: Findings, base: str) -> str:
    blocks = ["\n".join(_lines(fault, base)) for fault in findings.faults]
    counts = Counter(fault.rule.name for fault in findings.faults)
    if len(counts) > 1:
        widest, digits = max(map(len, counts)), len(f"{max(counts.values()):,}")
        blocks.append(
            "\n".join(
                ["faults by rule"]
                + [
                    f"  {rule.severity:<7}  {rule.name:<{widest}}  {counts[rule.name]:>{digits},}"
                    for rule in RULES.values()
                    if counts[rule.name]
                ]
            )
        )
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _lines(fault: Fault, base: str) -> Iterator[str]:
    rule = fault.rule
    yield printable(f"{_where(fault, base)}: {rule.severity} {rule.name}: {fault.message}")
    yield f"    {_SINGULAR[fault.set]}: {printable(compact(fault.iri))}"
    yield f"    records: {', '.join(fault.ids) or _NO_RECORDS}"
    yield f"    InforMEA: {rule.informea}"
    yield f"    ECOLEX: {fault.ecolex}"
    yield f"    remedy: {fault.remedy}"


def _where(fault: Fault, base: str) -> str:
    file = _seen(fault.place.file if fault.place else fault.home, base)
    return f"{file}:{fault.place.line}" if fault.place else file


def _seen(file: Path, base: str) -> str:
    return os.path.relpath(file, base).replace(os.sep, "/")


def _json(findings: Findings, base: str) -> str:
    answer = {
        "counts": {severity: findings.count(severity) for severity in SEVERITIES},
        "sets": [
            {
                "set": verdict.set,
                "records": verdict.records,
                "imported": verdict.imported,
                "importedWithWarnings": verdict.warned,
                "rejected": verdict.rejected,
                "inNoFeed": verdict.left_out,
            }
            for verdict in findings.verdicts
        ],
        "faults": [_object(fault, base) for fault in findings.faults],
    }
    return dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _object(fault: Fault, base: str) -> dict[str, Any]:
    return {
        "rule": fault.rule.name,
        "severity": fault.rule.severity,
        "set": fault.set,
        "thing": fault.iri,
        "records": list(fault.ids),
        "file": _seen(fault.place.file if fault.place else fault.home, base),
        "line": fault.place.line if fault.place else None,
        "message": fault.message,
        "informea": fault.rule.informea,
        "ecolex": fault.ecolex,
        "remedy": fault.remedy,
    }
