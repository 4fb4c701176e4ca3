"""Findings for a terminal, as a compiler shows them: each with its line and what is meant in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import combining, east_asian_width

from meagraph.reports.places import by_file, excerpt, relative
from meagraph.reports.words import ELSEWHERE, WORDS, node, printable
from meagraph.validation import Finding, Place, Report

_HANDFUL = 5
"""How many findings are taken in at a glance; more are also counted by rule."""

_UNLISTED = " (--notes lists them)"
"""Said of notes that are counted and not listed."""


def render(report: Report, base: Path) -> str:
    """Show the findings of one file after the other, then the counts.

    Args:
        report: what validation found.
        base: files in this folder are named as seen from it, others whole.
    """
    blocks = [
        "\n".join(line for finding in findings for line in _lines(report, finding, base))
        for _, findings in by_file(report)
    ]
    if len(report.findings) > _HANDFUL and len(report.by_rule()) > 1:
        blocks.append(_counts(report))
    blocks.append(report.summary() + (_UNLISTED if report.unlisted else ""))
    return "\n\n".join(blocks) + "\n"


def _lines(report: Report, finding: Finding, base: Path) -> Iterator[str]:
    first, *others = finding.places or (None,)
    where = f"{_shown(first, base)}: " if first else ""
    said = f"{WORDS[finding.severity]} {finding.rule}: {finding.message}"
    yield where + printable(" ".join(said.split()))
    if first:
        yield from _source(report, first)
    if finding.focus:
        yield f"    node: {printable(node(finding))}"
    if finding.value and finding.value not in finding.message:
        yield f"    value: {printable(finding.value)}"
    if finding.elsewhere:
        yield f"    elsewhere: {ELSEWHERE}"
    for name, text in (("cause", finding.cause), ("remedy", finding.remedy)):
        if text:
            yield f"    {name}: {printable(' '.join(text.split()))}"
    if finding.passage:
        yield f"    passage: {printable(finding.passage_name or finding.passage)}"
    yield from (f"    also: {_shown(place, base)}" for place in others if place)


def _shown(place: Place, base: Path) -> str:
    return f"{printable(relative(place.file, base))}:{place.line}:{place.column}"


def _source(report: Report, place: Place) -> Iterator[str]:
    """The line and carets under what is meant; tabs stay, so that both align."""
    shown = excerpt(report, place)
    if shown is None:
        return
    before, marked, after = map(printable, shown)
    number = str(place.line)
    yield f"  {number} | {before}{marked}{after}".rstrip()
    blank = "".join(sign if sign == "\t" else " " * _cells(sign) for sign in before)
    yield f"  {' ' * len(number)} | {blank}{'^' * max(1, sum(map(_cells, marked)))}"


def _cells(sign: str) -> int:
    """The cells of a terminal that a character takes."""
    if combining(sign) or not sign.isprintable() or "\N{VARIATION SELECTOR-1}" <= sign <= "\ufe0f":
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def _counts(report: Report) -> str:
    """How often each rule is broken: severity, rule and number in columns."""
    counts = report.by_rule()
    severities = {finding.rule: WORDS[finding.severity] for finding in report.findings}
    names = max(map(len, counts))
    words = max(map(len, severities.values()))
    digits = max(len(f"{number:,}") for number in counts.values())
    return "\n".join(
        ["findings by rule"]
        + [
            f"  {severities[rule]:<{words}}  {rule:<{names}}  {number:>{digits},}"
            for rule, number in counts.items()
        ]
    )
