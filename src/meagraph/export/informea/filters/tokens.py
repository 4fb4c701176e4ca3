"""The words, signs and literals of a ``$filter``, and how a place in it is told."""

from __future__ import annotations

import re
from typing import NamedTuple

from meagraph.export.informea.refusals import BAD_REQUEST, Refusal

TEXT, MOMENT, OTHER, NUMBER, WORD, SIGN, END = (
    "text",
    "moment",
    "other",
    "number",
    "word",
    "sign",
    "end",
)
"""Kinds of token; `OTHER` are literals of types that no property has."""

_TOKEN = re.compile(
    r"(?P<text>(?:guid)?'(?:[^']|'')*+')"
    r"|(?P<moment>datetime'[^']*')"
    r"|(?P<other>(?:datetimeoffset|time|binary|X)'[^']*')"
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[LlMmDdFf]?)(?![\w.])"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>[(),/-])"
)
_SPACE = re.compile(r"\s*")
_LONGEST = 40


class Token(NamedTuple):
    """One token.

    Args:
        kind: one of the kinds above.
        text: as it is written; nothing for the end.
        start: its first character, counted from 0.
    """

    kind: str
    text: str
    start: int


def tokens(text: str) -> list[Token]:
    """The tokens of a filter, and its end.

    Raises:
        Refusal: 400 where something is no token.
    """
    found, place = [], 0
    while (place := _passed(text, place)) < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            lacking = ": a text lacks its closing quote" if text[place] == "'" else ""
            raise Refusal(BAD_REQUEST, f"The filter cannot be read {where(text, place)}{lacking}.")
        found.append(Token(str(match.lastgroup), match[0], place))
        place = match.end()
    return [*found, Token(END, "", place)]


def _passed(text: str, place: int) -> int:
    """The place behind the blanks."""
    match = _SPACE.match(text, place)
    return match.end() if match else place


def where(text: str, place: int) -> str:
    """A place in a filter, in a reader's words; characters count from 1.

    >>> where("treaty eq cbd", 10)
    'at character 11, “cbd”'
    """
    rest = text[place:].rstrip()
    return f"at character {place + 1}, “{short(rest)}”" if rest else "at its end"


def short(text: str) -> str:
    """A part of a filter, cut to what a message has room for."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
