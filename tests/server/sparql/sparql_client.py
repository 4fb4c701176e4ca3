"""What the tests of the endpoint ask with."""

from __future__ import annotations

from itertools import count
from typing import Any

import httpx

WAIT = 120.0
"""Seconds; nothing here takes as long on a machine that works."""

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
TURTLE, HTML = "text/turtle", "text/html"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"

_NUMBERS = count()

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
COUNTED = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"


def new() -> str:
    """A query that no one has asked before: no answer to it is kept, a process evaluates it."""
    return f"ASK {{}} # {next(_NUMBERS)}"


def ask(url: str, sparql: str, accept: str | None = JSON, **more: Any) -> httpx.Response:
    """Send a query by GET; ``more`` are other parameters."""
    headers = {"Accept": accept} if accept is not None else {}
    params = {"query": sparql, **more}
    return httpx.get(f"{url}/sparql", params=params, headers=headers, timeout=WAIT)


def post(url: str, content: str | bytes, media_type: str, address: str = "") -> httpx.Response:
    """Send a body of some media type; ``address`` is what follows ``/sparql``."""
    headers = {"Content-Type": media_type} if media_type else {}
    where = f"{url}/sparql{address}"
    return httpx.post(where, content=content, headers=headers, timeout=WAIT)


def neighbour() -> httpx.Client:
    """Another client, by its address."""
    transport = httpx.HTTPTransport(local_address="127.0.0.2")
    return httpx.Client(transport=transport, timeout=WAIT, headers={"Accept": JSON})


def rows(response: httpx.Response) -> list[dict[str, str]]:
    """The values that a SELECT gave."""
    assert response.status_code == 200, response.text
    found = response.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]
