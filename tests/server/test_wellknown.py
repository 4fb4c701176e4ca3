"""What programs look for at agreed addresses."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse
from running import Served

from meagraph.namespaces import BASE, SH
from meagraph.project import Project
from meagraph.queries import load_questions
from meagraph.server.wellknown import MOST, _sitemap

NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def ask(server: Served) -> Generator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=120, trust_env=False) as client:
        yield client


def test_each_page_of_the_sitemap_answers_at_once_and_tells_when_it_changed(
    ask: httpx.Client, server: Served
) -> None:
    root = ElementTree.fromstring(ask.get("/sitemap.xml").content)
    pages = root.findall("map:url", NAMES)
    assert len(pages) > 500
    addresses = [page.findtext("map:loc", "", NAMES) for page in pages]
    assert len(set(addresses)) == len(addresses)
    base = ask.get("/robots.txt").text.split("Sitemap: ")[1].removesuffix("sitemap.xml\n")
    vocabularies = [address for address in addresses if "/ontology" in address]
    assert len(vocabularies) == 1
    for address in [*vocabularies, *addresses[::7]]:
        got = ask.get("/" + address.removeprefix(base), headers={"Accept": "text/html"})
        assert (got.status_code, got.headers["Content-Type"][:9]) == (200, "text/html"), address
    told = [page for page in pages if page.find("map:lastmod", NAMES) is not None]
    assert len(told) > 400


def test_a_long_sitemap_is_split(server: Served) -> None:
    class Fake:
        def address(self, path: str) -> str:
            return "https://data.example.org" + path

    pages = [(f"https://data.example.org/{number}", "2026-01-01") for number in range(MOST + 1)]
    index = _sitemap(Fake(), pages, 0).decode()  # type: ignore[arg-type]
    assert index.count("<sitemap>") == 2
    assert "https://data.example.org/sitemap-2.xml" in index
    parts = [_sitemap(Fake(), pages, number).decode() for number in (1, 2)]  # type: ignore[arg-type]
    assert [part.count("<url>") for part in parts] == [MOST, 1]


def test_there_is_no_part_of_the_sitemap_after_the_last(ask: httpx.Client) -> None:
    assert ask.get("/sitemap-1.xml").content == ask.get("/sitemap.xml").content
    assert ask.get("/sitemap-2.xml").status_code == 404


def test_crawlers_are_kept_from_what_is_no_page(ask: httpx.Client) -> None:
    text = ask.get("/robots.txt").text
    assert text.startswith("User-agent: *\n")
    assert "Disallow: /sparql\n" in text
    assert "Disallow: /\n" not in text


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_void_counts_the_graph_and_says_where_it_is_asked(
    ask: httpx.Client, store: Store, accept: str
) -> None:
    got = ask.get("/.well-known/void", headers={"Accept": accept})
    assert got.headers["Content-Type"].startswith(accept)
    format_ = {"text/turtle": "turtle", "application/ld+json": "json-ld"}[accept]
    graph = rdflib.Graph().parse(data=got.text, format=format_)
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = rdflib.URIRef(BASE + "dataset#meagraph")
    endpoint = graph.value(dataset, void.sparqlEndpoint)
    assert str(endpoint).endswith("/sparql")
    answered = {str(each) for each in graph.objects(dataset, void.dataDump)}
    for name in ("meagraph.nq", "meagraph.ttl", "meagraph-entailed.ttl"):
        dump = str(endpoint).removesuffix("sparql") + name
        assert {dump, BASE + name} <= answered
        assert ask.head(f"/{name}").status_code == 200
    merged = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert int(str(graph.value(dataset, void.triples))) == merged


def test_each_stored_question_is_an_example_that_runs(
    ask: httpx.Client, store: Store, project: Project
) -> None:
    graph = Store()
    graph.extend(parse(ask.get("/.well-known/sparql-examples").content, RdfFormat.TURTLE))
    examples: list[Any] = list(
        graph.query(  # type: ignore[arg-type]
            f"PREFIX sh: <{SH}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            "PREFIX schema: <https://schema.org/> "
            "SELECT ?example ?comment ?query { ?example a sh:SPARQLExecutable ; "
            "schema:target ?endpoint ; rdfs:comment ?comment ; "
            "sh:select|sh:ask|sh:construct ?query }"
        )
    )
    assert {row[0].value.rpartition("/")[2] for row in examples} == set(load_questions(project))
    for example, comment, query in examples:
        assert comment.value
        assert store.query(query.value) is not None, example


def test_editors_find_the_prefixes(ask: httpx.Client) -> None:
    graph = Store()
    graph.extend(parse(ask.get("/.well-known/sparql-examples").content, RdfFormat.TURTLE))
    rows: Any = graph.query(
        f"PREFIX sh: <{SH}> SELECT ?prefix ?namespace "
        "{ ?all sh:declare ?one . ?one sh:prefix ?prefix ; sh:namespace ?namespace }"
    )
    prefixes = {row[0].value: row[1].value for row in rows}
    assert prefixes["mea"] == BASE + "ontology#"


def test_there_is_no_contact_that_nobody_answers(ask: httpx.Client) -> None:
    assert ask.get("/.well-known/security.txt").status_code == 404
