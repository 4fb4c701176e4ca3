"""The queries that wait for a process, in an order that is fair to those who ask."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from ipaddress import IPv6Address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meagraph.server.workers.asked import Asked


_SITE = 64
"""Bits of an address of IPv6 that one site shares; it may use a new one for each query."""


@lru_cache(maxsize=4096)
def one_client(address: str) -> str:
    """Who shares a turn with an address: of IPv6 all of its network, else itself."""
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or ip_network((found, _SITE), strict=False))


class Waiting:
    """A bounded queue: clients take turns, and each one's queries keep their order.

    Args:
        most: how many queries may wait.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0
        self._queues: dict[str, deque[Asked]] = {}
        """By client; whose turn is next stands first."""

    def __iter__(self) -> Iterator[Asked]:
        return (asked for queue in list(self._queues.values()) for asked in list(queue))

    def add(self, asked: Asked) -> Asked | None:
        """Let a query wait; where there is no room, the one that must go, perhaps itself.

        It is the last query of the client who has most of them waiting.
        """
        queue = self._queues.setdefault(asked.client, deque())
        queue.append(asked)
        self.count += 1
        if self.count <= self.most:
            return None
        greedy = max(self._queues.values(), key=len)
        # Of those who have as many, the newcomer goes.
        last = (queue if len(queue) == len(greedy) else greedy)[-1]
        self.remove(last)
        return last

    def remove(self, asked: Asked) -> None:
        """Let a query wait no more; nothing happens if it does not wait."""
        queue = self._queues.get(asked.client)
        if queue and asked in queue:
            queue.remove(asked)
            self.count -= 1
            if not queue:
                del self._queues[asked.client]

    def next(self, running: Mapping[str, int], share: int) -> Asked | None:
        """The query whose turn it is.

        Args:
            running: how many queries of each client are evaluated now.
            share: how many of one client may be.

        Returns:
            One of the client who has the fewest running, of several the one whose turn was longest
            ago; ``None`` if nobody who waits may have more.
        """
        if not self._queues:
            return None
        client = min(self._queues, key=lambda one: running.get(one, 0))
        if running.get(client, 0) >= share:
            return None
        queue = self._queues.pop(client)
        asked = queue.popleft()
        self.count -= 1
        if queue:
            self._queues[client] = queue
        return asked
