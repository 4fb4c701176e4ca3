"""Clients that are slow or many: cut off when their time is over, while others are answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest
from raw import PATIENCE, connected, exchange, lives, request, rest, status
from running import Served, running

FORM = "application/x-www-form-urlencoded"
MANY = 40


@pytest.fixture(scope="module")
def hasty(_own_cache: None, _directly: None) -> Generator[Served]:
    """A server that waits a second for its clients, and takes forty of them."""
    with running("--patience", 1, "--connections", MANY, "--log-queries") as served:
        yield served


def dribble(server: Served, head: bytes) -> tuple[bytes, bool]:
    """Send byte after byte for as long as they are taken; what came back, and if it was cut."""
    deadline = time.monotonic() + PATIENCE
    with connected(server) as line:
        line.sendall(head)
        line.settimeout(0.1)
        while time.monotonic() < deadline:
            try:
                line.sendall(b"x")
                got = line.recv(1 << 16)
            except TimeoutError:
                continue
            except ConnectionError:
                return b"", True
            return got, True
    return b"", False


def test_a_head_that_dribbles_is_cut_off(hasty: Served) -> None:
    got, cut = dribble(hasty, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
    assert cut and status(got) in (0, 408)
    assert lives(hasty)


def test_a_body_that_dribbles_is_cut_off(hasty: Served) -> None:
    head = request("/sparql", "POST", Content_Type=FORM, Content_Length=100_000)
    got, cut = dribble(hasty, head)
    assert cut and status(got) in (0, 408)
    assert lives(hasty)


def test_a_body_that_nobody_reads_does_not_dribble_on(hasty: Served) -> None:
    head = request("/health", Content_Length=100_000, Connection="keep-alive")
    with connected(hasty) as line:
        line.sendall(head)
        assert status(rest(line)) == 200


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET /heal"])
def test_a_connection_that_asks_nothing_is_ended(hasty: Served, sent: bytes) -> None:
    assert status(exchange(hasty, sent)) in (0, 408)


def test_line_ends_for_ever_keep_no_connection(hasty: Served) -> None:
    deadline = time.monotonic() + PATIENCE
    with connected(hasty) as line, pytest.raises(ConnectionError):
        while time.monotonic() < deadline:
            line.sendall(b"\r\n")
            time.sleep(0.05)


def test_a_reader_that_does_not_read_is_cut_off(hasty: Served) -> None:
    """Its requests are pipelined, so that what it does not take grows."""
    one = b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with connected(hasty, small=True) as line:
        line.settimeout(1)
        with suppress(TimeoutError, ConnectionError):
            line.sendall(one * 20_000)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not refused(hasty, "unread"):
            time.sleep(0.1)
    assert refused(hasty, "unread") >= 1
    assert lives(hasty)


def refused(server: Served, reason: str) -> float:
    """How many connections were ended for this reason."""
    told = exchange(server, request("/metrics")).decode()
    start = f'meagraph_connections_refused_total{{reason="{reason}"}} '
    lines = [line for line in told.splitlines() if line.startswith(start)]
    return float(lines[0].removeprefix(start)) if lines else 0.0


def test_clients_that_only_wait_make_room_for_those_that_ask(hasty: Served) -> None:
    """Three times as many as there is room for open a connection, begin to ask, and go on."""
    with ExitStack() as lines:
        for _ in range(3 * MANY):
            line = lines.enter_context(connected(hasty))
            line.sendall(b"GET /health HTTP/1.1\r\n")
        assert lives(hasty)


def test_two_hundred_connections_at_once_are_answered(server: Served) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(connected(server)) for _ in range(200)]
        for line in lines:
            line.sendall(request("/ready"))
        with ThreadPoolExecutor(20) as readers:
            answers = list(readers.map(rest, lines))
    assert [status(answer) for answer in answers] == [200] * 200


def test_a_client_that_goes_away_costs_nothing(serving: Callable[..., Served]) -> None:
    server = serving("--workers", 1)
    for _ in range(50):
        with connected(server) as line:
            line.sendall(request("/ready", Connection="keep-alive")[:-2])
    for _ in range(50):
        with connected(server) as line:
            line.sendall(request("/ready"))
    assert lives(server)
    assert "Traceback" not in server.said()
