"""A redirect is followed with the query and without the credentials, and only on the web."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loopback import Loopback, Visit
from meagraph.endpoints import Endpoint
from meagraph.errors import UnusableInput

Serve = Callable[..., Loopback]
SELECT = "SELECT ?s { ?s ?p ?o }"


def to(location: str, status: int = 302) -> Callable[[Visit], None]:
    return lambda visit: visit.reply(b"", status=status, kind=None, Location=location)


def refused(server: Loopback) -> str:
    with pytest.raises(UnusableInput) as failure:
        Endpoint(server.url).query(SELECT)
    assert failure.value.hint
    return str(failure.value)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_query_goes_along(serve: Serve, status: int) -> None:
    target = serve(lambda visit: visit.reply())
    first = serve(to(target.url, status))
    assert len(list(Endpoint(first.url).query(SELECT))) == 1
    (sent,) = target.sent
    assert (sent.method, sent.fields) == ("POST", {"query": [SELECT]})
    assert sent.headers["accept"] == first.sent[0].headers["accept"]


def test_see_other_is_fetched_without_the_query(serve: Serve) -> None:
    target = serve(lambda visit: visit.reply())
    assert len(list(Endpoint(serve(to(target.url, 303)).url).query(SELECT))) == 1
    (sent,) = target.sent
    assert (sent.method, sent.fields) == ("GET", {})
    assert "content-type" not in sent.headers


def test_credentials_stay_with_the_origin(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEAGRAPH_ENDPOINT_TOKEN", "geheim")
    target = serve(lambda visit: visit.reply())
    first = serve(to(target.url))
    list(Endpoint(first.url).query(SELECT))
    assert first.sent[0].headers["authorization"] == "Bearer geheim"
    assert "authorization" not in target.sent[0].headers
    assert "geheim" not in str(target.sent)


def test_credentials_go_along_within_the_origin(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEAGRAPH_ENDPOINT_TOKEN", "geheim")

    def answer(visit: Visit) -> None:
        if visit.path == "/query":
            to("sparql/")(visit)
        else:
            visit.reply()

    server = serve(answer)
    list(Endpoint(server.url).query(SELECT))
    assert [sent.path for sent in server.sent] == ["/query", "/sparql/"]
    assert server.sent[1].headers["authorization"] == "Bearer geheim"


def test_a_circle_is_left(serve: Serve) -> None:
    server = serve(to("/query"))
    assert "without an end" in refused(server)
    assert len(server.sent) <= 10


@pytest.mark.parametrize(
    "location",
    [
        "file:/etc/passwd",
        "ftp://127.0.0.1/rows.json",
        "gopher://127.0.0.1/",
        "data:application/sparql-results+json,{}",
        "http://curator:geheim@127.0.0.1/",
        "http://[::1/",
    ],
)
def test_nothing_but_the_web_is_followed(serve: Serve, location: str) -> None:
    text = refused(serve(to(location)))
    assert "not followed" in text
    assert "geheim" not in text


def test_a_redirect_without_a_place_is_told(serve: Serve) -> None:
    assert "without saying where" in refused(serve(to("")))
