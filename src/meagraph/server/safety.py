"""Headers of every response, and requests that do not mean what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from meagraph.server.negotiation import takes_gzip
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Teller = Callable[[Request, Problem], Response]

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, ETag, Last-Modified, Content-Disposition, Meagraph-Version, X-Total-Count"
    ),
}
"""A page runs no script, asks nothing of another origin, and stands in nobody's frame; scripts of
other origins may read all that we have (Fetch standard, CORS protocol)."""

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}

_RAW = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HIGH = re.compile(rb"%[89A-Fa-f]")


class SafeHeaders:
    """Adds the headers of every response, and lets scripts of other origins ask.

    They keep a browser from doing what a text in the graph might ask of it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a request answered (ASGI 3)."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                present = {name.lower() for name, _ in given}
                message["headers"] = [*given, *(one for one in _RAW if one[0] not in present)]
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS" and _is_preflight(scope):
            await Response(None, 204, _PREFLIGHT)(scope, receive, sent)
        else:
            await self.app(scope, receive, sent)


class PlainRequests:
    """Lets a request mean one thing only, or refuses it.

    * ``Host``, and the scheme, become those of the base address: whatever is made of a request's
      own address, such as a redirection, leads to us and not where the client says that we are.
    * ``Accept-Encoding`` is taken out where it refuses gzip (RFC 9110, 12.5.3): what compresses
      looks for the word only, and would find it in ``gzip;q=0``.
    * An address that is no UTF-8, or has control characters in its path, is refused.

    The scope itself is changed and not a copy: the log reads in it whom the router has called.

    Args:
        app: what the request is for.
        base_url: the address of the server.
        tell: what makes a response of a problem, in the words of the topic that was asked.
    """

    def __init__(self, app: ASGIApp, base_url: str, tell: Teller) -> None:
        self.app = app
        self.tell = tell
        parts = urlsplit(base_url)
        self.scheme = parts.scheme
        self.host = (b"host", parts.netloc.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on in plain form, or refuse it (ASGI 3)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, encodings = [self.host], []
        for one in scope["headers"]:
            if one[0] == b"accept-encoding":
                encodings.append(one[1])
            elif one[0] != b"host":
                headers.append(one)
        if encodings and takes_gzip(b", ".join(encodings).decode("latin-1")):
            headers.append((b"accept-encoding", b"gzip"))
        scope["headers"] = headers
        scope["scheme"] = self.scheme
        if not _is_text(scope):
            problem = Problem(
                400,
                "the address is no text",
                "Write it in UTF-8, percent-encoded, without control characters in its path.",
            )
            await self.tell(Request(scope), problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_preflight(scope: Scope) -> bool:
    """Whether a browser asks if it may send what a script of another origin wants it to."""
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])


def _is_text(scope: Scope) -> bool:
    query: bytes = scope["query_string"]
    if _CONTROL.search(scope["path"]) or not query.isascii():
        return False
    try:
        for part in (scope.get("raw_path") or b"", query):
            if _HIGH.search(part):
                unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        return False
    return True
