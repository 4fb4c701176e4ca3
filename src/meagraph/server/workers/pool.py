"""The processes that stand ready, and which query goes to which."""

from __future__ import annotations

import asyncio
import logging
import marshal
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput
from meagraph.server.workers.asked import Asked, Ended
from meagraph.server.workers.process import Process
from meagraph.server.workers.waiting import Waiting, one_client

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.server.settings import Settings
    from meagraph.server.workers.asked import Why

_LOOKS_EVERY = 0.1
"""Seconds between two looks at what takes its time."""
_STARTS_WITHIN = 60.0
"""Seconds that processes may take to open the store."""
_TURNS = 2
"""How many queries that take all their time one may have to wait for."""
_PAUSE = 1.0
"""Seconds before a process is started in place of one that could not open the store."""

_log = logging.getLogger("meagraph.server")


def request(
    sparql: str,
    prefixes: Mapping[str, str],
    timeout: float,
    form: str,
    dataset: tuple[Sequence[str], Sequence[str]] | None = None,
    base: str | None = None,
) -> bytes:
    """The request of a query as a worker reads it.

    Args:
        sparql: the query, which `meagraph.queries.examined` has passed.
        prefixes: those that it need not declare.
        timeout: the seconds of computing after which the system ends it.
        form: of the results: ``json``, ``xml``, ``csv``, ``tsv``; of a graph ``nt``, ``ttl``,
            ``jsonld``, ``rdf``.
        dataset: the IRIs of the graphs that make up the default graph, the empty one for our own,
            and those of the named graphs; ``None`` for the dataset as it is.
        base: the IRI that relative ones are relative to.
    """
    told: dict[str, object] = {"query": sparql, "prefixes": dict(prefixes), "seconds": timeout}
    told["rows" if form in ("json", "xml", "csv", "tsv") else "graph"] = form
    if dataset is not None:
        told["default"], told["named"] = (list(graphs) for graphs in dataset)
    if base:
        told["base"] = base
    message = marshal.dumps(told)
    return len(message).to_bytes(8, "big") + message


