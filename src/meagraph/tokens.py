"""The tokens of a query, after the terminals of SPARQL 1.1, and where in its text they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""
    (?:\s+ | \#[^\n\r]*)*+
    (?:
      (?P<variable>[?$]\w+)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>(?:\d++(?:\.\d*+)?+|\.\d++)[eE][+-]?\d++ | \d*+\.\d++ | \d++)
    | (?P<name>(?:[^\W\d](?:[\w.-]{0,200}[\w-])?)?:
               (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:.-]++|%[0-9A-Fa-f]{2}|\\.)*+)?+)
    | (?P<word>[^\W\d]\w*)
    | (?P<escape>\\.)
    | (?P<mark>.)
    | (?P<end>\Z)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
"""Blanks and comments before a token are read with it, and never again. No part is tried again in
another length, and a prefix ends after 200 characters: the time grows with the text and not with
its square, which a text of digits or of ``a.a.a`` would make of it."""

_LONGEST_KEPT = 20_000
"""The characters up to which a query's tokens are kept for the next time that it is read."""

_SHOWN = 160
"""The characters of a line that are shown at most."""

_CLOSING = {")": "(", "]": "[", "}": "{"}


class Token(NamedTuple):
    """A piece of a query: its kind, its text and where it begins, counted in characters from 0."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text but blanks and comments, one after the other."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind != "end":
            yield Token(kind, match[kind], match.start(kind))


def query_tokens(sparql: str) -> Sequence[Token]:
    """The tokens of a query; those of the last ones that were read are kept."""
    return _kept(sparql) if len(sparql) <= _LONGEST_KEPT else tuple(tokens(sparql))


@lru_cache(maxsize=64)
def _kept(sparql: str) -> Sequence[Token]:
    return tuple(tokens(sparql))


def brackets(read: Sequence[Token]) -> Token | None:
    """The first bracket without its partner, if any."""
    open_ones: list[Token] = []
    for token in read:
        if token.kind != "mark":
            continue
        if token.text in "([{":
            open_ones.append(token)
        elif token.text in _CLOSING:
            if not open_ones or open_ones[-1].text != _CLOSING[token.text]:
                return token
            open_ones.pop()
    return open_ones[-1] if open_ones else None


def at(sparql: str, start: int, message: str, hint: str, file: str | None = None) -> UnusableInput:
    """The exception for a fault at a place in a query: line, column, and the line with a caret.

    Of a long line, what stands around the place is shown; the column is that of the whole line.
    """
    first = sparql.rfind("\n", 0, start) + 1
    last = sparql.find("\n", start)
    shown, place = _excerpt(sparql[first : last if last >= 0 else None], start - first)
    caret = f"{shown}\n  {' ' * place}^"
    text = f"{caret}\n  {hint}" if hint else caret
    line, column = sparql.count("\n", 0, start) + 1, start - first + 1
    return UnusableInput(message, file=file or "query", line=line, column=column, hint=text)


def _excerpt(line: str, place: int) -> tuple[str, int]:
    """What is shown of a line, with … where it was cut, and where in it the place is."""
    first = max(0, min(place - _SHOWN // 2, len(line) - _SHOWN))
    shown = line[first : first + _SHOWN].replace("\t", " ")
    if first:
        shown = f"…{shown[1:]}"
    if first + _SHOWN < len(line):
        shown = f"{shown[:-1]}…"
    return shown, place - first
