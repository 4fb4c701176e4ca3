"""The lines of a Turtle file that describe a node."""

from __future__ import annotations

from typing import NamedTuple

from meagraph.entries.turtle import scan, tokens


class Excerpt(NamedTuple):
    """Consecutive lines of a file, from ``line`` (from 1) on."""

    line: int
    text: str


def excerpts(text: str, base: str) -> dict[str, list[Excerpt]]:
    """Each node that a text describes, and the statements that begin with it.

    Args:
        text: Turtle that a parser has accepted.
        base: the IRI that relative IRIs are resolved against.
    """
    lines = text.split("\n")
    last = _last_lines(text)
    found: dict[str, list[Excerpt]] = {}
    for statement in scan(text, base).statements:
        node = str(statement.triple[0])[1:-1]
        first = statement.subject[0]
        known = found.setdefault(node, [])
        if not known or known[-1].line != first:
            end = min((line for line in last if line >= first), default=len(lines))
            known.append(Excerpt(first, "\n".join(lines[first - 1 : end])))
    return found


def _last_lines(text: str) -> list[int]:
    """The lines on which statements end."""
    depth, found = 0, []
    for token in tokens(text):
        if token.kind == "punctuation":
            depth += (token.text in "[(") - (token.text in "])")
            if token.text == "." and not depth:
                found.append(text.count("\n", 0, token.start) + 1)
    return found
