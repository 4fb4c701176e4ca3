"""The rule on statuses: what the latest document says of how far a thing has come."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from meagraph.entailment.dating import EARLIEST, PART_OF_EVENT
from meagraph.entailment.facts import Facts, Subject, Term
from meagraph.entailment.rule import STATUS, Rule, mea
from meagraph.entries import graph_kind
from meagraph.namespaces import BASE

LATEST_STATUS = mea("latestStatus")
_RANK, _WRITTEN_FOR = mea("rank"), mea("writtenFor")
_DOCUMENTS = BASE + "documents/"


def _latest_statuses(facts: Facts) -> Iterator[Triple]:
    """A thing has the status of the latest document, the one furthest along if there are several.

    Only passages count. Of documents that cannot be put in order none is the latest: where they
    differ, nothing is concluded.
    """
    days: dict[NamedNode, str] = {}
    for thing, by_document in _by_document(facts).items():
        statuses = set().union(*by_document.values())
        if len(statuses) > 1 and len(by_document) > 1:
            for document in by_document:
                if document not in days:
                    days[document] = _first_day(facts, document)
            statuses = _of_the_last_day(by_document, days)
        if len(statuses) > 1:
            statuses = {max(statuses, key=lambda status: _rank(facts, status))}
        for status in statuses:
            yield Triple(thing, LATEST_STATUS, status)


def _by_document(facts: Facts) -> dict[Subject, dict[NamedNode, set[Term]]]:
    """What the passages of each document say of the status of each thing."""
    found: dict[Subject, dict[NamedNode, set[Term]]] = {}
    for quad in facts.stated(STATUS):
        graph = getattr(quad.graph_name, "value", "")
        if graph_kind(graph) == "stated":
            slug = graph.removeprefix(_DOCUMENTS).partition("/")[0]
            document = NamedNode(_DOCUMENTS + slug)
            found.setdefault(quad.subject, {}).setdefault(document, set()).add(quad.object)
    return found


def _of_the_last_day(
    by_document: dict[NamedNode, set[Term]], days: dict[NamedNode, str]
) -> set[Term]:
    known = [days[document] for document in by_document]
    if not all(known):
        return set()
    latest = (found for document, found in by_document.items() if days[document] == max(known))
    return set().union(*latest)


def _first_day(facts: Facts, document: NamedNode) -> str:
    """The first day of the meeting that a document was written for, or of a part of it.

    Empty if none is known. A whole gets no dates from its parts; its parts tell which of two
    meetings was the later all the same.
    """
    days: list[str] = []
    meetings = facts.things(document, _WRITTEN_FOR)
    for meeting in meetings:
        found = facts.values(meeting, EARLIEST)
        days += [day.value for day in found if isinstance(day, Literal)]
        if not found:
            parts = (part.subject for part in facts.matching(PART_OF_EVENT, meeting))
            meetings += [part for part in parts if part not in meetings]
    return min(days, default="")


def _rank(facts: Facts, status: Term) -> tuple[int, str]:
    """How far along a status is; one without a rank comes before all that have one."""
    ranks = [] if isinstance(status, Literal) else facts.values(status, _RANK)
    texts = [rank.value for rank in ranks if isinstance(rank, Literal)]
    return max((int(text) for text in texts if text.isdecimal()), default=0), str(status)


def _given(facts: Facts, triple: Triple) -> Iterator[Triple]:
    if triple.predicate == LATEST_STATUS:
        yield Triple(triple.subject, STATUS, triple.object)


STATUSES = (
    Rule(
        "latest status",
        _latest_statuses,
        lambda facts: (STATUS, EARLIEST, _RANK, _WRITTEN_FOR, PART_OF_EVENT),
        _given,
    ),
)
