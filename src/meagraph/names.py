"""From what a reader calls a thing to its IRI: labels, acronyms, symbols and near spellings.

Names are compared without regard to case, accents and white space. A name that is recorded
exactly as it was asked for wins over one that is recorded in another spelling, and what records
say of a thing wins over what a passage happens to call it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pyoxigraph

from meagraph.errors import UnusableInput
from meagraph.namespaces import (
    BASE,
    CONCEPTS,
    DCTERMS,
    KINDS,
    ONTOLOGY,
    OWL,
    RDFS,
    SKOS,
    compact,
    expand,
)

_LABEL = pyoxigraph.NamedNode(RDFS + "label")
_PREFERRED = pyoxigraph.NamedNode(SKOS + "prefLabel")
_DEPRECATED = pyoxigraph.NamedNode(OWL + "deprecated")
_REPLACED_BY = pyoxigraph.NamedNode(DCTERMS + "isReplacedBy")
_MERGE = pyoxigraph.DefaultGraph()
_NAMING = {
    _LABEL: "label",
    _PREFERRED: "label",
    pyoxigraph.NamedNode(DCTERMS + "identifier"): "symbol",
    pyoxigraph.NamedNode(ONTOLOGY + "acronym"): "acronym",
    pyoxigraph.NamedNode(SKOS + "altLabel"): "other name",
    pyoxigraph.NamedNode(ONTOLOGY + "shortTitle"): "other name",
    pyoxigraph.NamedNode(ONTOLOGY + "statedAs"): "literal form",
}
_RANK = {"label": 0, "symbol": 0, "acronym": 1, "other name": 1, "literal form": 2}
"""How much a way of naming weighs when one name means several things: the least wins.

Acronyms entail other names, so they weigh the same."""

_KINDS = frozenset(KINDS)
_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]*")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NEAR = 70.0
"""The score from which a near spelling counts as found; tried on the graph's own names."""

FAINT = 40.0
"""The score from which a name is worth suggesting to a reader who found nothing."""


class Match(NamedTuple):
    """A thing that a name may mean.

    ``matched`` is the recorded name that fits, ``how`` its sort (label, acronym, other name,
    literal form, symbol, or near spelling), ``score`` from 0 to 100 (the same name).
    """

    iri: str
    label: str
    matched: str
    how: str
    score: float


class _Name(NamedTuple):
    iri: str
    text: str
    how: str


def find(store: pyoxigraph.Store, name: str, limit: int = 10, least: float = _NEAR) -> list[Match]:
    """The records that a name may mean, the same name first, then near spellings.

    Args:
        store: the graph; names are looked up in its merged default graph.
        name: a label, acronym, symbol or literal form, in any spelling.
        limit: how many to return at most.
        least: the score, of 100, that a near spelling must reach.

    Returns:
        One match for each record; a record that was replaced stands for the one that replaces it.
    """
    names = [item for item in _names(store) if _is_record(item.iri)]
    asked = fold(name)
    best: dict[str, Match] = {}
    same = sorted((item for item in names if fold(item.text) == asked), key=lambda n: _RANK[n.how])
    for item in same:
        iri = current(store, item.iri)
        best.setdefault(iri, Match(iri, label(store, iri), item.text, item.how, 100.0))
    exact = sorted(best.values(), key=lambda match: (_RANK[match.how], match.label, match.iri))
    if len(exact) < limit:
        for item, score in _near(name, names, least):
            iri = current(store, item.iri)
            found = Match(iri, label(store, iri), item.text, "near spelling", round(score, 1))
            if iri not in best or best[iri].score < found.score:
                best[iri] = found
    near = [match for match in best.values() if match.how == "near spelling"]
    near.sort(key=lambda match: (-match.score, match.label, match.iri))
    return [*exact, *near][:limit]


def resolve(store: pyoxigraph.Store, text: str) -> str:
    """The IRI of the one thing that a text means.

    Args:
        store: the graph.
        text: an IRI (in angle brackets or not), a prefixed name, or a name of a record or concept
            (label, acronym, symbol, other name, literal form or slug).

    Returns:
        The IRI; of a record that was replaced, that of the record which replaces it.

    Raises:
        UnusableInput: nothing is called so (the nearest names are listed), or several things are
            (all are listed).
    """
    wanted = text.strip()
    written = wanted.startswith("<") and wanted.endswith(">")
    iri = wanted[1:-1] if written else wanted if _WEB.match(wanted) else expand(wanted)
    if iri and _occurs(store, iri):
        return current(store, iri)
    candidates = [] if written or not wanted else _exact(store, wanted)
    if len(candidates) == 1:
        return candidates[0].iri
    if candidates:
        raise UnusableInput(
            f"“{wanted}” may mean {len(candidates)} things",
            hint="Write the one that you mean:\n" + _listed(candidates),
        )
    near = find(store, iri.rsplit("/", 1)[-1] if iri else wanted, limit=3, least=FAINT)
    raise UnusableInput(
        f"nothing in the graph is called “{wanted}”",
        hint=f"Nearest:\n{_listed(near)}" if near else "meagraph find looks for names.",
    )


