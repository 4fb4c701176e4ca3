"""Names that DCAT-AP takes from the authority tables of the European Union, and from IANA.

What the tables say of them is not copied, but for the table that each is of: validators ask for it.
"""

from __future__ import annotations

from typing import NamedTuple

from meagraph.export.catalogue.statements import Statements, text
from meagraph.namespaces import DCTERMS, SKOS

AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"

PUBLIC = AUTHORITY + "access-right/PUBLIC"
IRREGULAR = AUTHORITY + "frequency/IRREG"
THEMES = AUTHORITY + "data-theme"
ATTRIBUTION = "http://purl.org/adms/licencetype/Attribution"
LICENCE_TYPES = "http://purl.org/adms/licencetype/1.0"

_THEMES = {"ENVI": "Environment", "INTR": "International issues"}


class Form(NamedTuple):
    """What a file is.

    Args:
        name: what people call it.
        code: its entry in the table of file types.
        media_type: what IANA calls it.
    """

    name: str
    code: str
    media_type: str


FORMS = {
    "nq": Form("N-Quads", "RDF_N_QUADS", "application/n-quads"),
    "nt": Form("N-Triples", "RDF_N_TRIPLES", "application/n-triples"),
    "ttl": Form("Turtle", "RDF_TURTLE", "text/turtle"),
    "trig": Form("TriG", "RDF_TRIG", "application/trig"),
    "rdf": Form("RDF/XML", "RDF_XML", "application/rdf+xml"),
    "jsonld": Form("JSON-LD", "JSON_LD", "application/ld+json"),
    "json": Form("JSON", "JSON", "application/json"),
    "csv": Form("CSV", "CSV", "text/csv"),
    "ics": Form("iCalendar", "ICS", "text/calendar"),
    "graphml": Form("GraphML", "XML", "application/xml"),
    "xml": Form("XML", "XML", "application/xml"),
    "html": Form("HTML", "HTML", "text/html"),
    "txt": Form("text", "TXT", "text/plain"),
}
"""By the end of a file's name. GraphML has no entry of its own in either list: it is XML."""


def declare(said: Statements, iri: str, *classes: str) -> str:
    """Say of which table a name is, and what DCAT-AP has it for; give the name back."""
    said.type(iri, *classes)
    said.say(iri, SKOS + "inScheme", iri.rpartition("/")[0])
    return iri


def file_type(said: Statements, form: Form) -> str:
    """The entry of a form in the table of file types."""
    return declare(said, AUTHORITY + "file-type/" + form.code, DCTERMS + "MediaTypeOrExtent")


def media_type(said: Statements, form: Form) -> str:
    """What IANA calls a form."""
    said.type(IANA + form.media_type, DCTERMS + "MediaType")
    return IANA + form.media_type


def themes(said: Statements) -> list[str]:
    """The themes that portals sort the dataset under."""
    said.type(THEMES, SKOS + "ConceptScheme")
    said.say(THEMES, DCTERMS + "title", text("Data theme"))
    found = []
    for code, name in _THEMES.items():
        found.append(declare(said, f"{THEMES}/{code}", SKOS + "Concept"))
        said.say(found[-1], SKOS + "prefLabel", text(name))
    return found


def licence(said: Statements, iri: str) -> str:
    """A licence that asks for attribution, as those of Creative Commons but CC0 do."""
    said.type(iri, DCTERMS + "LicenseDocument")
    if "creativecommons.org/licenses/by" in iri:
        said.say(iri, DCTERMS + "type", ATTRIBUTION)
        said.type(ATTRIBUTION, SKOS + "Concept")
        said.type(LICENCE_TYPES, SKOS + "ConceptScheme")
        said.say(LICENCE_TYPES, DCTERMS + "title", text("Licence type"))
        said.say(ATTRIBUTION, SKOS + "inScheme", LICENCE_TYPES)
        said.say(ATTRIBUTION, SKOS + "prefLabel", text("Attribution"))
    return iri
