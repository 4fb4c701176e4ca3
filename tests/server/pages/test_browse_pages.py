"""Leafing through the graph without a script."""

from __future__ import annotations

import pytest
from page_reading import get
from pyoxigraph import NamedNode, Store
from running import Served

from meagraph.namespaces import BASE, RDFS


def shown(server: Served, path: str) -> list[str]:
    """The things that a page of a list links to."""
    kind = path.partition("?")[0].rsplit("/", 1)[1]
    links = get(server.url + path).links
    return [one for one in links if one.startswith(f"/{kind}/") and "/browse/" not in one]


def test_the_pages_of_a_list_hold_each_record_once(server: Served, store: Store) -> None:
    found = [
        *shown(server, "/browse/meetings"),
        *shown(server, "/browse/meetings?page=2"),
    ]
    labelled = store.quads_for_pattern(None, NamedNode(RDFS + "label"), None)
    wanted = {
        quad.subject.value[len(BASE) - 1 :]
        for quad in labelled
        if quad.subject.value.startswith(BASE + "meetings/")  # type: ignore[union-attr]
    }
    assert len(found) == len(set(found)) and set(found) == wanted


def test_a_list_can_be_narrowed_to_a_letter(server: Served) -> None:
    page = get(server.url + "/browse/meetings?letter=G")
    names = [text for to, text in page.links.items() if to.startswith("/meetings/")]
    assert names and all(name.startswith("G") for name in names)


def test_a_list_can_be_narrowed_to_words_in_any_name(server: Served) -> None:
    found = shown(server, "/browse/organisations?q=UNEP")
    assert "/organisations/unep" in found
    assert len(found) < len(shown(server, "/browse/organisations"))


def test_a_filter_that_fits_nothing_says_how_to_go_on(server: Served) -> None:
    page = get(server.url + "/browse/meetings?q=zzqqx")
    assert "None of them fits" in page.text
    assert "/search?q=zzqqx" in page.links


@pytest.mark.parametrize("page", ["0", "3", "-1", "two", "٢", "9" * 400])
def test_a_page_that_a_list_has_not_is_not_found(server: Served, page: str) -> None:
    assert "no such page" in get(f"{server.url}/browse/meetings?page={page}", 404).text


def test_a_kind_that_is_misspelt_is_answered_with_the_nearest(server: Served) -> None:
    assert "meetings" in get(server.url + "/browse/meetngs", 404).text


def test_what_is_typed_is_no_markup(server: Served) -> None:
    page = get(server.url + "/browse/meetings?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert not page.all("script") and "<script>alert" in page.text


def test_meetings_have_their_dates_beside_them(server: Served) -> None:
    rows = {one.text for one in get(server.url + "/browse/meetings").all("li")}
    (first,) = [
        one
        for one in rows
        if one.startswith("Conference of the Parties to the Minamata") and "first meeting" in one
    ]
    assert "2017-09-24 to 2017-09-29" in first
    (vague,) = [one for one in rows if "face-to-face segment" in one]
    assert "between 2022-06-01 and 2022-06-30" in vague
    assert not any(" to 20" in one.text for one in get(server.url + "/browse/bodies").all("li"))
