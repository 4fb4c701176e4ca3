"""Each request is a line of JSON that tells what was done, and of nobody what they asked."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from raw import connected, exchange, lives, request
from running import STARTS_WITHIN, Served

from meagraph.server.logs import Lines, RequestLog, anonymous
from meagraph.server.settings import Settings

CLIENT = httpx.Client(timeout=60)
DIRECT = "application/sparql-query"
QUERY = "ASK { ?unspeakable ?of ?mine }"


def line_of(server: Served, name: str) -> dict[str, Any]:
    """The line of a request, by the name that its answer had; it comes right after the answer."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        for line in server.logged():
            if line.get("id") == name:
                return line
        time.sleep(0.02)
    pytest.fail(f"no line of {name}")


def asked(server: Served, method: str, path: str, **more: Any) -> dict[str, Any]:
    answer = CLIENT.request(method, server.url + path, **more)
    return line_of(server, answer.headers["x-request-id"])


def test_a_line_tells_what_was_done(server: Served) -> None:
    answer = CLIENT.get(server.url + "/ready?x=1", headers={"Accept-Encoding": "identity"})
    line = line_of(server, answer.headers["x-request-id"])
    assert {key: line[key] for key in ("level", "method", "topic", "path", "status")} == {
        "level": "info",
        "method": "GET",
        "topic": "operations",
        "path": "/ready",
        "status": 200,
    }
    assert line["bytes"] == len(answer.content) and line["ms"] >= 0
    time.strptime(line["time"], "%Y-%m-%dT%H:%M:%S." + line["time"][-4:-1] + "Z")


def test_a_line_does_not_tell_what_was_asked(server: Served) -> None:
    got = asked(server, "GET", "/sparql", params={"query": QUERY})
    posted = asked(server, "POST", "/sparql", data={"query": QUERY})
    failed = asked(server, "POST", "/sparql", data={"query": QUERY + " unspeakable ("})
    assert got["path"] == posted["path"] == "/sparql" and failed["status"] == 400
    assert "unspeakable" not in server.said()


def test_the_operator_may_want_to_know_what_was_asked(serving: Callable[..., Served]) -> None:
    server = serving("--log-queries", "--workers", 1)
    assert "unspeakable" in asked(server, "GET", "/sparql", params={"query": QUERY})["query"]
    assert "unspeakable" in asked(server, "POST", "/sparql", data={"query": QUERY})["body"]


def test_each_request_has_a_name_of_its_own(server: Served) -> None:
    names = {CLIENT.get(server.url + "/health").headers["x-request-id"] for _ in range(20)}
    assert len(names) == 20


def test_every_line_is_json(server: Served) -> None:
    exchange(server, request("/%0a%7B%22status%22:200%7D"))
    exchange(server, request("/caf%C3%A9%E2%80%A8x"))
    exchange(server, b"GET\r\n\r\n")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert CLIENT.post(server.url + "/check", content=b"\xff", headers=headers).status_code == 400
    assert lives(server)
    lines = server.said().rpartition("\n")[0].splitlines()
    for line in lines:
        if not line.startswith(("building", "\r")):
            assert line.startswith("{"), line
            assert json.loads(line)["time"] and line.isascii()


def test_a_client_that_goes_away_is_no_fault(server: Served) -> None:
    head = request("/sparql/?gone", "POST", Content_Type=DIRECT, Content_Length=99)
    with connected(server) as line:
        line.sendall(head + b"SELECT")
        assert lives(server)
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if any(line.get("path") == "/sparql/" for line in server.logged()):
            break
        time.sleep(0.05)
    else:
        pytest.fail("nothing was logged")
    assert "Traceback" not in server.said()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_of_a_client_the_network_is_told(address: str, told: str) -> None:
    assert anonymous(address) == told


def test_who_stands_behind_a_proxy_is_not_believed_unasked(server: Served) -> None:
    line = asked(server, "GET", "/health", headers={"X-Forwarded-For": "192.0.2.77"})
    assert line["client"] == "127.0.0.0/24"


@pytest.mark.parametrize(
    ("forwarded", "told"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("198.51.100.1, 192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("<script>", ""),
    ],
)
def test_a_trusted_proxy_says_for_whom_it_asks(trusting: Served, forwarded: str, told: str) -> None:
    """What the client itself wrote stands before what the proxy has added, and is not believed."""
    line = asked(trusting, "GET", "/health", headers={"X-Forwarded-For": forwarded})
    assert line["client"] == told


@pytest.fixture(scope="module")
def trusting(_own_cache: None, _directly: None) -> Generator[Served]:
    from running import running

    with running("--trust-proxy", "127.0.0.1, 10.0.0.0/8", "--workers", 1) as served:
        yield served


class Counted:
    """Stands for the metrics of a server."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []
        self.running = SimpleNamespace(inc=lambda: None, dec=lambda: None)

    def answered(self, topic: str, status: int, seconds: float) -> None:
        self.seen.append((topic, status))


def lines_of(app: Any, send: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is logged of one request; an exception of the application is let go."""

    async def receive() -> Any:
        return None

    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines())
    logger = logging.getLogger("meagraph")
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "level", logging.INFO)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    server: Any = SimpleNamespace(metrics=Counted(), settings=Settings())
    scope = {"type": "http", "method": "GET", "path": "/x", "query_string": b"", "client": None}
    with suppress(asyncio.CancelledError):
        asyncio.run(RequestLog(app, server)(scope, receive, send))
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize("begun", [False, True])
def test_what_is_told_while_the_server_stops_is_counted(
    begun: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped(scope: Any, receive: Any, send: Any) -> None:
        if begun:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"some", "more_body": True})
        raise asyncio.CancelledError

    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    (line,) = lines_of(stopped, send, monkeypatch)
    size = sum(len(one.get("body", b"")) for one in told)
    assert line["bytes"] == size > 0
    assert line["status"] == told[0]["status"] == (200 if begun else 503)
    assert line.get("cut", False) is begun
    assert [one["type"].rpartition(".")[2] for one in told] == ["start", "body"]
    assert (b"x-request-id", line["id"].encode()) in told[0]["headers"]


@pytest.mark.parametrize(("begun", "whole"), [(False, False), (True, False), (True, True)])
def test_a_fault_is_logged_with_its_trace(
    begun: bool, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(scope: Any, receive: Any, send: Any) -> None:
        if begun:
            await send({"type": "http.response.start", "status": 500, "headers": []})
            await send({"type": "http.response.body", "body": b"x", "more_body": not whole})
        raise ValueError("the fault")

    async def unused(*_: Any) -> None:
        return None

    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines())
    monkeypatch.setattr(logging.getLogger("meagraph"), "handlers", [handler])
    counted = Counted()
    server: Any = SimpleNamespace(metrics=counted, settings=Settings())
    scope = {"type": "http", "method": "GET", "path": "/x", "query_string": b"", "client": None}
    try:
        asyncio.run(RequestLog(fails, server)(scope, unused, unused))
        raised = False
    except ValueError:
        raised = True
    assert raised is not whole, "an answer that is not whole must end its connection"
    (line,) = (json.loads(one) for one in written.getvalue().splitlines() if "trace" in one)
    assert "ValueError: the fault" in line["trace"] and line["id"]
    assert counted.seen == [("none", 500)]
