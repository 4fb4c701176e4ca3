"""What a reader typed, taken apart into terms; none of it ever becomes query syntax."""

from __future__ import annotations

import re
from typing import NamedTuple

from meagraph.names.spelling import fold
from meagraph.search.texts import printable

MOST_TERMS = 32
"""Terms that are looked for; a reader who gives more is looking for something else."""
_LONGEST_TEXT = 10_000
_LONGEST_TERM = 200
_SHORTEST_BEGINNING = 2

_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»", '""""""')
_PIECE = re.compile(r"[^\W_]+")
_BEGINNING = re.compile(r"[^\W\d_]+$")
_SMALL = frozenset(
    "a an and are as at be by for from in is of on or that the this to was were with".split()
)


class Term(NamedTuple):
    """A word or a phrase to look for.

    ``text`` is as it was typed. Where its last word may go on, ``beginning`` is that word, folded,
    and ``before`` what stands before it; else ``beginning`` is empty. ``parts`` are those of a word
    with marks within it, such as a symbol.
    """

    text: str
    before: str = ""
    beginning: str = ""
    parts: tuple[str, ...] = ()


def terms_of(text: str) -> list[Term]:
    """The terms of a text, each once: words, and phrases in double quotes.

    The last word may be the beginning of one, unless it is quoted or a number. Small words count
    only where there are no others.
    """
    found: dict[str, Term] = {}
    parts = list(_PART.finditer(cleaned(text).translate(_QUOTES)))
    for part in parts:
        quoted, word = part.groups()
        if word is None:
            term = Term(quoted[:_LONGEST_TERM])
        else:
            term = _word(word[:_LONGEST_TERM], last=part is parts[-1])
        if any(sign.isalnum() for sign in term.text):
            found[fold(term.text)] = term
    telling = [term for name, term in found.items() if name not in _SMALL]
    return (telling or list(found.values()))[:MOST_TERMS]


def _word(word: str, *, last: bool) -> Term:
    pieces = tuple(piece for piece in _PIECE.findall(word) if fold(piece) not in _SMALL)
    parts = pieces if len(_PIECE.findall(word)) > 1 else ()
    end = _BEGINNING.search(word) if last else None
    if end is None or len(end[0]) < _SHORTEST_BEGINNING:
        return Term(word, parts=parts)
    return Term(word, word[: end.start()], fold(end[0]), parts)


def parts_of(term: Term) -> list[Term]:
    """The parts of a word as terms of their own; the last may go on where the whole could."""
    terms = [Term(part) for part in term.parts]
    if term.beginning and fold(terms[-1].text) == term.beginning:
        terms[-1] = Term(terms[-1].text, "", term.beginning)
    return terms


def cleaned(text: str) -> str:
    """The text on one line, and no longer than anyone types."""
    return printable(text[:_LONGEST_TEXT])


def name_of(text: str) -> str:
    """The text as a name that may be meant by the whole of it, folded."""
    return fold(cleaned(text).translate(_QUOTES).replace('"', " "))


def phrase(text: str) -> str:
    """An FTS5 string: whatever is in it is text, and what is between its words does not count."""
    return '"' + text.replace('"', '""') + '"'
