"""Bytes sent under the conditions of HTTP: tags, dates, and what a client has already (RFC 9110).

Bodies are packed once and kept packed, so that a crawl costs neither the making nor the packing.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from starlette.requests import Request

    from meagraph.server.edition import Edition

T = TypeVar("T")

FRESH = "public, max-age=300"
"""A client need not ask again for five minutes; a new build is seen within that."""

_PACKED_FROM = 1024
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


class Answer(NamedTuple):
    """A finished body.

    Args:
        body: as it is.
        packed: the same in gzip; empty where it is not worth it.
        tag: what tells this content from any other of the same address.
        modified: the day on which what it tells last changed.
        links: to other pages of it, as the header writes them.
    """

    body: bytes
    packed: bytes
    tag: str
    modified: date
    links: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of memory that it takes, about."""
        return len(self.body) + len(self.packed) + 500


def finished(body: bytes, version: str, modified: date, links: tuple[str, ...] = ()) -> Answer:
    """An answer of this body; the tag is made of it and of the data's version."""
    tag = hashlib.sha256(version.encode() + b"\n" + body).hexdigest()[:24]
    # No time in it: the same body is the same bytes.
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= _PACKED_FROM else b""
    return Answer(body, packed, tag, modified, links)


def respond(
    request: Request, answer: Answer, media_type: str, headers: Mapping[str, str], status: int = 200
) -> Response:
    """Send an answer, or say that the client has it.

    Args:
        request: whose conditions count (RFC 9110, section 13).
        answer: the body.
        media_type: what it is.
        headers: others.
        status: with which it is sent; conditions count for 200 only.
    """
    given = dict(headers)
    given["ETag"] = f'W/"{answer.tag}"'
    given.setdefault("Cache-Control", FRESH)
    modified = datetime(*answer.modified.timetuple()[:3], tzinfo=UTC)
    if modified <= datetime.now(UTC):  # it may not be later than the answer itself
        given["Last-Modified"] = format_datetime(modified, usegmt=True)
    known = status == 200 and _has(request, answer.tag, modified)
    packed = bool(answer.packed) and "gzip" in request.headers.get("accept-encoding", "")
    if packed or (known and answer.packed):
        # What packs other answers leaves these alone, and says it of all others that are as long.
        given["Vary"] = ", ".join(filter(None, (given.get("Vary"), "Accept-Encoding")))
    if known:
        return Response(status_code=304, headers=given)
    body = answer.body
    if packed:
        body = answer.packed
        given["Content-Encoding"] = "gzip"
    given["Content-Type"] = media_type
    return Response(body, status, given)


def _has(request: Request, tag: str, modified: datetime) -> bool:
    """Whether the client has what would be sent; its tags count before its date."""
    tags = request.headers.getlist("if-none-match")
    if tags:
        given = ", ".join(tags)
        return given.strip() == "*" or tag in _TAG.findall(given)
    since = request.headers.get("if-modified-since")
    if not since:
        return False
    try:
        day = parsedate_to_datetime(since)
    except (ValueError, IndexError, OverflowError):
        return False
    return modified <= (day if day.tzinfo else day.replace(tzinfo=UTC))


class Finished:
    """The answers of an edition that were finished before, up to a number of bytes.

    What was asked for least lately goes first. Two who ask at once for what is not there wait for
    the one making of it.

    Args:
        most: the bytes that all of them may take; one that takes more than a quarter is not kept.
    """

    def __init__(self, most: int = 64 << 20) -> None:
        self._most = most
        self._taken = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of a key, made if it is not there; what its making raises goes on."""
        with self._lock:
            if (held := self._held(key)) is not None:
                return held
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if (held := self._held(key)) is not None:
                    return held
            try:
                answer = make()
                with self._lock:
                    self._keep(key, answer)
                return answer
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _held(self, key: Hashable) -> Answer | None:
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def _keep(self, key: Hashable, answer: Answer) -> None:
        if answer.size > self._most // 4:
            return
        self._answers[key] = answer
        self._taken += answer.size
        while self._taken > self._most:
            self._taken -= self._answers.popitem(last=False)[1].size


class PerEdition(Generic[T]):
    """Something made for each edition of the graph when it is first wanted, and gone with it."""

    def __init__(self, make: Callable[[Edition], T]) -> None:
        self._make = make
        self._made: WeakKeyDictionary[Edition, T] = WeakKeyDictionary()
        self._lock = Lock()

    def of(self, edition: Edition) -> T:
        """That of one edition."""
        with self._lock:
            if edition not in self._made:
                self._made[edition] = self._make(edition)
            return self._made[edition]
