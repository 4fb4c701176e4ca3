"""Tags, dates, links and packing: what spares a client and a cache from asking in vain."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from linked_client import TURTLE, client
from pyoxigraph import Store
from running import Served

from meagraph.export.changed import updated
from meagraph.namespaces import BASE

FORM = "/meetings/basel-oewg-12.ttl"
PATHS = (
    FORM,
    "/meetings/basel-oewg-12.html",
    "/meetings/basel-oewg-12.csv",
    "/documents/unep-mc-cop.6-20",
    "/ontology",
    "/catalogue.ttl",
    "/sitemap.xml",
    "/.well-known/void",
    "/calendar/meetings.ics",
)
AGAIN = ("ETag", "Cache-Control", "Last-Modified", "Vary", "Content-Location")


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_is_not_sent_it_again(server: Served, path: str) -> None:
    with client(server) as ask:
        first = ask.get(path)
        assert first.status_code == 200
        tag = first.headers["ETag"]
        assert tag.startswith('W/"')
        for given in (tag, tag[2:], f'"other", {tag}', "*"):
            again = ask.get(path, headers={"If-None-Match": given})
            assert (again.status_code, again.content) == (304, b""), given
            for name in AGAIN:
                assert again.headers.get(name) == first.headers.get(name), name
        day = first.headers["Last-Modified"]
        assert ask.get(path, headers={"If-Modified-Since": day}).status_code == 304


@pytest.mark.parametrize(
    "conditions",
    [
        {"If-None-Match": '"other"'},
        {"If-None-Match": 'W/"'},
        {"If-None-Match": ""},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Thu, 99 Foo 99999999 00:00:00 GMT"},
        {
            "If-None-Match": '"other"',
            "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
        },
    ],
)
def test_who_has_something_else_is_sent_it(server: Served, conditions: dict[str, str]) -> None:
    with client(server) as ask:
        got = ask.get(FORM, headers=conditions)
    assert got.status_code == 200
    assert got.content


def test_forms_of_one_thing_have_tags_of_their_own(server: Served) -> None:
    with client(server) as ask:
        tags = [
            ask.get(f"/meetings/basel-oewg-12.{each}").headers["ETag"]
            for each in ("ttl", "nt", "rdf", "jsonld", "html", "csv", "trig", "nq")
        ]
    assert len(set(tags)) == len(tags)


def test_the_day_is_that_of_the_register_and_never_to_come(server: Served, store: Store) -> None:
    with client(server) as ask:
        given = parsedate_to_datetime(ask.get(FORM).headers["Last-Modified"])
    assert given <= datetime.now(UTC)
    assert given.date() >= updated(store)(BASE + "meetings/basel-oewg-12")
    assert (given.hour, given.minute, given.second) == (0, 0, 0)
    assert format_datetime(given, usegmt=True).endswith("GMT")


@pytest.mark.parametrize(
    "path", [*PATHS, "/meetings/basel-oewg-12", "/meetings/no-such", "/robots.txt"]
)
@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_head_has_the_headers_of_get(server: Served, path: str, packed: str) -> None:
    with client(server) as ask:
        given = {"Accept-Encoding": packed}
        got, head = (ask.request(method, path, headers=given) for method in ("GET", "HEAD"))
    own = {"date", "x-request-id"}
    assert head.status_code == got.status_code
    assert head.content == b""
    assert {k: v for k, v in head.headers.items() if k not in own} == {
        k: v for k, v in got.headers.items() if k not in own
    }


@pytest.mark.parametrize("path", PATHS)
def test_caches_are_told_once_that_packing_differs(server: Served, path: str) -> None:
    with client(server) as ask:
        for packed in ("gzip", "identity", "gzip;q=0"):
            got = ask.get(path, headers={"Accept-Encoding": packed})
            large = len(got.content) >= 1024
            varies = [each.strip() for each in got.headers["Vary"].split(",")]
            assert varies.count("Accept-Encoding") == large, got.headers["Vary"]
            assert (got.headers.get("Content-Encoding") == "gzip") == (packed == "gzip" and large)


def test_links_lead_to_the_other_forms_the_name_the_licence_and_the_kind(server: Served) -> None:
    with client(server) as ask:
        thing = ask.get("/meetings/basel-oewg-12", headers={"Accept": TURTLE}).headers["Link"]
        form = ask.get(FORM).headers["Link"]
        file = ask.get("/ontology.ttl").headers
    assert f'<{BASE}ontology>; rel="canonical"' in file["Link"]
    assert file["Content-Location"] == "/ontology.ttl"
    name = f"<{BASE}meetings/basel-oewg-12>"
    assert f'{name}; rel="canonical"' in form and f'{name}; rel="describes"' in form
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in form
    assert '</browse/meetings>; rel="collection"' in form
    for each in ("html", "jsonld", "nt", "rdf", "trig", "nq", "csv"):
        assert f'</meetings/basel-oewg-12.{each}>; rel="alternate"; type="' in form
        assert f'</meetings/basel-oewg-12.{each}>; rel="describedby"; type="' in thing
    assert f"<{FORM}>" not in form


@pytest.mark.parametrize("path", ["/dataset", "/dataset.ttl"])
def test_the_dataset_leads_to_what_tells_how_to_get_it(server: Served, path: str) -> None:
    with client(server) as ask:
        led = ask.get(path, headers={"Accept": TURTLE}).headers["Link"]
        for each in ("/catalogue", "/.well-known/void"):
            assert f'<{each}>; rel="describedby"' in led
            assert f"<{BASE}dataset#meagraph>" in ask.get(each).text


def test_each_address_that_a_link_gives_answers(server: Served) -> None:
    with client(server) as ask:
        for path in (FORM, "/ontology", "/documents/unep-mc-cop.6-20", "/concepts/kind.ttl"):
            for part in ask.get(path, headers={"Accept": TURTLE}).headers["Link"].split(", <"):
                address = part.lstrip("<").partition(">")[0]
                if address.startswith("/"):
                    assert ask.get(address).status_code == 200, (path, address)


def test_other_methods_are_not_for_a_thing(server: Served) -> None:
    with client(server) as ask:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            got = ask.request(method, FORM)
            assert got.status_code == 405
            assert "GET" in got.headers["Allow"]


def test_curl_gets_a_form_by_its_header(server: Served) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl")
    told = "\n# %{http_code} %{num_redirects} %{content_type}"
    options = ["-sSL", "--compressed", "--noproxy", "*", "-H", f"Accept: {TURTLE}", "-w", told]
    ended = subprocess.run(
        [curl, *options, f"{server.url}/meetings/basel-oewg-12"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ended.stdout.endswith("# 200 1 text/turtle; charset=utf-8")
    assert "meetings:basel-oewg-12 a " in ended.stdout
