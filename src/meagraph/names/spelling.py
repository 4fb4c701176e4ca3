"""How names are compared: without case and accents, and word by word where they only come near."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with")
)
_NUMBER = re.compile(r"[0-9]+")
_WRONG_NUMBER = 0.7
"""What a name's score is multiplied by if it lacks a number of the name that was asked for: a
symbol with another number is another document, however alike the two look."""

_ALIKE = 65.0
"""Two words less alike than this, of 100, have nothing to do with each other."""


def _words(name: str) -> list[str]:
    words = _WORD.findall(fold(name))
    return [word for word in words if word not in _SMALL] or words


def scorer(name: str, others: Iterable[str]) -> Callable[[str], float]:
    """How near other names are to this one, from 0 to 100.

    Words are matched to their nearest words, whatever their order, so that a misspelt word counts
    and a small one does not; long words weigh more. What was asked for weighs four times as much
    as what the record adds to it.

    Args:
        name: what was asked for.
        others: the names to compare it with; the function that is returned takes these only.
    """
    from rapidfuzz import fuzz, process

    asked = _words(name)
    squeezed = "".join(asked)
    numbers = set(_NUMBER.findall(name))
    split = {other: _words(other) for other in others}
    vocabulary = sorted({word for words in split.values() for word in words})
    alike = {
        word: {
            near: value
            for near, value, _ in process.extract(
                word, vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
            )
        }
        for word in asked
    }

    def score(text: str) -> float:
        words = split[text]
        if not asked or not words:
            return 0.0
        given = sum(
            len(word) * max((alike[word].get(other, 0.0) for other in words), default=0.0)
            for word in asked
        ) / len(squeezed)
        added = sum(
            len(other) * max(alike[word].get(other, 0.0) for word in asked) for other in words
        ) / sum(map(len, words))
        # Less than the 100 of the same name, even where only spaces and marks differ.
        reached = 0.99 * max(0.8 * given + 0.2 * added, fuzz.ratio(squeezed, "".join(words)))
        return reached if numbers <= set(_NUMBER.findall(text)) else reached * _WRONG_NUMBER

    return score


def fold(name: str) -> str:
    """A name without case, accents and superfluous white space: what names are compared by."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(name.casefold().split())
