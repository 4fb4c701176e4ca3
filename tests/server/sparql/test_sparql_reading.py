"""What reading a long query, and asking one as a page, may cost others."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import httpx
from running import Served
from sparql_client import COUNTED, DIRECT, HTML, WAIT, post

LONG = "ASK { " + "?s ?p ?o . " * 8_000 + "SERVICE <https://elsewhere.example/> {} }"
"""It is read to its end before it is refused, which takes a good part of a second."""
MANY = 60
FEW = 20


def test_long_queries_leave_pages_their_threads(server: Served) -> None:
    """They are read one after the other, and the others wait where they hold no thread."""
    assert httpx.get(f"{server.url}/about", timeout=WAIT).status_code == 200
    with ThreadPoolExecutor(MANY) as clients:
        asked = [clients.submit(post, server.url, LONG, DIRECT) for _ in range(MANY)]
        while not any(one.done() for one in asked):
            time.sleep(0.01)
        begun = sum(one.done() for one in asked)
        assert httpx.get(f"{server.url}/about", timeout=WAIT).status_code == 200
        meanwhile = sum(one.done() for one in asked) - begun
        assert meanwhile < FEW
        assert {one.result().status_code for one in asked} == {400}


def test_a_query_that_is_asked_as_a_page_ends_with_its_client(server: Served) -> None:
    target = f"/sparql?query={quote(COUNTED)}"
    head = f"GET {target} HTTP/1.1\r\nHost: {server.host}\r\nAccept: {HTML}\r\n\r\n"
    with socket.create_connection((server.host, server.port), timeout=WAIT) as client:
        client.sendall(head.encode())
        while not running(server):
            time.sleep(0.01)
    for _ in range(100):  # well below the ten seconds after which it would be ended anyway
        if not running(server):
            break
        time.sleep(0.03)
    assert not running(server)


def running(server: Served) -> int:
    """How many queries are evaluated now."""
    told = httpx.get(f"{server.url}/metrics", timeout=WAIT).text
    line = next(one for one in told.splitlines() if one.startswith("meagraph_queries_running "))
    return int(float(line.split()[1]))
