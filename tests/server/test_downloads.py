"""The files of the exports at the addresses that the catalogue states."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Generator
from importlib import import_module
from urllib.parse import urlsplit

import httpx
import pytest
from pyoxigraph import RdfFormat, Store, parse
from raw import exchange, request, status
from running import Served

from meagraph.export import KINDS
from meagraph.export.jsonld import CONTEXT
from meagraph.namespaces import BASE
from meagraph.project import Project

THINGS = "jsonld"
"""The kind whose files are forms of things."""


@pytest.fixture(scope="module")
def ask(server: Served) -> Generator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=120, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_file_of_an_export_answers_with_its_bytes(
    ask: httpx.Client, server: Served, store: Store, project: Project, kind: str
) -> None:
    files = import_module(f"meagraph.export.{kind}").files(store, project)
    names = sorted(files)
    if kind == THINGS:
        names = [
            "context.jsonld",
            *names[::97],
            *(n for n in names[::41] if n.startswith("schema/")),
        ]
    for name in names:
        if name == "left-out.csv":
            continue  # beside the feed's files, and named by nothing
        got = ask.get(f"/{name}")
        assert got.status_code == 200, name
        own = f"{server.url}/context.jsonld".encode()
        assert got.content.replace(own, CONTEXT.encode()) == files[name](), name


def test_each_address_of_the_catalogue_answers(ask: httpx.Client) -> None:
    text = ask.get("/catalogue.ttl").content
    addresses = {
        quad.object.value
        for quad in parse(text, RdfFormat.TURTLE)
        if quad.predicate.value.endswith(("#downloadURL", "#accessURL"))
        and hasattr(quad.object, "value")
    }
    assert len(addresses) > 20
    for address in addresses:
        path = "/" + address.removeprefix(BASE)
        assert address.startswith(BASE)
        assert ask.get(path).status_code == 200, address


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/meagraph.nq", "application/n-quads"),
        ("/meagraph.ttl", "text/turtle; charset=utf-8"),
        ("/calendar/meetings.ics", "text/calendar; charset=utf-8"),
        ("/tables/meetings.csv", "text/csv; charset=utf-8; header=present"),
        ("/tables/csv-metadata.json", "application/json"),
        ("/network/rolled-up.graphml", "application/graphml+xml"),
        ("/context.jsonld", "application/ld+json"),
        ("/ontology.html", "text/html; charset=utf-8"),
    ],
)
def test_a_file_is_told_what_it_is(ask: httpx.Client, path: str, media_type: str) -> None:
    assert ask.get(path).headers["Content-Type"] == media_type


def test_a_folder_answers_with_the_addresses_of_its_files(
    ask: httpx.Client, server: Served
) -> None:
    got = ask.get("/tables/")
    assert ask.get("/tables").content == got.content
    assert got.headers["Content-Type"].startswith("text/uri-list")
    addresses = got.text.split("\r\n")[:-1]
    assert len(addresses) > 10
    for address in addresses:
        assert ask.get(urlsplit(address).path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/tables/no-such.csv",
        "/tables/../meagraph.nq",
        "/tables/%2e%2e/%2e%2e/pyproject.toml",
        "/calendar/agreements/no-such.ics",
        "/network/network/rolled-up.graphml",
        "/schema/meetings/no-such.jsonld",
        "/schema/meetings/basel-oewg-12",
        "/schema/%3C.jsonld",
        "/schema",
    ],
)
def test_what_no_export_makes_is_not_found(server: Served, path: str) -> None:
    answer = exchange(server, request(path))
    assert status(answer) in (404, 307), path
    assert b"Traceback" not in answer and b"[build-system]" not in answer


def test_the_page_of_the_ontology_may_use_its_own_style_and_nothing_else(
    ask: httpx.Client,
) -> None:
    got = ask.get("/ontology.html")
    policy = got.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    styles = re.findall(rb"<style>(.*?)</style>", got.content, re.DOTALL)
    assert styles
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(rb"<[a-z][^>]* style=", got.content)


def test_the_context_serves_the_documents(ask: httpx.Client, server: Served) -> None:
    context = ask.get("/context.jsonld").json()["@context"]
    told = ask.get("/agreements/basel.jsonld").json()
    assert told["@context"] == f"{server.url}/context.jsonld"
    assert set(told) - {"@context", "id", "type"} <= set(context)
    assert json.dumps(context)
