"""The rules, each one function: what it reads, what it concludes, and why.

Superclasses and superproperties follow RDF Schema 1.1 (rules rdfs9 and rdfs7); dates follow EDTF
(ISO 8601-2), see `meagraph.times`; membership is the model's own. A next rule is one function and
one entry of `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entailment.facts import TYPE, Facts, Subject, Term
from meagraph.entries import graph_kind
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, CONCEPTS, DCTERMS, ONTOLOGY, RDFS, SCHEMA, XSD

_DATE = NamedNode(XSD + "date")


def _mea(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)


WHEN, _DURING = _mea("when"), _mea("duringPeriod")
_PART_OF_EVENT = NamedNode(SCHEMA + "superEvent")
_HAS_PARTICIPATION, _AGENT = _mea("hasParticipation"), _mea("agent")
_INVOLVES, _AGENT_CLASS = _mea("involves"), _mea("Agent")
_CONCERNS, _READING_OF = _mea("concerns"), _mea("readingOf")
_PASSAGE_LABEL = _mea("label")
_IS_PART_OF, _SHORT_TITLE = NamedNode(DCTERMS + "isPartOf"), _mea("shortTitle")
_LABEL = NamedNode(RDFS + "label")
EARLIEST, LATEST = _mea("earliest"), _mea("latest")
_START, _END = NamedNode(SCHEMA + "startDate"), NamedNode(SCHEMA + "endDate")
_LIST_OF, _ITEM_ROLE, _ITEM = _mea("listOf"), _mea("itemRole"), _mea("item")
_MEMBERSHIP, _MEMBER, _MEMBER_IN = _mea("Membership"), _mea("member"), _mea("memberIn")
_MEMBER_OF, _STATUS, _ROLE = _mea("memberOf"), _mea("status"), _mea("role")
_MEMBER_ROLES = tuple(
    NamedNode(f"{CONCEPTS}role/{name}") for name in ("member", "participating-organisation")
)
_NOT_YET = frozenset(
    NamedNode(f"{CONCEPTS}status/{name}")
    for name in ("requested", "planned", "expected", "tentative", "needed")
)
"""A membership of one of these statuses is spoken of but is not said to exist."""


class Rule(NamedTuple):
    """One way to conclude triples.

    ``reads`` gives the properties that it looks at: it is applied again when another rule has
    concluded something with one of them. ``premises`` gives, for each property that it concludes,
    the properties of the triples that state why; it is empty where the ontology says which.
    """

    name: str
    conclude: Callable[[Facts], Iterable[Triple]]
    reads: Callable[[Facts], Collection[NamedNode]]
    premises: dict[NamedNode, tuple[NamedNode, ...]]


def _superproperties(facts: Facts) -> Iterator[Triple]:
    """What is said with a property is said with the properties above it."""
    for below, above in facts.superproperties.items():
        for triple in list(facts.matching(below)):
            if triple.subject not in facts.terms:
                for predicate in above:
                    yield Triple(triple.subject, predicate, triple.object)


def _superclasses(facts: Facts) -> Iterator[Triple]:
    """An individual of a class is one of the classes above it."""
    for below, above in facts.superclasses.items():
        for triple in list(facts.matching(TYPE, below)):
            if triple.subject not in facts.terms:
                for superclass in above:
                    yield Triple(triple.subject, TYPE, superclass)


def _when(facts: Facts) -> dict[Term, tuple[str, ...]]:
    """Each node that is dated, and the EDTF texts that date it, in order."""
    dated: dict[Term, set[str]] = {}
    for triple in facts.matching(WHEN):
        if isinstance(triple.object, Literal):
            dated.setdefault(triple.subject, set()).add(triple.object.value)
    return {node: tuple(sorted(texts)) for node, texts in dated.items()}


def _dates(texts: tuple[str, ...]) -> Iterator[tuple[NamedNode, Literal]]:
    """The dates that these EDTF texts give together: none where they exclude each other.

    A text that is not EDTF gives none either: one slip in one entry must not keep all others
    from being read. `undated` finds both.
    """
    from meagraph.times import bounds, combine

    try:
        common = combine(texts)
        span = None if common is None else bounds(common)
    except UnusableInput:
        return
    if span is None:
        return
    for predicate, day in (
        (EARLIEST, span.earliest),
        (LATEST, span.latest),
        (_START, span.start),
        (_END, span.end),
    ):
        if day is not None:
            yield predicate, Literal(day.isoformat(), datatype=_DATE)


def _times(facts: Facts) -> Iterator[Triple]:
    """A dated thing has an earliest and a latest day, and a first and last day where known."""
    known: dict[tuple[str, ...], list[tuple[NamedNode, Literal]]] = {}
    for node, texts in _when(facts).items():
        if isinstance(node, Literal):
            continue
        if texts not in known:
            known[texts] = list(_dates(texts))
        for predicate, day in known[texts]:
            yield Triple(node, predicate, day)


def _periods(facts: Facts) -> Iterator[Triple]:
    """What happened during a period, with no date of its own, happened within its bounds."""
    during = list(facts.matching(_DURING))
    dated = _when(facts) if during else {}
    for triple in during:
        period = triple.object
        if triple.subject in dated or not isinstance(period, NamedNode | BlankNode):
            continue
        for predicate, day in _dates(dated.get(period, ())):
            if predicate in (EARLIEST, LATEST):
                yield Triple(triple.subject, predicate, day)


def _parts(facts: Facts) -> Iterator[Triple]:
    """A part of an event, with no time of its own, lies within the nearest whole that has one.

    Never the other way about: a whole gets no dates from its parts.
    """
    wholes: dict[Term, list[Term]] = {}
    for triple in facts.matching(_PART_OF_EVENT):
        wholes.setdefault(triple.subject, []).append(triple.object)
    dated = _when(facts) if wholes else {}
    for part in wholes:
        if part in dated or isinstance(part, Literal):
            continue
        seen: set[Term] = {part}
        above = sorted(wholes[part], key=str)
        for whole in above:
            if whole in dated:
                for predicate, day in _dates(dated[whole]):
                    if predicate in (EARLIEST, LATEST):
                        yield Triple(part, predicate, day)
                break
            if whole not in seen:
                seen.add(whole)
                above.extend(sorted(wholes.get(whole, ()), key=str))


def _readings(facts: Facts) -> Iterator[Triple]:
    """A reading is of the passage that its file stands for: the path says which."""
    for quad in facts.stated(_CONCERNS):
        graph = getattr(quad.graph_name, "value", "")
        if graph and graph_kind(graph) == "read":
            passage = BASE + "documents/" + graph.removeprefix(BASE + "readings/")
            yield Triple(quad.subject, _READING_OF, NamedNode(passage))


def _passage_names(facts: Facts) -> Iterator[Triple]:
    """A passage is named by the short title of its document and its label there."""
    titles: dict[Term, str] = {
        title.subject: title.object.value
        for title in facts.matching(_SHORT_TITLE)
        if isinstance(title.object, Literal)
    }
    for triple in facts.matching(_PASSAGE_LABEL):
        for document in facts.values(triple.subject, _IS_PART_OF):
            if document in titles and isinstance(triple.object, Literal):
                name = f"{titles[document]} {triple.object.value}"
                yield Triple(triple.subject, _LABEL, Literal(name, language="en"))


def _involvements(facts: Facts) -> Iterator[Triple]:
    """Who has a part in an activity is involved in it, whatever the role."""
    for triple in facts.matching(_HAS_PARTICIPATION):
        if isinstance(triple.object, NamedNode | BlankNode):
            for agent in facts.values(triple.object, _AGENT):
                yield Triple(triple.subject, _INVOLVES, agent)


def _agents(facts: Facts) -> Iterator[Triple]:
    """Whoever takes part is an agent, whatever else it is."""
    for triple in facts.matching(_AGENT):
        if isinstance(triple.object, NamedNode | BlankNode):
            yield Triple(triple.object, TYPE, _AGENT_CLASS)


def _memberships(facts: Facts) -> Iterator[Triple]:
    """Who is listed as a member of a whole, or said to be one, is its member."""
    for role in _MEMBER_ROLES:
        for listing in facts.matching(_ITEM_ROLE, role):
            yield from _pairs(facts, listing.subject, _ITEM, _LIST_OF)
    for typed in facts.matching(TYPE, _MEMBERSHIP):
        roles = facts.values(typed.subject, _ROLE)
        is_member = not roles or not set(_MEMBER_ROLES).isdisjoint(roles)
        if is_member and _NOT_YET.isdisjoint(facts.values(typed.subject, _STATUS)):
            yield from _pairs(facts, typed.subject, _MEMBER, _MEMBER_IN)


def _pairs(facts: Facts, claim: Subject, member: NamedNode, whole: NamedNode) -> Iterator[Triple]:
    wholes = facts.values(claim, whole)
    for one in facts.values(claim, member):
        if isinstance(one, NamedNode | BlankNode):
            for other in wholes:
                yield Triple(one, _MEMBER_OF, other)


_MEMBERSHIP_CLAIMS = (_ITEM, _LIST_OF, _MEMBER, _MEMBER_IN)

RULES = (
    Rule("superproperties", _superproperties, lambda facts: facts.superproperties, {}),
    Rule("superclasses", _superclasses, lambda facts: (TYPE,), {TYPE: (TYPE,)}),
    Rule(
        "times",
        _times,
        lambda facts: (WHEN,),
        {EARLIEST: (WHEN,), LATEST: (WHEN,), _START: (WHEN,), _END: (WHEN,)},
    ),
    Rule(
        "periods",
        _periods,
        lambda facts: (WHEN, _DURING),
        {EARLIEST: (_DURING,), LATEST: (_DURING,)},
    ),
    Rule(
        "parts",
        _parts,
        lambda facts: (WHEN, _PART_OF_EVENT),
        {EARLIEST: (_PART_OF_EVENT,), LATEST: (_PART_OF_EVENT,)},
    ),
    Rule("readings", _readings, lambda facts: (_CONCERNS,), {_READING_OF: (_CONCERNS,)}),
    Rule(
        "passage names",
        _passage_names,
        lambda facts: (_SHORT_TITLE, _PASSAGE_LABEL, _IS_PART_OF),
        {_LABEL: (_PASSAGE_LABEL,)},
    ),
    Rule("agents", _agents, lambda facts: (_AGENT,), {TYPE: (_AGENT,)}),
    Rule(
        "involvements",
        _involvements,
        lambda facts: (_HAS_PARTICIPATION, _AGENT),
        {_INVOLVES: (_HAS_PARTICIPATION,)},
    ),
    Rule(
        "memberships",
        _memberships,
        lambda facts: (TYPE, _STATUS, _ROLE, _ITEM_ROLE, *_MEMBERSHIP_CLAIMS),
        {_MEMBER_OF: _MEMBERSHIP_CLAIMS},
    ),
)
