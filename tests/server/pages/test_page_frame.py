"""What holds for every page: its frame, its headings, its links, and that nothing in it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import urlsplit

import httpx
import pytest
from page_reading import Page, get
from running import Served

PAGES = {
    "/": 200,
    "/about": 200,
    "/browse": 200,
    "/browse/meetings": 200,
    "/browse/passages?page=2": 200,
    "/browse/nothing": 404,
    "/search": 200,
    "/search?q=mercury+waste": 200,
    "/search?q=zzqqx": 200,
    "/organisations/minamata-secretariat": 200,
    "/agreements/minamata": 200,
    "/places/geneva": 200,
    "/concepts/role": 200,
    "/dataset": 200,
    "/graphs/entailed": 200,
    "/identifiers/ecolex": 200,
    "/documents/minamata-cop6-cooperation-activities": 200,
    "/documents/minamata-cop6-cooperation-activities/annex-1/15": 200,
    "/documents/minamata-cop4-brs-joint-report/fn/star": 200,
    "/documents/minamata-cop4-brs-joint-report/annex/2-a/1": 200,
    "/bodies/minamata-cop": 200,
    "/readings/minamata-cop4-brs-joint-report/note/1": 200,
}
"""A page of each kind, and its status."""

each_page = pytest.mark.parametrize("path", PAGES)


@each_page
def test_it_has_one_main_heading_and_no_level_is_left_out(server: Served, path: str) -> None:
    headings = get(server.url + path, PAGES[path]).all("h1", "h2", "h3", "h4")
    levels = [int(one.name[1]) for one in headings]
    assert levels.count(1) == 1 and levels[0] == 1 and all(one.text for one in headings)
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_page
def test_the_first_link_skips_to_the_content(server: Served, path: str) -> None:
    page = get(server.url + path, PAGES[path])
    assert page.all("a")[0].attributes["href"] == "#main"
    assert page.one("main").attributes["id"] == "main"


@each_page
def test_no_place_is_named_twice(server: Served, path: str) -> None:
    found = Counter(get(server.url + path, PAGES[path]).ids)
    assert [name for name, times in found.items() if times > 1] == []


@each_page
def test_nothing_in_it_runs(server: Served, path: str) -> None:
    page = get(server.url + path, PAGES[path])
    assert {one.attributes["type"] for one in page.all("script")} <= {"application/ld+json"}
    assert not page.all("style", "iframe", "object", "embed", "base")
    names = {name for one in page.elements for name in one.attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]


@each_page
def test_its_links_lead_to_the_web_or_to_this_server(server: Served, path: str) -> None:
    for address, words in get(server.url + path, PAGES[path]).links.items():
        assert urlsplit(address).scheme in ("", "http", "https") and words, address


@each_page
def test_each_field_has_a_label(server: Served, path: str) -> None:
    page = get(server.url + path, PAGES[path])
    labelled = {one.attributes["for"] for one in page.all("label")}
    fields = page.all("input", "select", "textarea")
    asked = {one.attributes["id"] for one in fields if one.attributes.get("type") != "hidden"}
    assert asked <= labelled


@each_page
def test_each_table_says_what_it_holds(server: Served, path: str) -> None:
    page = get(server.url + path, PAGES[path])
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(one.attributes.get("scope") in ("col", "row") for one in page.all("th"))


def test_the_policy_lets_no_script_run(server: Served) -> None:
    policy = httpx.get(server.url + "/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy


@pytest.mark.parametrize("path", ["/", "/about", "/browse"])
def test_every_link_of_a_page_leads_somewhere(server: Served, path: str) -> None:
    ours = [one for one in get(server.url + path).links if one.startswith("/")]
    with httpx.Client(headers={"Accept": "text/html, */*;q=0.1"}, timeout=60) as client:
        for address in ours:
            status = client.get(server.url + address, follow_redirects=True).status_code
            assert status == 200, f"{address}: {status}"


def test_all_addresses_begin_with_the_prefix(serving: Callable[..., Served]) -> None:
    base = "http://127.0.0.1:9/graph/"
    prefixed = serving("--base-url", base)
    here = f"http://{prefixed.host}:{prefixed.port}"
    for path in ("/", "/browse/meetings", "/places/geneva.html", "/browse/nothing"):
        page = Page(httpx.get(f"{here}/graph{path}", headers={"Accept": "text/html"}).text)
        local = [one for one in page.links if one.startswith("/")]
        assert local and all(one.startswith("/graph/") for one in local)


def test_a_style_sheet_is_kept_as_long_as_it_is_the_same(server: Served) -> None:
    page = get(server.url + "/")
    (sheet,) = [one for one in page.all("link") if one.attributes["rel"] == "stylesheet"]
    answer = httpx.get(server.url + sheet.attributes["href"])
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/static/../edition.py", "/static/%2e%2e/edition.py", "/static/"])
def test_only_the_static_files_are_given_away(server: Served, path: str) -> None:
    answer = httpx.get(httpx.URL(server.url).copy_with(raw_path=path.encode()))
    assert answer.status_code == 404 and "import" not in answer.text
