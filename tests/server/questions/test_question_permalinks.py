"""Addresses with a version, entity tags, and the other methods."""

from __future__ import annotations

import httpx
import pytest
from questions.stored import ASKED, BODY, QUESTION, ask, get, graph
from running import Served


def _version(server: Served) -> str:
    return get(f"{server.url}{QUESTION}", params=ASKED).headers["meagraph-version"]


def test_an_answer_names_its_version_and_permanent_address(server: Served) -> None:
    response = get(f"{server.url}{QUESTION}", params={"body": "Mercury group under IOMC"})
    version = response.headers["meagraph-version"]
    assert response.json()["version"] == version
    bookmark = response.links["bookmark"]["url"]
    assert response.json()["address"] == bookmark
    assert dict(httpx.URL(bookmark).params) == {"body": BODY, "version": version}
    again = get(bookmark)
    assert again.status_code == 200
    assert again.json()["rows"] == response.json()["rows"]
    text = get(f"{server.url}{QUESTION}.md", params=ASKED).text
    assert f"Data version {version}: " in text


@pytest.mark.parametrize(
    "path", ["{url}/queries/{name}", "{url}/releases/{version}/queries/{name}"]
)
@pytest.mark.parametrize(("version", "status"), [("0.0.1", 410), ("99.0.0", 404), ("new", 400)])
def test_another_version_is_refused_and_the_hint_says_where_it_is(
    path: str, version: str, status: int, server: Served
) -> None:
    name = QUESTION.rpartition("/")[2]
    given = {} if "releases" in path else {"version": version}
    address = path.format(url=server.url, name=name, version=version)
    response = get(address, params={**ASKED, **given})
    assert response.status_code == status
    if status != 400:
        hint = response.json()["hint"]
        assert f"https://w3id.org/meagraph/releases/{version}/queries/{name}" in hint
        assert _version(server) in hint


def test_the_address_in_a_release_gives_the_answer_of_the_release(server: Served) -> None:
    """Without values those that stand in the question hold, as in the release's folder."""
    address = f"{server.url}/releases/{_version(server)}{QUESTION}"
    for ending in (".csv", ".json"):
        response = get(address + ending)
        assert response.status_code == 200
        assert "organisations/gef-secretariat" in response.text
    query = get(address + ".rq").text
    assert query == graph().question(QUESTION.rpartition("/")[2]).text


@pytest.mark.parametrize("ending", ["", ".csv", ".html", ".xlsx", ".rq"])
def test_who_has_the_answer_is_told_so(ending: str, server: Served) -> None:
    first = get(f"{server.url}{QUESTION}{ending}", params=ASKED)
    tag = first.headers["etag"]
    for named in (tag, f'"other", {tag}', "*", tag.removeprefix("W/")):
        again = get(
            f"{server.url}{QUESTION}{ending}", params=ASKED, headers={"If-None-Match": named}
        )
        assert again.status_code == 304
        assert not again.content
        assert again.headers["etag"] == tag
    other = get(
        f"{server.url}{QUESTION}{ending}", params=ASKED, headers={"If-None-Match": '"other"'}
    )
    assert other.status_code == 200


def test_an_entity_tag_stands_for_what_is_asked_and_not_for_its_spelling(server: Served) -> None:
    def tag(ending: str = ".csv", **given: str) -> str:
        return get(f"{server.url}{QUESTION}{ending}", params=given).headers["etag"]

    assert tag(body=BODY) == tag(body="Mercury group under IOMC")
    others = [
        tag(body=BODY),
        tag(".tsv", body=BODY),
        tag(body="bodies:basel-cop"),
        tag(body=BODY, labels="0"),
        tag(body=BODY, limit="1"),
        tag(body=BODY, limit="1", offset="1"),
        tag(body=BODY, columns="agent"),
    ]
    assert len(set(others)) == len(others)


@pytest.mark.parametrize("path", [QUESTION, "/queries", "/openapi.json", "/api"])
def test_head_has_the_headers_of_get_and_no_body(path: str, server: Served) -> None:
    given = ASKED if path == QUESTION else {}
    whole = get(server.url + path, params=given)
    head = ask("HEAD", server.url + path, params=given)
    assert head.status_code == 200
    assert not head.content
    for name in ("content-type", "content-length", "etag", "link", "x-total-count"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize("path", [QUESTION, "/queries", "/openapi.json"])
def test_only_reading_is_for_these_addresses(path: str, server: Served) -> None:
    options = ask("OPTIONS", server.url + path)
    assert options.status_code == 204
    assert set(options.headers["allow"].split(", ")) >= {"GET", "HEAD"}
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = ask(method, server.url + path)
        assert refused.status_code == 405
        assert "GET" in refused.headers["allow"]


def test_a_page_of_another_origin_may_read_the_answer(server: Served) -> None:
    origin = {"Origin": "https://example.org"}
    response = get(f"{server.url}{QUESTION}", params=ASKED, headers=origin)
    assert response.headers["access-control-allow-origin"] == "*"
