"""Odd addresses mean just what they say: nothing leads elsewhere, nothing gets into a header."""

from __future__ import annotations

import pytest
from linked_client import client
from raw import exchange, request, status
from running import CHECKOUT, Served

from meagraph.server.linked.addresses import in_header, path_of, requested_name
from meagraph.server.problems import Problem

KNOWN = "/meetings/basel-oewg-12"
CLAIM = "documents/minamata-cop6-cooperation-activities/annex-1/28#engagement"


@pytest.mark.parametrize(
    "target",
    [
        "/meetings/../ontology",
        "/meetings/%2e%2e/ontology",
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/meetings/basel-oewg-12/..",
        "/./meetings/basel-oewg-12",
        "//meetings/basel-oewg-12",
        "/meetings//basel-oewg-12",
        "/meetings/basel-oewg-12//",
        "/meetings%2Fbasel-oewg-12",
        "/Meetings/basel-oewg-12",
        "/meetings/Basel-OEWG-12",
        "/meetings/basel-oewg-12.TTL",
        "/meetings/basel-oewg-12.ttl.ttl",
        "/meetings/basel-oewg-12.exe",
        "/meetings/basel-oewg-12.",
        "/meetings/.ttl",
        "/.ttl",
        "/meetings/basel-oewg-12%23x",
        "/meetings/basel-oewg-12%3F",
        "/meetings/basel-oewg-12%20",
        "/meetings/basel-oewg-12;x",
        "/meetings/caf%C3%A9",
        "/meetings/%E2%80%AEgpj.exe",
        "/meetings/%3Cscript%3E",
        "/meetings/a%22b%3Eb",
        "/ontology.exe",
        "/ontology.csv",
        "/@.jsonld",
    ],
)
def test_what_is_no_name_of_ours_is_not_found(server: Served, target: str) -> None:
    answer = exchange(server, request(target))
    assert status(answer) == 404
    assert b"\r\nLocation" not in answer and b"\r\nlocation" not in answer
    assert (
        str(CHECKOUT).encode() not in answer
        and b"Traceback" not in answer
        and b"<script>" not in answer
    )


@pytest.mark.parametrize(
    "target",
    [
        f"{KNOWN}%0d%0aX-Evil:%201",
        f"{KNOWN}%0aX-Evil:%201",
        f"{KNOWN}/%0d%0aX-Evil:%201/",
        f"{KNOWN}%00",
        f"{KNOWN}%7f",
        "/meetings/%ff",
        "/meetings/%c0%ae",
        "/meetings/%ed%a0%80",
        "/meetings/%",
        "/meetings/%zz",
        "/" + "a" * 5000,
    ],
)
def test_what_no_name_can_hold_is_refused(server: Served, target: str) -> None:
    answer = exchange(server, request(target))
    assert status(answer) in (400, 404, 414)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"x-evil" not in head and b"\r\nlocation" not in head


@pytest.mark.parametrize(
    "target", ["//evil.example/", "//evil.example/..", "/%2Fevil.example/", "/\\evil.example/"]
)
def test_a_slash_at_the_end_leads_nowhere_else(server: Served, target: str) -> None:
    answer = exchange(server, request(target))
    assert status(answer) in (400, 404)
    assert b"\r\nlocation" not in answer.partition(b"\r\n\r\n")[0].lower()


def test_a_slash_too_many_leads_to_the_thing(server: Served) -> None:
    with client(server) as ask:
        got = ask.get(f"{KNOWN}/")
        assert (got.status_code, got.headers["Location"]) == (301, KNOWN)
        scheme = ask.get("/concepts/topic/")
        assert (scheme.status_code, scheme.headers["Location"]) == (301, "/concepts/topic")


def test_an_octet_that_need_not_be_encoded_is_that_octet(server: Served) -> None:
    with client(server) as ask:
        plain = ask.get(f"{KNOWN}.ttl")
        other = ask.get("/meetings/b%61sel%2Doewg%2d12%2ettl")
    assert other.status_code == 200
    assert other.content == plain.content
    assert other.headers["Content-Location"] == f"{KNOWN}.ttl"


def test_a_name_with_dots_is_no_form_of_another(server: Served) -> None:
    with client(server) as ask:
        for name in ("documents/unep-mc-cop.6-20", "frameworks/sdg-indicator-12.4.1"):
            assert ask.get(f"/{name}.ttl").status_code == 200
            assert ask.get(f"/{name}").status_code in (200, 303)
            assert ask.get(f"/{name}.ttl.html").status_code == 404


def test_near_names_are_told(server: Served) -> None:
    with client(server) as ask:
        hints = [
            ask.get(path).json()["hint"]
            for path in (
                "/meetings/basel-oewg12",
                "/Meetings/basel-oewg-12.ttl",
                "/meeting/basel-oewg-12",
            )
        ]
        nothing = ask.get("/meetings/qqqq%20zz").json()["hint"]
    assert KNOWN in hints[0] and KNOWN in hints[1]
    assert nothing.startswith("/search?q=")


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "", "99999999999", "١"])
def test_a_page_is_a_number_from_one(server: Served, page: str) -> None:
    with client(server) as ask:
        assert ask.get(f"{KNOWN}.ttl", params={"page": page}).status_code == 400


def test_there_is_no_page_after_the_last(server: Served) -> None:
    with client(server) as ask:
        got = ask.get(f"{KNOWN}.ttl", params={"page": "2"})
    assert got.status_code == 404
    assert "last one is 1" in got.json()["hint"]


def test_a_path_is_read_octet_by_octet() -> None:
    def name(raw: bytes, prefix: str = "") -> str:
        return requested_name({"raw_path": raw, "path": ""}, prefix)

    assert name(b"/graph/a/b?c", "/graph") == "a/b"
    assert name(b"/a%2fb%7Ec%e9".replace(b"%e9", b"%C3%A9")) == "a%2Fb~cé"
    assert name(b"/a%2500") == "a%2500"
    with pytest.raises(Problem, match="UTF-8"):
        name(b"/%ff")


def test_what_an_iri_holds_cannot_end_a_link_or_a_line() -> None:
    for address in (
        in_header('https://x/a>b"\r\nX: é'),
        path_of('https://w3id.org/meagraph/a>b"\r\n'),
    ):
        assert not {">", '"', "\r", "\n", " "} & set(address)
        assert address.isascii()


@pytest.mark.parametrize("path", ["/meetings", "/meetings/"])
def test_the_folder_of_a_kind_says_where_its_things_are_listed(server: Served, path: str) -> None:
    with client(server) as ask:
        got = ask.get(path)
        assert got.status_code == 404
        assert got.json()["hint"].startswith("/browse/meetings ")
        assert ask.get("/browse/meetings").status_code == 200


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/ontology/Meeting", "/ontology#Meeting"),
        ("/ontology%23Meeting", "/ontology#Meeting"),
        (f"/{CLAIM.replace('#', '/')}", f"/{CLAIM}"),
        (f"/{CLAIM.replace('#', '%23')}", f"/{CLAIM}"),
        ("/meetings/BASEL-OEWG-12", "/meetings/basel-oewg-12"),
    ],
)
def test_who_has_it_nearly_right_is_told_the_name(server: Served, path: str, meant: str) -> None:
    with client(server) as ask:
        got = ask.get(path)
    assert got.status_code == 404
    assert got.json()["hint"].startswith(f"Did you mean {meant}")


def test_what_has_no_words_is_not_searched_for(server: Served) -> None:
    with client(server) as ask:
        assert "hint" not in ask.get("/-/").json()
