"""Whether the server lives, whether it can answer, and what it counted.

They stand at the root of the host and below the prefix of the base address, so that what watches
the process need not know how clients reach it. None of them asks the graph.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from meagraph import __version__

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from meagraph.server.serving import Server

_FRESH = {"Cache-Control": "no-store"}


def routes(server: Server) -> list[BaseRoute]:
    """``/health``, ``/ready`` and ``/metrics``."""

    async def health(_: Request) -> Response:
        return Response("alive\n", headers=_FRESH, media_type="text/plain")

    async def ready(_: Request) -> Response:
        edition = server.edition
        told = {
            "ready": server.ready,
            "version": __version__,
            "build": edition.build,
            "data": edition.version,
        }
        status = 200 if server.ready else 503
        return Response(json.dumps(told) + "\n", status, _FRESH, "application/json")

    async def metrics(_: Request) -> Response:
        text = await run_in_threadpool(server.metrics.text)
        return Response(text, headers={**_FRESH, "Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", metrics)]
