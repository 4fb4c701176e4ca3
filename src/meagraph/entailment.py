"""Triples that follow from the graph and that no file states: a list of named rules.

Superclasses and superproperties follow RDF Schema 1.1 (rules rdfs9 and rdfs7); dates follow EDTF
(ISO 8601-2), see `meagraph.times`; membership is the model's own. A next rule is one function and
one line in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from meagraph.errors import UnusableInput
from meagraph.namespaces import CONCEPTS, ONTOLOGY, OWL, RDF, RDFS, SCHEMA, XSD

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal

_MERGE = DefaultGraph()
_TYPE = NamedNode(RDF + "type")
_SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
_SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
_THING = NamedNode(OWL + "Thing")
_DATE = NamedNode(XSD + "date")
_KINDS_OF_TERM = tuple(
    NamedNode(name)
    for name in (
        OWL + "Class",
        OWL + "ObjectProperty",
        OWL + "DatatypeProperty",
        OWL + "AnnotationProperty",
        OWL + "Ontology",
        RDF + "Property",
        RDFS + "Class",
        RDFS + "Datatype",
    )
)


def _mea(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)


_WHEN, _DURING = _mea("when"), _mea("duringPeriod")
_EARLIEST, _LATEST = _mea("earliest"), _mea("latest")
_START, _END = NamedNode(SCHEMA + "startDate"), NamedNode(SCHEMA + "endDate")
_LIST_OF, _ITEM_ROLE, _ITEM = _mea("listOf"), _mea("itemRole"), _mea("item")
_MEMBERSHIP, _MEMBER, _MEMBER_IN = _mea("Membership"), _mea("member"), _mea("memberIn")
_MEMBER_OF, _STATUS = _mea("memberOf"), _mea("status")
_MEMBER_ROLES = tuple(
    NamedNode(f"{CONCEPTS}role/{name}") for name in ("member", "participating-organisation")
)
_NOT_YET = frozenset(
    NamedNode(f"{CONCEPTS}status/{name}")
    for name in ("planned", "requested", "needed", "considered")
)
"""A membership of one of these statuses is spoken of but is not said to exist."""


class Facts:
    """The merge and what has been concluded from it so far."""

    def __init__(self, store: Store) -> None:
        """Begin with what the default graph of the store holds."""
        self._store = store
        self.concluded: dict[Triple, None] = {}
        self._by_predicate: dict[NamedNode, list[Triple]] = {}
        self.terms = frozenset(
            quad.subject
            for kind in _KINDS_OF_TERM
            for quad in store.quads_for_pattern(None, _TYPE, kind, _MERGE)
        )
        """Classes, properties and the ontology itself: rules on individuals leave them out."""
        self.superclasses = _closure(self.matching(_SUBCLASS_OF))
        self.superproperties = _closure(self.matching(_SUBPROPERTY_OF))

    def matching(self, predicate: NamedNode, value: Term | None = None) -> Iterator[Triple]:
        """Each triple with this predicate, and with this object where one is given."""
        for quad in self._store.quads_for_pattern(None, predicate, value, _MERGE):
            yield quad.triple
        for triple in self._by_predicate.get(predicate, ()):
            if value is None or triple.object == value:
                yield triple

    def values(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """The objects of the stated triples with this subject and predicate."""
        quads = self._store.quads_for_pattern(subject, predicate, None, _MERGE)
        return [quad.object for quad in quads]

    def add(self, triples: Iterable[Triple]) -> int:
        """Take in those that are neither stated nor concluded already; say how many they are."""
        before = len(self.concluded)
        for triple in triples:
            quad = Quad(triple.subject, triple.predicate, triple.object, _MERGE)
            if triple not in self.concluded and quad not in self._store:
                self.concluded[triple] = None
                self._by_predicate.setdefault(triple.predicate, []).append(triple)
        return len(self.concluded) - before


class Rule(NamedTuple):
    """One way to conclude triples.

    ``premises`` gives, for each property that the rule concludes, the properties of the triples
    that it concludes from; it is empty where the ontology says which these are.
    """

    name: str
    conclude: Callable[[Facts], Iterable[Triple]]
    premises: dict[NamedNode, tuple[NamedNode, ...]]


def _closure(axioms: Iterable[Triple]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    """Each class or property that has named superiors, with all of them, nearest first."""
    direct: dict[NamedNode, list[NamedNode]] = {}
    for axiom in axioms:
        below, above = axiom.subject, axiom.object
        if isinstance(below, NamedNode) and isinstance(above, NamedNode) and above != _THING:
            direct.setdefault(below, []).append(above)
    closed = {}
    for start in direct:
        found: dict[NamedNode, None] = {}
        waiting = list(direct[start])
        for above in waiting:
            if above != start and above not in found:
                found[above] = None
                waiting.extend(direct.get(above, ()))
        closed[start] = tuple(found)
    return closed


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
        for triple in list(facts.matching(_TYPE, below)):
            if triple.subject not in facts.terms:
                for superclass in above:
                    yield Triple(triple.subject, _TYPE, superclass)


def _when(facts: Facts) -> dict[Subject, tuple[str, ...]]:
    """Each node that is dated, and the EDTF texts that date it, in order."""
    dated: dict[Subject, set[str]] = {}
    for triple in facts.matching(_WHEN):
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
        (_EARLIEST, span.earliest),
        (_LATEST, span.latest),
        (_START, span.start),
        (_END, span.end),
    ):
        if day is not None:
            yield predicate, Literal(day.isoformat(), datatype=_DATE)


def _times(facts: Facts) -> Iterator[Triple]:
    """A dated thing has an earliest and a latest day, and a first and last day where known."""
    known: dict[tuple[str, ...], list[tuple[NamedNode, Literal]]] = {}
    for node, texts in _when(facts).items():
        if texts not in known:
            known[texts] = list(_dates(texts))
        for predicate, day in known[texts]:
            yield Triple(node, predicate, day)


def _periods(facts: Facts) -> Iterator[Triple]:
    """What happened during a period, with no date of its own, happened within its bounds."""
    dated = _when(facts)
    for triple in facts.matching(_DURING):
        period = triple.object
        if triple.subject in dated or not isinstance(period, NamedNode | BlankNode):
            continue
        for predicate, day in _dates(dated.get(period, ())):
            if predicate in (_EARLIEST, _LATEST):
                yield Triple(triple.subject, predicate, day)


def _memberships(facts: Facts) -> Iterator[Triple]:
    """Who is listed as a member of a whole, or said to be one, is its member."""
    for role in _MEMBER_ROLES:
        for listing in facts.matching(_ITEM_ROLE, role):
            yield from _pairs(facts, listing.subject, _ITEM, _LIST_OF)
    for typed in facts.matching(_TYPE, _MEMBERSHIP):
        if _NOT_YET.isdisjoint(facts.values(typed.subject, _STATUS)):
            yield from _pairs(facts, typed.subject, _MEMBER, _MEMBER_IN)


def _pairs(facts: Facts, claim: Subject, member: NamedNode, whole: NamedNode) -> Iterator[Triple]:
    wholes = facts.values(claim, whole)
    for one in facts.values(claim, member):
        if isinstance(one, NamedNode | BlankNode):
            for other in wholes:
                yield Triple(one, _MEMBER_OF, other)


RULES = (
    Rule("superproperties", _superproperties, {}),
    Rule(
        "times",
        _times,
        {_EARLIEST: (_WHEN,), _LATEST: (_WHEN,), _START: (_WHEN,), _END: (_WHEN,)},
    ),
    Rule("periods", _periods, {_EARLIEST: (_DURING,), _LATEST: (_DURING,)}),
    Rule("memberships", _memberships, {_MEMBER_OF: (_ITEM, _LIST_OF, _MEMBER, _MEMBER_IN)}),
    Rule("superclasses", _superclasses, {_TYPE: (_TYPE,)}),
)


def entail(store: Store) -> list[Triple]:
    """All that follows from the default graph of a store and does not stand in it, sorted.

    The rules are applied until they conclude nothing new. The store is not changed.
    """
    facts = Facts(store)
    while sum([facts.add(list(rule.conclude(facts))) for rule in RULES]):
        pass
    return sorted(facts.concluded, key=str)


def premises(predicate: str, store: Store | None = None) -> tuple[str, ...]:
    """The properties of the triples that a derived triple with this predicate comes from.

    Args:
        predicate: the IRI of the derived triple's property.
        store: a built graph; with it the properties below ``predicate`` are named as well, since
            what is said with them is concluded for ``predicate``.

    Returns:
        IRIs of properties, without doubles; empty where nothing concludes this predicate.

    >>> premises("http://schema.org/startDate")
    ('https://w3id.org/meagraph/ontology#when',)
    """
    found = dict.fromkeys(
        premise.value for rule in RULES for premise in rule.premises.get(NamedNode(predicate), ())
    )
    if store is not None:
        axioms = (q.triple for q in store.quads_for_pattern(None, _SUBPROPERTY_OF, None, _MERGE))
        for below, above in sorted(_closure(axioms).items(), key=lambda pair: pair[0].value):
            if NamedNode(predicate) in above:
                found[below.value] = None
                found.update(dict.fromkeys(premises(below.value)))
    return tuple(found)


def undated(store: Store) -> list[str]:
    """Things of a built graph that are dated and still have no derived date, sorted.

    Their values of ``mea:when`` exclude each other, or one of them is not EDTF.

    Returns:
        IRIs.
    """
    dated = (q.subject for q in store.quads_for_pattern(None, _WHEN, None, _MERGE))
    return sorted(
        node.value
        for node in set(dated)
        if isinstance(node, NamedNode)
        and not any(
            True
            for predicate in (_EARLIEST, _LATEST)
            for _ in store.quads_for_pattern(node, predicate, None, _MERGE)
        )
    )
