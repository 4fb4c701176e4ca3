"""What a text names: addresses, symbols, decisions, dates, numbers and capitalised names.

The rules go by form alone and find too much rather than too little: what they find wrongly is
allowed by hand, with a reason (see `allowances`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = r"\d{1,2}(?:(?: ?- ?| to | and | or |, )\d{1,2})*"
_DAY = rf"{_DAYS} (?:{_MONTHS})(?: \d{{4}})?"
_MONTH = rf"(?:{_MONTHS}) (?:\d{{1,2}}, )?\d{{4}}"
_QUARTER = r"(?:first|second|third|fourth|last) (?:quarter|half) of \d{4}"
_YEAR = r"(?:19|20)\d\d(?! ?[.,]\d)"
_TO = r"(?: ?- ?| to | until )"
_SINGLE = rf"(?:{_QUARTER}|{_DAY}|{_MONTH})"
_DATE = rf"{_SINGLE}(?:{_TO}{_SINGLE})?|(?:{_MONTHS}){_TO}{_MONTH}|{_YEAR}(?:[-/]\d{{2,4}})?"

_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _number_words() -> dict[str, int]:
    """Words that count; “one” is left out, for it is mostly a pronoun."""
    words = {word: value for value, word in enumerate(_CARDINALS) if value > 1}
    words |= {word: value for value, word in enumerate(_ORDINALS) if value}
    for tens, word in enumerate(_TENS, start=2):
        words[word] = tens * 10
        words[word[:-1] + "ieth"] = tens * 10
        for unit in range(1, 10):
            words[f"{word}-{_CARDINALS[unit]}"] = tens * 10 + unit
            words[f"{word}-{_ORDINALS[unit]}"] = tens * 10 + unit
    return words | {"once": 1, "twice": 2, "thrice": 3, "dozen": 12, "hundred": 100}


_WORDS = _number_words()
_WORD_ALTERNATIVES = "|".join(sorted(_WORDS, key=len, reverse=True))
_POINTED = r"(?:[IVXL]+|[A-Z]|\d+(?:\.\d+)*)(?![\w/])"
_POINTER = (
    r"(?i:paragraphs?|articles?|annex(?:es)?|appendix|parts?|sections?|items?|indicators?) "
    + _POINTED
)
_NUMBER = rf"{_POINTER}|\d+(?:st|nd|rd|th)|\d+(?:[.,]\d+)*%?|(?i:{_WORD_ALTERNATIVES})(?=\W|$)"

_PART = r"[A-Z0-9][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*"
"""What stands between the slashes of a symbol."""

# In this order: what an earlier kind takes, a later one does not see.
_KINDS = (
    ("address", re.compile(r"(?:https?://|www\.)\S*[\w/]")),
    ("symbol", re.compile(rf"(?<![\w/])(?=[\w./]*\d)[A-Z]+(?:/{_PART})+")),
    ("decision", re.compile(r"(?<![\w/.-])(?:[A-Z]{1,5}-)?\d{1,2}/\d{1,3}(?![\w/])")),
    ("date", re.compile(rf"(?<![\w./-])(?:{_DATE})(?!\w)")),
    ("number", re.compile(rf"(?<![\w./-])(?:{_NUMBER})(?![^\W\d_])")),
)
_TOKEN = re.compile(r"([^\W\d_]\w*(?:[-./&]\w+)*)(?:'s?(?!\w))?")
_ACRONYM_WITH_TAIL = re.compile(r"([A-Z]{2,})(?:-[a-z]+)+")
_INSIDE = frozenset("of the and for on to de del du la el".split())
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;][\"')\]]*\s+|[\"'(]\s*)$")
_OPENERS = frozenset(
    "a an the at in on by for of to from with as and but or if it its this these that those they "
    "also along although among another any based because before after beyond between besides both "
    "despite due during each finally following further furthermore hence however in later many "
    "meanwhile moreover most no not one other others our overall pursuant regarding several since "
    "see some such then there therefore through throughout thus together under until upon while "
    "within without".split()
)
"""Words that open sentences, and are names only in the midst of one."""


class Candidate(NamedTuple):
    """Something that a text names.

    ``kind`` is address, symbol, decision, date, number or name; ``start`` and ``end`` are positions
    in the text; ``words`` are the spans that have to be carried, in their order: for a name its
    capitalised words, which may be carried by several forms, otherwise the whole.
    """

    kind: str
    text: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


def candidates(text: str, ordinary: Collection[str] = frozenset()) -> list[Candidate]:
    """What a text names, in its order.

    Args:
        text: in the form that literal forms are compared in (`meagraph.sources.comparable`).
        ordinary: words in lower case that are no names when they open a sentence; see
            `ordinary_words`.
    """
    found = []
    rest = text
    for kind, pattern in _KINDS:
        for match in pattern.finditer(rest):
            span = match.span()
            found.append(Candidate(kind, match[0], *span, (span,)))
        rest = pattern.sub(lambda match: "\0" * len(match[0]), rest)
    found += _names(rest, ordinary)
    return sorted(found, key=lambda candidate: candidate.start)


def ordinary_words(texts: Iterable[str]) -> set[str]:
    """The words that texts also write in lower case."""
    return {word for text in texts for word in _TOKEN.findall(text) if word.islower()}


def number_value(text: str) -> int | None:
    """The value of a number as `candidates` gives it; ``None`` where the notation does not tell.

    >>> number_value("sixteenth"), number_value("14th"), number_value("10.000")
    (16, 14, None)
    """
    digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", text)
    return int(digits[1]) if digits else _WORDS.get(text.lower())


def is_ordinal(text: str) -> bool:
    """Whether a number says a place in an order.

    >>> is_ordinal("sixteenth"), is_ordinal("14th"), is_ordinal("ten")
    (True, True, False)
    """
    return text.lower().endswith(("st", "nd", "rd", "th"))


def _names(text: str, ordinary: Collection[str]) -> Iterator[Candidate]:
    """Runs of capitalised words, with small words inside."""
    run: list[tuple[int, int]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        joins = bool(run) and text[end : match.start()] == " "
        if joins and match[1] in _INSIDE:
            end = match.end()
            continue
        is_name = _is_name(text, match, ordinary)
        if run and not (joins and is_name):
            yield _name(text, run)
            run = []
        if is_name:
            tail = _ACRONYM_WITH_TAIL.fullmatch(match[1])
            run.append((match.start(), match.start() + len(tail[1]) if tail else match.end(1)))
        end = match.end()
    if run:
        yield _name(text, run)


def _name(text: str, words: list[tuple[int, int]]) -> Candidate:
    start, end = words[0][0], words[-1][1]
    return Candidate("name", text[start:end], start, end, tuple(words))


def _is_name(text: str, match: re.Match[str], ordinary: Collection[str]) -> bool:
    word = match[1]
    if len(word) == 1 or word.islower():
        return False
    if word[0].isupper() and word[1:].islower() and _SENTENCE_ENDS.search(text[: match.start()]):
        lower = word.lower()
        is_followed = bool(re.match(r" [A-Z]", text[match.end() :]))
        is_ordinary = lower in ordinary or lower.removesuffix("s") in ordinary
        return lower not in _OPENERS and (is_followed or not is_ordinary)
    return True
