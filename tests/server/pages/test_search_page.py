"""Searching the graph by a form."""

from __future__ import annotations

import pytest
from page_reading import get
from running import Served


def test_the_words_are_marked_where_they_were_found(server: Served) -> None:
    page = get(server.url + "/search?q=passive+agent")
    marked = [one.text for one in page.all("mark")]
    assert marked and all(word.lower().startswith(("passive", "agent")) for word in marked)


def test_a_hit_leads_to_the_thing_and_to_its_passages(server: Served) -> None:
    links = get(server.url + "/search?q=%22Minamata+Convention+on+Mercury%22").links
    assert links["/agreements/minamata"] == "Minamata Convention on Mercury"
    assert any(one.startswith("/documents/") and "#" not in one for one in links)


def test_a_search_can_be_narrowed_to_a_kind(server: Served) -> None:
    links = get(server.url + "/search?q=mercury&kind=Meeting").links
    things = [one for one in links if one.startswith(("/organisations/", "/agreements/"))]
    assert any(one.startswith("/meetings/") for one in links) and not things


def test_more_hits_are_a_link_away(server: Served) -> None:
    page = get(server.url + "/search?q=secretariat")
    (more,) = [to for to, words in page.links.items() if words == "Show more"]
    assert len(get(server.url + more).links) > len(page.links)


def test_where_nothing_is_found_near_names_are_offered(server: Served) -> None:
    links = get(server.url + "/search?q=Stokholmm").links
    assert any("stockholm" in one for one in links)


def test_a_kind_that_there_is_not_is_told(server: Served) -> None:
    assert "Meetng" in get(server.url + "/search?q=mercury&kind=Meetng", 400).text


@pytest.mark.parametrize(
    "typed",
    ["%22", "*", "a+OR", "NEAR(", "%00%01", "%E2%80%AE", "-", "x" * 5000, "a:b", "'"],
)
def test_nothing_that_is_typed_breaks_the_search(server: Served, typed: str) -> None:
    get(f"{server.url}/search?q={typed}")


def test_what_is_typed_is_no_markup(server: Served) -> None:
    page = get(server.url + "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert not page.all("script")
    assert any("<script>" in one.attributes.get("value", "") for one in page.all("input"))
