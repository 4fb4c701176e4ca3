"""The order of lists as a reader expects it: without regard to case, numbers by their value."""

from __future__ import annotations

import re

_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    {word: number for number, word in enumerate((*_ONES, *_TEENS), 1)}
    | {f"{word[:-1]}ieth": 10 * number for number, word in enumerate(_TENS, 2)}
    | {
        f"{ten}-{one}": 10 * number + more
        for number, ten in enumerate(_TENS, 2)
        for more, one in enumerate(_ONES, 1)
    }
)
"""``first`` to ``ninety-ninth``, as meetings are counted."""

_NUMBERS = re.compile(
    # Few words begin and end as ordinals do, so that most are passed over at once.
    r"([0-9]+|(?<![\w-])(?=[efnst][a-z-]*(?:st|nd|rd|th)\b)"
    rf"(?:{'|'.join(sorted(_ORDINALS, reverse=True))})\b)"
)

Key = list[tuple[int, str]]


def by_number(text: str) -> Key:
    """A key that sorts texts by their letters, but numbers and ordinal words by their value.

    >>> sorted(["sixth meeting", "Annex/10", "annex/9", "fifth meeting"], key=by_number)
    ['annex/9', 'Annex/10', 'fifth meeting', 'sixth meeting']
    """
    return [_part(part) for part in _NUMBERS.split(text.casefold()) if part]


def _part(text: str) -> tuple[int, str]:
    """Letters before numbers; a number by how long it is first, so that none is too great."""
    number = str(_ORDINALS.get(text, text))
    if number.isascii() and number.isdecimal():
        digits = number.lstrip("0")
        return len(digits), digits
    return -1, text
