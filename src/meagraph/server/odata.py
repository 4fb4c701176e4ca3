"""The feed that InforMEA and ECOLEX harvest, over HTTP: OData 2 at ``/informea.svc/``.

What is answered is `meagraph.export.informea.respond`'s business; here are the options of an
address, conditional requests (RFC 9110, section 13) and what was answered before.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from meagraph.export.informea.negotiation import JSON, XML
from meagraph.export.informea.refusals import BAD_REQUEST, NOT_ALLOWED, NOT_IMPLEMENTED, Refusal
from meagraph.export.informea.service import respond

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from meagraph.export.informea import Response as Answer
    from meagraph.server.edition import Edition
    from meagraph.server.problems import Problem
    from meagraph.server.serving import Server

_PATH = "/informea.svc"
_READING = ("GET", "HEAD")
_METHODS = [*_READING, "OPTIONS", "POST", "PUT", "PATCH", "MERGE", "DELETE"]
"""Those of the protocol: that nothing can be written is told in its own words."""
_LONGEST = 4000
"""Characters that the options of an address may have."""
_MOST, _LARGEST = 512, 32 << 20
"""Answers, and bytes of them, that are kept for those who ask the same."""
_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")


def routes(server: Server) -> list[BaseRoute]:
    """The service, with and without a slash behind its name, and all addresses below it."""
    service = Service(server)
    return [
        Route(_PATH + "/$batch", service.batch, methods=["POST"]),
        Route(_PATH, service.answer, methods=_METHODS),
        Route(_PATH + "/{path:path}", service.answer, methods=_METHODS, name="informea"),
    ]


def is_below(server: Server, request: Request) -> bool:
    """Whether a request is for an address of the service."""
    root = server.settings.prefix + _PATH
    path: str = request.scope["path"]
    return path == root or path.startswith(root + "/")


def told(request: Request, problem: Problem) -> Response:
    """A problem of the server in the error document of the protocol."""
    refusal = Refusal(problem.status, problem.detail)
    return _refused(refusal, request.headers.get("accept", ""), problem.headers)


class Service:
    """The service of one server.

    Args:
        server: the server.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.base = server.address(_PATH + "/")
        self._depth = server.settings.prefix.count("/") + 2
        self._kept = _Kept()

    async def answer(self, request: Request) -> Response:
        """Answer a harvester, who may only read."""
        edition = self.server.edition
        accept = request.headers.get("accept", "")
        allowed = {"Allow": ", ".join(_READING)}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowed)
        if request.method not in _READING:
            refusal = Refusal(NOT_ALLOWED, "Nothing can be written here.")
            return _refused(refusal, accept, allowed)
        try:
            query = options(request.scope["query_string"])
        except Refusal as refusal:
            return _refused(refusal, accept)
        # As it was sent: the path that the server hands on is decoded once, and would be twice.
        sent = request.scope.get("raw_path") or request.scope["path"].encode()
        path = sent.decode("ascii", "replace").split("/", self._depth)[self._depth :]
        asked = ("/".join(path), tuple(query.items()), accept)
        answer = self._kept.get(edition.build, asked)
        if answer is None:
            answer = await run_in_threadpool(
                respond, edition.feed, asked[0], query, accept, self.base
            )
            self._kept.put(edition.build, asked, answer)
        if answer.status != 200:
            return Response(answer.body, answer.status, answer.headers, answer.media_type)
        return await run_in_threadpool(_sent, request, edition, answer)

    async def batch(self, request: Request) -> Response:
        """Refuse several requests in one."""
        refusal = Refusal(NOT_IMPLEMENTED, "This service does not know $batch.")
        return _refused(refusal, request.headers.get("accept", ""))


def options(query_string: bytes) -> dict[str, str]:
    """The options of an address, decoded.

    Raises:
        Refusal: 400 where one is given twice, is not UTF-8 or wrongly encoded, or they are too
            long.
    """
    text = query_string.decode("latin-1")
    if len(text) > _LONGEST:
        raise Refusal(BAD_REQUEST, f"The options have more than {_LONGEST:,} characters.")
    if _ENCODED.search(text):
        raise Refusal(BAD_REQUEST, "A percent sign in the options is written %25.")
    found: dict[str, str] = {}
    for part in text.split("&"):
        if not part:
            continue
        try:
            name, value = (unquote_plus(one, errors="strict") for one in _halves(part))
        except UnicodeDecodeError:
            raise Refusal(BAD_REQUEST, "The options are not UTF-8.") from None
        if name in found:
            raise Refusal(BAD_REQUEST, f"The option {name} is given more than once.")
        found[name] = value
    return found


def _halves(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def _refused(refusal: Refusal, accept: str, more: Mapping[str, str] | None = None) -> Response:
    """The error document of the protocol, with more headers."""
    json = "json" in accept.lower()
    headers = {"DataServiceVersion": "2.0;", "Vary": "Accept", **(more or {})}
    return Response(refusal.document(json), refusal.status, headers, JSON if json else XML)


def _sent(request: Request, edition: Edition, answer: Answer) -> Response:
    """An answer with what tells whether it has changed, or that it has not."""
    changed = _changed(edition)
    tag = f'W/"{sha256(answer.body).hexdigest()[:32]}"'
    headers = {
        **answer.headers,
        "ETag": tag,
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Cache-Control": "no-cache",
    }
    if _is_known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, 200, headers, answer.media_type)


def _changed(edition: Edition) -> datetime:
    """The end of the last day of the register, or now where that day is not over.

    The register knows days only: a client that asked in the course of the day may lack what came
    later, and is not told that nothing has changed. The day is that of the whole graph, since a
    record that was withdrawn has changed the sets that it was in.
    """
    day = edition.updated(_PATH)
    end = datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(seconds=1)
    return min(end, datetime.now(UTC).replace(microsecond=0))


def _is_known(request: Request, tag: str, changed: datetime) -> bool:
    """Whether the client has this answer already; what it says of tags goes before of days."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return "*" in known or tag.removeprefix("W/") in known
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and since >= changed


class _Kept:
    """What was answered lately from one build, the latest last."""

    def __init__(self) -> None:
        self._build = ""
        self._answers: OrderedDict[object, Answer] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, build: str, asked: object) -> Answer | None:
        with self._lock:
            if build != self._build or asked not in self._answers:
                return None
            self._answers.move_to_end(asked)
            return self._answers[asked]

    def put(self, build: str, asked: object, answer: Answer) -> None:
        with self._lock:
            if build != self._build:
                self._build, self._size = build, 0
                self._answers.clear()
            if asked in self._answers or answer.status != 200 or len(answer.body) > _LARGEST:
                return
            self._answers[asked] = answer
            self._size += len(answer.body)
            while len(self._answers) > _MOST or self._size > _LARGEST:
                self._size -= len(self._answers.popitem(last=False)[1].body)
