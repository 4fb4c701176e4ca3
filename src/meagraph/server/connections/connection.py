"""One connection of a client that may be slow, greedy or malicious.

uvicorn reads requests and writes responses, but waits for ever for the rest of a request and for a
reader that does not read, and takes headers of any size. Each of these is bounded here, as the
module reqtimeout of Apache and the time-outs of nginx do it. What is refused before there is a
request is answered in plain text: there is no ``Accept`` yet.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any

from httptools import HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from meagraph.server.connections.line import Line, reset
from meagraph.server.connections.refusing import (
    LARGEST_HEAD,
    LONGEST_TARGET,
    MOST_HEADERS,
    Refused,
    answer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.server.settings import Settings

SLOWEST = 4 << 10
"""Bytes a second that a client must send or take; a dribble is no progress."""
LINGERS = 2.0
"""Seconds in which the rest of a refused request is thrown away, so that the client gets to read
why; closed at once, the system would take the answer back (RFC 9112, section 9.6)."""
LARGEST_REST = 16 << 20
"""Bytes of it that are taken."""
IDLE = 65
"""Seconds for which a connection is kept without a request; longer than proxies keep theirs."""

# What uvicorn would say of requests that cannot be read, and of faults that were logged before.
_quiet = logging.getLogger("meagraph.server.quiet")
_quiet.setLevel(logging.CRITICAL + 1)


class Connection(HttpToolsProtocol):
    """A connection with the limits of `Settings`; `protocol` makes the class for a server."""

    patience: float
    most: int
    refused: Callable[[str], None]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.logger = _quiet
        self.since = monotonic()
        self._stage = ""  # of the request that arrives: head, body, or none
        self._status = 0  # of the answer where the request is refused
        self._target = self._head = self._fields = self._hosts = self._taken = 0
        self._endless = False  # whether the end of the connection is that of the answer
        self._timer: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin: a request must follow."""
        line: Any = Line(transport, self.loop, self._end)
        super().connection_made(line)
        self._line = transport
        self._reading = self._piece = b""  # what is read, and what is to be read next
        self._ceded = False  # whether the parser leaves the rest of it to another protocol
        if len(self.connections) > self.most and not self._room():
            self._refuse(503)
            return
        self._timer = self.loop.call_later(self.patience, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop("_timer")
        self._stop("_stuck")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read a piece of a request."""
        self._taken += len(data)
        if self.transport.is_closing():  # thrown away: the client is being told why
            if self._taken > LARGEST_REST:
                self._line.abort()
            return
        self._piece = data
        while self._piece and not self.transport.is_closing():
            data, self._piece = self._piece, b""
            self._reading = data
            super().data_received(data)  # puts back what the parser has left
        self._reading = b""
        if self.transport.is_closing():
            return
        if self._stage == "head" and self._taken > LONGEST_TARGET + LARGEST_HEAD:
            self._refuse(431)
        elif self._timer is None and (self._stage or self._resting()):
            self.since, self._taken = monotonic(), len(data)
            self._timer = self.loop.call_later(self.patience, self._late)

    def _resting(self) -> bool:
        """Whether no request is being read or answered."""
        return not self._stage and (self.cycle is None or self.cycle.response_complete)

    # What the parser finds

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._stage = "head"
        self._ceded = False
        self._target = self._head = self._fields = self._hosts = 0

    def on_url(self, url: bytes) -> None:
        """A part of its target."""
        self._target += len(url)
        if self._target > LONGEST_TARGET:
            raise self._refusal(414)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its headers."""
        self._head += len(name) + len(value)
        self._fields += 1
        if self._head > LARGEST_HEAD or self._fields > MOST_HEADERS:
            raise self._refusal(431)
        super().on_header(name, value)
        self._hosts += self.headers[-1][0] == b"host"

    def on_headers_complete(self) -> None:
        """Its head is whole: begin to answer."""
        method = self.parser.get_method()
        if method == b"CONNECT":
            raise self._refusal(405)
        if self._hosts > 1 or (not self._hosts and self.parser.get_http_version() == "1.1"):
            raise self._refusal(400)  # RFC 9112, section 3.2
        if method == b"OPTIONS" and self.url == b"*":
            self.url = b"/"
        self._ceded = self.parser.should_upgrade()
        if not self._ceded:
            super().on_headers_complete()
            self._stage = "body"
            if self.parser.get_http_version() == "1.0":
                self._speak_plainly()

    def _speak_plainly(self) -> None:
        """Answer HTTP/1.0, which knows no chunks: where the length of an answer is not told, its
        end is that of the connection (RFC 9112, section 6.3)."""
        cycle: Any = self.cycle
        send = cycle.send

        async def plain(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.body":
                if self._endless:  # each piece is all that is expected
                    cycle.expected_content_length = len(message.get("body", b""))
            elif all(name.lower() != b"content-length" for name, _ in message["headers"]):
                cycle.chunked_encoding, self._endless = False, True
            await send(message)

        cycle.send = plain

    def on_message_complete(self) -> None:
        """It is whole."""
        if self._ceded:
            return
        super().on_message_complete()
        self._stage = ""
        self._taken = 0
        self._stop("_timer")

    def _unsupported_upgrade_warning(self) -> None:
        """Read a request that offers another protocol as if it did not, with its body.

        A server may pass over the offer (RFC 9110, section 7.8); the parser cannot, and has left
        the rest unread. Java's client offers HTTP/2 to every server.
        """
        error = sys.exc_info()[1]
        left = self._reading[error.args[0] :] if error else b""
        version = self.parser.get_http_version().encode()
        lines = [self.parser.get_method() + b" " + self.url + b" HTTP/" + version]
        for name, value in self.headers:
            if name == b"connection":
                value = b"close" if b"close" in value.lower() else b""
            if name != b"upgrade":
                lines.append(name + b": " + value)
        self.parser = HttpRequestParser(self)
        self._piece = b"\r\n".join(lines) + b"\r\n\r\n" + left

    def _refusal(self, status: int) -> Refused:
        self._status = status
        return Refused()

    def send_400_response(self, msg: str) -> None:
        """Answer what the parser gives up; with the status that fits."""
        self._refuse(self._status or 400)

    # What ends a connection

    def _refuse(self, status: int) -> None:
        """Answer in place of the application, unless it has begun to, and end the connection."""
        self._status = status
        self.refused({408: "slow", 503: "crowded"}.get(status, "malformed"))
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering:
            begun = self.cycle.response_started or self.pipeline
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if begun:
                self._cut()
                return
        self.transport.write(answer(status))
        self.transport.close()

    def _late(self) -> None:
        """The client had its time."""
        self._timer = None
        if self.transport.is_closing():
            return
        if self.flow.read_paused and self._stage:
            left = self.patience  # it is we who do not read
        elif self._stage == "body":
            left = self.since + self.patience + self._taken / SLOWEST - monotonic()
        else:
            left = 0.0
        if left > 0:
            self._timer = self.loop.call_later(left, self._late)
        elif self._stage:
            self._refuse(408)
        elif self._resting():
            self._line.abort()

    def pause_writing(self) -> None:
        """More is written than the client takes at once."""
        super().pause_writing()
        self._mind_reader()

    def resume_writing(self) -> None:
        """The client took most of it."""
        super().resume_writing()
        if not self.transport.is_closing():
            self._stop("_stuck")

    def _mind_reader(self) -> None:
        self._stop("_stuck")
        unsent = self._line.get_write_buffer_size()
        self._stuck = self.loop.call_later(self.patience, self._unread, unsent)

    def _unread(self, unsent: int) -> None:
        """The client had time to take a good part of what was to be sent."""
        left = self._line.get_write_buffer_size()
        if left and unsent - left < SLOWEST * self.patience:
            self.refused("unread")
            self._cut()
        elif left:
            self._mind_reader()

    def on_response_complete(self) -> None:
        """Go on with the next request, if this one has arrived to its end."""
        super().on_response_complete()
        if self._stage == "body" and not self.pipeline:
            self.transport.close()

    def _end(self) -> None:
        """End it: at once where all was read, else when the client has had a moment to listen."""
        self._unset_keepalive_if_required()
        self._stop("_timer")
        if self._endless and not self.cycle.response_complete:
            self._cut()
            return
        if self._stage or self._status:
            self._taken = 0
            self._line.write_eof()
            self.flow.resume_reading()
            self._timer = self.loop.call_later(LINGERS, self._line.close)
        else:
            self._line.close()
        self._mind_reader()  # what is not taken is not kept for ever, either

    def _cut(self) -> None:
        """End it in the midst of an answer, which must not look whole."""
        if self._endless:
            reset(self._line)
        else:
            self._line.abort()

    def _room(self) -> bool:
        """End the connection that has kept us waiting longest; false if all are being answered."""
        others = [
            one for one in self.connections if isinstance(one, Connection) and one is not self
        ]
        waiting = [one for one in others if one._is_waited_for()]
        if waiting:
            min(waiting, key=lambda one: one.since)._line.abort()
        return bool(waiting)

    def _is_waited_for(self) -> bool:
        return self._stage == "head" or self._resting()

    def _stop(self, name: str) -> None:
        timer = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)


def protocol(settings: Settings, refused: Callable[[str], None]) -> type[Connection]:
    """The class of the connections of a server.

    Args:
        settings: the limits.
        refused: told why a connection was ended: ``malformed``, ``slow``, ``unread``, ``crowded``.
    """
    limits = {
        "patience": settings.patience,
        "most": settings.connections,
        "refused": staticmethod(refused),
    }
    return type("LimitedConnection", (Connection,), limits)
