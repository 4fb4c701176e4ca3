"""The transport of a connection, as the protocol above it sees it."""

from __future__ import annotations

import asyncio
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SENT_AT_ONCE = 64 << 10
"""Bytes of an answer that may wait for the next ones of the same moment."""
_LINGER = (1, 13) if sys.platform == "linux" else (0xFFFF, 0x80)
"""``SOL_SOCKET`` and ``SO_LINGER``, by the system; nothing here opens sockets."""


class Line:
    """What is written at one go is sent at one go; its end lets the client read the last of it.

    Args:
        transport: of the connection.
        loop: the loop of events.
        end: what ends the connection, called once.
    """

    def __init__(
        self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, end: Callable[[], None]
    ) -> None:
        self.transport = transport
        self.closing = False
        self._loop = loop
        self._unsent = bytearray()
        self.pause_reading = transport.pause_reading
        self.resume_reading = transport.resume_reading
        self.get_extra_info = transport.get_extra_info
        self._end = end

    def write(self, piece: bytes) -> None:
        """Send it with what else is written at this moment."""
        # The head of an answer and a small body leave together: each sending wakes the client.
        if not self._unsent:
            self._loop.call_soon(self.flush)
        self._unsent += piece
        if len(self._unsent) > _SENT_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Send what was written."""
        if self._unsent and not self.transport.is_closing():
            self.transport.write(bytes(self._unsent))
        self._unsent.clear()

    def is_closing(self) -> bool:
        """Whether nothing more is sent."""
        return self.closing or self.transport.is_closing()

    def close(self) -> None:
        """Send what was written, and end."""
        if not self.is_closing():
            self.closing = True
            self.flush()
            self._end()


def reset(transport: asyncio.Transport) -> None:
    """End a connection so that its client sees a fault, and not the end of an answer."""
    line = transport.get_extra_info("socket")
    line.setsockopt(*_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
