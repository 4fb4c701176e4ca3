"""What programs look for at agreed addresses: robots.txt, the sitemap, VoID, example queries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

from pyoxigraph import Literal, NamedNode
from starlette.routing import Route

from meagraph.export.catalogue.counts import void
from meagraph.export.catalogue.statements import (
    DATASET,
    DCAT,
    FOAF,
    VOID,
    Statements,
    text,
)
from meagraph.namespaces import BASE, DCTERMS, OWL, PREFIXES, RDFS, SH, XSD
from meagraph.server.linked.addresses import path_of
from meagraph.server.linked.answers import Answer, Finished, PerEdition, finished, respond
from meagraph.server.linked.days import direct, last_changed
from meagraph.server.linked.naming import PAGE, PUBLISHED, Meaning, names
from meagraph.server.negotiation import preferred
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from meagraph.queries import Question
    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

MOST = 50_000
"""Addresses in one sitemap (sitemaps.org, 0.9)."""

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FORMS = {"text/turtle": "ttl", "application/ld+json": "jsonld"}
_NOT_CRAWLED = ("/sparql", "/search", "/validate", "/informea.svc")
"""What is no page: crawlers would ask queries of it, or take the records for pages."""
_SCHEMA = "https://schema.org/"
"""As examples of SPARQL use it everywhere; our data have the older ``http``."""
_EXECUTABLE = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "construct"}


def routes(server: Server) -> list[BaseRoute]:
    """The agreed addresses."""
    kept = PerEdition(lambda _: Finished())
    pages = PerEdition(lambda edition: _pages(server, edition))

    def sent(request: Request, form: str, make: Callable[[Edition], bytes]) -> Response:
        edition = server.edition

        def made() -> Answer:
            return finished(make(edition), edition.version, edition.updated(BASE + "dataset.ttl"))

        answer = kept.of(edition).get(request.url.path + form, made)
        headers = {"Vary": "Accept"} if form in _FORMS else {}
        return respond(request, answer, form, headers)

    def robots(request: Request) -> Response:
        return sent(request, "text/plain; charset=utf-8", lambda _: _robots(server))

    def described(request: Request) -> Response:
        form = _form(request)
        return sent(request, form, lambda edition: _written(_void(server, edition), form))

    def examples(request: Request) -> Response:
        form = _form(request)
        return sent(request, form, lambda edition: _written(_examples(server, edition), form))

    def sitemap(request: Request) -> Response:
        number = request.path_params.get("number", 0)
        return sent(
            request, "application/xml", lambda edition: _sitemap(server, pages.of(edition), number)
        )

    return [
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap),
        Route("/sitemap-{number:int}.xml", sitemap),
        Route("/.well-known/void", described),
        Route("/.well-known/sparql-examples", examples),
    ]


def _form(request: Request) -> str:
    found = preferred(", ".join(request.headers.getlist("accept")), _FORMS)
    if found is None:
        raise Problem(406, "there is no such form of this", f"There are {', '.join(_FORMS)}.")
    return found


def _written(said: Statements, form: str) -> bytes:
    return said.ttl if _FORMS[form] == "ttl" else said.jsonld


def _robots(server: Server) -> bytes:
    prefix = server.settings.prefix
    lines = ["User-agent: *", *(f"Disallow: {prefix}{path}" for path in _NOT_CRAWLED)]
    lines += ["", f"Sitemap: {server.address('/sitemap.xml')}", ""]
    return "\n".join(lines).encode()


def _sitemap(server: Server, pages: list[tuple[str, str]], number: int) -> bytes:
    """The pages with the day on which they last changed, or the list of the sitemaps' parts."""
    if number == 0 and len(pages) > MOST:
        parts = range(1, -(-len(pages) // MOST) + 1)
        inside = [(server.address(f"/sitemap-{part}.xml"), "") for part in parts]
        return _xml("sitemapindex", "sitemap", inside)
    chosen = pages[(number - 1) * MOST : number * MOST] if number else pages
    if not chosen:
        raise Problem(404, "there is no such part of the sitemap")
    return _xml("urlset", "url", chosen)


def _xml(root: str, each: str, pages: list[tuple[str, str]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SITEMAPS}">']
    for address, day in pages:
        changed = day and f"<lastmod>{day}</lastmod>"
        lines.append(f"<{each}><loc>{escape(address)}</loc>{changed}</{each}>")
    return ("\n".join([*lines, f"</{root}>"]) + "\n").encode()


def _pages(server: Server, edition: Edition) -> list[tuple[str, str]]:
    """Each page at the address where it is answered without a redirect."""
    from meagraph.names.records import deprecated

    gone = deprecated(edition.store)
    found = [(server.address(path), "") for path in ("/", "/browse", "/queries")]
    found += [(server.address(f"/queries/{quote(name)}"), "") for name in edition.questions]
    for name in names.of(edition):
        means = Meaning(name)
        elsewhere = name in PUBLISHED and f"{name}.html" != PAGE
        if not elsewhere and means.iri not in gone:
            path = path_of(means.iri, "" if means.is_document else "html")
            day = last_changed(edition, means.iri, direct(edition, means.iri))
            found.append((server.address(path), day.isoformat()))
    return found


def _void(server: Server, edition: Edition) -> Statements:
    """What the graph holds, and where this server answers for it (VoID, section 6.2)."""
    from meagraph.server.downloads import FILES

    said = void(edition.store, FILES["dumps"])
    said.say(DATASET, VOID + "sparqlEndpoint", server.address("/sparql"))
    # Beside the addresses at which the files are published, which may lead to another server.
    said.say(DATASET, VOID + "dataDump", *(server.address(f"/{name}") for name in FILES["dumps"]))
    said.say(DATASET, FOAF + "homepage", server.address("/"))
    said.say(DATASET, RDFS + "seeAlso", BASE + "catalogue")
    said.say(DATASET, DCTERMS + "license", *_values(edition, DCTERMS + "license"))
    said.say(DATASET, DCTERMS + "title", *_values(edition, DCTERMS + "title"))
    said.say(DATASET, DCAT + "version", Literal(edition.version))
    return said


def _values(edition: Edition, predicate: str) -> list[NamedNode | Literal]:
    quads = edition.store.quads_for_pattern(NamedNode(DATASET), NamedNode(predicate), None, None)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def _examples(server: Server, edition: Edition) -> Statements:
    """The stored questions as executables of SHACL, as editors of SPARQL read them.

    SHACL Advanced Features, section 5; prefixes are declared as in SHACL, section 5.2.1. Each query
    names the prefixes that it uses itself too, so that it runs as it is.
    """
    said = Statements()
    all_ = BASE + "queries"
    said.type(all_, OWL + "Ontology")
    for prefix, namespace in PREFIXES.items():
        declared = f"{all_}#prefix-{prefix}"
        said.say(all_, SH + "declare", declared)
        said.type(declared, SH + "PrefixDeclaration")
        said.say(declared, SH + "prefix", Literal(prefix))
        said.say(declared, SH + "namespace", Literal(namespace, datatype=NamedNode(XSD + "anyURI")))
    for question in edition.questions.values():
        _example(server, said, all_, question)
    return said


def _example(server: Server, said: Statements, all_: str, question: Question) -> None:
    from meagraph.queries import standalone, without_header
    from meagraph.tokens import query_tokens

    query = standalone(without_header(question.text))
    form = next(
        (word for token in query_tokens(query) for word in _EXECUTABLE if token.is_word(word)), ""
    )
    if not form:
        return
    this = f"{all_}/{quote(question.name)}"
    said.type(this, SH + "SPARQLExecutable", f"{SH}SPARQL{form.capitalize()}Executable")
    said.say(this, RDFS + "label", text(question.name))
    said.say(this, RDFS + "comment", text(question.summary))
    said.say(
        this,
        DCTERMS + "description",
        *([text(question.description)] if question.description else []),
    )
    said.say(this, SH + _EXECUTABLE[form], Literal(query))
    said.say(this, SH + "prefixes", all_)
    said.say(this, _SCHEMA + "target", server.address("/sparql"))
    said.say(this, _SCHEMA + "keywords", *(text(tag) for tag in (question.theme, *question.tags)))
