"""The operation “query” of the SPARQL 1.1 Protocol, and requests that are none."""

from __future__ import annotations

import httpx
import pytest
from running import Served
from sparql_client import DIRECT, FORM, JSON, ask, post, rows

YES = {"head": {}, "boolean": True}


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_get_asks_at_both_addresses_without_redirect(server: Served, path: str) -> None:
    answer = httpx.get(server.url + path, params={"query": "ASK {}"})
    assert (answer.status_code, answer.json()) == (200, YES)


@pytest.mark.parametrize("path", ["", "/"])
def test_a_form_asks(server: Served, path: str) -> None:
    assert post(server.url, "query=ASK+%7B%7D", FORM, path).json() == YES


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; Charset="UTF-8"'])
def test_a_body_asks(server: Served, charset: str) -> None:
    query = 'SELECT ("Übergröße 𝄞" AS ?x) {}'
    answer = post(server.url, query.encode(), DIRECT + charset)
    assert rows(answer) == [{"x": "Übergröße 𝄞"}]


def test_a_form_keeps_letters_and_blanks(server: Served) -> None:
    query = "query=SELECT+(%22a%20b%2B%C3%9F%22+AS+%3Fx)+%7B%7D"
    assert rows(post(server.url, query, FORM)) == [{"x": "a b+ß"}]


def test_what_a_form_lacks_may_stand_in_the_address(server: Served) -> None:
    assert post(server.url, "", FORM, "?query=ASK%7B%7D").json() == YES


def test_our_prefixes_and_relative_iris_are_understood(server: Served) -> None:
    found = rows(ask(server.url, "SELECT (mea:Passage AS ?a) (<x> AS ?b) {}"))
    assert found == [{"a": "https://w3id.org/meagraph/ontology#Passage", "b": f"{server.url}/x"}]
    found = rows(ask(server.url, "SELECT (<?of=mea:Passage> AS ?a) {}"))
    assert found == [{"a": f"{server.url}/sparql?of=mea:Passage"}]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("?query=ASK%7B%7D&query=ASK%7B%7D", "several queries"),
        ("?query=ASK%7", "encodes nothing"),
        ("?query=%FF%FE", "no text"),
        ("?%FF=1&query=ASK%7B%7D", "no text"),
        ("?query=ASK%7B%7D&default-graph-uri=nowhere", "no IRI"),
        ("?query=ASK%7B%7D&format=nonsense", "no format"),
        ("?query=" + "&x=" * 2000, "parameters"),
        ("?query=", ""),
    ],
)
def test_a_malformed_address_is_refused(server: Served, address: str, says: str) -> None:
    answer = httpx.get(f"{server.url}/sparql{address}")
    assert answer.status_code == 400
    assert says in answer.json()["detail"]


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        ("ASK {}", "text/plain", 415),
        ("ASK {}", "", 415),
        ("query=ASK%20%7B%7D", "", 415),
        ("query=ASK%20%7B%7D", "multipart/form-data; boundary=x", 415),
        ("ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16", 415),
        (b"ASK { ?s ?p '\xff' }", DIRECT, 400),
        ("", FORM, 400),
        ("x=1", FORM, 400),
        ("query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        ("", DIRECT, 400),
    ],
)
def test_a_post_that_brings_no_query_is_refused(
    server: Served, content: str | bytes, media_type: str, status: int
) -> None:
    answer = post(server.url, content, media_type)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    if status == 415:
        assert DIRECT in answer.headers["accept-post"]


def test_a_query_in_the_body_and_one_in_the_address_are_two(server: Served) -> None:
    answer = post(server.url, "ASK {}", DIRECT, "?query=ASK%7B%7D")
    assert answer.status_code == 400
    assert "several" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_told_what_there_is(server: Served, method: str) -> None:
    answer = httpx.request(method, f"{server.url}/sparql?query=ASK%7B%7D")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_options_are_told(server: Served) -> None:
    answer = httpx.options(f"{server.url}/sparql")
    assert answer.status_code in (200, 204)
    assert "POST" in answer.headers["allow"]


def test_a_script_of_another_origin_may_ask(server: Served) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    wish = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "accept"}
    allowed = httpx.options(f"{server.url}/sparql", headers=origin | wish)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "Accept" in allowed.headers["access-control-allow-headers"]
    for query in ("ASK {}", "no query"):
        answer = httpx.get(f"{server.url}/sparql", params={"query": query}, headers=origin)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "Link" in answer.headers["access-control-expose-headers"]


def test_head_has_the_headers_of_get(server: Served) -> None:
    address = f"{server.url}/sparql?query=SELECT+(1+AS+%3Fx)+%7B%7D"
    got, head = (httpx.request(method, address) for method in ("GET", "HEAD"))
    assert head.content == b""
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == got.headers[name]


def test_a_mistake_is_told_with_line_and_column(server: Served) -> None:
    answer = ask(server.url, "SELECT ?s WHERE {\n  ?s ?p ?o .\n  FILTR(?o)\n}", JSON)
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"]) == (3, 3)


def test_a_body_that_is_too_large_is_refused(server: Served) -> None:
    answer = post(server.url, b"#" * (3 << 20), DIRECT)
    assert answer.status_code == 413


def test_a_query_that_is_too_long_is_refused(server: Served) -> None:
    answer = post(server.url, "ASK {} #" + "x" * 100_000, DIRECT)
    assert answer.status_code == 413
    assert "100,000" in answer.json()["detail"]
