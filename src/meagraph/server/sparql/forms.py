"""The forms in which results go out, and which of them a client gets."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from meagraph.server.negotiation import preferred
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["rows", "boolean", "graph"]

HTML = "text/html"
_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
_TURTLE, _JSONLD, _RDFXML = (
    "text/turtle; charset=utf-8",
    "application/ld+json",
    "application/rdf+xml",
)
_NTRIPLES = "application/n-triples"

_YES_OR_NO = {_JSON: "json", _XML: "xml", "application/json": "json", "application/xml": "xml"}
GRAPHS = {_TURTLE: "ttl", _NTRIPLES: "nt", _JSONLD: "jsonld", _RDFXML: "rdf"}
"""Media types of graphs, and the worker's names of them."""

FORMS: Mapping[Kind, Mapping[str, str]] = {
    "rows": {_JSON: "json", _XML: "xml", _CSV: "csv", _TSV: "tsv", **_YES_OR_NO},
    "boolean": _YES_OR_NO,  # CSV and TSV have no form for it
    "graph": {**GRAPHS, "application/json": "jsonld", "application/xml": "rdf"},
}
"""By what a query gives: the media types, our first choice first, and the worker's names."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "json": (_JSON, _JSONLD),
    "xml": (_XML, _RDFXML),
    "csv": (_CSV,),
    "tsv": (_TSV,),
    "turtle": (_TURTLE,),
    "ttl": (_TURTLE,),
    "n3": (_TURTLE,),
    "nt": (_NTRIPLES,),
    "ntriples": (_NTRIPLES,),
    "n-triples": (_NTRIPLES,),
    "jsonld": (_JSONLD,),
    "json-ld": (_JSONLD,),
    "rdf": (_RDFXML,),
    "rdfxml": (_RDFXML,),
    "rdf+xml": (_RDFXML,),
    "html": (HTML,),
}
"""Short names, as other endpoints and their clients have them."""


class Form(NamedTuple):
    """A form of results: its media type, and what the worker calls it; empty for a page."""

    media_type: str
    name: str


@lru_cache(maxsize=256)
def chosen(kind: Kind, accept: str | None, wanted: str = "", page: bool = False) -> Form:
    """The form that suits a client best.

    Args:
        kind: what the query gives.
        accept: the header.
        wanted: what the parameter ``format`` says, a short name or a media type; it goes first.
        page: whether there is a page, too.

    Raises:
        Problem: 406, the client takes none of them; 400, there is no such name.
    """
    forms = {**FORMS[kind], **({HTML: ""} if page else {})}
    names = _NAMES.get(wanted.lower())
    if names:
        found = next((media_type for media_type in names if media_type in forms), None)
    elif wanted and "/" not in wanted:
        raise Problem(400, f"there is no format “{wanted[:100]}”", f"One of {', '.join(_NAMES)}.")
    else:
        # A plus sign in an address means a blank, and no media type has one.
        found = preferred(wanted.replace(" ", "+") or accept, forms)
    if found is None:
        what = {"rows": "rows", "boolean": "a yes or no", "graph": "triples"}[kind]
        offered = ", ".join(media_type.partition(";")[0] for media_type in forms)
        raise Problem(406, f"the query gives {what}, and in none of the accepted forms", offered)
    return Form(found, forms[found])
