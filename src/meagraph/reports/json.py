"""Findings as JSON, for programs of one's own."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Any

from meagraph.reports.places import end_column, relative
from meagraph.validation import SEVERITIES, Finding, Report


def render(report: Report, base: Path) -> str:
    """Write an object: whether the graph is valid, the counts, the rules and the findings.

    ``valid`` is false if there is a violation, whatever exit status was asked for. Lines and
    columns count from 1, columns in characters; ``endColumn`` is the one after the term.

    Args:
        report: what validation found.
        base: files in this folder are named as seen from it, others whole.
    """
    answer = {
        "valid": not report.fails(),
        "files": report.files,
        "triples": report.triples,
        "unreadable": report.unreadable,
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "rules": {
            rule: {**report.rules[rule]._asdict(), "count": number}
            for rule, number in report.by_rule().items()
            if rule in report.rules
        },
        "findings": [_finding(report, finding, base) for finding in report.findings],
    }
    return dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _finding(report: Report, finding: Finding, base: Path) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "cause": finding.cause,
        "remedy": finding.remedy,
        "elsewhere": finding.elsewhere,
        "focus": finding.focus,
        "label": finding.label,
        "path": finding.path,
        "value": finding.value,
        "component": finding.terms.component.strip("<>"),
        "source": report.rule(finding).source,
        "passage": finding.passage,
        "passageName": finding.passage_name,
        "places": [
            {
                "file": relative(place.file, base),
                "line": place.line,
                "column": place.column,
                "endColumn": end_column(report, place),
            }
            for place in finding.places
        ],
    }
