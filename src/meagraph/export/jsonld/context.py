"""The published context: what each key of our JSON means, as JSON-LD 1.1 says it.

The terms are those that the ontology declares, by their local names; where two share one, ours has
it, and the other is written as a full IRI. It imports no other context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meagraph.namespaces import (
    BASE,
    DCTERMS,
    EDTF_NAMESPACE,
    ONTOLOGY,
    ONTOLOGY_GRAPH,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)

if TYPE_CHECKING:
    from meagraph.export.jsonld.statements import Statements

CONTEXT = BASE + "context.jsonld"
"""Where the context is published."""

CONCEPT = SKOS + "Concept"
LABEL = RDFS + "label"
PREF_LABEL = SKOS + "prefLabel"

# The keys that are no terms of the ontology; ours of the same local names give way.
_RENAMED = {ONTOLOGY + "label": "labelInDocument"}
_KEPT = {"id", "type", "label", "labels", "evidence", "states", "activity"}

REVERSES = {
    "activities": ONTOLOGY + "agent",
    "activitiesAtEvent": ONTOLOGY + "event",
    "bodies": ONTOLOGY + "bodyOf",
    "citations": ONTOLOGY + "cites",
    "decisionsAdopted": ONTOLOGY + "adoptedBy",
    "decisionsAdoptedHere": ONTOLOGY + "adoptedAt",
    "documentsForMeeting": ONTOLOGY + "writtenFor",
    "externalIdentifiers": ONTOLOGY + "identifies",
    "meetings": ONTOLOGY + "meetingOf",
    "particulars": ONTOLOGY + "partOf",
    "parts": DCTERMS + "isPartOf",
    "partsOfMeeting": SCHEMA + "superEvent",
    "readings": ONTOLOGY + "concerns",
    "secretariats": ONTOLOGY + "secretariatOf",
    "units": ONTOLOGY + "unitOf",
}
"""The keys that lead against the direction of a property, to things that name this one."""

# Datatypes and languages of properties whose range the ontology does not give (OWL 2 has no
# xsd:date, and a range of rdf:langString would refuse names without a language).
_DAYS = (
    *(ONTOLOGY + name for name in ("earliest", "latest", "checked", "reviewed")),
    *(SCHEMA + name for name in ("startDate", "endDate")),
    *(DCTERMS + name for name in ("created", "modified")),
)
_TIMES = (ONTOLOGY + "when", ONTOLOGY + "due")
_ENGLISH = (
    *(ONTOLOGY + name for name in ("condition", "measures", "purpose", "reason", "remark")),
    *(SKOS + name for name in ("definition", "example", "prefLabel")),
    *(DCTERMS + name for name in ("title", "description")),
)
_LINKS = (
    *(SKOS + name for name in ("closeMatch", "broadMatch")),
    *(DCTERMS + name for name in ("source", "license", "language", "conformsTo")),
)

_SINGLE = {
    *"agent asWritten bodyKind checked citationKind cites citedFor closure corrections".split(),
    *"defectKind due itemRole kind labelInDocument latestStatus linksBy linksFrom".split(),
    *"linksTo listOf measures mode noteOf order ordinal pairing passageKind per".split(),
    *"quantityOf readingOf reason registry reviewed reviewedSha256 role sha256".split(),
    *"shortTitle statedCount times unit value within".split(),
    *"created deprecated description earliest endDate latest license modified".split(),
    *"definition example inScheme location notation startDate title".split(),
}
"""Keys of which a thing has one value; all others hold a list, even of one."""

_PROPERTIES = {"ObjectProperty", "DatatypeProperty", "AnnotationProperty"}


class Vocabulary:
    """The keys of our JSON: what they stand for and how their values are written.

    Args:
        known: the statements of a graph whose ontology is among them.
    """

    def __init__(self, known: Statements) -> None:
        declared: dict[str, set[str]] = {}
        ranges: dict[str, str] = {}
        self.broader: dict[str, set[str]] = {}
        for row in known.inside(ONTOLOGY_GRAPH):
            if not row.iri:
                continue
            if row.predicate == RDF + "type" and row.iri.startswith(OWL):
                declared.setdefault(row.subject, set()).add(row.iri[len(OWL) :])
            elif row.predicate == RDFS + "range":
                ranges[row.subject] = row.iri
            elif row.predicate == RDFS + "subPropertyOf":
                self.broader.setdefault(row.subject, set()).add(row.iri)
        declared.setdefault(OWL + "deprecated", {"DatatypeProperty"})
        declared.setdefault(CONCEPT, {"Class"})
        self.keys = _keys(declared)
        """From the IRI of a class or property to its key."""
        self.coercions = {
            iri: found
            for iri, kinds in declared.items()
            if (found := _coercion(iri, kinds, ranges.get(iri))) is not None
        }
        """From the IRI of a property to ``@id``, a datatype's IRI, or ``en``."""
        self._properties = {iri for iri, kinds in declared.items() if kinds & _PROPERTIES}

    def is_single(self, key: str) -> bool:
        """Whether a key holds one value, not a list."""
        return key in _SINGLE

    def context(self) -> dict[str, Any]:
        """The context, its keys in alphabetical order after the general ones."""
        terms: dict[str, Any] = {}
        for iri, key in self.keys.items():
            terms[key] = self._term(iri, key) if iri in self._properties else {"@id": iri}
        for key, iri in REVERSES.items():
            terms[key] = {"@reverse": iri, "@container": "@set"}
            if self.coercions.get(iri) == "@id":
                terms[key]["@type"] = "@id"
        terms["activity"] = {"@reverse": ONTOLOGY + "hasParticipation"}
        # A concept is called by skos:prefLabel; whoever reads JSON finds all names in one place.
        terms[self.keys[CONCEPT]] = {"@id": CONCEPT, "@context": _labels(PREF_LABEL)}
        general = {
            "@version": 1.1,
            "id": "@id",
            "type": "@type",
            **_labels(LABEL),
            "evidence": "@included",
            "states": "@graph",
        }

        return {"@context": {**general, **dict(sorted(terms.items()))}}

    def _term(self, iri: str, key: str) -> dict[str, str]:
        term = {"@id": iri}
        coercion = self.coercions.get(iri)
        if coercion == "en":
            term["@language"] = "en"
        elif coercion:
            term["@type"] = coercion
        if not self.is_single(key):
            term["@container"] = "@set"
        return term


def _labels(iri: str) -> dict[str, Any]:
    """The name in English as a text, and the names in other languages by language."""
    return {
        "label": {"@id": iri, "@language": "en"},
        "labels": {"@id": iri, "@container": "@language"},
    }


def _keys(declared: dict[str, set[str]]) -> dict[str, str]:
    taken = {*_KEPT, *REVERSES}
    keys = {}
    for iri in sorted(declared, key=lambda iri: (not iri.startswith(ONTOLOGY), iri)):
        if iri == LABEL or not declared[iri] & {"Class", *_PROPERTIES}:
            continue
        key = _RENAMED.get(iri) or iri.replace("#", "/").rpartition("/")[2]
        if key and key.isidentifier() and key not in taken:
            taken.add(key)
            keys[iri] = key
    return keys


def _coercion(iri: str, kinds: set[str], range: str | None) -> str | None:
    if "ObjectProperty" in kinds or iri in _LINKS:
        return "@id"
    if iri in _DAYS:
        return XSD + "date"
    if iri in _TIMES:
        return EDTF_NAMESPACE + "EDTF"
    if iri in _ENGLISH:
        return "en"
    return range if range and range.startswith(XSD) else None
