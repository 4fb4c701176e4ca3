"""The page of any IRI of the graph that is an address: a thing, a document, a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, Quad

from meagraph.evidence import is_passage
from meagraph.export.jsonld import embedded, schema_org
from meagraph.namespaces import BASE, KINDS, ONTOLOGY, PREFIXES, RDF
from meagraph.server.pages import document, passage
from meagraph.server.pages.attendance import attendance
from meagraph.server.pages.facts import told
from meagraph.server.pages.files import heading
from meagraph.server.pages.listing import KINDS_LISTED
from meagraph.server.pages.parts import parts
from meagraph.server.pages.registries import external
from meagraph.server.pages.rendering import html

if TYPE_CHECKING:
    from starlette.requests import Request

    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

_FORMS = (
    ("Turtle", ".ttl"),
    ("JSON-LD", ".jsonld"),
    ("RDF/XML", ".rdf"),
    ("N-Triples", ".nt"),
    ("CSV", ".csv"),
)
_SOURCE_DOCUMENT = NamedNode(ONTOLOGY + "SourceDocument")
_PASSAGE = NamedNode(ONTOLOGY + "Passage")
_TYPE = NamedNode(RDF + "type")
_DATASET = NamedNode(BASE + "dataset#meagraph")
_CITATION = NamedNode(PREFIXES["dcterms"] + "bibliographicCitation")
_IDENTIFIERS = BASE + "identifiers/"


def page(request: Request, server: Server, iri: str) -> str:
    """The page that tells of an IRI, and of what bears its name with a fragment.

    Args:
        request: what is answered.
        server: whose graph it is.
        iri: one of ours without a fragment, of which the graph says something.
    """
    edition = server.edition
    common: dict[str, Any] = {
        "iri": iri,
        "forms": [(name, iri[len(BASE) - 1 :] + ending) for name, ending in _FORMS],
        "citation": _citation(edition),
        "schema": _schema(edition, iri),
        "day": edition.updated(iri).isoformat(),
    }
    if is_passage(iri) and _is_a(edition, iri, _PASSAGE):
        values = passage.values(edition, server.settings.sources, iri)
        return html(request, server, "passage.html", **common, **values)
    if _is_a(edition, iri, _SOURCE_DOCUMENT):
        values = document.values(edition, iri)
        return html(request, server, "document.html", **common, **values)
    return html(request, server, "thing.html", **common, **_values(edition, iri))


def _values(edition: Edition, iri: str) -> dict[str, Any]:
    kind = iri[len(BASE) :].partition("/")[0]
    found = told(edition, iri, leave_out=_IDENTIFIERS if kind in KINDS else "")
    came = attendance(edition, iri)
    if came:
        own = [chapter for chapter in found.chapters if not chapter.title]
        others = [chapter for chapter in found.chapters if chapter.title]
        found = found._replace(chapters=(*own, came, *others))
    file = heading(edition.store, iri)
    if file:
        found = found._replace(label=file.label, kinds=file.kinds)
    return {
        "told": found,
        "note": file.note if file else "",
        "above": file.above if file else ("", ""),
        "crumb": KINDS_LISTED.get("documents" if file and file.above[0] else kind),
        "external": external(edition.store, iri),
        "parts": parts(edition, iri),
    }


def _is_a(edition: Edition, iri: str, kind: NamedNode) -> bool:
    return Quad(NamedNode(iri), _TYPE, kind, DefaultGraph()) in edition.store


def _schema(edition: Edition, iri: str) -> str:
    """What search engines read, as text for an element ``script`` that is data."""
    found = schema_org(edition.store, iri)
    return embedded(found) if found else ""


def _citation(edition: Edition) -> str:
    """How the dataset is cited, as it says itself."""
    quads = edition.store.quads_for_pattern(_DATASET, _CITATION, None, DefaultGraph())
    said = min((getattr(quad.object, "value", "") for quad in quads), default="")
    return said or f"meagraph, data version {edition.version}"
