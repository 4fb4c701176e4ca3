"""Whose draft is judged next: a short queue in which nobody stands in the way of the others."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

RETRY_AFTER = "20"
"""Seconds after which a client that was sent away may come again."""


class _Share:
    """What one client has here: how many drafts, and its own turns, for which they wait first."""

    def __init__(self, at_once: int) -> None:
        self.drafts = 0
        self.turns = asyncio.Semaphore(at_once)


class Turns:
    """Turns to be judged.

    One client gets half of the places to wait, and all but one of those to be judged.

    Args:
        at_once: how many drafts are judged at once.
        waiting: how many more may wait.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._most = at_once + waiting
        self._of_one = max(1, at_once - 1)
        self._most_of_one = self._of_one + (waiting + 1) // 2
        self._turns = asyncio.Semaphore(at_once)
        self._shares: dict[str, _Share] = {}

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn, and hold it.

        Args:
            client: whose turn it is to be.

        Raises:
            Problem: 503 where too many wait, 429 where too many of this client do.
        """
        share = self._shares.get(client) or _Share(self._of_one)
        if sum(one.drafts for one in self._shares.values()) >= self._most:
            raise _sent_away(503, "too many drafts wait to be validated")
        if share.drafts >= self._most_of_one:
            raise _sent_away(429, "too many drafts of yours wait to be validated")
        self._shares[client] = share
        share.drafts += 1
        try:
            # Who waits for a turn of its own client is not in the way of the other clients.
            async with share.turns, self._turns:
                yield
        finally:
            share.drafts -= 1
            if not share.drafts:
                del self._shares[client]


def _sent_away(status: int, why: str) -> Problem:
    hint = f"Try again after {RETRY_AFTER} seconds."
    return Problem(status, why, hint, {"Retry-After": RETRY_AFTER})
