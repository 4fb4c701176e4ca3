"""The page of a problem: it says how to go on, and the way is a link."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from page_reading import Page, get
from running import Served


def test_the_names_that_may_be_meant_are_links(server: Served) -> None:
    page = get(server.url + "/organisations/minamata-secretriat", 404)
    assert "/organisations/minamata-secretariat" in page.links
    assert "Did you mean /organisations/minamata-secretariat or" in page.text


def test_a_name_that_is_like_no_other_leads_to_the_search_for_its_words(server: Served) -> None:
    assert "/search?q=mercury+waste+qqq" in get(server.url + "/xyz/mercury-waste-qqq", 404).links


def test_a_hint_leads_nowhere_else(server: Served) -> None:
    for path in ("/xyz/a%20//example.org/b", "/xyz/%20https://example.org", "/x/%22%3E%3Cb%3E"):
        links = get(server.url + path, 404).links
        assert not any(to.startswith("//") or "example.org" in to.split("?")[0] for to in links)


def test_a_hint_of_a_server_below_a_path_leads_below_it(serving: Callable[..., Served]) -> None:
    prefixed = serving("--base-url", "http://127.0.0.1:9/graph/")
    address = f"http://{prefixed.host}:{prefixed.port}/graph/organisations/minamata-secretriat"
    page = Page(httpx.get(address, headers={"Accept": "text/html"}).text)
    assert "/graph/organisations/minamata-secretariat" in page.links
