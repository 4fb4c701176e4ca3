"""Things as schema.org describes them, for search engines and for the pages of a server.

Only what the graph says: a meeting without a known day has no date, one without a place no
location. What Google needs of an Event and a Dataset, and what is left out and why, is told in
``docs/jsonld.md``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from meagraph.export.jsonld.statements import MERGE
from meagraph.namespaces import CONCEPTS, DCTERMS, ONTOLOGY, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.export.jsonld.statements import Row, Statements

_TYPES = {
    ONTOLOGY + "Meeting": "Event",
    ONTOLOGY + "Agreement": "Legislation",
    ONTOLOGY + "LegalProvision": "Legislation",
    ONTOLOGY + "Decision": "Legislation",
    ONTOLOGY + "Resolution": "Legislation",
    ONTOLOGY + "DecisionParagraph": "Legislation",
    ONTOLOGY + "Organisation": "Organization",
    ONTOLOGY + "Secretariat": "Organization",
    ONTOLOGY + "OrganisationalUnit": "Organization",
    ONTOLOGY + "Body": "Organization",
    ONTOLOGY + "Government": "GovernmentOrganization",
    ONTOLOGY + "SourceDocument": "Report",
    ONTOLOGY + "Document": "CreativeWork",
    ONTOLOGY + "Guideline": "CreativeWork",
    ONTOLOGY + "Publication": "CreativeWork",
    ONTOLOGY + "Place": "Place",
    ONTOLOGY + "City": "City",
    ONTOLOGY + "Country": "Country",
    ONTOLOGY + "Region": "Place",
    "http://www.w3.org/ns/dcat#Dataset": "Dataset",
}
"""The type of schema.org for each class that has one."""

_MODES = {
    "online": "OnlineEventAttendanceMode",
    "in-person": "OfflineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_SCHEDULED = {"planned", "expected", "started", "ongoing", "held", "done"}
"""Statuses of a meeting that stands as announced; of the others schema.org has none to say."""

_SAME = {
    "wikidata": "http://www.wikidata.org/entity/",
    "ror": "https://ror.org/",
    "geonames": "https://sws.geonames.org/",
}
"""What the identifiers of a registry follow in the IRIs that the registry itself gives."""

_LITERALS = {
    "alternateName": (SKOS + "altLabel", ONTOLOGY + "acronym"),
    "identifier": (DCTERMS + "identifier",),
    "description": (DCTERMS + "description",),
    "dateCreated": (DCTERMS + "created",),
    "dateModified": (DCTERMS + "modified",),
    "startDate": (SCHEMA + "startDate",),
    "endDate": (SCHEMA + "endDate",),
    "version": ("http://www.w3.org/ns/dcat#version",),
    "citation": (DCTERMS + "bibliographicCitation",),
}
_LINKS = {
    "superEvent": SCHEMA + "superEvent",
    "containedInPlace": SCHEMA + "containedInPlace",
    "parentOrganization": ONTOLOGY + "unitOf",
    "legislationPassedBy": ONTOLOGY + "adoptedBy",
    "isPartOf": DCTERMS + "isPartOf",
    "about": DCTERMS + "subject",
}
_TYPE, _NAMES = RDF + "type", (RDFS + "label", SKOS + "prefLabel")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")

Thing = dict[str, Any]


class SchemaOrg:
    """Writes the schema.org documents of one graph.

    Args:
        known: its statements.
    """

    def __init__(self, known: Statements) -> None:
        self._known = known
        self._said: dict[str, dict[str, list[Row]]] = {}

    def fits(self, iri: str) -> bool:
        """Whether a thing has a document: a type fits, and it has a name."""
        return bool(self._kind(iri) and self._name(iri))

    def document(self, iri: str) -> Thing | None:
        """The document of a thing, or ``None`` if it has none."""
        if not self.fits(iri):
            return None
        kind, name = self._kind(iri), self._name(iri)
        found: Thing = {"@context": "https://schema.org", "@type": kind, "@id": iri, "name": name}
        found["url"] = (self._links(iri, SCHEMA + "url") or [iri])[0]
        for key, predicates in _LITERALS.items():
            values = sorted({text for each in predicates for text in self._texts(iri, each)})
            _put(found, key, [value for value in values if value != name])
        for key, predicate in _LINKS.items():
            _put(found, key, [self._mention(each) for each in self._links(iri, predicate)])
        if kind == "Event":
            self._event(iri, found)
        elif kind == "Legislation":
            _put(found, "legislationIdentifier", self._texts(iri, DCTERMS + "identifier"))
            whole = (ONTOLOGY + "provisionOf", ONTOLOGY + "paragraphOf")
            parts = [self._mention(each) for one in whole for each in self._links(iri, one)]
            _put(found, "isPartOf", parts)
        elif kind == "Dataset":
            self._dataset(iri, found)
        self._identifiers(iri, found)
        return found

    def _event(self, iri: str, found: Thing) -> None:
        statuses = self._concepts(iri, ONTOLOGY + "latestStatus")
        if any(status in _SCHEDULED for status in statuses):
            found["eventStatus"] = "https://schema.org/EventScheduled"
        modes = self._concepts(iri, ONTOLOGY + "mode")
        attended = [f"https://schema.org/{_MODES[mode]}" for mode in modes if mode in _MODES]
        _put(found, "eventAttendanceMode", attended[:1] if len(attended) == 1 else [])
        places: list[Thing] = [self._place(each) for each in self._links(iri, SCHEMA + "location")]
        if {"online", "hybrid"} & set(modes):
            virtual: Thing = {"@type": "VirtualLocation"}
            # Where people join; our own address of the meeting is not that.
            _put(virtual, "url", self._links(iri, SCHEMA + "url"))
            places.append(virtual)
        _put(found, "location", places)
        _put(found, "organizer", [self._mention(each) for each in self._organisers(iri)])
        parts = [row.subject for row in self._to(iri, SCHEMA + "superEvent")]
        _put(found, "subEvent", [self._mention(each) for each in sorted(set(parts))])

    def _organisers(self, iri: str) -> list[str]:
        """Organisations of which a passage says that they organised, or were to, this meeting."""
        found = set()
        for act in {row.subject for row in self._to(iri, ONTOLOGY + "event")}:
            for part in self._links(act, ONTOLOGY + "hasParticipation"):
                if "organiser" in self._concepts(part, ONTOLOGY + "role"):
                    found.update(self._links(part, ONTOLOGY + "agent"))
        return sorted(each for each in found if "Organization" in (self._kind(each) or ""))

    def _dataset(self, iri: str, found: Thing) -> None:
        title = self._texts(iri, DCTERMS + "title")
        found["name"] = title[0] if title else found["name"]
        _put(found, "license", self._links(iri, DCTERMS + "license"))
        for key in ("creator", "publisher"):
            names = self._texts(iri, DCTERMS + key)
            _put(found, key, [{"@type": "Organization", "name": name} for name in names])
        sources = self._links(iri, DCTERMS + "source")
        _put(found, "isBasedOn", [self._mention(each) for each in sources])

    def _identifiers(self, iri: str, found: Thing) -> None:
        """Where the thing is known elsewhere: addresses, and what other registries call it."""
        same, others = [], []
        for row in sorted(self._to(iri, ONTOLOGY + "identifies"), key=lambda row: row.subject):
            registries = self._concepts(row.subject, ONTOLOGY + "registry")
            for registry in registries:
                for code in self._texts(row.subject, SKOS + "notation"):
                    if registry in _SAME:
                        slash = "/" if registry == "geonames" else ""
                        same.append(_SAME[registry] + code + slash)
                    named = self._name(f"{CONCEPTS}registry/{registry}") or registry
                    others.append({"@type": "PropertyValue", "propertyID": named, "value": code})
        held = found.pop("identifier", [])
        _put(found, "identifier", [*(held if isinstance(held, list) else [held]), *others])
        _put(found, "sameAs", sorted(same))

    def _place(self, iri: str) -> Thing:
        """A place with the address that Google wants of an event's: city and country."""
        place = self._mention(iri)
        place.setdefault("@type", "Place")
        address = {"@type": "PostalAddress"}
        for each in (iri, *self._links(iri, SCHEMA + "containedInPlace")):
            key = {"City": "addressLocality", "Country": "addressCountry"}.get(self._kind(each))
            if key:
                address[key] = self._alpha_2(each) if key == "addressCountry" else self._name(each)
        return {**place, "address": address} if len(address) > 1 else place

    def _alpha_2(self, country: str) -> str:
        """The country's code of two letters, else its name."""
        for row in self._to(country, ONTOLOGY + "identifies"):
            if "iso-3166-alpha-2" in self._concepts(row.subject, ONTOLOGY + "registry"):
                return min(self._texts(row.subject, SKOS + "notation"), default="")
        return self._name(country)

    def _mention(self, iri: str) -> Thing:
        """A thing of which another's document speaks; of an event, when it is and where."""
        kind = self._kind(iri)
        found: Thing = {"@id": iri}
        if kind or iri.startswith(CONCEPTS):
            found["@type"] = kind or "DefinedTerm"
        _put(found, "name", [name] if (name := self._name(iri)) else [])
        if kind == "Event":
            for key in ("startDate", "endDate"):
                _put(found, key, self._texts(iri, SCHEMA + key))
            places = self._links(iri, SCHEMA + "location")
            _put(found, "location", [self._place(each) for each in places])
        return found

    def _kind(self, iri: str) -> str:
        kinds = {
            _TYPES[row.iri]
            for row in self._known.of(iri)
            if row.predicate == _TYPE and row.asserted and row.iri in _TYPES
        }
        # A thing of several kinds is the more special one: a Report is a CreativeWork.
        return min(kinds - {"CreativeWork", "Place"} or kinds, default="")

    def _name(self, iri: str) -> str:
        """The name: in English where there is one, else the first by its language."""
        names = [
            (row.object.language not in ("en", None), row.object.language or "", row.object.value)
            for row in self._known.of(iri)
            if row.predicate in _NAMES and isinstance(row.object, Literal)
        ]
        return _clean(min(names)[2]) if names else ""

    def _texts(self, iri: str, predicate: str) -> list[str]:
        rows = self._merged(iri).get(predicate, ())
        return sorted(_clean(row.object.value) for row in rows if isinstance(row.object, Literal))

    def _links(self, iri: str, predicate: str) -> list[str]:
        return sorted(row.iri for row in self._merged(iri).get(predicate, ()) if row.iri)

    def _merged(self, iri: str) -> dict[str, list[Row]]:
        """What the merge says of a thing, by property."""
        found = self._said.get(iri)
        if found is None:
            found = self._said[iri] = {}
            for row in self._known.of(iri):
                if row.graph == MERGE:
                    found.setdefault(row.predicate, []).append(row)
        return found

    def _concepts(self, iri: str, predicate: str) -> list[str]:
        return [each.rpartition("/")[2] for each in self._links(iri, predicate)]

    def _to(self, iri: str, predicate: str) -> Iterable[Any]:
        return [r for r in self._known.to(iri) if r.predicate == predicate and r.graph == MERGE]


def embedded(document: Thing) -> str:
    """A document as text for the element ``script`` of a page: no label can end the element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _clean(text: str) -> str:
    return text.translate(_CONTROLS).strip()


def _put(found: Thing, key: str, values: list[Any]) -> None:
    """Set a key to its one value or to a list; leave it out where there is none."""
    if values:
        found[key] = values[0] if len(values) == 1 else values
