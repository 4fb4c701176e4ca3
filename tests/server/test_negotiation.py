"""Which form a client gets, by its header ``Accept`` (RFC 9110, section 12.5)."""

from __future__ import annotations

import pytest

from meagraph.server.negotiation import preferred, ranges, takes_gzip

HTML, TURTLE, JSON = "text/html", "text/turtle", "application/ld+json"
OFFERED = (TURTLE, JSON, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("  ", TURTLE),
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        ("application/*", JSON),
        ("text/html", HTML),
        ("TEXT/HTML", HTML),
        (BROWSER, HTML),
        ("text/turtle;q=0.5, text/html;q=0.6", HTML),
        ("text/turtle;q=0.5, text/html;q=0.5", TURTLE),
        ("text/*;q=0.9, text/turtle;q=0", HTML),
        ("*/*, text/turtle;q=0, application/ld+json;q=0", HTML),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("application/ld+json;profile=x", JSON),
        ("text/turtle;q=2", None),
        ("text/turtle;q=", None),
        ("text/turtle;q=0.001", TURTLE),
        ("text/turtle ; q=0.2 , application/ld+json ; q=0.9", JSON),
        ("*/html", None),
        ("nonsense", None),
        (",,,text/html,,", HTML),
        ('text/turtle;x="a,b;c";q=0.2, text/html;q=0.1', TURTLE),
        ("text/html;q=0.5;ext=1", HTML),
    ],
)
def test_the_form_that_suits_best(accept: str | None, expected: str | None) -> None:
    assert preferred(accept, OFFERED) == expected


def test_a_parameter_of_the_type_must_agree() -> None:
    offered = ["application/json;odata=verbose"]
    assert preferred("application/json", offered)
    assert preferred("application/json;odata=verbose", offered)
    assert preferred("application/json;odata=light", offered) is None


def test_of_a_monstrous_header_only_the_beginning_is_read() -> None:
    assert len(ranges("text/html," * 100_000)) <= 100
    assert preferred("text/html;" + ";" * 100_000, OFFERED) == HTML
    assert preferred('"' * 50_001, OFFERED) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=nonsense", False),
        ("", False),
    ],
)
def test_who_takes_gzip(header: str, expected: bool) -> None:
    assert takes_gzip(header) is expected
