"""An endpoint that is dead, slow or unwilling is told apart, in words that say what to try."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable

import pytest

from loopback import ONE_ROW, Loopback, Visit
from meagraph.endpoints import Endpoint
from meagraph.errors import UnusableInput

Serve = Callable[..., Loopback]
ASKED = "SELECT ?s { ?s ?p ?o }"


def told(endpoint: Endpoint, query: str = ASKED) -> str:
    """What is said of a query that fails: all of it, for a reader."""
    with pytest.raises(UnusableInput) as failure:
        endpoint.query(query)
    assert failure.value.hint, "it says what to try"
    lines = "".join(traceback.format_exception(failure.value))
    assert "urllib.error" not in lines and "During handling" not in lines
    return str(failure.value)


def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        text = told(Endpoint(f"http://127.0.0.1:{taken.getsockname()[1]}/query"))
    assert "refused" in text
    assert "Is the server running" in text


def test_a_machine_that_has_no_address() -> None:
    text = told(Endpoint("http://nowhere.invalid/query"))
    assert "no machine called nowhere.invalid" in text
    assert "spelt" in text


def test_a_server_that_says_nothing(serve: Serve) -> None:
    server = serve(lambda visit: visit.server.closing.wait(5))
    text = told(Endpoint(server.url, timeout=0.2))
    assert "within 0.2 s" in text
    assert "LIMIT" in text and "--timeout" in text


def _headers(visit: Visit) -> None:
    visit.wfile.write(b"HTTP/1.0 200 OK\r\n")
    visit.dribble(b"X-Slow: yes\r\n" * 10)


def _body(visit: Visit) -> None:
    visit.reply(b"", Content_Length="")
    visit.dribble(b" " * 50 + ONE_ROW)


def _body_of_known_length(visit: Visit) -> None:
    visit.reply(b"", Content_Length=str(len(ONE_ROW) + 50))
    visit.dribble(b" " * 50 + ONE_ROW)


@pytest.mark.parametrize("answer", [_headers, _body, _body_of_known_length])
def test_a_server_that_sends_byte_by_byte_is_left_in_the_middle(
    serve: Serve, answer: Callable[[Visit], None]
) -> None:
    server = serve(answer)
    assert "within 0.3 s" in told(Endpoint(server.url, timeout=0.3))
    assert server.ends.get(timeout=60) == "they hung up"


def test_a_server_that_tells_byte_by_byte_why_it_fails_is_left_too(serve: Serve) -> None:
    def answer(visit: Visit) -> None:
        visit.reply(b"", status=500, kind="text/plain", Content_Length="200")
        visit.dribble(b"." * 200)

    server = serve(answer)
    assert "500" in told(Endpoint(server.url, timeout=0.3))
    assert server.ends.get(timeout=60) == "they hung up"


def test_a_server_that_hangs_up(serve: Serve) -> None:
    text = told(Endpoint(serve(lambda visit: None).url))
    assert "hung up without an answer" in text


def test_what_does_not_speak_http(serve: Serve) -> None:
    server = serve(lambda visit: visit.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n"))
    assert "does not speak HTTP" in told(Endpoint(server.url))


@pytest.mark.parametrize(
    ("status", "said", "tried"),
    [
        (403, "wants to know who asks (403", "MEAGRAPH_ENDPOINT_USER"),
        (401, "wants to know who asks (401", "machine 127.0.0.1 login"),
        (404, "there is nothing at", "/sparql"),
        (405, "takes no queries", "/sparql"),
        (413, "too long", "fewer values"),
        (418, "does not answer this (418", "/sparql"),
        (304, "does not answer this (304", "/sparql"),
        (500, "failed (500", "lies there"),
        (502, "failed (502", "lies there"),
        (504, "not ready in its own time (504", "LIMIT"),
    ],
)
def test_each_status_says_what_it_means(serve: Serve, status: int, said: str, tried: str) -> None:
    server = serve(lambda visit: visit.reply(b"", status=status, kind="text/plain"))
    text = told(Endpoint(server.url))
    assert said in text
    assert tried in text
    assert server.url in text
    assert len(server.sent) == 1, "none of these is asked again"


def test_what_the_engine_says_is_shown_in_one_line(serve: Serve) -> None:
    body = "out of memory:\n\x1b[31m2 GB\x1b[0m " + "x" * 1000
    server = serve(lambda visit: visit.reply(body.encode(), status=500, kind="text/plain"))
    text = told(Endpoint(server.url))
    assert "out of memory: [31m2 GB" in text
    assert "\x1b" not in text
    assert len(text) < 600


def test_a_page_that_explains_a_failure_is_not_shown(serve: Serve) -> None:
    page = b"<html><body><h1>Oops</h1></body></html>"
    server = serve(lambda visit: visit.reply(page, status=500, kind="text/html"))
    assert "Oops" not in told(Endpoint(server.url))


def test_a_mistake_in_the_query_is_a_syntax_error_as_with_a_store(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply(b"parse error", status=400, kind="text/plain"))
    with pytest.raises(SyntaxError):
        Endpoint(server.url).query("SELECT ?s { ?s a }")


def test_a_query_that_is_sound_but_refused_is_told_with_the_engines_words(serve: Serve) -> None:
    body = b"estimated execution time exceeds the limit"
    server = serve(lambda visit: visit.reply(body, status=400, kind="text/plain"))
    text = told(Endpoint(server.url))
    assert "refuses the query (400): estimated execution time exceeds the limit" in text
    assert "valid SPARQL" in text


def test_a_refused_query_calls_up_no_other_machine(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply(b"no", status=400, kind="text/plain"))
    other = serve(lambda visit: visit.reply())
    assert "(400): no" in told(
        Endpoint(server.url), f"ASK {{ SERVICE <{other.url}> {{ ?s ?p ?o }} }}"
    )
    assert not other.sent