class Pool:
    """Processes that evaluate one query each, and the queue before them.

    While others wait, a client gets no second process before each of them has one; and it never has
    all of them, where there are several.

    Args:
        store: the folder of the engine's store.
        settings: the limits.
    """

    def __init__(self, store: str, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.ended: Counter[str] = Counter()
        """How many queries were not answered to their end, by `Ended.why`."""
        self.sealed = ""
        """What keeps the processes from the network; empty if nothing does."""
        self._share = max(1, settings.workers - 1)
        self._processes: list[Process] = []
        self._idle: list[Process] = []
        self._running: Counter[str] = Counter()
        self._waiting = Waiting(settings.waiting)
        self._stopping = False
        self._changed = asyncio.Event()
        """Set when a process has become ready, or has ended."""
        self._look: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def running(self) -> int:
        """How many queries are evaluated now."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return self._waiting.count

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes."""
        return [process.pid for process in self._processes]

    # --- beginning and end ----------------------------------------------------------------------

    async def start(self) -> None:
        """Start the processes and wait until they are ready.

        Raises:
            UnusableInput: the store cannot be opened.
        """
        self._stopping = False
        self._loop = asyncio.get_running_loop()
        self._look = asyncio.create_task(self._looking())
        await self._started(self.store)
        if self.sealed:
            _log.info("queries are evaluated without network: %s", self.sealed)
        else:
            _log.warning(
                "this system does not let processes leave the network; that a query asks nothing "
                "elsewhere rests on the words that are refused in it"
            )

    async def stop(self) -> None:
        """End the processes, and what they evaluate."""
        self._stopping = True
        if self._look:
            self._look.cancel()
            with suppress(asyncio.CancelledError):
                await self._look
        for asked in self._waiting:
            self._waiting.remove(asked)
            self._give_up(asked)
        ending = list(self._processes)
        for process in ending:
            process.end(Ended("busy"))
        await asyncio.gather(*(process.reaped for process in ending if process.reaped))

    async def renew(self, store: str) -> None:
        """Evaluate on another store from now on; what runs on the old one comes to its end.

        Raises:
            UnusableInput: the store cannot be opened; the old one is kept.
        """
        new = await self._started(store)
        self.store = store
        for process in list(self._processes):
            if process not in new:
                process.retired = True
                if process.asked is None:
                    process.end()

    async def _started(self, store: str) -> list[Process]:
        """As many processes as there may be, ready, on a store."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _STARTS_WITHIN
        new = [self._start(store) for _ in range(self.settings.workers)]
        while not all(process.ready for process in new):
            failed = next((process for process in new if not process.alive), None)
            if failed or loop.time() > deadline:
                for process in new:
                    process.retired = True
                    process.end()
                why = failed.failure if failed else "it takes too long"
                raise UnusableInput(
                    f"the graph cannot be opened: {why or 'its process ended'}",
                    hint="meagraph build makes it again.",
                )
            self._changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOKS_EVERY)
        self.sealed = new[0].sealed
        return new

    def _start(self, store: str) -> Process:
        memory, largest = self.settings.memory, self.settings.largest
        process = Process(store, memory, largest, self._free, self._dead)
        self._processes.append(process)
        return process

    def _replenish(self) -> None:
        """Start a process in place of each that has ended."""
        lasting = sum(not process.retired for process in self._processes)
        if not self._stopping:
            for _ in range(self.settings.workers - lasting):
                self._start(self.store)

    # --- queries --------------------------------------------------------------------------------

    def ask(self, client: str, message: bytes) -> Asked:
        """Have a query evaluated, as soon as it is this client's turn.

        Args:
            client: the address of who asks.
            message: what `request` made of the query.

        Raises:
            Ended: ``busy``: too many wait already.
        """
        assert self._loop, "the pool has been started"
        client = one_client(client)
        asked = Asked(client, message, self._loop.time())
        if self._running[client] < self._share and self._give(asked):
            return asked
        given_up = self._waiting.add(asked)
        if given_up:
            self._give_up(given_up)
            if given_up.error and given_up is asked:
                raise given_up.error
        return asked

    def cancel(self, asked: Asked) -> None:
        """End a query whose answer nobody wants any more; nothing happens if it is over."""
        if asked.process:
            asked.process.end(Ended("gone"))
        elif not asked.over:
            self._waiting.remove(asked)
            self._give_up(asked, "gone")

    def _give(self, asked: Asked) -> bool:
        """Have a process evaluate a query, if one is free."""
        while self._idle:
            if self._idle.pop().take(asked, self.settings.timeout):
                self._running[asked.client] += 1
                return True
        return False

    def _give_up(self, asked: Asked, why: Why = "busy") -> None:
        """Of a query that waited, or would have."""
        self.ended[why] += 1
        asked.fail(Ended(why))

    def _free(self, process: Process, asked: Asked | None) -> None:
        """A process can take a query, its first or its next."""
        self._count(asked)
        if process.retired:
            process.end()
            return
        self._idle.append(process)
        if asked is None:
            self._changed.set()
        self._next()

    def _dead(self, process: Process, asked: Asked | None) -> None:
        """A process has ended."""
        self._count(asked)
        self._processes.remove(process)
        if process in self._idle:
            self._idle.remove(process)
        self._changed.set()
        if process.ready:
            self._replenish()
        elif self._loop and not (process.retired or self._stopping):
            _log.error("a process for queries ended before it was ready: %s", process.failure)
            self._loop.call_later(_PAUSE, self._replenish)
        self._next()

    def _count(self, asked: Asked | None) -> None:
        """One query of a client less is evaluated."""
        if asked is None:
            return
        self._running[asked.client] -= 1
        if not self._running[asked.client]:
            del self._running[asked.client]
        if asked.error:
            self.ended[asked.error.why] += 1

    def _next(self) -> None:
        while self._idle and self._waiting.count:
            asked = self._waiting.next(self._running, self._share)
            if asked is None:
                return
            if not self._give(asked):
                self._waiting.add(asked)

    async def _looking(self) -> None:
        """End what takes too long; let those who ask be watched meanwhile."""
        assert self._loop
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            now = self._loop.time()
            for process in list(self._processes):
                if process.asked and now > process.asked.deadline:
                    process.end(Ended("time"))
                elif process.asked:
                    self._watch(process.asked, now)
            for asked in self._waiting:
                if now - asked.since > _TURNS * self.settings.timeout:
                    self._waiting.remove(asked)
                    self._give_up(asked)
                else:
                    self._watch(asked, now)

    def _watch(self, asked: Asked, now: float) -> None:
        if asked.watch and now - asked.since > _LOOKS_EVERY:
            watch, asked.watch = asked.watch, None
            watch()
