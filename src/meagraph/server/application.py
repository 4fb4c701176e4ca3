"""The topics put together into one ASGI application, and what holds for all of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Mount

from meagraph.errors import UnusableInput
from meagraph.server import (
    checking,
    downloads,
    linked,
    odata,
    operations,
    pages,
    questions,
    sparql,
    wellknown,
)
from meagraph.server.bodies import BodyLimit
from meagraph.server.checking.sent import too_large
from meagraph.server.logs import RequestLog
from meagraph.server.problems import Problem, told, unusable
from meagraph.server.safety import PlainRequests, SafeHeaders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from meagraph.server.serving import Server

TOPICS = (sparql, questions, odata, checking, wellknown, downloads, operations, pages, linked)
"""Each has ``routes(server)``; the last takes every path that is left."""


def application(server: Server) -> ASGIApp:
    """The application of a server, to be run by any ASGI server.

    Its outermost parts stand around Starlette, whose own answer to a fault passes them, too.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with server:
            yield

    def tell(request: Request, problem: Problem) -> Response:
        return (odata.told if odata.is_below(server, request) else told)(request, problem)

    routes = [route for topic in TOPICS for route in topic.routes(server)]
    prefix = server.settings.prefix
    if prefix:
        routes = [*operations.routes(server), Mount(prefix, routes=routes)]
    inner = Starlette(
        routes=routes,
        middleware=[
            Middleware(PlainRequests, base_url=server.settings.base_url, tell=tell),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=6),
            Middleware(
                BodyLimit,
                largest=server.settings.body,
                tighter={prefix + path: too_large for path in ("/validate", "/check")},
            ),
        ],
        exception_handlers={
            Problem: _problem,
            UnusableInput: _unusable,
            HTTPException: _http,
            ClientDisconnect: _gone,
            Exception: _failure,
        },
        lifespan=lifespan,
    )
    return RequestLog(SafeHeaders(inner), server)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return told(request, error)


async def _unusable(request: Request, error: Exception) -> Response:
    assert isinstance(error, UnusableInput)
    return told(request, unusable(error))


async def _http(request: Request, error: Exception) -> Response:
    """What the router says: no such address, or no such method there."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    if error.status_code == 405:
        allowed = headers.get("Allow", "")
        problem = Problem(
            405, f"{request.method} is not for this address", allowed and f"It takes {allowed}."
        )
        problem.headers.update(headers)
        return told(request, problem)
    return told(request, Problem(error.status_code, str(error.detail), headers=headers))


async def _gone(_: Request, error: Exception) -> Response:
    """The client went while it was still sending; nobody reads this."""
    return Response(status_code=499)


async def _failure(request: Request, error: Exception) -> Response:
    """A fault of ours: it is logged, and nothing of it is told."""
    return told(request, Problem(500, "the server failed; the fault is in its log"))
