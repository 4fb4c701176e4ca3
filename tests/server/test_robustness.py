"""Requests that are wrong: refused with a 4xx in plain words, and the next one is answered."""

from __future__ import annotations

import os

import pytest
from raw import connected, exchange, lives, request, rest, status
from running import Served

HOST = b"Host: 127.0.0.1\r\n"
ROOT = b"root:"
UNIX = pytest.mark.skipif(not os.path.exists("/etc/passwd"), reason="a system without that file")


@UNIX
@pytest.mark.parametrize(
    "target",
    [
        "/../../../../../../etc/passwd",
        "/static/../../../../../../../../etc/passwd",
        "/static/..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/static/....//....//etc/passwd",
        "/static/..%5c..%5cetc%5cpasswd",
        "/static/%252e%252e/%252e%252e/etc/passwd",
        "//etc/passwd",
        "/downloads/../../../etc/passwd",
    ],
)
def test_no_path_leads_out_of_what_is_served(server: Served, target: str) -> None:
    answer = exchange(server, request(target))
    assert 300 <= status(answer) < 500 and ROOT not in answer


@pytest.mark.parametrize("target", ["/static/", "/static", "/static/../server/settings.py"])
def test_no_folder_is_listed_and_no_program_is_told(server: Served, target: str) -> None:
    answer = exchange(server, request(target))
    assert status(answer) >= 300 and b"import" not in answer and b".css" not in answer


@pytest.mark.parametrize(
    "target",
    [
        "/x%0d%0aSet-Cookie:%20a=b",
        "/x?y=%0d%0aSet-Cookie:%20a=b",
        "/%E5%98%8A%E5%98%8DSet-Cookie:%20a=b",
        "/sparql%0d%0aSet-Cookie:%20a=b/",
        "//evil.example/%0d%0aSet-Cookie:%20a=b/",
    ],
)
def test_encoded_line_ends_make_no_header(server: Served, target: str) -> None:
    answer = exchange(server, request(target))
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert status(answer) and b"\r\nset-cookie" not in head and b"\nset-cookie" not in head


@pytest.mark.parametrize("target", ["/%00", "/x%0a", "/%1b[2J", "/a%7f"])
def test_control_characters_in_a_path_are_refused(server: Served, target: str) -> None:
    assert status(exchange(server, request(target))) == 400


@pytest.mark.parametrize(
    "target",
    ["/%ff", "/%c3%28", "/%ed%a0%80", "/health?q=%ff", "/%c0%af", "/x?%e2%82", b"/x?\xff\xfe"],
)
def test_addresses_that_are_no_utf8_are_refused(server: Served, target: str | bytes) -> None:
    answer = exchange(server, request(target))
    assert status(answer) == 400 and b"Traceback" not in answer


def test_utf8_in_an_address_is_read(server: Served) -> None:
    assert status(exchange(server, request("/health?q=%C3%A9%E2%82%AC%F0%9F%8C%8D"))) == 200


def test_headers_that_are_too_large_are_refused(server: Served) -> None:
    assert status(exchange(server, request(X_Filler="x" * 40_000))) == 431
    many = {f"X_{number}": "y" for number in range(200)}
    assert status(exchange(server, request(**many))) == 431


def test_a_head_without_end_is_not_read_for_ever(server: Served) -> None:
    with connected(server) as line:
        line.sendall(b"GET /health HTTP/1.1\r\n" + HOST + b"X-Filler: ")
        try:
            for _ in range(200):
                line.sendall(b"y" * 10_000)
        except ConnectionError:
            return
        assert status(rest(line)) == 431


def test_an_address_that_is_too_long_is_refused(server: Served) -> None:
    assert status(exchange(server, request("/health?q=" + "x" * 70_000))) == 414
    assert status(exchange(server, request("/health?q=" + "x" * 60_000))) == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "PURGE"])
@pytest.mark.parametrize("target", ["/health", "/sparql"])
def test_methods_that_are_not_for_reading_are_refused(
    server: Served, method: str, target: str
) -> None:
    answer = exchange(server, request(target, method, X_Secret="told-to-nobody"))
    assert status(answer) == 405 and b"told-to-nobody" not in answer
    assert b"\r\nallow: " in answer.lower()


