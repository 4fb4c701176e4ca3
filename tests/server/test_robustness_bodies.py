"""Bodies that are too large or packed are refused before they are read."""

from __future__ import annotations

import gzip

import pytest
from raw import connected, exchange, lives, request, rest, status
from running import Served

FORM = "application/x-www-form-urlencoded"
HUGE = 1 << 40


def test_a_body_that_says_it_is_huge_is_refused_unread(server: Served) -> None:
    head = request("/sparql", "POST", Content_Type=FORM, Content_Length=HUGE)
    answer = exchange(server, head)
    assert status(answer) == 413 and b"2 MiB" in answer


def test_a_client_that_asks_first_is_told_before_it_sends(server: Served) -> None:
    head = request("/sparql", "POST", Content_Type=FORM, Content_Length=HUGE, Expect="100-continue")
    answer = exchange(server, head)
    assert status(answer) == 413


def test_a_client_that_asks_first_may_send_what_is_small(server: Served) -> None:
    head = request("/sparql", "POST", Content_Type=FORM, Content_Length=15, Expect="100-continue")
    with connected(server) as line:
        line.sendall(head)
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")
        line.sendall(b"query=ASK%7B%7D")
        assert status(rest(line)) == 200


def test_a_body_without_end_is_refused_on_the_way(server: Served) -> None:
    head = request("/sparql", "POST", Content_Type=FORM, Transfer_Encoding="chunked")
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    with connected(server) as line:
        line.sendall(head)
        try:
            while sent < 1 << 30:
                line.sendall(chunk)
                sent += 0x10000
        except ConnectionError:
            pass
    assert sent < 1 << 30, "all of it was taken"
    assert lives(server)


def test_who_sends_too_much_gets_to_read_why(server: Served) -> None:
    """The rest is thrown away for a moment, lest the system take the answer back."""
    body = b"query=" + b"x" * (3 << 20)
    assert status(exchange(server, request("/sparql", "POST", body, Content_Type=FORM))) == 413


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "x-gzip", "gzip, gzip", "GZIP"])
def test_packed_bodies_are_refused(server: Served, coding: str) -> None:
    bomb = gzip.compress(bytes(1 << 20))
    headers = {"Content_Type": FORM, "Content_Encoding": coding}
    answer = exchange(server, request("/sparql", "POST", bomb, **headers))
    assert status(answer) == 415 and b"\r\naccept-encoding: identity" in answer.lower()


def test_a_body_that_nobody_wants_is_not_taken_for_a_request(server: Served) -> None:
    body = request("/metrics")
    head = request("/health", "GET", body, Connection="keep-alive")
    answer = exchange(server, head + request())
    assert answer.count(b"HTTP/1.1 200") == 2 and b"meagraph_requests" not in answer
