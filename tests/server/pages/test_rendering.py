"""Where links lead, and what they never are."""

from __future__ import annotations

import pytest

from meagraph.namespaces import BASE
from meagraph.server.pages.rendering import Links

AT_ROOT, BELOW = Links(""), Links("/graph")


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        ("places/geneva", "/places/geneva"),
        ("documents/d/annex-1/15#claim", "/documents/d/annex-1/15#claim"),
        ("places/genève", "/places/gen%C3%A8ve"),
        ("places/gen%C3%A8ve", "/places/gen%C3%A8ve"),
        ('places/"><script>', "/places/%22%3E%3Cscript%3E"),
        ("places/what?", "/places/what%3F"),
        ("graphs/entailed#a--b", "/graphs/entailed#a--b"),
    ],
)
def test_an_iri_of_ours_leads_to_its_page_here(iri: str, address: str) -> None:
    assert AT_ROOT.local(BASE + iri) == address
    assert BELOW.local(BASE + iri) == "/graph" + address


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "urn:isbn:1",
        " https://example.org/",
        "//example.org/",
        "file:/etc/passwd",
    ],
)
def test_what_a_browser_would_run_is_no_link(iri: str) -> None:
    assert AT_ROOT.link(iri) == ""


def test_an_address_of_the_web_is_a_link_as_it_is() -> None:
    assert AT_ROOT.link("https://www.wikidata.org/wiki/Q42?x=1") == (
        "https://www.wikidata.org/wiki/Q42?x=1"
    )


def test_a_query_is_encoded_and_left_out_where_it_says_nothing() -> None:
    assert BELOW.href("/search", q="a&b ü", kind="", n=None) == "/graph/search?q=a%26b+%C3%BC"
