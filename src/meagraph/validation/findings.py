"""Findings: what is wrong, how grave it is, and every place in the files that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from meagraph.validation.corpus import Place

SEVERITIES = ("violation", "warning", "info")
"""How grave a finding is, the gravest first; the words of SHACL."""


class Finding(NamedTuple):
    """One rule that one node breaks.

    ``rule`` is the prefixed name of the shape or file rule; ``severity`` one of `SEVERITIES`;
    ``message`` the rule in words and ``cause`` what is likely to have gone wrong, or empty;
    ``focus`` the IRI of the node and ``label`` what it is called, or empty; ``path`` the property
    in SPARQL's notation, or empty; ``value`` the offending value in Turtle's notation, or empty;
    ``places`` every place that states it, in order; ``passage`` the IRI of the passage that the
    first of these files is about, or empty.
    """

    rule: str
    severity: str
    message: str
    cause: str
    focus: str
    label: str = ""
    path: str = ""
    value: str = ""
    places: tuple[Place, ...] = ()
    passage: str = ""


class Report(NamedTuple):
    """What validation found.

    ``files`` and ``triples`` say how many data files, and triples in these, it speaks of.
    """

    findings: tuple[Finding, ...]
    files: int
    triples: int

    def count(self, severity: str) -> int:
        """How many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def fails(self, threshold: str = "violation") -> bool:
        """Whether a finding is as grave as this severity, or graver."""
        failing = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in failing for finding in self.findings)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: by severity, file, line, rule, then whatever tells them apart."""
    return tuple(sorted(set(findings), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    first = finding.places[0] if finding.places else Place(Path(), 0, 0)
    return (
        SEVERITIES.index(finding.severity),
        first.file.as_posix(),
        first.line,
        finding.rule,
        first.column,
        *finding,
    )
