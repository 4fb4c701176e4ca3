"""Rules on time. Dates follow EDTF (ISO 8601-2), see `meagraph.times`."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from meagraph.entailment.facts import MERGE, Facts, Term
from meagraph.entailment.rule import Rule, mea
from meagraph.errors import UnusableInput
from meagraph.namespaces import SCHEMA, XSD

_DATE = NamedNode(XSD + "date")
_WHEN, _DURING = mea("when"), mea("duringPeriod")
EARLIEST, LATEST = mea("earliest"), mea("latest")
START, END = NamedNode(SCHEMA + "startDate"), NamedNode(SCHEMA + "endDate")
PART_OF_EVENT = NamedNode(SCHEMA + "superEvent")


def undated(store: Store) -> list[str]:
    """Things of a built graph that are dated and still have no derived date, sorted.

    Their values of ``mea:when`` exclude each other, or one of them is not EDTF.

    Returns:
        IRIs.
    """
    dated = (q.subject for q in store.quads_for_pattern(None, _WHEN, None, MERGE))
    return sorted(
        node.value
        for node in set(dated)
        if isinstance(node, NamedNode)
        and not any(
            True
            for predicate in (EARLIEST, LATEST)
            for _ in store.quads_for_pattern(node, predicate, None, MERGE)
        )
    )


def _when(facts: Facts) -> dict[Term, tuple[str, ...]]:
    """Each node that is dated, and the EDTF texts that date it, in order."""
    dated: dict[Term, set[str]] = {}
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
        (EARLIEST, span.earliest),
        (LATEST, span.latest),
        (START, span.start),
        (END, span.end),
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


def _times_of(facts: Facts, triple: Triple) -> Iterator[Triple]:
    if triple.predicate in (EARLIEST, LATEST, START, END):
        for value in facts.values(triple.subject, _WHEN):
            yield Triple(triple.subject, _WHEN, value)


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
    for triple in facts.matching(PART_OF_EVENT):
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


def _inherited(facts: Facts, triple: Triple, link: NamedNode) -> Iterator[Triple]:
    """The link to what has the same date, of a thing that has no time of its own."""
    subject, predicate, day = triple
    if predicate in (EARLIEST, LATEST) and not facts.values(subject, _WHEN):
        for above in facts.things(subject, link):
            if facts.known(above, predicate, day):
                yield Triple(subject, link, above)
                yield Triple(above, predicate, day)


def _period_of(facts: Facts, triple: Triple) -> Iterator[Triple]:
    return _inherited(facts, triple, _DURING)


def _whole_of(facts: Facts, triple: Triple) -> Iterator[Triple]:
    return _inherited(facts, triple, PART_OF_EVENT)


DATING = (
    Rule("times", _times, lambda facts: (_WHEN,), _times_of),
    Rule("periods", _periods, lambda facts: (_WHEN, _DURING), _period_of),
    Rule("parts", _parts, lambda facts: (_WHEN, PART_OF_EVENT), _whole_of),
)
