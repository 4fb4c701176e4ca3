"""For a terminal: each finding with its line, and carets under what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_report import BASE, COLUMN, ELSEWHERE, EMPTY, LINE, OTHER, sample, unreadable, warning

from meagraph.reports import render
from meagraph.validation import Finding, Place, Report


def text(report: Report, base: Path = BASE) -> str:
    return render(report, "text", base)


def carets(line: str, column: int) -> str:
    """The line of carets under a place in a line."""
    finding = Finding("ex:R", "violation", "m", "", "", "", places=(Place(OTHER, 1, column),))
    return text(Report((finding,), 1, 1, {OTHER: line})).splitlines()[2].removeprefix("    | ")


def test_a_finding_tells_place_severity_rule_and_all_that_is_known() -> None:
    lines = text(sample()).splitlines()
    start = next(number for number, line in enumerate(lines) if "odd" in line)
    assert lines[start].startswith(
        f'data/odd, 100%: näme.ttl:2:{COLUMN}: violation meash:Meeting-x: a "quote", 100% <script>'
    )
    assert lines[start + 1] == f"  2 | {LINE}"
    assert lines[start + 3 : start + 9] == [
        "    node: meetings:cop-6 “Sixth <COP>”",
        '    value: "🌊🌊 <b>&amp;</b>"@en',
        "    cause: First line second line.",
        "    remedy: Take 50% out.",
        "    passage: Note annex-1/2",
        "    also: data/other.ttl:1:1",
    ]
    assert lines[-1] == "1 violation, 1 warning, 1 note in 2 files"


def test_a_note_is_called_a_note_and_a_file_elsewhere_is_named_whole() -> None:
    shown = text(sample(2, warning(ELSEWHERE)))
    assert "note ex:Whole: the graph is small" in shown
    assert f"{ELSEWHERE}:1:1: warning" in shown


@pytest.mark.parametrize(
    ("term", "after"),
    [
        ('"a \\" b"@en', " , ex:o ."),
        ('"4"^^xsd:integer', "."),
        ('"""long', ""),
        ("<http://e.org/a#b>", ", ex:o ."),
        ("ex:a.b", "."),
        ("[", " ] ."),
        ("-4.5", " ;"),
    ],
)
def test_carets_stand_under_the_whole_term(term: str, after: str) -> None:
    assert carets(f"ex:s ex:p {term}{after}", 11) == " " * 10 + "^" * len(term)


def test_carets_align_after_tabs_and_wide_signs() -> None:
    assert carets('\tex:s "🌊e\u0301" ex:o', 13) == "\t" + " " * 11 + "^" * 4


def test_a_file_from_another_system_has_the_same_lines() -> None:
    report = unreadable()._replace(texts={OTHER: "ex:a ] ex:b .\r\n"})
    assert text(report) == text(unreadable())


def test_nothing_steers_the_terminal() -> None:
    shown = text(sample())
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert all(sign.isprintable() or sign in "\n\t" for sign in shown)


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    line = f"ex:s ex:p {' , '.join(['ex:filler'] * 400)} , ex:wrong , {'ex:o ' * 400}."
    finding = Finding(
        "ex:R", "violation", "m", "", "", "", places=(Place(OTHER, 1, line.index("ex:wrong") + 1),)
    )
    _, source, under, *_ = text(Report((finding,), 1, 1, {OTHER: line})).splitlines()
    assert len(source) < 140
    start = under.index("^")
    assert source[start:].startswith("ex:wrong ")
    assert under.count("^") == len("ex:wrong")


def test_findings_of_one_file_stand_together_by_line() -> None:
    findings = (warning(OTHER, 9), warning(ELSEWHERE, 3), warning(OTHER, 2))
    shown = text(Report(findings, 2, 2, {}))
    heads = [line for line in shown.splitlines() if ": warning " in line]
    assert [head.partition(": ")[0] for head in heads] == [
        "data/other.ttl:2:1",
        "data/other.ttl:9:1",
        f"{ELSEWHERE}:3:1",
    ]


def test_more_than_a_handful_is_also_counted_by_rule() -> None:
    assert "findings by rule" not in text(sample())
    shown = text(sample(2, *(warning(line=line) for line in range(2, 12))))
    assert (
        "findings by rule\n"
        "  violation  meash:Meeting-x   1\n"
        "  warning    ex:Shape         11\n"
        "  note       ex:Whole          1\n"
    ) in shown


def test_files_that_cannot_be_read_are_shown_where_they_stop() -> None:
    assert text(unreadable()) == (
        "data/other.ttl:1:4: violation meash:Readable: the file stops being Turtle at “]”\n"
        "  1 | ex:a ] ex:b .\n"
        "    |    ^\n"
        "    remedy: Is a value missing before “]”?\n"
        "\n"
        "1 file cannot be used: nothing else was checked\n"
    )


def test_a_valid_graph_is_one_line() -> None:
    assert text(EMPTY) == "421 files, 13,157 triples: valid\n"
