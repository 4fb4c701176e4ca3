"""From terms to the things that have them, in order.

A term's score in a text is BM25 (as FTS5 computes it, every text being a document of its own) times
the weight of that sort of text; a thing's score is the sum, over the terms, of the best that any of
its texts reaches. So a thing loses nothing by having more texts, and of two things with the same
text the one of higher standing goes first. Before the score counts how many terms a thing has, and
before that whether it is called just what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meagraph.search.texts import ACRONYM, LABEL, NAME, SYMBOL
from meagraph.search.words import MOST_TERMS, parts_of, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence, Set
    from sqlite3 import Connection

    from meagraph.search.words import Term

_BEGUN = 0.2
"""How much a longer word counts of which the last word that was typed is the beginning."""
_MOST_GROWN = 64
"""How many words a beginning may grow to."""

_FIRST = {ACRONYM: 0, SYMBOL: 0, LABEL: 1, NAME: 1}
"""Names that are all of what was typed go before the rest; acronyms and symbols before labels."""
REST = 2

_STANDS = "SELECT 1 FROM searched WHERE searched MATCH ? LIMIT 1"
_MATCHES = (
    "SELECT texts.thing, texts.id, texts.weight * -bm25(searched) * ? "
    "FROM searched JOIN texts ON texts.id = searched.rowid WHERE searched MATCH ?"
)


class Forms(NamedTuple):
    """A term as FTS5 strings: as it was typed, and with its last word grown."""

    typed: str
    grown: tuple[str, ...]


class Found(NamedTuple):
    """A thing that has some of the terms: its text that fits best, how well it fits, and which.

    Things of a lower ``tier`` go first; below `REST` the text is all that was typed.
    """

    thing: int
    text: int
    tier: int
    score: float
    had: frozenset[int]


def looked_for(connection: Connection, terms: Sequence[Term]) -> list[Term]:
    """The terms, but instead of a word with marks within it that stands nowhere so, its parts."""
    found = {}
    for term in terms:
        stands = not term.parts or connection.execute(_STANDS, (phrase(term.text),)).fetchone()
        for each in [term] if stands else parts_of(term):
            found[each.text] = each
    return list(found.values())[:MOST_TERMS]


def forms_of(connection: Connection, term: Term) -> Forms:
    """What to look for where a term was typed.

    The index holds stems, among which the beginning of a word is not to be found: so the words of
    the graph that begin so are looked up, and looked for in its place.
    """
    typed = phrase(term.text)
    if not term.beginning:
        return Forms(typed, ())
    words = connection.execute(
        "SELECT word FROM words WHERE word > ? AND word < ? ORDER BY length(word), word LIMIT ?",
        (term.beginning, term.beginning + chr(0x10FFFF), _MOST_GROWN),
    )
    return Forms(typed, tuple(phrase(term.before + word) for (word,) in words))


def ranked(
    connection: Connection,
    forms: Sequence[Forms],
    name: str,
    limit: int,
    among: Set[int] | None = None,
) -> list[Found]:
    """The best things, the very best first; the scores fall.

    Args:
        connection: the index.
        forms: of each term.
        name: all that was typed as one name, folded.
        limit: how many to return at most.
        among: the things that count; ``None`` for all.
    """
    found = _with_terms(connection, forms, among)
    every = frozenset(range(len(forms)))
    for thing, text, sort in connection.execute(
        "SELECT thing, id, sort FROM texts WHERE folded = ? ORDER BY id", (name,)
    ):
        if sort in _FIRST and (among is None or thing in among):
            score = found[thing].score if thing in found else 0.0
            found[thing] = Found(thing, text, _FIRST[sort], score, every)
    ordered = sorted(
        found.values(), key=lambda one: (one.tier, -len(one.had), -one.score, one.thing)
    )
    # What goes first has the higher score, whatever it is due to.
    step = max((one.score for one in ordered), default=0.0) or 1.0
    least = min((len(one.had) for one in ordered), default=0)
    return [
        one._replace(score=one.score + step * (REST - one.tier + len(one.had) - least))
        for one in ordered[:limit]
    ]


def _with_terms(
    connection: Connection, forms: Sequence[Forms], among: Set[int] | None
) -> dict[int, Found]:
    """The things that have all terms; if none has, those that have some of them."""
    rows = [_scored(connection, form) for form in forms]
    having = [{thing for thing, _, _ in scored} for scored in rows]
    if among is not None:
        having = [things & among for things in having]
    wanted = (set.intersection(*having) or set.union(*having)) if having else set()
    by_thing: dict[int, float] = dict.fromkeys(wanted, 0.0)
    by_text: dict[int, float] = {}
    best_text: dict[int, int] = {}
    for scored in rows:
        best: dict[int, float] = {}
        for thing, text, score in scored:
            if thing in wanted:
                if score > best.get(thing, 0.0):
                    best[thing] = score
                by_text[text] = total = by_text.get(text, 0.0) + score
                rival = best_text.setdefault(thing, text)
                if (total, -text) > (by_text[rival], -rival):
                    best_text[thing] = text
        for thing, score in best.items():
            by_thing[thing] += score
    found = {}
    for thing, score in by_thing.items():
        had = frozenset(place for place, things in enumerate(having) if thing in things)
        found[thing] = Found(thing, best_text[thing], REST, score, had)
    return found


def _scored(connection: Connection, form: Forms) -> list[tuple[int, int, float]]:
    """Thing, text and score of each text that has a term: as it was typed, or grown."""
    rows = connection.execute(_MATCHES, (1.0, form.typed)).fetchall()
    if form.grown:
        # A grown word of the same stem is the word that was typed.
        others = f"({' OR '.join(form.grown)}) NOT {form.typed}"
        rows += connection.execute(_MATCHES, (_BEGUN, others)).fetchall()
    return rows
