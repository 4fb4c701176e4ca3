"""Which form a thing's own address gives, or leads to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from linked_client import BROWSER, HTML, JSON_LD, TURTLE, client
from running import Served

MEETING = "/meetings/basel-oewg-12"
DOCUMENT = "/documents/unep-mc-cop.6-20"


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (None, "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        (TURTLE, "ttl"),
        ("text/*;q=0.5, application/ld+json", "jsonld"),
        ("text/*, text/html;q=0", "ttl"),
        ("*/*, text/html;q=0, text/turtle;q=0", "jsonld"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", "rdf"),
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("text/csv", "csv"),
        ("text/turtle;q=0.001, image/png", "ttl"),
    ],
)
def test_a_thing_leads_to_the_form_that_suits_best(
    server: Served, accept: str | None, ending: str
) -> None:
    with client(server) as ask:
        del ask.headers["Accept"]
        got = ask.get(MEETING, headers={"Accept": accept} if accept else {})
    assert got.status_code == 303
    assert got.headers["Location"] == f"{MEETING}.{ending}"
    assert "Accept" in got.headers["Vary"]
    assert got.content == b""


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/turtle;q=0", "nonsense"])
@pytest.mark.parametrize("path", [MEETING, DOCUMENT, "/ontology"])
def test_who_takes_none_of_the_forms_is_told_which_there_are(
    server: Served, path: str, accept: str
) -> None:
    with client(server) as ask:
        got = ask.get(path, headers={"Accept": accept})
    assert got.status_code == 406
    assert "text/turtle" in got.json()["hint"]


@pytest.mark.parametrize("accept", [HTML, TURTLE, JSON_LD, "text/csv"])
def test_a_document_answers_at_its_own_address_and_says_where_the_form_is(
    server: Served, accept: str
) -> None:
    with client(server) as ask:
        got = ask.get(DOCUMENT, headers={"Accept": accept})
        assert got.status_code == 200
        assert got.headers["Content-Type"].startswith(accept)
        again = ask.get(got.headers["Content-Location"], headers={"Accept": "image/png"})
    assert again.content == got.content
    assert again.headers["Content-Type"] == got.headers["Content-Type"]
    assert "Accept" in [each.strip() for each in got.headers["Vary"].split(",")]
    assert "Accept" not in [each.strip() for each in again.headers["Vary"].split(",")]


def test_two_headers_count_as_one(server: Served) -> None:
    with client(server) as ask:
        got = ask.get(MEETING, headers=[("Accept", "image/png"), ("Accept", TURTLE)])
    assert got.headers["Location"].endswith(".ttl")


def test_below_a_prefix_all_that_leads_on_has_it(serving: Callable[..., Served]) -> None:
    server = serving("--base-url", "https://data.example.org/graph/", "--workers", 1)
    with client(server) as ask:
        got = ask.get(MEETING, headers={"Accept": TURTLE})
        assert got.headers["Location"] == f"/graph{MEETING}.ttl"
        assert '</graph/browse/meetings>; rel="collection"' in got.headers["Link"]
        form = ask.get(f"{MEETING}.ttl")
        assert form.headers["Content-Location"] == f"/graph{MEETING}.ttl"
        assert ask.get(f"{MEETING}/").headers["Location"] == f"/graph{MEETING}"
        assert "/graph/meetings/" in ask.get("/meetings/basel-oewg12").json()["hint"]
        assert "https://data.example.org/graph/sitemap.xml" in ask.get("/robots.txt").text
        assert "<https://data.example.org/graph/sparql>" in ask.get("/.well-known/void").text
        assert ask.get("/context.jsonld").status_code == 200
    with client(server._replace(url=server.url.removesuffix("/graph"))) as ask:
        assert ask.get(MEETING).status_code == 404
