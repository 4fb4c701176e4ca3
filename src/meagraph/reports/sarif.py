"""Findings in SARIF, for code scanning and for editors.

The format is the Static Analysis Results Interchange Format, version 2.1.0 (OASIS Standard,
errata 01). Locations are relative to ``%SRCROOT%``, whose place on this machine is left out, so
that the same graph gives the same file everywhere.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any
from urllib.parse import quote

from meagraph import __version__
from meagraph.namespaces import BASE
from meagraph.reports.places import end_column, relative
from meagraph.reports.words import node, whole_message
from meagraph.validation import Finding, Place, Report, Rule, as_sentence

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"violation": "error", "warning": "warning", "info": "recommendation"}
"""The words of GitHub's code scanning for how grave a rule is."""
_ROOT = "%SRCROOT%"
_ROOT_IS = "The folder of the repository, or the one in which meagraph was called."


def render(report: Report, base: Path) -> str:
    """Write a log of one run: the rules that are broken, and the findings as its results.

    Args:
        report: what validation found.
        base: the folder that locations are relative to; files elsewhere have whole ones.
    """
    rules = [_rule(report, rule) for rule in report.by_rule()]
    run = {
        "tool": {
            "driver": {
                "name": "meagraph",
                "version": __version__,
                "informationUri": BASE,
                "rules": rules,
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.unreadable,
                "toolExecutionNotifications": list(_notifications(report)),
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_IS}}},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report, base)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumps(log, ensure_ascii=False, indent=2) + "\n"


def _notifications(report: Report) -> Iterator[dict[str, Any]]:
    """That nothing was checked: the results are not complete then."""
    if report.unreadable:
        yield {"level": "error", "message": {"text": as_sentence(report.summary())}}


def _rule(report: Report, name: str) -> dict[str, Any]:
    rule = report.rule(next(finding for finding in report.findings if finding.rule == name))
    whole = " ".join(filter(None, (as_sentence(rule.says), rule.cause, rule.remedy)))
    source = f"Called for by: {rule.source}." if rule.source else ""
    return {
        "id": rule.name,
        "shortDescription": {"text": as_sentence(rule.says)},
        "fullDescription": {"text": whole},
        "help": {"text": "\n\n".join(filter(None, (whole, source)))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": _without_empty(_about_rule(rule)),
    }


def _about_rule(rule: Rule) -> dict[str, str]:
    return {
        "iri": rule.iri,
        "source": rule.source,
        "problem.severity": _PROBLEMS[rule.severity],
    }


def _results(report: Report, base: Path) -> Iterator[dict[str, Any]]:
    indexes = {rule: index for index, rule in enumerate(report.by_rule())}
    seen: Counter[str] = Counter()
    for finding in report.findings:
        identity = _identity(finding, base)
        seen[identity] += 1
        first, others = finding.places[:1], finding.places[1:]
        yield {
            "ruleId": finding.rule,
            "ruleIndex": indexes[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": _plain(whole_message(finding))},
            "locations": [_location(report, place, base, finding) for place in first],
            "relatedLocations": [
                {"id": number, **_location(report, place, base), "message": {"text": "Also here."}}
                for number, place in enumerate(others, 1)
            ],
            "partialFingerprints": {"finding/v1": _fingerprint(identity, seen[identity])},
            "properties": _without_empty(_about_finding(finding)),
        }


def _about_finding(finding: Finding) -> dict[str, str]:
    return {
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "component": finding.terms.component.strip("<>"),
        "passage": finding.passage,
        "passageName": finding.passage_name,
    }


def _without_empty(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _identity(finding: Finding, base: Path) -> str:
    """What stays the same of a finding when lines move or a message is worded better."""
    file = relative(finding.places[0].file, base) if finding.places else ""
    return "\n".join((finding.rule, file, finding.focus, finding.path, finding.value))


def _fingerprint(identity: str, occurrence: int) -> str:
    return sha256(f"{identity}\n{occurrence}".encode()).hexdigest()[:32]


def _plain(text: str) -> str:
    """A message in which nothing is a placeholder or a link (sections 3.11.5 and 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(
    report: Report, place: Place, base: Path, finding: Finding | None = None
) -> dict[str, Any]:
    start, end = place.column, end_column(report, place)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(place.file, base),
            "region": {
                "startLine": place.line,
                "startColumn": start,
                "endColumn": end,
                "snippet": {"text": report.line(place)[start - 1 : end - 1]},
            },
        }
    }
    if finding and finding.focus:
        location["logicalLocations"] = [
            {"name": node(finding), "fullyQualifiedName": finding.focus}
        ]
    return location


def _artifact(file: Path, base: Path) -> dict[str, str]:
    whole = Path(os.path.abspath(file))
    if file.is_absolute() and not whole.is_relative_to(base):
        return {"uri": whole.as_uri()}
    near = whole.relative_to(base) if whole.is_relative_to(base) else file
    return {"uri": quote(os.fsencode(near.as_posix())), "uriBaseId": _ROOT}
