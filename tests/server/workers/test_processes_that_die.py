"""A process that ends while it has nothing to do, or has said too much, troubles nobody."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from meagraph.server.settings import Settings
from meagraph.server.workers import Asked, Ended, Pool, request

WAIT = 60.0
SETTINGS = Settings(timeout=WAIT, memory=600 << 20, workers=2, waiting=500)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ONE, ANSWER = "SELECT (1 AS ?x) {}", b"x\r\n1\r\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("stores") / "one")
    store = Store(folder)
    label = NamedNode("u:label")
    store.extend(Quad(NamedNode(f"u:{n}"), label, Literal(f"{n:0100}")) for n in range(2000))
    store.flush()
    return folder


def run(of: Callable[[Pool], Awaitable[None]], store: str, settings: Settings = SETTINGS) -> None:
    """Do something with a pool; what the loop had to catch fails the test."""
    caught: list[dict[str, Any]] = []

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, what: caught.append(what))
        pool = Pool(store, settings)
        async with asyncio.timeout(10 * WAIT):
            await pool.start()
            try:
                await of(pool)
            finally:
                await pool.stop()

    asyncio.run(main())
    assert not caught


def begin(pool: Pool, sparql: str, client: str) -> Asked:
    return pool.ask(client, request(sparql, {}, WAIT, "csv"))


async def whole(asked: Asked) -> bytes:
    pieces = []
    while piece := await asked.piece():
        pieces.append(piece)
    return b"".join(pieces)


def test_a_query_is_not_given_to_a_process_whose_end_is_not_noticed_yet(store: str) -> None:
    async def asked(pool: Pool) -> None:
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)  # the loop itself sleeps, and notices nothing
        assert await whole(begin(pool, ONE, "a")) == ANSWER
        assert not pool.ended

    run(asked, store)


def test_a_query_is_not_given_to_a_process_that_has_ended(store: str) -> None:
    """At whatever moment between its end and its burial the query comes."""

    async def asked(pool: Pool) -> None:
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        await asyncio.sleep(0)
        queries = []
        for number in range(200):
            queries.append(begin(pool, ONE, str(number)))
            await asyncio.sleep(0)
        assert {await whole(one) for one in queries} == {ANSWER}
        assert not pool.ended

    run(asked, store)


def test_an_answer_that_is_too_large_in_its_last_piece_is_an_end_like_others(store: str) -> None:
    async def asked(pool: Pool) -> None:
        for _ in range(5):
            query = begin(pool, "SELECT ?o { ?s <u:label> ?o } LIMIT 1100", "a")
            for _ in range(4):
                time.sleep(0.03)  # what a pipe holds has come before any of it is read
                await asyncio.sleep(0)
            with pytest.raises(Ended, match="size"):
                await whole(query)
        assert pool.ended == {"size": 5}

    run(asked, store, SETTINGS._replace(largest=100_000))


def test_addresses_of_one_site_are_one_client(store: str) -> None:
    async def asked(pool: Pool) -> None:
        assert begin(pool, ENDLESS, "2001:db8:0:1::1").process
        assert not begin(pool, ONE, "2001:db8:0:1:ffff::2").process
        other = begin(pool, ENDLESS, "2001:db8:0:2::1")
        assert other.process
        pool.cancel(other)

    run(asked, store)


def test_an_address_of_ipv4_is_one_client_however_it_is_written(store: str) -> None:
    async def asked(pool: Pool) -> None:
        assert begin(pool, ENDLESS, "::ffff:192.0.2.1").process
        assert not begin(pool, ONE, "192.0.2.1").process
        assert begin(pool, ENDLESS, "::ffff:192.0.2.2").process

    run(asked, store)
