"""Which addresses are taken, and what messages show of them."""

from __future__ import annotations

import pytest

from meagraph.endpoints import Endpoint
from meagraph.errors import UnusableInput


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/sparql",
        "/sparql",
        "ftp://example.org/sparql",
        "file:/etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///sparql",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://[::1/sparql",
        "http://example.org/a b",
        "http://example.org/\r\nHost: other",
        "http://exämple.org/",
    ],
)
def test_only_well_formed_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(UnusableInput, match="address") as told:
        Endpoint(url)
    assert told.value.hint


@pytest.mark.parametrize(
    "url",
    ["http://curator:geheim@example.org/", "https://:geheim@example.org/", "ftp://a:geheim@b/"],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UnusableInput, match="user name or a password") as told:
        Endpoint(url)
    assert "MEAGRAPH_ENDPOINT_PASSWORD" in str(told.value)
    assert "geheim" not in str(told.value)


def test_a_key_in_an_address_is_not_shown() -> None:
    assert repr(Endpoint("https://example.org/sparql?key=geheim")) == (
        "<Endpoint https://example.org/sparql?…>"
    )


@pytest.mark.parametrize(
    "numbers", [{"timeout": 0}, {"timeout": -1.0}, {"timeout": float("nan")}, {"attempts": 0}]
)
def test_an_endpoint_needs_time_and_an_attempt(numbers: dict[str, float]) -> None:
    with pytest.raises(UnusableInput, match="at least one attempt"):
        Endpoint("http://example.org/", **numbers)  # type: ignore[arg-type]


def test_the_default_graph_is_an_iri() -> None:
    with pytest.raises(UnusableInput, match="no IRI of a graph"):
        Endpoint("http://example.org/", default_graph="merge it> } #")