def fold(name: str) -> str:
    """A name without case, accents and superfluous white space: what names are compared by."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(name.casefold().split())


def label(store: pyoxigraph.Store, iri: str) -> str:
    """What a thing is called: its label, else the last part of its IRI."""
    names = _values(store, iri, _LABEL) or _values(store, iri, _PREFERRED)
    return names[0] if names else _slug(iri)


def current(store: pyoxigraph.Store, iri: str) -> str:
    """The IRI itself, or where its record is deprecated, that of the record that replaces it."""
    seen = {iri}
    while "true" in _values(store, iri, _DEPRECATED):
        heirs = _values(store, iri, _REPLACED_BY)
        if not heirs or heirs[0] in seen:
            break
        iri = heirs[0]
        seen.add(iri)
    return iri


def _values(store: pyoxigraph.Store, iri: str, predicate: pyoxigraph.NamedNode) -> list[str]:
    found = _quads(store, pyoxigraph.NamedNode(iri), predicate, None)
    return sorted(_text(quad) for quad in found)


def _text(quad: pyoxigraph.Quad) -> str:
    """The characters of the quad's value."""
    value = quad.object
    return str(value) if isinstance(value, pyoxigraph.Triple) else value.value


def _quads(
    store: pyoxigraph.Store,
    subject: pyoxigraph.NamedNode | None,
    predicate: pyoxigraph.NamedNode | None,
    value: pyoxigraph.NamedNode | pyoxigraph.Literal | None,
) -> Iterator[pyoxigraph.Quad]:
    return store.quads_for_pattern(subject, predicate, value, _MERGE)


def _slug(iri: str) -> str:
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _is_record(iri: str) -> bool:
    if not iri.startswith(BASE):
        return False
    kind, _, slug = iri[len(BASE) :].partition("/")
    return kind in _KINDS and bool(slug) and "/" not in slug and "#" not in slug


def _occurs(store: pyoxigraph.Store, iri: str) -> bool:
    try:
        node = pyoxigraph.NamedNode(iri)
    except ValueError:
        return False
    patterns = ((node, None, None), (None, None, node), (None, node, None))
    return any(next(_quads(store, *pattern), None) is not None for pattern in patterns)


def _names(store: pyoxigraph.Store) -> Iterator[_Name]:
    """Every name of every record and concept; the slug of each counts as another name."""
    named: dict[str, None] = {}
    for predicate, how in _NAMING.items():
        for quad in _quads(store, None, predicate, None):
            if not isinstance(quad.subject, pyoxigraph.NamedNode):
                continue
            iri = quad.subject.value
            if _is_record(iri) or iri.startswith(CONCEPTS):
                named[iri] = None
                yield _Name(iri, _text(quad), how)
    for iri in named:
        yield _Name(iri, _slug(iri), "other name")


def _spelled(store: pyoxigraph.Store, text: str) -> Iterator[_Name]:
    """Names that are recorded exactly so: a few look-ups, not a walk over all names."""
    forms = (pyoxigraph.Literal(text), pyoxigraph.Literal(text, language="en"))
    for predicate, how in _NAMING.items():
        for form in forms:
            for quad in _quads(store, None, predicate, form):
                if isinstance(quad.subject, pyoxigraph.NamedNode):
                    yield _Name(quad.subject.value, text, how)
    if _SLUG.fullmatch(text):
        for kind in KINDS:
            if _occurs(store, f"{BASE}{kind}/{text}"):
                yield _Name(f"{BASE}{kind}/{text}", text, "other name")


def _exact(store: pyoxigraph.Store, text: str) -> list[Match]:
    """The things that bear this name in the most telling way that any of them does."""
    found = _weightiest(store, _spelled(store, text))
    if not found or _RANK[found[0].how] == _RANK["literal form"]:
        asked = fold(text)
        every = (item for item in _names(store) if fold(item.text) == asked)
        found = _weightiest(store, every)
    return found


def _weightiest(store: pyoxigraph.Store, names: Iterable[_Name]) -> list[Match]:
    ranked: dict[tuple[bool, int], dict[str, Match]] = {}
    for item in names:
        record = _is_record(item.iri)
        if record or item.iri.startswith(CONCEPTS):
            iri = current(store, item.iri)
            match = Match(iri, label(store, iri), item.text, item.how, 100.0)
            # Records before concepts, then by how they are named.
            ranked.setdefault((not record, _RANK[item.how]), {}).setdefault(iri, match)
    if not ranked:
        return []
    return sorted(ranked[min(ranked)].values(), key=lambda match: (match.label, match.iri))


def _near(name: str, names: list[_Name], least: float) -> Iterator[tuple[_Name, float]]:
    score = _scorer(name, names)
    for item in names:
        reached = score(item.text)
        if reached >= least:
            yield item, reached


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


def _scorer(name: str, names: list[_Name]) -> Callable[[str], float]:
    """How near other names are to this one, from 0 to 100.

    Words are matched to their nearest words, whatever their order, so that a misspelt word counts
    and a small one does not; long words weigh more. What was asked for weighs four times as much
    as what the record adds to it.
    """
    from rapidfuzz import fuzz, process

    asked = _words(name)
    squeezed = "".join(asked)
    numbers = set(_NUMBER.findall(name))
    split = {item.text: _words(item.text) for item in names}
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


def _listed(matches: list[Match]) -> str:
    return "\n".join(f"    {compact(match.iri)}  ({match.label})" for match in matches)
