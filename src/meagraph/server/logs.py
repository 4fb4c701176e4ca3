"""What the server tells of its work: a line of JSON for each request and each event.

Nobody is to be found in it: of a client's address the last part is taken out, and what was asked
is not told unless the operator wants it.
"""

from __future__ import annotations

import json
import logging
from asyncio import CancelledError
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address, ip_network
from itertools import count
from secrets import token_hex
from time import gmtime, perf_counter, strftime
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from meagraph.server.serving import Server

_requests = logging.getLogger("meagraph.server.requests")
_faults = logging.getLogger("meagraph.server.faults")

_LONGEST = 500
"""Characters of a path that are logged."""
_ASKED = 10_000
"""Bytes of a request's contents that are logged where they are."""
_KEPT_BITS = {4: 24, 6: 48}
_LEVELS = {
    "": logging.WARNING,
    "meagraph": logging.INFO,
    "uvicorn": logging.WARNING,
    "python_multipart": logging.ERROR,  # it warns of each byte that a client sends amiss
}
_NOBODY = 499
"""The status in the log where the client went before it was answered; never sent."""


class Lines(logging.Formatter):
    """A record as a line of JSON: time, level, message, and the fields that it brings."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in ASCII: no terminal takes anything in it for a command."""
        stamp = strftime("%Y-%m-%dT%H:%M:%S", gmtime(record.created))
        line: dict[str, Any] = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


def configure() -> None:
    """Write what the server and its libraries log to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.captureWarnings(True)  # such as that a name was given up; else they would be no JSON
    logging.getLogger().handlers = [handler]  # of all libraries; what they warn of is rare
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    # Nobody reads where in the program a line was written; finding it out takes time.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.raiseExceptions = False


@lru_cache(maxsize=4096)
def anonymous(address: str) -> str:
    """The network of an address: 24 bits of IPv4, 48 of IPv6; empty for what is no address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    plain = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{plain}/{_KEPT_BITS[plain.version]}", strict=False))


class RequestLog:
    """Names each request, counts it, and logs it when it has been answered.

    A fault is logged with its trace under the request's name, which the client is told as
    ``X-Request-ID``, and goes no further: the connection is ended where an answer was begun.

    Args:
        app: what answers.
        server: its settings and metrics.
    """

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self.app = app
        self.metrics = server.metrics
        self.tells_queries = server.settings.log_queries
        self._run = token_hex(4)
        self._numbers = count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a request answered (ASGI 3)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = perf_counter()
        name = f"{self._run}-{next(self._numbers):x}"
        tag = (b"x-request-id", name.encode())
        status = size = 0
        whole = False
        asked = bytearray()

        async def sent(message: Message) -> None:
            nonlocal status, size, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), tag]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        async def received() -> Message:
            message = await receive()
            if len(asked) < _ASKED:
                asked.extend(message.get("body", b"")[:_ASKED])
            return message

        self.metrics.running.inc()
        try:
            await self.app(scope, received if self.tells_queries else receive, sent)
        except CancelledError:
            if not status:
                await _stopped(sent)
            raise
        except ClientDisconnect:
            status = status or _NOBODY
        except Exception:
            status = status or 500
            _faults.exception("a request failed", extra={"fields": {"id": name}})
            if not whole:
                raise  # ends the connection: what was sent must not look complete
        finally:
            self.metrics.running.dec()
            seconds = perf_counter() - start
            topic = _topic(scope)
            self.metrics.answered(topic, status or _NOBODY, seconds)
            if _requests.isEnabledFor(logging.INFO):
                client = scope.get("client")
                fields = {
                    "id": name,
                    "method": scope["method"],
                    "topic": topic,
                    "path": scope["path"][:_LONGEST],
                    "status": status or _NOBODY,
                    "ms": round(seconds * 1000, 2),
                    "bytes": size,
                    "client": anonymous(client[0]) if client else "",
                }
                if not whole:
                    fields["cut"] = True
                if self.tells_queries:
                    fields["query"] = scope["query_string"][:_ASKED].decode("latin-1")
                    fields["body"] = asked[:_ASKED].decode(errors="replace")
                _requests.info("request", extra={"fields": fields})


async def _stopped(send: Send) -> None:
    """Tell a client that the server stops, as long as no answer was begun."""
    text = b"the server stops; ask again in a moment\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(text)),
        (b"retry-after", b"5"),
        (b"connection", b"close"),
    ]
    with suppress(RuntimeError):
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": text})


def _topic(scope: Scope) -> str:
    """The module that answered: the router leaves in the scope whom it called."""
    module = getattr(scope.get("endpoint"), "__module__", None) or ""
    if module.startswith("meagraph.server."):
        return module.split(".")[2]
    return "static" if module == "starlette.staticfiles" else "none"
