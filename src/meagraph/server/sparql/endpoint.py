"""The endpoint itself: a request in, an answer out as it is evaluated.

It is a bare ASGI application: at some thousand small queries a second, what a framework does for
each of them is felt.
"""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from meagraph.server.keeping import Kept
from meagraph.server.problems import Problem
from meagraph.server.sparql.asking import Asking, in_address, in_body
from meagraph.server.sparql.description import description
from meagraph.server.sparql.ending import problem
from meagraph.server.sparql.forms import HTML, Form, chosen
from meagraph.server.sparql.page import page
from meagraph.server.sparql.reading import dataset, reading
from meagraph.server.workers import Ended, request

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from meagraph.server.serving import Server
    from meagraph.server.sparql.reading import Dataset, Reading
    from meagraph.server.workers import Asked

_METHODS = "GET, HEAD, POST, OPTIONS"
_LONG = 5000
"""The characters from which on reading a query would hold up the other requests; it is done in a
thread, one after the other: several would take the interpreter, or all threads, from them."""
_ROOM = 16 << 20
"""Bytes of answers that are kept; portals ask the same few questions again and again."""
_BESIDE = 300
"""Bytes that keeping an answer takes beside it and its request."""
_VARY = (b"vary", b"Accept")

_log = logging.getLogger("meagraph.server")


class Prepared(NamedTuple):
    """What a request comes to.

    Args:
        read: its query.
        form: of the answer.
        message: to a worker; empty where it depends on the graph, or the answer is a page.
    """

    read: Reading
    form: Form
    message: bytes = b""


class Endpoint:
    """Queries of a server's graph over HTTP."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._kept = lru_cache(maxsize=256)(self._prepared)
        """A query is often asked again."""
        self._answers = Kept(_ROOM)
        self._reader = CapacityLimiter(1)
        self._watching: set[asyncio.Task[None]] = set()
        self._descriptions: dict[tuple[str, str], bytes] = {}
        """By build and form; those of the last build only."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            Problem: it is not answered as it was meant.
            UnusableInput: its query must not, or cannot, be evaluated.
        """
        method = scope["method"]
        if method in ("GET", "HEAD"):
            asking = in_address(scope["query_string"])
            content_type = ""
        elif method == "POST":
            content_type = _header(scope, b"content-type") or ""
            asking = await in_body(scope["query_string"], content_type, receive)
        elif method == "OPTIONS":
            await Response(None, 204, {"Allow": _METHODS})(scope, receive, send)
            return
        else:
            detail = f"{method} is not for this address"
            raise Problem(405, detail, f"It takes {_METHODS}.", {"Allow": _METHODS})
        accept = _header(scope, b"accept")
        if asking.query is None:
            response = await self._described(Request(scope), asking, accept)
            await response(scope, receive, send)
            return
        page_too = method != "POST"
        if len(asking.query) > _LONG:
            prepared = await to_thread.run_sync(
                self._prepared, asking, accept, page_too, limiter=self._reader
            )
        else:
            prepared = self._kept(asking, accept, page_too)
        await self._answer(scope, receive, send, asking, prepared)

    def _prepared(self, asking: Asking, accept: str | None, page_too: bool) -> Prepared:
        """All that is known of a request without the graph."""
        settings = self.server.settings
        read = reading(asking.query or "", settings.query)
        form = chosen(read.kind, accept, asking.format, page_too)
        if form.media_type == HTML or read.clauses:
            return Prepared(read, form)
        graphs = dataset(asking, read, self.server.edition.store)
        return Prepared(read, form, self._message(asking, read, form, graphs))

    def _message(self, asking: Asking, read: Reading, form: Form, graphs: Dataset | None) -> bytes:
        base = self.server.address("/sparql") if read.relative else None
        timeout = self.server.settings.timeout
        return request(asking.query or "", read.prefixes, timeout, form.name, graphs, base)

    async def _described(self, request: Request, asking: Asking, accept: str | None) -> Response:
        """What the endpoint is, for programs; for people a form to ask it with."""
        form = chosen("graph", accept, asking.format, page=True)
        if form.media_type == HTML:
            body: str | bytes = await page(request, self.server, asking)
        else:
            key = self.server.edition.build, form.name
            if key not in self._descriptions:
                made = await run_in_threadpool(description, self.server, form.name)
                kept = {old: text for old, text in self._descriptions.items() if old[0] == key[0]}
                self._descriptions = {**kept, key: made}
            body = self._descriptions[key]
        return Response(body, 200, {"Vary": "Accept"}, form.media_type)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, asking: Asking, prepared: Prepared
    ) -> None:
        read, form, message = prepared
        if not message:
            graphs = dataset(asking, read, self.server.edition.store)
            if form.media_type == HTML:
                watch = partial(self._watch, receive)
                body = await page(Request(scope), self.server, asking, read, graphs, watch)
                await Response(body, 200, {"Vary": "Accept"}, HTML)(scope, receive, send)
                return
            message = self._message(asking, read, form, graphs)
        key = self.server.edition.build, message
        kept: bytes | None = self._answers.get(key) if read.lasting else None
        if kept is not None:
            await _send_whole(send, form.media_type, kept)
            return
        whole = await self._evaluated(scope, receive, send, asking.query or "", form, message)
        if whole is not None and read.lasting:
            self._answers.keep(key, whole, len(whole) + len(message) + _BESIDE)

    async def _evaluated(
        self, scope: Scope, receive: Receive, send: Send, sparql: str, form: Form, message: bytes
    ) -> bytes | None:
        """Send the answer as it comes; give it back where it came whole at once."""
        pool = self.server.pool
        client = scope["client"]
        asked: Asked | None = None
        try:
            asked = pool.ask(client[0] if client else "", message)
            asked.watch = partial(self._watch, receive, asked)
            first = await asked.piece()
        except Ended as ended:
            settings = self.server.settings
            raise await to_thread.run_sync(
                problem, ended, sparql, settings, limiter=self._reader
            ) from None
        finally:
            if asked and not asked.over and not asked.total:
                pool.cancel(asked)  # the request itself was ended
        if asked.read:
            await _send_whole(send, form.media_type, first)
            return first
        try:
            await _send(send, asked, form.media_type, first, scope["method"] == "HEAD")
        except Ended as ended:
            # What was sent must not look whole: without its end the connection is broken off.
            _log.info("an answer was broken off: %s", ended.why)
        finally:
            pool.cancel(asked)
        return None

    def _watch(self, receive: Receive, asked: Asked) -> None:
        """End a query that takes its time when its client goes away."""

        async def until_gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            self.server.pool.cancel(asked)

        task = asyncio.create_task(until_gone())
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)


async def _send_whole(send: Send, media_type: str, body: bytes) -> None:
    length = (b"content-length", b"%d" % len(body))
    headers = [(b"content-type", media_type.encode()), _VARY, length]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send(send: Send, asked: Asked, media_type: str, first: bytes, head: bool) -> None:
    headers = [(b"content-type", media_type.encode()), _VARY]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if head:
        await send({"type": "http.response.body", "body": first})
        return
    await send({"type": "http.response.body", "body": first, "more_body": True})
    while piece := await asked.piece():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _header(scope: Scope, name: bytes) -> str | None:
    """A header, several of one name joined as they may be (RFC 9110, section 5.3)."""
    found = [value for key, value in scope["headers"] if key == name]
    return b", ".join(found).decode("latin-1") if found else None
