"""Bytes on a connection, as no decent client sends them."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager

from running import Served

PATIENCE = 60.0
"""Seconds after which a test gives up; nothing here takes them."""


@contextmanager
def connected(server: Served, small: bool = False) -> Generator[socket.socket]:
    """A connection; with ``small`` one that takes few bytes before they are read."""
    with socket.socket() as line:
        if small:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(PATIENCE)
        line.connect((server.host, server.port))
        yield line


def rest(line: socket.socket) -> bytes:
    """All that comes until the other side ends the connection, in whatever way."""
    got = bytearray()
    try:
        while piece := line.recv(1 << 16):
            got += piece
    except ConnectionError:
        pass
    return bytes(got)


def exchange(server: Served, sent: bytes) -> bytes:
    """What comes back for these bytes until the connection is ended."""
    with connected(server) as line:
        line.sendall(sent)
        return rest(line)


def request(
    target: str | bytes = "/health",
    method: str = "GET",
    body: bytes = b"",
    version: str = "1.1",
    **headers: str | int,
) -> bytes:
    """A request, whose connection is to be ended after it; ``_`` in names of headers is ``-``."""
    given = {"Host": "127.0.0.1", "Connection": "close", **headers}
    if body:
        given.setdefault("Content_Length", len(body))
    lines = "".join(f"{key.replace('_', '-')}: {text}\r\n" for key, text in given.items())
    address = target if isinstance(target, bytes) else target.encode("latin-1")
    return b"%s %s HTTP/%s\r\n%s\r\n%s" % (
        method.encode(),
        address,
        version.encode(),
        lines.encode("latin-1"),
        body,
    )


def status(answer: bytes) -> int:
    """The status of the first response; 0 where none came."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.") else 0


def lives(server: Served) -> bool:
    """Whether others are still answered."""
    return status(exchange(server, request())) == 200
