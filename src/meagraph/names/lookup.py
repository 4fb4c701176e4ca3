"""Names looked up: the things that one may mean, and the one thing that it does mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph

from meagraph.errors import UnusableInput
from meagraph.names.records import (
    LABEL,
    PREFERRED,
    GivenUp,
    current,
    deprecated,
    given_up,
    label,
    quads,
    slug,
)
from meagraph.names.spelling import fold, scorer
from meagraph.namespaces import BASE, CONCEPTS, DCTERMS, KINDS, ONTOLOGY, RDF, SKOS, compact, expand

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_NAMING = {
    LABEL: "label",
    PREFERRED: "label",
    pyoxigraph.NamedNode(DCTERMS + "identifier"): "symbol",
    pyoxigraph.NamedNode(ONTOLOGY + "acronym"): "acronym",
    pyoxigraph.NamedNode(SKOS + "altLabel"): "other name",
    pyoxigraph.NamedNode(ONTOLOGY + "shortTitle"): "other name",
    pyoxigraph.NamedNode(ONTOLOGY + "statedAs"): "literal form",
}
_FORMER = "former name"
_RANK = {"label": 0, "symbol": 0, "acronym": 1, "other name": 1, "literal form": 2, _FORMER: 3}
"""How much a way of naming weighs when one name means several things: the least wins.

Acronyms entail other names, so they weigh the same. A former name is any name of a record that was
given up."""

_KINDS = frozenset(KINDS)
_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]*")
_TYPE = pyoxigraph.NamedNode(RDF + "type")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NEAR = 70.0
"""The score from which a near spelling counts as found; tried on the graph's own names."""

FAINT = 40.0
"""The score from which a name is worth suggesting to a reader who found nothing."""


class Match(NamedTuple):
    """A thing that a name may mean.

    ``matched`` is the recorded name that fits, ``how`` its sort (label, acronym, other name,
    literal form, symbol, former name, or near spelling), ``score`` from 0 to 100 (the same name);
    ``was`` the IRI of the given-up record whose name it is, else empty. That is ``iri`` itself
    where the record was withdrawn.
    """

    iri: str
    label: str
    matched: str
    how: str
    score: float
    was: str = ""


class _Name(NamedTuple):
    iri: str
    text: str
    how: str


class Ambiguous(UnusableInput):
    """A name means several things.

    Args:
        name: the name.
        meanings: the things.
    """

    def __init__(self, name: str, meanings: list[Match]) -> None:
        sorts = {match.how for match in meanings}
        acronym = ": it is an acronym of each" if sorts == {"acronym"} else ""
        super().__init__(
            f"“{name}” may mean {len(meanings)} things{acronym}",
            hint="Write the one that you mean:\n" + _listed(meanings),
        )
        self.meanings = meanings


def find(
    store: Queryable,
    name: str,
    limit: int = 10,
    least: float = _NEAR,
    fits: Callable[[str], bool] | None = None,
) -> list[Match]:
    """The records that a name may mean, the same name first, then near spellings.

    Args:
        store: the graph; names are looked up in its merged default graph.
        name: a label, acronym, symbol or literal form, in any spelling; or a prefixed name.
        limit: how many to return at most.
        least: the score, of 100, that a near spelling must reach.
        fits: whether a thing is of the sort that is looked for; such things, concepts too, go
            before all others.

    Returns:
        One match for each record; a record that was replaced stands for the one that replaces it.
    """
    of_sort = cache(fits) if fits else None
    names = sorted(
        (item for item in _names(store) if _is_record(item.iri) or (of_sort and of_sort(item.iri))),
        key=lambda item: _RANK[item.how],
    )
    asked, iri = fold(name), expand(name.strip())
    best: dict[str, Match] = {}
    for item in names:
        if fold(item.text) == asked or item.iri == iri:
            match = _match(store, item, item.how, 100.0)
            best.setdefault(match.iri, match)
    exact = sorted(best.values(), key=lambda match: (_RANK[match.how], match.label, match.iri))
    if len(exact) < limit or of_sort:
        for item, score in _near(name, names, least):
            found = _match(store, item, "near spelling", round(score, 1))
            if found.iri not in best or best[found.iri].score < found.score:
                best[found.iri] = found
    near = [match for match in best.values() if match.how == "near spelling"]
    near.sort(key=lambda match: (-match.score, match.label, match.iri))
    matches = [*exact, *near]
    if of_sort:
        matches.sort(key=lambda match: not of_sort(match.iri))
    return matches[:limit]


def _match(store: Queryable, name: _Name, how: str, score: float) -> Match:
    iri = current(store, name.iri)
    was = name.iri if name.how == _FORMER else ""
    return Match(iri, label(store, iri), name.text, how, score, was)


