"""As workflow commands: the runner reads back what was meant, and nothing else is a command."""

from __future__ import annotations

import re

from sample_report import BASE, COLUMN, EMPTY, HOSTILE, sample, unreadable

from meagraph.reports import render
from meagraph.validation import Report


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """What the runner makes of the lines: level, properties and message of each command."""
    found = []
    for line in render(report, "github", BASE).splitlines():
        command = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        if command:
            pairs = (pair.split("=", 1) for pair in command[2].split(","))
            found.append(
                (command[1], {name: unescaped(v) for name, v in pairs}, unescaped(command[3]))
            )
    return found


def unescaped(text: str) -> str:
    for escaped, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escaped, sign)
    return text


def test_each_finding_is_one_command_on_its_line() -> None:
    level, properties, message = commands(sample())[0]
    assert level == "error"
    assert properties == {
        "file": "data/odd, 100%: näme.ttl",
        "line": "2",
        "endLine": "2",
        "col": str(COLUMN),
        "endColumn": str(COLUMN + 4),
        "title": "meash:Meeting-x",
    }
    assert message.startswith("A" + HOSTILE[1:])
    assert message.endswith("First line second line. Take 50% out.\nalso: data/other.ttl:1:1")


def test_the_levels_are_those_of_annotations() -> None:
    assert [level for level, _, _ in commands(sample())] == ["error", "warning", "notice"]
    assert commands(sample())[2][1] == {"title": "ex:Whole"}


def test_no_message_begins_a_line_of_its_own_or_steers_the_log() -> None:
    shown = render(sample(), "github", BASE)
    assert len(shown.splitlines()) == len(sample().findings) + 1
    assert "\x1b" not in shown
    assert "100%25" in shown


def test_files_that_cannot_be_read_are_errors() -> None:
    ((level, properties, _),) = commands(unreadable())
    assert (level, properties["file"], properties["line"]) == ("error", "data/other.ttl", "1")


def test_a_valid_graph_has_no_command() -> None:
    assert render(EMPTY, "github", BASE) == "421 files, 13,157 triples: valid\n"