@pytest.mark.parametrize("method", ["get", "Get", "BREW", "G ET", "", "GET\t"])
def test_words_that_are_no_methods_are_refused(server: Served, method: str) -> None:
    assert status(exchange(server, request(method=method))) in (400, 405, 501)


def test_it_is_no_proxy(server: Served) -> None:
    assert status(exchange(server, request("example.org:443", "CONNECT"))) == 405


@pytest.mark.parametrize(
    "sent",
    [
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(60),  # TLS to a plain port
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n",
        b"GET /health HTTP/1.1\r\n" + HOST + b"A: b\x00c\r\n\r\n",
        b"GET /health HTTP/1.1\r\n" + HOST + b" folded: x\r\n\r\n",
        b"GET /health HTTP/1.1\r\n" + HOST + b"A b: c\r\n\r\n",
        b"GET /health HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        b"GET /health HTTP/1.1\r\n\r\n",
        b"GET /health HTTP/9.9\r\n" + HOST + b"\r\n",
        b"GET /health\xff HTTP/1.1\r\n" + HOST + b"\r\n",
        b"\x00" * 100,
    ],
)
def test_what_is_no_request_is_refused(server: Served, sent: bytes) -> None:
    assert status(exchange(server, sent)) == 400
    assert lives(server)


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: +4\r\n",
        b"Content-Length: 4x\r\n",
        b"Content-Length: 99999999999999999999999999\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
    ],
)
def test_a_body_whose_length_is_in_doubt_smuggles_no_request(
    server: Served, headers: bytes
) -> None:
    sent = b"POST /health HTTP/1.1\r\n" + HOST + headers + b"\r\n"
    sent += b"0\r\n\r\nGET /metrics HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    answer = exchange(server, sent)
    assert 400 <= status(answer) < 500 and b"meagraph_requests" not in answer


def test_http_1_0_is_answered(server: Served) -> None:
    answer = exchange(server, b"GET /health HTTP/1.0\r\n\r\n")
    assert status(answer) == 200 and answer.endswith(b"alive\n")


def test_pipelined_requests_are_answered_in_their_order(server: Served) -> None:
    one = b"GET /%s HTTP/1.1\r\n" + HOST + b"\r\n"
    sent = b"".join(one % name for name in (b"health", b"ready", b"health", b"ready"))
    answer = exchange(server, sent + request("/health"))
    alive, ready = b"alive\n", b'"ready"'
    places = [answer.find(alive), answer.find(ready)]
    assert answer.count(b"HTTP/1.1 200") == 5 and -1 < places[0] < places[1]
    assert answer.rfind(alive) > answer.rfind(ready)


def test_a_thousand_pipelined_requests_keep_nobody_else_waiting(server: Served) -> None:
    one = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"
    with connected(server) as line:
        line.sendall(one * 1000)
        assert lives(server)


def test_an_absolute_target_is_answered_as_ours(server: Served) -> None:
    assert status(exchange(server, request("http://evil.example/health"))) == 200


def test_options_for_the_whole_server(server: Served) -> None:
    assert status(exchange(server, request("*", "OPTIONS"))) in (200, 204)


def test_no_other_protocol_is_spoken(server: Served) -> None:
    answer = exchange(
        server,
        request(
            Connection="close, Upgrade",
            Upgrade="websocket",
            Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
            Sec_WebSocket_Version="13",
        ),
    )
    assert status(answer) != 101 and b"sec-websocket-accept" not in answer.lower()


def test_a_client_that_would_rather_speak_http_2_is_answered(server: Served) -> None:
    """Java's client asks so of every plain server, with its body."""
    body = b"query=ASK%7B%7D"
    headers = {"Upgrade": "h2c", "HTTP2_Settings": "AAMA"}
    headers["Content_Type"] = "application/x-www-form-urlencoded"
    offer = "Upgrade, HTTP2-Settings"
    first = request("/sparql", "POST", body, Connection=offer, **headers)
    last = request("/sparql", "POST", body, Connection=f"close, {offer}", **headers)
    answer = exchange(server, first + last)
    assert answer.count(b"HTTP/1.1 200") == 2 and answer.count(b"true") == 2


def test_no_answer_names_the_program_that_gave_it(server: Served) -> None:
    for sent in (request(), request("/no/such/thing"), b"GET\r\n\r\n"):
        assert b"\r\nserver:" not in exchange(server, sent).lower()
