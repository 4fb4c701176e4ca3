"""Findings as one page for a browser: no script, and nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from meagraph.pages import opening
from meagraph.reports.places import by_file, excerpt, relative
from meagraph.reports.style import STYLE
from meagraph.reports.words import ELSEWHERE, WORDS, node, printable
from meagraph.validation import Finding, Place, Report, as_sentence


def render(report: Report, base: Path) -> str:
    """Write the page: the counts by rule, then the findings of each file by line.

    Args:
        report: what validation found.
        base: files in this folder are named as seen from it, others whole.
    """
    return _Page(report, base).text()


def _safe(text: str) -> str:
    """A text in which nothing is markup."""
    return escape(printable(" ".join(text.split())))


class _Page:
    """The page, and the names of its parts that links lead to."""

    def __init__(self, report: Report, base: Path) -> None:
        self.report = report
        self.base = base
        self.files = by_file(report)
        shown = [finding for _, findings in self.files for finding in findings]
        self.numbers = {finding: number for number, finding in enumerate(shown, 1)}
        self.rules = {rule: f"rule-{number}" for number, rule in enumerate(report.by_rule(), 1)}
        self.next = self._next(shown)

    @staticmethod
    def _next(shown: list[Finding]) -> dict[Finding, Finding]:
        """To each finding the next of the same rule, in the order of the page."""
        following: dict[Finding, Finding] = {}
        last: dict[str, Finding] = {}
        for finding in shown:
            if finding.rule in last:
                following[last[finding.rule]] = finding
            last[finding.rule] = finding
        return following

    def text(self) -> str:
        summary = _safe(self.report.summary())
        return "\n".join(
            [
                *opening(f"{printable(self.report.summary())} – meagraph validate", STYLE),
                "<header>",
                "<h1>Findings of validation</h1>",
                f'<p class="verdict">{summary}</p>',
                "</header>",
                "<main>",
                *self._counts(),
                *(line for number in range(len(self.files)) for line in self._file(number)),
                "</main>",
                "</body>",
                "</html>",
                "",
            ]
        )

    def _counts(self) -> Iterator[str]:
        """The rules that are broken, each with a link to its first finding."""
        counts = self.report.by_rule()
        if not counts:
            yield "<p>Nothing was found.</p>"
            return
        first: dict[str, Finding] = {}
        for finding in self.numbers:
            first.setdefault(finding.rule, finding)
        yield '<section aria-labelledby="rules">'
        yield '<h2 id="rules">By rule</h2>'
        yield "<table>"
        yield (
            '<thead><tr><th scope="col">Severity and rule</th>'
            '<th scope="col" class="number">Findings</th></tr></thead>'
        )
        yield "<tbody>"
        for name, number in counts.items():
            rule = self.report.rule(first[name])
            source = f'<span class="source">{_safe(rule.source)}</span>' if rule.source else ""
            yield (
                f'<tr id="{self.rules[name]}"><th scope="row">{_severity(first[name].severity)} '
                f'<a href="#finding-{self.numbers[first[name]]}">{_safe(name)}</a>'
                f'<span class="says">{_safe(as_sentence(rule.says))}</span>{source}</th>'
                f'<td class="number">{number:,}</td></tr>'
            )
        yield "</tbody></table></section>"

    def _file(self, number: int) -> Iterator[str]:
        file, findings = self.files[number]
        name = relative(file, self.base) if file else "Of the graph as a whole"
        yield f'<section aria-labelledby="file-{number + 1}">'
        yield f'<h2 id="file-{number + 1}" class="file">{_breakable(_safe(name))}</h2>'
        for finding in findings:
            yield from self._finding(finding)
        yield "</section>"

    def _finding(self, finding: Finding) -> Iterator[str]:
        number = self.numbers[finding]
        yield f'<article id="finding-{number}" class="{WORDS[finding.severity]}">'
        yield f"<h3>{_severity(finding.severity)} {_safe(as_sentence(finding.message))}</h3>"
        first, *others = finding.places or (None,)
        if first:
            yield self._line(first)
        elsewhere = ELSEWHERE if finding.elsewhere else ""
        said = (elsewhere, finding.cause, finding.remedy)
        yield from (f"<p>{_safe(text)}</p>" for text in said if text)
        yield "<dl>"
        yield from self._facts(finding, [place for place in others if place])
        yield "</dl>"
        if finding in self.next:
            following = self.numbers[self.next[finding]]
            yield f'<p class="next"><a href="#finding-{following}">Next of this rule</a></p>'
        yield "</article>"

    def _line(self, place: Place) -> str:
        """The line of a place with what is meant marked in it."""
        where = f'<span class="where">Line {place.line}, column {place.column}</span>'
        shown = excerpt(self.report, place)
        if shown is None:
            return f'<p class="line">{where}</p>'
        before, marked, after = (escape(printable(piece)) for piece in shown)
        return (
            f'<div class="line">{where}<pre><code>{before.lstrip()}'
            f"<mark>{marked or ' '}</mark>{after}</code></pre></div>"
        )

    def _facts(self, finding: Finding, others: list[Place]) -> Iterator[str]:
        link = f'<a href="#{self.rules[finding.rule]}">{_safe(finding.rule)}</a>'
        yield f"<div><dt>Rule</dt><dd>{link}</dd></div>"
        facts = (
            ("Node", node(finding)),
            ("Property", finding.path),
            ("Value", finding.value),
            ("Passage", finding.passage_name or finding.passage),
        )
        for name, value in facts:
            if value:
                yield f"<div><dt>{name}</dt><dd>{_breakable(_safe(value))}</dd></div>"
        if others:
            named = [f"{relative(p.file, self.base)}:{p.line}:{p.column}" for p in others]
            listed = "<br>".join(_breakable(_safe(name)) for name in named)
            yield f"<div><dt>Also</dt><dd>{listed}</dd></div>"


def _severity(severity: str) -> str:
    word = WORDS[severity]
    return f'<span class="severity {word}">{word}</span>'


def _breakable(markup: str) -> str:
    """Long names may be folded after a slash."""
    return markup.replace("/", "/<wbr>")
