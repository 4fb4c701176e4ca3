"""What a request asks: the operation ``query`` of the SPARQL 1.1 Protocol, section 2.1."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode

from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from starlette.types import Receive

_FORM, _DIRECT, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_ACCEPT = {"Accept-Post": f"{_FORM}, {_DIRECT}"}
_BAD_ENCODING = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_LONGEST_KEPT = 20_000
_MOST_PAIRS = 1000


class Asking(NamedTuple):
    """The parameters of a request.

    Args:
        query: SPARQL, or ``None`` where nothing is asked.
        default: the graphs of ``default-graph-uri``.
        named: the graphs of ``named-graph-uri``.
        format: a short name or a media type, as ``format`` or ``output`` has it.
        example: the name of a stored question that a page is to show.
    """

    query: str | None = None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""
    example: str = ""


def in_address(query_string: bytes) -> Asking:
    """What the part of an address after ``?`` asks.

    Raises:
        Problem: it is malformed, asks several queries, or is an update.
    """
    if len(query_string) <= _LONGEST_KEPT:
        return _kept(query_string)
    return _asking(_pairs(query_string))


@lru_cache(maxsize=256)
def _kept(query_string: bytes) -> Asking:
    return _asking(_pairs(query_string))


async def in_body(query_string: bytes, content_type: str, receive: Receive) -> Asking:
    """What a POST asks, as a form or with the query as its body.

    Raises:
        Problem: as `in_address`; it is of another media type, or brings no query.
    """
    media_type, charset = _media_type(content_type)
    if media_type == _UPDATE:
        raise _only_reads()
    if media_type not in (_FORM, _DIRECT):
        said = f"a query is not sent as {media_type}" if media_type else "the media type is missing"
        raise Problem(415, said, f"Content-Type: {_DIRECT} or {_FORM}", _ACCEPT)
    if charset not in ("utf-8", "utf8", "us-ascii", ""):
        raise Problem(415, "the query is not in UTF-8", f"Content-Type: {media_type}", _ACCEPT)
    body = await _body(receive)
    if media_type == _FORM:
        asking = _asking(_pairs(query_string) + _pairs(body))
    else:
        asking = _asking([*_pairs(query_string), ("query", _text(body, "the query"))])
    if asking.query is None:
        raise Problem(400, "the query is missing", "Send it as the parameter “query”.")
    return asking


def _only_reads() -> Problem:
    hint = "Its files are the truth: change them, then run meagraph build."
    return Problem(403, "the graph cannot be changed here", hint)


def _media_type(header: str) -> tuple[str, str]:
    """A media type and its charset, in small letters."""
    media_type, *fields = (part.strip().lower() for part in header.split(";"))
    named = dict(field.partition("=")[::2] for field in fields)
    return media_type, named.get("charset", "").strip('"')


async def _body(receive: Receive) -> bytes:
    pieces = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "the request ended in its midst")
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(pieces)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Names and values as a form encodes them (``application/x-www-form-urlencoded``)."""
    bad = _BAD_ENCODING.search(encoded)
    if bad:
        shown = encoded[bad.start() : bad.start() + 3].decode("ascii", "replace")
        raise Problem(400, f"“{shown}” encodes nothing", "A per cent sign is written %25.")
    parts = encoded.split(b"&", _MOST_PAIRS)
    if len(parts) > _MOST_PAIRS:
        raise Problem(400, f"the request has more than {_MOST_PAIRS:,} parameters")
    pairs = []
    for part in filter(None, parts):
        name, _, value = part.replace(b"+", b" ").partition(b"=")
        pairs.append((_text(unquote_to_bytes(name), "a name"), unquote_to_bytes(value)))
    return [(name, _text(value, f"“{name}”")) for name, value in pairs]


def _text(content: bytes, what: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        hint = f"Byte {error.start + 1} of it is none."
        raise Problem(400, f"{what} is no text in UTF-8", hint) from None


def _asking(pairs: list[tuple[str, str]]) -> Asking:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise _only_reads()
    queries = given.get("query", [])
    if len(queries) > 1:
        raise Problem(400, "the request brings several queries", "Send one query a request.")
    formats = given.get("format") or given.get("output") or [""]
    return Asking(
        queries[0] if queries else None,
        _graphs(given.get("default-graph-uri", [])),
        _graphs(given.get("named-graph-uri", [])),
        formats[-1],
        given.get("example", [""])[-1],
    )


def _graphs(iris: list[str]) -> tuple[str, ...]:
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError:
            raise Problem(400, f"“{iri[:200]}” is no IRI of a graph") from None
    return tuple(iris)
