"""What a client is told whose request is refused before the application sees it."""

from __future__ import annotations

LONGEST_TARGET = 64 << 10
"""Bytes of the address that a request names; a query in it may be long."""
LARGEST_HEAD = 32 << 10
"""Bytes of the headers of a request."""
MOST_HEADERS = 100

_TEXTS = {
    400: ("Bad Request", "this is no request of HTTP/1.1"),
    405: ("Method Not Allowed", "this server is no proxy"),
    408: ("Request Timeout", "the request took too long to arrive"),
    414: (
        "URI Too Long",
        f"the address has more than {LONGEST_TARGET >> 10} KiB; send the query with POST",
    ),
    431: (
        "Request Header Fields Too Large",
        f"the headers have more than {LARGEST_HEAD >> 10} KiB, or are more than {MOST_HEADERS}",
    ),
    503: (
        "Service Unavailable",
        "too many clients are connected; try again in a few seconds",
    ),
}


class Refused(Exception):
    """Ends the parser's work on a request; the connection knows the status."""


def answer(status: int) -> bytes:
    """The whole answer, which ends the connection; in plain text, for no ``Accept`` is known."""
    phrase, why = _TEXTS[status]
    text = why.encode() + b"\n"
    retry = b"retry-after: 5\r\n" if status == 503 else b""
    return (
        b"HTTP/1.1 %d %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
        b"x-content-type-options: nosniff\r\n%sconnection: close\r\n\r\n%s"
        % (status, phrase.encode(), len(text), retry, text)
    )
