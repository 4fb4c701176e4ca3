"""Decisions as records: each at a meeting that the feed has for the same treaty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from meagraph.export.informea.names import TERMS, label_of_term
from meagraph.export.informea.record import (
    Record,
    complete,
    listed,
    missing,
    record_id,
    texts,
)
from meagraph.export.informea.texts import LONGEST_NAME, address, plain
from meagraph.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meagraph.export.informea.belonging import Belonging
    from meagraph.export.informea.facts import Facts
    from meagraph.export.informea.names import Names

_MATCHES = ("skos:exactMatch", "skos:closeMatch")


def decisions(
    facts: Facts, names: Names, belonging: Belonging, meetings: Mapping[tuple[str, str], Record]
) -> Iterator[tuple[str, Record | tuple[str, ...]]]:
    """The decisions of the graph, each with a record of it or with what it lacks.

    Args:
        facts: what the graph says.
        names: labels of the thesaurus.
        belonging: the treaties.
        meetings: the records of meetings, by the meeting's IRI and the treaty's machine name.

    Returns:
        Pairs of an IRI and a record; or, where the decision can have none for a treaty, what is
        missing.
    """
    for iri in facts.things("mea:Decision"):
        treaties = _treaties(facts, belonging, iri)
        number = _number(facts, iri)
        fields = {
            "protocolVersion": 1,
            "link": address(facts.first(iri, "schema:url") or iri),
            "type": "resolution" if _is_resolution(facts, iri) else "decision",
            "status": "adopted" if facts.texts(iri, "mea:adoptedAt", "mea:adoptedBy") else None,
            "number": number,
            "title": facts.titles(iri),
        }
        at = {t: m for t in treaties if (m := _meeting(facts, iri, belonging.name(t), meetings))}
        told = {**fields, "treaty": treaties, "meetingId": at, "published": at}
        if lacking := missing("Decisions", told):
            yield iri, lacking
            continue
        if len(at) < len(treaties):
            yield iri, ("meetingId", "published")
        for treaty, meeting in at.items():
            name = belonging.name(treaty)
            key = record_id(iri, "decisions", name)
            keywords, terms = _keywords(facts, names, iri)
            grounds = [iri, meeting.iri, *belonging.grounds(treaty), *terms]
            grounds += facts.texts(iri, "mea:adoptedBy")
            own = {
                "id": key,
                "treaty": name,
                "published": meeting.fields["start"],
                "meetingId": meeting.id,
                "meetingTitle": meeting.fields["title"][0]["value"],
                "meetingUrl": meeting.fields["url"],
                "title": texts(key, "title", facts.titles(iri)),
                "keywords": listed(key, "keywords", keywords),
            }
            day = max(facts.updated(grounds), meeting.updated)
            yield iri, Record(iri, day, complete("Decisions", {**fields, **own}))


def _treaties(facts: Facts, belonging: Belonging, iri: str) -> list[str]:
    """The treaties whose body adopted a decision; where none is named, those of the meeting."""
    bodies = {t for body in facts.texts(iri, "mea:adoptedBy") for t in belonging.of(body)}
    if bodies:
        return sorted(bodies)
    held = facts.texts(iri, "mea:adoptedAt")
    return sorted({treaty for meeting in held for treaty in belonging.owning(meeting)})


def _meeting(
    facts: Facts, iri: str, treaty: str, meetings: Mapping[tuple[str, str], Record]
) -> Record | None:
    held = facts.texts(iri, "mea:adoptedAt")
    return next((meetings[m, treaty] for m in held if (m, treaty) in meetings), None)


def _number(facts: Facts, iri: str) -> str | None:
    """The decision's number; none where it is longer than the protocol has room for."""
    numbers = [plain(one) for one in facts.texts(iri, "dcterms:identifier")]
    return next((one for one in numbers if len(one) <= LONGEST_NAME), None)


def _is_resolution(facts: Facts, iri: str) -> bool:
    return ONTOLOGY + "Resolution" in facts.texts(iri, "rdf:type")


def _keywords(
    facts: Facts, names: Names, iri: str
) -> tuple[list[dict[str, str | None]], list[str]]:
    """Terms of the thesaurus whose English label is known, and the topics that they match."""
    labels = {}
    for topic in facts.texts(iri, "mea:topic"):
        for term in facts.texts(topic, *_MATCHES):
            if label := label_of_term(facts, names, term):
                labels[label] = topic
    found: list[dict[str, str | None]] = [{"term": one, "namespace": TERMS} for one in labels]
    return sorted(found, key=lambda one: str(one["term"])), list(labels.values())
