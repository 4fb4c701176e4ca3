"""The processes that evaluate the queries of strangers, and the queue before them."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from meagraph.errors import UnusableInput
from meagraph.server.settings import Settings
from meagraph.server.workers import Asked, Ended, Pool, request
from meagraph.server.workers.waiting import Waiting

WAIT = 60.0
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"
SETTINGS = Settings(timeout=WAIT, memory=600 << 20, workers=2, waiting=3)


def stored(folder: Path, name: str, count: int = 300) -> str:
    """A store of things that have a name."""
    store = Store(str(folder / name))
    for number in range(count):
        thing, label = NamedNode(f"u:{number}"), NamedNode("u:label")
        store.add(Quad(thing, label, Literal(f"{name} {number}")))
    store.flush()
    return str(folder / name)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return stored(tmp_path_factory.mktemp("stores"), "one")


@asynccontextmanager
async def pool_of(store: str, settings: Settings = SETTINGS) -> AsyncIterator[Pool]:
    pool = Pool(store, settings)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


def run(of: Callable[[Pool], Awaitable[None]], store: str, settings: Settings = SETTINGS) -> None:
    async def main() -> None:
        async with asyncio.timeout(10 * WAIT), pool_of(store, settings) as pool:
            await of(pool)

    asyncio.run(main())


def begin(pool: Pool, sparql: str, client: str = "a", form: str = "csv") -> Asked:
    return pool.ask(client, request(sparql, {}, WAIT, form))


async def whole(asked: Asked) -> bytes:
    pieces = []
    while piece := await asked.piece():
        pieces.append(piece)
    return b"".join(pieces)


async def end_of(asked: Asked) -> str:
    with pytest.raises(Ended) as caught:
        await whole(asked)
    return caught.value.why


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not true():
            await asyncio.sleep(0.01)


def test_answers_go_to_whoever_asked(store: str) -> None:
    async def asked(pool: Pool) -> None:
        queries = [begin(pool, f"SELECT ({n} AS ?x) {{}}", str(n % 2)) for n in range(5)]
        assert [await whole(one) for one in queries] == [b"x\r\n%d\r\n" % n for n in range(5)]
        assert (pool.running, pool.waiting) == (0, 0)

    run(asked, store)


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("json", b'{"head"'), ("xml", b"<?xml"), ("csv", b"s\r\n"), ("tsv", b"?s\n")],
)
def test_rows_come_in_each_form(store: str, form: str, beginning: bytes) -> None:
    async def asked(pool: Pool) -> None:
        answer = await whole(begin(pool, "SELECT ?s { ?s ?p ?o }", form=form))
        assert answer.startswith(beginning)
        assert answer.count(b"u:") == 300

    run(asked, store)


def test_more_than_may_wait_is_refused_and_one_client_does_not_fill_the_queue(store: str) -> None:
    async def asked(pool: Pool) -> None:
        running = begin(pool, ENDLESS, "greedy")
        waiting = [begin(pool, ENDLESS, "greedy") for _ in range(3)]
        assert (pool.running, pool.waiting) == (1, 3)
        with pytest.raises(Ended, match="busy"):
            begin(pool, ENDLESS, "greedy")
        other = [begin(pool, ENDLESS, "other") for _ in range(2)]
        assert pool.running == 2
        assert await end_of(waiting[-1]) == "busy"
        assert not waiting[0].over and not any(one.over for one in other)
        assert pool.ended["busy"] == 2
        assert running.process

    run(asked, store)


def test_one_client_never_has_all_processes(store: str) -> None:
    async def asked(pool: Pool) -> None:
        for _ in range(3):
            begin(pool, ENDLESS, "greedy")
        assert await whole(begin(pool, "ASK {}", "other", "json"))
        assert pool.running == 1

    run(asked, store)


def test_clients_take_turns() -> None:
    queue, names = Waiting(10), {"a": 3, "b": 2, "c": 1}
    for name, count in names.items():
        for number in range(count):
            assert queue.add(Asked(name, str(number).encode(), 0.0)) is None
    order = []
    while asked := queue.next({}, 1):
        order.append(asked.client + asked.message.decode())
    assert order == ["a0", "b0", "c0", "a1", "b1", "a2"]
    assert queue.count == 0


def test_who_has_fewest_running_comes_first() -> None:
    queue = Waiting(10)
    for name in "ab":
        queue.add(Asked(name, b"", 0.0))
    assert queue.next({"a": 1, "b": 2}, 1) is None
    first = queue.next({"a": 1}, 3)
    assert first and first.client == "b"


@pytest.mark.parametrize(
    ("query", "more", "why"),
    [
        (ENDLESS, {"timeout": 1.0}, "time"),
        (f"SELECT * {{ {CROSS} }} ORDER BY ?l ?a", {"memory": 200 << 20}, "memory"),
        (f"SELECT * {{ {CROSS} }}", {"largest": 1 << 20}, "size"),
        ("SELECT (1" + "+1" * 100_000 + " AS ?x) {}", {}, "crash"),
        ("SELECT ?s {", {}, "syntax"),
    ],
)
def test_a_query_that_is_ended_tells_why_and_the_next_is_answered(
    store: str, query: str, more: dict[str, float], why: str
) -> None:
    async def asked(pool: Pool) -> None:
        told = await end_of(begin(pool, query))
        assert told == why or (why == "crash" and told == "memory")
        assert pool.ended[told] == 1
        assert await whole(begin(pool, "SELECT (1 AS ?x) {}")) == b"x\r\n1\r\n"
        await until(lambda: len(pool.pids) == SETTINGS.workers)

    run(asked, store, SETTINGS._replace(**more))  # type: ignore[arg-type]


def test_a_process_that_was_killed_costs_one_query(store: str) -> None:
    async def asked(pool: Pool) -> None:
        query, other = begin(pool, ENDLESS, "a"), begin(pool, ENDLESS, "b")
        assert query.process
        os.kill(query.process.pid, signal.SIGKILL)
        assert await end_of(query) == "killed"
        assert other.process and not other.over
        assert await whole(begin(pool, "SELECT (1 AS ?x) {}", "c")) == b"x\r\n1\r\n"

    run(asked, store)


def test_a_query_is_ended_when_nobody_wants_its_answer(store: str) -> None:
    async def asked(pool: Pool) -> None:
        running, waiting = begin(pool, ENDLESS), begin(pool, ENDLESS)
        pool.cancel(waiting)
        pool.cancel(running)
        assert [await end_of(one) for one in (running, waiting)] == ["gone", "gone"]
        assert (pool.running, pool.waiting, pool.ended["gone"]) == (0, 0, 2)
        pool.cancel(running)
        assert pool.ended["gone"] == 2

    run(asked, store)


def test_who_waits_too_long_is_told(store: str) -> None:
    async def asked(pool: Pool) -> None:
        begin(pool, ENDLESS)
        waiting = begin(pool, ENDLESS)
        pool.settings = SETTINGS._replace(timeout=0.2)
        assert await end_of(waiting) == "busy"

    run(asked, store)


def test_an_answer_that_nobody_reads_stops_its_process(store: str) -> None:
    """Some MiB are held, and all of it comes when it is read."""

    async def asked(pool: Pool) -> None:
        many = f"SELECT * {{ {CROSS} }} LIMIT 20000"
        slow = begin(pool, many, form="json")
        await until(lambda: slow.held > 4 << 20)
        held = slow.held
        await asyncio.sleep(0.3)
        assert slow.held == held < 6 << 20
        assert not slow.over
        assert (await whole(slow)).endswith(b"]}}")

    run(asked, store, SETTINGS._replace(largest=1 << 30))


def test_the_first_piece_comes_long_before_the_last(store: str) -> None:
    async def asked(pool: Pool) -> None:
        endless = begin(pool, f"SELECT * {{ {CROSS} }}")
        assert len(await endless.piece()) < 1 << 20
        assert not endless.over

    run(asked, store)


def test_another_store_is_taken_while_queries_run(store: str, tmp_path: Path) -> None:
    async def asked(pool: Pool) -> None:
        label = "SELECT ?o { <u:7> <u:label> ?o }"
        running, before = begin(pool, ENDLESS, "b"), set(pool.pids)
        await pool.renew(stored(tmp_path, "two"))
        assert await whole(begin(pool, label)) == b"o\r\ntwo 7\r\n"
        assert not running.over and running.process
        assert set(pool.pids) & before == {running.process.pid}
        os.kill(running.process.pid, signal.SIGKILL)
        await until(lambda: len(pool.pids) == SETTINGS.workers)
        assert set(pool.pids).isdisjoint(before)

    run(asked, store)


def test_a_store_that_cannot_be_opened_is_not_taken(store: str, tmp_path: Path) -> None:
    async def asked(pool: Pool) -> None:
        before = set(pool.pids)
        with pytest.raises(UnusableInput, match="cannot be opened"):
            await pool.renew(str(tmp_path / "none"))
        assert set(pool.pids) == before
        assert await whole(begin(pool, "SELECT (1 AS ?x) {}")) == b"x\r\n1\r\n"

    run(asked, store)


def test_without_a_store_there_is_no_pool(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="cannot be opened"):
        asyncio.run(Pool(str(tmp_path / "none"), SETTINGS).start())


def test_nothing_is_left_of_a_pool_that_has_stopped(store: str) -> None:
    pids: list[int] = []

    async def asked(pool: Pool) -> None:
        pids.extend(pool.pids)
        begin(pool, ENDLESS)

    run(asked, store)
    open_before = len(os.listdir("/dev/fd"))
    run(asked, store)
    assert len(os.listdir("/dev/fd")) == open_before
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


CONNECT = """
import socket, sys
sys.path.insert(0, sys.argv[1])
import sealed
print(sealed.sealed())
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), 5)
except OSError:
    print("cut off")
else:
    print("connected")
"""


def test_a_sealed_process_reaches_nobody() -> None:
    import meagraph.queries.sealed as program

    folder = Path(program.__file__).parent
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        words = [sys.executable, "-I", "-S", "-c", CONNECT, str(folder), port]
        told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("\n")
    assert told[1] == ("cut off" if told[0] else "connected")


def test_the_pool_says_what_keeps_its_processes_from_the_network(store: str) -> None:
    async def asked(pool: Pool) -> None:
        for pid in pool.pids:
            ours, theirs = (Path(f"/proc/{one}/ns/net").readlink() for one in ("self", pid))
            filtered = "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()
            assert (ours != theirs) == ("namespace" in pool.sealed)
            assert filtered == ("filter" in pool.sealed)

    run(asked, store)
