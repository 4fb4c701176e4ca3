"""The lines of what was sent, with what was found beside each."""

from __future__ import annotations

from typing import Any, NamedTuple

from meagraph.reports.words import ELSEWHERE, WORDS, printable
from meagraph.validation import as_sentence

_SENT = "<stdin>"
"""What a report calls the draft."""
_WHOLE = 1200
"""Lines up to which a draft is shown whole; of a longer one, those near to what was found."""
_NEAR = 4
_WIDEST = 2000
"""Characters of a line that are shown."""
MOST = 200
"""Findings that a page shows."""


class Told(NamedTuple):
    """One finding in words.

    Args:
        severity: ``violation``, ``warning`` or ``note``.
        rule: its name, without the prefix.
        says: the rule in words, which names the value.
        cause: what is likely to have gone wrong; may be empty.
        remedy: what to do; may be empty.
        node: the name of the node; may be empty.
        where: places in other files, as ``file:line``; and, in ``line``, that in the draft, 0 for
            none.
        line: see there.
    """

    severity: str
    rule: str
    says: str
    cause: str
    remedy: str
    node: str
    where: tuple[str, ...]
    line: int


class Line(NamedTuple):
    """One line: its number, its text before, in and behind what is meant, and what was found.

    A number of 0 stands for lines that are left out.
    """

    number: int
    before: str
    marked: str
    after: str
    found: tuple[Told, ...]


class Listing(NamedTuple):
    """A draft with what was found in it.

    Args:
        lines: those to be shown.
        elsewhere: findings that stand on none of them.
        shown: how many findings are shown.
        found: how many there are.
    """

    lines: list[Line]
    elsewhere: list[Told]
    shown: int
    found: int


def listing(text: str, report: dict[str, Any]) -> Listing:
    """What a page shows of a report.

    Args:
        text: the draft.
        report: as `meagraph.reports.json` writes it.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    findings = report["findings"][:MOST]
    by_line: dict[int, list[Told]] = {}
    spans: dict[int, tuple[int, int]] = {}
    for finding in findings:
        told = _told(finding)
        by_line.setdefault(told.line if told.line <= len(lines) else 0, []).append(told)
        for place in finding["places"]:
            if place["file"] == _SENT:
                spans.setdefault(place["line"], (place["column"], place["endColumn"]))
    if len(lines) > 1 and not lines[-1] and len(lines) not in spans:
        del lines[-1]  # what follows the last end of a line is none
    chosen = _chosen(len(lines), spans)
    shown = []
    for number in chosen:
        line = lines[number - 1] if number else ""
        shown.append(
            Line(number, *_pieces(line, spans.get(number)), tuple(by_line.get(number, ())))
            if number
            else Line(0, "", "", "", ())
        )
    return Listing(shown, by_line.get(0, []), len(findings), len(report["findings"]))


def _told(finding: dict[str, Any]) -> Told:
    ours = [place for place in finding["places"] if place["file"] == _SENT]
    others = [place for place in finding["places"] if place["file"] != _SENT]
    cause = f"{ELSEWHERE} {finding['cause']}".strip() if finding["elsewhere"] else finding["cause"]
    return Told(
        WORDS[finding["severity"]],
        finding["rule"].partition(":")[2],
        printable(as_sentence(" ".join(finding["message"].split()))),
        printable(cause),
        printable(finding["remedy"]),
        printable(finding["label"] or finding["focus"]),
        tuple(f"{place['file']}:{place['line']}" for place in others),
        ours[0]["line"] if ours else 0,
    )


def _chosen(count: int, spans: dict[int, tuple[int, int]]) -> list[int]:
    """The numbers of the lines to show, with 0 between those that do not follow one another."""
    if count <= _WHOLE:
        return list(range(1, count + 1))
    near = sorted(
        {
            number
            for line in spans
            for number in range(max(1, line - _NEAR), min(count, line + _NEAR) + 1)
        }
    )
    chosen: list[int] = []
    for number in near:
        if number != (chosen[-1] if chosen else 0) + 1:
            chosen.append(0)
        chosen.append(number)
    return chosen if near and near[-1] == count else [*chosen, 0]


def _pieces(line: str, span: tuple[int, int] | None) -> tuple[str, str, str]:
    """A line before, in and behind what is meant; cut where it is too long to be read."""
    start, end = (span[0] - 1, span[1] - 1) if span else (len(line), len(line))
    before, marked, after = line[:start], line[start:end], line[end:]
    if len(line) > _WIDEST:
        half = _WIDEST // 3
        before = before if len(before) <= half else "…" + before[-half:]
        marked = marked if len(marked) <= half else marked[:half] + "…"
        after = after if len(after) <= half else after[:half] + "…"
    return printable(before), printable(marked), printable(after)