def resolve(
    store: Queryable,
    text: str,
    tell: Callable[[GivenUp], None] | None = None,
    fits: Callable[[str], bool] | None = None,
) -> str:
    """The IRI of the one thing that a text means.

    Args:
        store: the graph.
        text: an IRI (in angle brackets or not), a prefixed name, or a name of a record or concept
            (label, acronym, symbol, other name, literal form or slug).
        tell: told where the text means a name that was given up.
        fits: whether a thing is of the sort that is asked for; a name is taken to mean such a
            thing where anything of that sort is called so.

    Returns:
        The IRI; of a record that was replaced, that of the record which replaces it. It need not
        fit: an IRI is taken at its word, and so is a name that nothing fitting has.

    Raises:
        Ambiguous: several things are called so; of those that fit, where any does.
        UnusableInput: nothing is called so; the nearest names are listed, fitting ones first.
    """
    wanted = text.strip()
    written = wanted.startswith("<") and wanted.endswith(">")
    iri = wanted[1:-1] if written else wanted if _WEB.match(wanted) else expand(wanted)
    if iri and _occurs(store, iri):
        return _followed(store, iri, tell)
    candidates = [] if written or not wanted else _exact(store, wanted, fits)
    if len(candidates) == 1:
        return _followed(store, candidates[0].was or candidates[0].iri, tell)
    if candidates:
        raise Ambiguous(wanted, candidates)
    found = find(store, iri.rsplit("/", 1)[-1] if iri else wanted, 3, FAINT, fits)
    near = [match for match in found if match.was != match.iri]  # nothing that was withdrawn
    raise UnusableInput(
        f"nothing in the graph is called “{wanted}”",
        hint=f"Nearest:\n{_listed(near)}" if near else "meagraph find looks for names.",
    )


def _followed(store: Queryable, iri: str, tell: Callable[[GivenUp], None] | None) -> str:
    """The IRI itself or its successor, of which ``tell`` is told."""
    gone = given_up(store, iri)
    if gone and tell:
        tell(gone)
    return gone.successor or iri if gone else iri


def _is_record(iri: str) -> bool:
    if not iri.startswith(BASE):
        return False
    kind, _, rest = iri[len(BASE) :].partition("/")
    return kind in _KINDS and bool(rest) and "/" not in rest and "#" not in rest


def _occurs(store: Queryable, iri: str) -> bool:
    try:
        node = pyoxigraph.NamedNode(iri)
    except ValueError:
        return False
    # Its type goes first: an endpoint is asked for the types of many things at once.
    patterns = ((node, _TYPE, None), (node, None, None), (None, None, node), (None, node, None))
    return any(next(quads(store, *pattern), None) is not None for pattern in patterns)


def _names(store: Queryable) -> Iterator[_Name]:
    """Every name of every record and concept; the slug of each counts as another name."""
    gone = deprecated(store)
    named: dict[str, None] = {}
    found: dict[str, list[tuple[str, str]]] = {how: [] for how in map(str, _NAMING)}
    solutions: Any = store.query(
        f"SELECT ?thing ?how ?name {{ VALUES ?how {{ {' '.join(found)} }} ?thing ?how ?name }}"
    )
    for thing, how, name in solutions:
        found[str(how)].append((thing.value, getattr(name, "value", "")))
    for predicate, how in _NAMING.items():
        for iri, text in found[str(predicate)]:
            if _is_record(iri) or iri.startswith(CONCEPTS):
                named[iri] = None
                yield _Name(iri, text, _FORMER if iri in gone else how)
    for iri in named:
        yield _Name(iri, slug(iri), _FORMER if iri in gone else "other name")


def _spelled(store: Queryable, text: str) -> Iterator[_Name]:
    """Names that are recorded exactly so: a few look-ups, not a walk over all names."""
    gone = deprecated(store)
    forms = (pyoxigraph.Literal(text), pyoxigraph.Literal(text, language="en"))
    for predicate, how in _NAMING.items():
        for form in forms:
            for quad in quads(store, None, predicate, form):
                if isinstance(quad.subject, pyoxigraph.NamedNode):
                    iri = quad.subject.value
                    yield _Name(iri, text, _FORMER if iri in gone else how)
    if _SLUG.fullmatch(text):
        slugs = " ".join(f"<{BASE}{kind}/{text}>" for kind in KINDS)
        solutions: Any = store.query(
            f"SELECT ?thing {{ VALUES ?thing {{ {slugs} }} "
            "FILTER(EXISTS { ?thing ?p ?o } || EXISTS { ?s ?q ?thing }) }"
        )
        for (thing,) in solutions:
            iri = thing.value
            yield _Name(iri, text, _FORMER if iri in gone else "other name")


def _exact(store: Queryable, text: str, fits: Callable[[str], bool] | None = None) -> list[Match]:
    """The things that bear this name in the most telling way that any of them does.

    Where any fits, those that do not are left out.
    """
    found = _weightiest(store, _spelled(store, text), fits)
    if found and _RANK[found[0].how] < _RANK["literal form"]:
        return found
    asked = fold(text)
    every = (item for item in _names(store) if fold(item.text) == asked)
    found = _weightiest(store, every, fits)
    return _exact(store, text) if fits and not found else found


def _weightiest(
    store: Queryable, names: Iterable[_Name], fits: Callable[[str], bool] | None = None
) -> list[Match]:
    ranked: dict[tuple[bool, bool, int], dict[str, Match]] = {}
    for item in names:
        record = _is_record(item.iri)
        if record or item.iri.startswith(CONCEPTS):
            match = _match(store, item, item.how, 100.0)
            if fits and not fits(match.iri):
                continue
            # What is still called so before what was, records before concepts, then by how.
            weight = (item.how == _FORMER, not record, _RANK[item.how])
            ranked.setdefault(weight, {}).setdefault(match.iri, match)
    if not ranked:
        return []
    return sorted(ranked[min(ranked)].values(), key=lambda match: (match.label, match.iri))


def _near(name: str, names: list[_Name], least: float) -> Iterator[tuple[_Name, float]]:
    score = scorer(name, [item.text for item in names])
    for item in names:
        reached = score(item.text)
        if reached >= least:
            yield item, reached


def _listed(matches: list[Match]) -> str:
    return "\n".join(f"    {compact(match.iri)}  ({match.label})" for match in matches)
