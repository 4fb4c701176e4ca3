"""Large answers: the first byte early, never a broken one that looks whole, little memory."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator
from urllib.parse import quote

import httpx
import pytest
from running import Served, running
from sparql_client import CROSS, DIRECT, JSON, WAIT, ask, neighbour, new, post

MANY = "SELECT * { ?a ?b ?c . ?a ?d ?e } LIMIT 100000"
ENDLESS = f"SELECT * {{ {CROSS} }}"


@pytest.fixture(scope="module")
def patient(_own_cache: None, _directly: None) -> Generator[Served]:
    """A server whose queries may take three seconds."""
    with running("--timeout", 3) as served:
        yield served


def test_a_hundred_thousand_rows_come_whole(serving: Callable[..., Served]) -> None:
    answer = ask(serving("--timeout", WAIT).url, MANY, "text/csv")
    assert answer.text.count("\r\n") == 100_001


def test_the_first_rows_come_before_the_last_are_known(patient: Served) -> None:
    plain = {"Accept-Encoding": "identity", "Accept": JSON}
    address = f"{patient.url}/sparql?query={quote(ENDLESS)}"
    with httpx.stream("GET", address, headers=plain, timeout=WAIT) as answer:
        assert answer.status_code == 200
        assert b'"bindings"' in next(answer.iter_raw())


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_answer_that_is_ended_does_not_look_whole(patient: Served, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding, "Accept": JSON}
    address = f"{patient.url}/sparql?query={quote(ENDLESS)}"
    with (
        pytest.raises(httpx.RemoteProtocolError),
        httpx.stream("GET", address, headers=headers, timeout=WAIT) as answer,
    ):
        for _ in answer.iter_raw():
            pass
    assert ask(patient.url, new()).status_code == 200


def test_a_slow_reader_holds_no_process_beyond_the_limit(patient: Served) -> None:
    """Its answer is broken off at the limit; meanwhile and afterwards others are served."""
    request = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n"
    readers = [socket.create_connection((patient.host, patient.port)) for _ in range(2)]
    try:
        for reader in readers:
            reader.sendall(request.encode())
        with neighbour() as client:
            answer = client.get(f"{patient.url}/sparql", params={"query": new()})
            assert answer.status_code == 200
        for _ in range(int(WAIT * 10)):
            if _ended(patient, "time") >= 1:
                break
            time.sleep(0.1)
        assert _ended(patient, "time") >= 1
        assert ask(patient.url, new()).status_code == 200
    finally:
        for reader in readers:
            reader.close()


def test_head_of_a_large_answer_has_no_body(server: Served) -> None:
    answer = httpx.head(f"{server.url}/sparql?query={quote(MANY)}", timeout=WAIT)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == JSON
    assert answer.content == b""
    assert ask(server.url, new()).status_code == 200


def test_a_long_query_is_sent_to_its_process_whole(server: Served) -> None:
    text = "ä" * 90_000
    answer = post(server.url, f"ASK {{ FILTER(STRLEN('{text}') = 90000) }}", DIRECT)
    assert answer.json()["boolean"] is True


def _ended(served: Served, why: str) -> float:
    told = httpx.get(f"{served.url}/metrics", timeout=WAIT).text
    lines = [line for line in told.splitlines() if f'"{why}"' in line and "ended" in line]
    return sum(float(line.rpartition(" ")[2]) for line in lines)
