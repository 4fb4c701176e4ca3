"""How much a server does at once for stored questions, and what it does once for all of them."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from questions.stored import graph

from meagraph.server.problems import Problem
from meagraph.server.questions import asking
from meagraph.server.questions.answering import Answers
from meagraph.server.questions.forms import JSON
from meagraph.server.serving import Server
from meagraph.server.settings import Settings

WAIT = 60.0
WAITING = 3
AT_ONCE = 4


def served() -> Server:
    """A server of the graph that was not started, so that it has no workers."""
    return Server(graph().project, graph().folder, Settings(waiting=WAITING))


def test_who_comes_when_too_many_wait_is_sent_away_and_the_others_are_answered() -> None:
    answers = Answers(served())
    release, running = threading.Event(), threading.Semaphore(0)

    def work() -> str:
        running.release()
        assert release.wait(WAIT)
        return "done"

    async def main() -> None:
        async def ask() -> str:
            return await answers.in_thread(work)

        taken = [asyncio.create_task(ask()) for _ in range(AT_ONCE + WAITING)]
        for _ in range(AT_ONCE):
            assert await asyncio.to_thread(running.acquire, timeout=WAIT)
        try:
            with pytest.raises(Problem) as caught:
                async with asyncio.timeout(WAIT / 10):  # it is told at once, or waits for ever
                    await ask()
            assert not running.acquire(blocking=False), "more are evaluated than may be at once"
        finally:
            release.set()
        assert caught.value.status == 503
        assert "too many questions" in caught.value.detail
        assert int(caught.value.headers["Retry-After"]) > 0
        assert await asyncio.gather(*taken) == ["done"] * (AT_ONCE + WAITING)
        assert await ask() == "done", "who comes again is answered"

    asyncio.run(main())


def test_a_refusal_asks_of_the_whole_graph_only_what_was_not_asked_before() -> None:
    """Else a few wrong values at once would keep all others from their answers."""
    server = served()
    answers, edition = Answers(server), server.edition
    evaluated: list[str] = []

    class Counting:
        def query(self, query: str, **more: Any) -> Any:
            evaluated.append(query)
            return store.query(query, **more)

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

    store = edition.store
    edition.store = Counting()  # type: ignore[assignment]

    def refused(value: str) -> list[str]:
        evaluated.clear()
        asked = asking.read(edition.questions["numbers"], [("of", value)])
        with pytest.raises(Problem, match="nothing in the graph is called") as caught:
            answers.prepare(edition, asked, JSON, lenient=False)
        assert value in caught.value.detail
        # What only reads the question's own values takes nothing from the graph.
        return [query for query in evaluated if "{ VALUES ?value {" not in query]

    assert refused("Nonsense of one sort")
    assert not refused("Nonsense of another")
