"""One query of a client, and what has come of it so far."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.server.workers.process import Process

MOST_HELD = 4 << 20
"""Bytes of an answer that are held for a client who reads slowly; its process waits meanwhile."""

Why = Literal["time", "memory", "size", "crash", "killed", "syntax", "failed", "busy", "gone"]


class Ended(Exception):
    """A query that was not answered to its end.

    Args:
        why: at which limit it was ended (``time``, ``memory``, ``size``), or that its process ended
            by itself (``crash``) or from outside (``killed``), that the engine could not read
            (``syntax``) or evaluate it (``failed``), that there was no room (``busy``), or that its
            client went away (``gone``).
        said: what the engine said of it.
    """

    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.said = said


class Asked:
    """A query that waits, is evaluated, or was; its answer is read piece by piece.

    Args:
        client: who asks; the queries of one client share its turn.
        message: the request as a worker reads it.
        now: the time by the loop's clock.
    """

    __slots__ = (
        "_pieces",
        "_waiter",
        "client",
        "deadline",
        "done",
        "error",
        "held",
        "message",
        "process",
        "since",
        "total",
        "watch",
    )

    def __init__(self, client: str, message: bytes, now: float) -> None:
        self.client = client
        self.message = message
        self.since = now
        """When it began to wait."""
        self.deadline = 0.0
        """When its evaluation is ended; 0 as long as it waits."""
        self.process: Process | None = None
        self.watch: Callable[[], object] | None = None
        """Called once, when the query turns out to take its time."""
        self.done = False
        """Whether the answer is whole; pieces of it may still be held."""
        self.error: Ended | None = None
        self.held = 0
        self.total = 0
        self._pieces: list[bytes] = []
        self._waiter: asyncio.Future[None] | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.done or self.error is not None

    @property
    def read(self) -> bool:
        """Whether the answer is whole and nothing of it is left to be read."""
        return self.done and not self._pieces

    async def piece(self) -> bytes:
        """All of the answer that has come since the last piece; empty at its end.

        Raises:
            Ended: there is no more, but this is not the end.
        """
        while not self._pieces:
            if self.error:
                raise self.error
            if self.done:
                return b""
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        pieces, self._pieces = self._pieces, []
        self.held = 0
        if self.process:
            self.process.resume()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def add(self, piece: bytes) -> None:
        """A piece of the answer has come."""
        self._pieces.append(piece)
        self.held += len(piece)
        self.total += len(piece)
        self._wake()

    def finish(self) -> None:
        """The answer is whole."""
        self.done = True
        self.process = None
        self._wake()

    def fail(self, error: Ended) -> None:
        """There will be no more of the answer; what is held of it is worth nothing."""
        if not self.over:
            self.error = error
            self._pieces.clear()
            self.process = None
            self._wake()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
