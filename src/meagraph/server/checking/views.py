"""What is answered at ``/validate``, ``/check`` and ``/rules``."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from meagraph.server.checking.desk import Desk
from meagraph.server.checking.explaining import Rules
from meagraph.server.checking.listing import listing
from meagraph.server.checking.sent import LARGEST, MEDIA_TYPES, Sent, sent_as_body, sent_in_form
from meagraph.server.negotiation import preferred
from meagraph.server.pages.rendering import html, response
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from meagraph.server.serving import Server

_HTML = "text/html"
_FORMS = {
    "application/json": "json",
    "text/plain": "text",
    "application/sarif+json": "sarif",
    "text/turtle": "turtle",
    _HTML: "json",
}
"""The forms of a report by their media types: the names that `meagraph.reports` has for them. A
page is made of the report in JSON."""
_PLAIN = {"Vary": "Accept", "Cache-Control": "no-store"}


class Checking:
    """The topic on one server.

    Args:
        server: the server.
        desk: where drafts are judged; one with the usual limits if ``None``.
    """

    def __init__(self, server: Server, desk: Desk | None = None) -> None:
        self.server = server
        self.desk = desk or Desk(server.project, count=server.metrics.draft)
        self.rules = Rules(server, self.desk)

    def routes(self) -> list[BaseRoute]:
        """The addresses of the topic."""
        return [
            Route("/validate", self.validate, methods=["POST"]),
            Route("/validate", _not_posted, methods=["GET"]),
            Route("/check", self.form, methods=["GET"], name="check"),
            Route("/check", self.check, methods=["POST"]),
            Route("/rules", self.rules.all, methods=["GET"], name="rules"),
            Route("/rules/{name}", self.rules.one, methods=["GET"], name="rule"),
        ]

    async def validate(self, request: Request) -> Response:
        """Validate a draft that a program sends; the report in the form that it likes best."""
        wanted = preferred(request.headers.get("accept"), _FORMS)
        if wanted is None:
            forms = ", ".join(_FORMS)
            raise Problem(406, "the report has none of the forms accepted", f"It has: {forms}.")
        sent = await sent_as_body(request)
        answer = await self._judged(request, sent, _FORMS[wanted])
        status = 200 if answer["readable"] else 400
        if wanted == _HTML:
            return await self._page(request, sent, json.loads(answer["text"]), status)
        return Response(answer["text"], status, _PLAIN, wanted)

    async def form(self, request: Request) -> Response:
        """The page with the form, empty."""
        await run_in_threadpool(self.desk.prepare)
        body = await run_in_threadpool(self._html, request, Sent(b"", "text/turtle", ""), None)
        return response(request, body)

    async def check(self, request: Request) -> Response:
        """The page with what was found in a draft that a person sends."""
        sent = await sent_in_form(request)
        if not sent.body.strip():
            problem = "Write an entry into the field, or choose a file."
            body = await run_in_threadpool(self._html, request, sent, None, problem)
            return Response(body, 400, _PLAIN, _HTML)
        answer = await self._judged(request, sent, "json")
        status = 200 if answer["readable"] else 400
        return await self._page(request, sent, json.loads(answer["text"]), status)

    async def _judged(self, request: Request, sent: Sent, form: str) -> dict[str, Any]:
        context = self.server.address("/context.jsonld")
        head = {"media": sent.media, "as": sent.path, "form": form, "context": context}
        client = request.client.host if request.client else ""
        return await _unless_gone(request, self.desk.ask(head, sent.body, client))

    async def _page(
        self, request: Request, sent: Sent, report: dict[str, Any], status: int
    ) -> Response:
        body = await run_in_threadpool(self._html, request, sent, report)
        return Response(body, status, _PLAIN, _HTML)

    def _html(
        self, request: Request, sent: Sent, report: dict[str, Any] | None, problem: str = ""
    ) -> str:
        text = sent.body.decode("utf-8-sig", "replace")
        return html(
            request,
            self.server,
            "check.html",
            text=text,
            media=sent.media,
            media_types={one: name for one, (name, _) in MEDIA_TYPES.items()},
            destination=sent.path,
            largest=LARGEST // 1024,
            problem=problem,
            report=report,
            listing=listing(text, report) if report else None,
        )


async def _not_posted(_: Request) -> Response:
    """Said here, lest the page of things take the address for a thing's."""
    raise Problem(
        405, "a draft is sent by POST", "The page for people is /check.", {"Allow": "POST"}
    )


async def _unless_gone(
    request: Request, asking: Coroutine[Any, Any, dict[str, Any]]
) -> dict[str, Any]:
    """What is answered, unless the client goes away first; then nobody needs it.

    Raises:
        ClientDisconnect: it went.
    """

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    answer, leaving = asyncio.create_task(asking), asyncio.create_task(gone())
    try:
        await asyncio.wait({answer, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise ClientDisconnect
        return answer.result()
    finally:
        leaving.cancel()
        answer.cancel()
