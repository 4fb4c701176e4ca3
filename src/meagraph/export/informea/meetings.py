"""Meetings as records: one for each treaty that a meeting belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from meagraph.export.informea.belonging import OFFICIAL, PARTNER
from meagraph.export.informea.record import Record, complete, missing, record_id, texts
from meagraph.export.informea.texts import LONGEST_NAME, LONGEST_TITLE, address, html, plain

if TYPE_CHECKING:
    from meagraph.export.informea.belonging import Belonging
    from meagraph.export.informea.facts import Facts

STATUSES = {
    "held": "over",
    "planned": "confirmed",
    "expected": "confirmed",
    "tentative": "tentative",
}
"""What a passage says of a meeting, and the word for it in a feed: never told from the clock."""

TYPES = {
    "conference-of-the-parties": "cop",
    "conference": "conference",
    "compliance-committee": "subsidiary",
    "expert-group": "expert",
    "working-group": "working",
    "open-ended-working-group": "working",
}
"""Kinds of body, and the type of their meetings; for any other kind the protocol has no word."""

_ALPHA_2 = re.compile("[A-Z]{2}")


def meetings(facts: Facts, belonging: Belonging) -> Iterator[tuple[str, Record | tuple[str, ...]]]:
    """The meetings of the graph, each with a record of it or with what it lacks.

    A part of a split session is a meeting of its own; the whole stands beside its parts only where
    the whole has a date.

    Returns:
        Pairs of an IRI and a record; or, where the meeting can have none, what is missing.
    """
    found: list[tuple[str, Record | tuple[str, ...]]] = []
    for iri in facts.things("mea:Meeting"):
        treaties = belonging.of_meeting(iri)
        fields = _common(facts, iri)
        if lacking := missing("Meetings", {**fields, "treaty": treaties}):
            found.append((iri, lacking))
            continue
        for treaty, kind in treaties.items():
            found.append((iri, _record(facts, belonging, iri, treaty, kind, fields)))
    yield from _told_apart(found)


def _common(facts: Facts, iri: str) -> dict[str, Any]:
    """What is the same for all treaties."""
    start, end = (_day(facts, iri, f"schema:{name}Date") for name in ("start", "end"))
    modes = facts.concepts(iri, "mea:mode")
    return {
        "protocolVersion": 1,
        "url": address(facts.first(iri, "schema:url") or iri),
        "title": facts.titles(iri),
        "start": start,
        "end": end,
        "type": _type(facts, iri),
        "status": _status(facts, iri),
        "virtual": modes == {"online"} if modes else None,
        **_where(facts, iri),
    }


def _record(
    facts: Facts,
    belonging: Belonging,
    iri: str,
    treaty: str,
    kind: str | None,
    common: dict[str, Any],
) -> Record:
    name = belonging.name(treaty)
    key = record_id(iri, "meetings", name)
    told = {"en": described(facts, iri)}
    fields = {
        **common,
        "id": key,
        "treaty": name,
        "kind": kind,
        "title": texts(key, "title", common["title"]),
        "description": texts(key, "description", told) if told["en"] else [],
    }
    grounds = [iri, *belonging.grounds(treaty), *_places(facts, iri)]
    grounds += facts.texts(iri, "mea:meetingOf")
    if kind == PARTNER:
        grounds += belonging.acts(iri)
    elif kind != OFFICIAL:
        grounds += facts.wholes(iri, "schema:superEvent", "mea:relatedTo")
    return Record(iri, facts.updated(grounds), complete("Meetings", fields))


def described(facts: Facts, iri: str) -> str:
    """Where a thing is told of, and whence what no passage says was taken; in HTML."""
    said = [f"Stated in: {'; '.join(passages)}."] if (passages := facts.stated_in(iri)) else []
    said += [f"Supplied from: {source}." for source in facts.texts(iri, "mea:takenFrom")]
    return html(" ".join(plain(one) for one in said))


def _day(facts: Facts, iri: str, name: str) -> date | None:
    """A day of the graph: at midnight UTC it is on the right day in Geneva too."""
    value = facts.first(iri, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:  # a year that the protocol cannot write, or no day of the calendar
        return None


def _status(facts: Facts, iri: str) -> str | None:
    """The latest status that a passage gives, in a word of the protocol, if it has one."""
    ranked = sorted(
        facts.texts(iri, "mea:latestStatus"),
        key=lambda status: int(facts.first(status, "mea:rank") or 0),
    )
    return STATUSES.get(ranked[-1].rpartition("/")[2]) if ranked else None


def _type(facts: Facts, iri: str) -> str | None:
    bodies = facts.texts(iri, "mea:meetingOf")
    kinds = sorted(kind for body in bodies for kind in facts.concepts(body, "mea:bodyKind"))
    return next((TYPES[kind] for kind in kinds if kind in TYPES), None)


def _places(facts: Facts, iri: str) -> list[str]:
    """The place of a meeting, and the places that it lies in, with their identifiers."""
    places = facts.texts(iri, "schema:location")[:1]
    places += [w for place in places for w in facts.wholes(place, "schema:containedInPlace")]
    return places + [node for place in places for node in facts.having("mea:identifies", place)]


def _where(facts: Facts, iri: str) -> dict[str, str | None]:
    """City, country and, for a place that is neither, the place: as the graph names them."""
    found: dict[str, str | None] = {"city": None, "country": None, "location": None}
    for number, place in enumerate(_places(facts, iri)):
        classes = {one.rpartition("#")[2] for one in facts.texts(place, "rdf:type")}
        title = facts.title(place)
        if "Country" in classes and not found["country"]:
            found["country"] = _alpha_2(facts, place)
        elif "City" in classes and title and not found["city"]:
            found["city"] = plain(title, LONGEST_NAME)
        elif not number and title and not classes & {"Country", "City"}:
            found["location"] = plain(title, LONGEST_NAME)
    return found


def _alpha_2(facts: Facts, country: str) -> str | None:
    for node in facts.having("mea:identifies", country):
        code = facts.first(node, "skos:notation") or ""
        if "iso-3166-alpha-2" in facts.concepts(node, "mea:registry") and _ALPHA_2.fullmatch(code):
            return code
    return None


def _told_apart(
    found: list[tuple[str, Record | tuple[str, ...]]],
) -> Iterator[tuple[str, Record | tuple[str, ...]]]:
    """The same, but no two meetings of one treaty have the same title in one language.

    A harvester that is given only a title finds the meeting by it.
    """
    records = [record for _, record in found if isinstance(record, Record)]
    uses = Counter(use for record in records for use in _title_uses(record))
    for iri, record in found:
        if isinstance(record, Record) and any(uses[use] > 1 for use in _title_uses(record)):
            mark = f" ({record.fields['start'].isoformat()}, {iri.rpartition('/')[2]})"
            for title in record.fields["title"]:
                title["value"] = plain(title["value"], LONGEST_TITLE - len(mark)) + mark
        yield iri, record


def _title_uses(record: Record) -> list[tuple[str, str, str]]:
    treaty = record.fields["treaty"]
    return [(treaty, one["language"], one["value"]) for one in record.fields["title"]]
