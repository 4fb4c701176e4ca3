"""What a live service answers to a harvester: OData 2, to be put behind any HTTP server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlencode

from meagraph.export.informea import atom, verbose
from meagraph.export.informea.metadata import metadata, service_document
from meagraph.export.informea.negotiation import JSON, TEXT, XML, wants_json
from meagraph.export.informea.options import Page, check_options, chosen, page
from meagraph.export.informea.refusals import NOT_FOUND, NOT_IMPLEMENTED, Refusal
from meagraph.export.informea.schema import KINDS
from meagraph.namespaces import BASE

if TYPE_CHECKING:
    from meagraph.export.informea.feed import Feed
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

SERVICE = BASE + "informea.svc/"
"""The address of the service where the caller names none."""

_PATH = re.compile(
    r"(?P<set>[A-Za-z]+)"
    r"(?:\((?P<key>(?:id=)?(?P<guid>guid)?'(?P<id>(?:[^']|'')*)')\))?"
    r"(?:/(?P<rest>[$A-Za-z/]+))?"
)
_FEED = "application/atom+xml;type=feed;charset=utf-8"
_ENTRY = "application/atom+xml;type=entry;charset=utf-8"
_HEADERS = {"DataServiceVersion": "2.0;", "Vary": "Accept"}


class Response(NamedTuple):
    """An answer to be sent over HTTP.

    Args:
        status: of HTTP.
        media_type: for ``Content-Type``.
        body: the bytes.
        headers: others to send.
    """

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str]


def respond(
    feed: Feed,
    path: str,
    query: Mapping[str, str] | None = None,
    accept: str = "",
    base: str = SERVICE,
) -> Response:
    """Answer one request of a harvester.

    Args:
        feed: the records.
        path: what follows the address of the service, such as ``Meetings/$count``, percent-encoded
            or not.
        query: the options after the question mark, decoded.
        accept: the header of that name; empty for none.
        base: the address of the service, for the addresses in the answer.

    Returns:
        An answer; whatever is asked, nothing is raised. Errors have the error document of OData:
        400 for what cannot be read, 404 for sets and records that there are not, 406 where neither
        JSON nor XML is accepted, 501 for parts of OData that this service does not know.
    """
    query = query or {}
    base = base if base.endswith("/") else base + "/"
    json = "json" in accept.lower()
    try:
        json = wants_json(accept, query.get("$format"))
        media_type, body = _answer(feed, unquote(path).strip("/"), query, json, base)
    except Refusal as refusal:
        return Response(
            refusal.status, JSON if json else XML, refusal.document(json), dict(_HEADERS)
        )
    return Response(200, media_type, body, dict(_HEADERS))


def _answer(
    feed: Feed, path: str, query: Mapping[str, str], json: bool, base: str
) -> tuple[str, bytes]:
    if not path:
        if json:
            return JSON, verbose.document({"d": {"EntitySets": list(KINDS)}})
        return XML, service_document(base)
    if path == "$metadata":
        return XML, metadata()
    if path == "$batch":
        raise Refusal(NOT_IMPLEMENTED, "This service does not know $batch.")
    match = _PATH.fullmatch(path)
    records = feed.set(match["set"]) if match else None
    if not match or records is None:
        raise Refusal(NOT_FOUND, f"There is no “{path}”; the sets are {', '.join(KINDS)}.")
    kind = KINDS[match["set"]]
    check_options(kind, query)
    if match["key"] is None:
        return _set(kind, records, match["rest"], query, json, base)
    key = match["id"].replace("''", "'")
    record = _find(records, key, bool(match["guid"]))
    if record is None:
        raise Refusal(NOT_FOUND, f"{kind.set} has no record “{key}”.")
    return _one(kind, record, match["rest"], json, base)


def _find(records: tuple[Record, ...], key: str, guid: bool) -> Record | None:
    """The record with a key; a treaty is found by its UUID too, where one asks for a guid."""
    for record in records:
        if record.id == key or (guid and record.fields.get("UUID") == key.lower()):
            return record
    return None


def _set(
    kind: Kind,
    records: tuple[Record, ...],
    rest: str | None,
    query: Mapping[str, str],
    json: bool,
    base: str,
) -> tuple[str, bytes]:
    found = chosen(kind, records, query)
    asked = page(query)
    if rest == "$count":
        return TEXT, str(len(found)).encode()
    if rest is not None:
        raise Refusal(NOT_FOUND, f"{kind.set} has no “{rest}”.")
    shown = found[asked.skip : asked.skip + asked.size]
    count = len(found) if asked.counted else None
    following = _following(kind, query, asked, len(found), base)
    if json:
        return JSON, verbose.results(kind.set, shown, base, count, following)
    return _FEED, atom.feed(kind.set, shown, base, count, following)


def _following(kind: Kind, query: Mapping[str, str], asked: Page, all_: int, base: str) -> str:
    """The address of the next page, where the service cut this one and there is more."""
    after = asked.skip + asked.size
    if not asked.cut or after >= all_:
        return ""
    options = {name: value for name, value in query.items() if name != "$skip"}
    if "$top" in options:
        left = int(options["$top"]) - asked.size
        options["$top"] = str(left)
    options["$skip"] = str(after)
    return f"{base}{kind.set}?{urlencode(options, safe='$', quote_via=quote)}"


def _one(kind: Kind, record: Record, rest: str | None, json: bool, base: str) -> tuple[str, bytes]:
    if rest is None:
        if json:
            return JSON, verbose.document({"d": verbose.as_json(kind.set, record, base)})
        return _ENTRY, atom.entry(kind.set, record, base)
    if rest in kind.lists:
        if json:
            listed = verbose.as_json(kind.set, record, base)[rest]
            return JSON, verbose.document({"d": listed})
        return _FEED, atom.listing(kind.set, record, rest, base)
    if rest.removesuffix("/$value") in kind.scalars:
        raise Refusal(NOT_IMPLEMENTED, "This service gives records, not single values of theirs.")
    raise Refusal(NOT_FOUND, f"A record of {kind.set} has no “{rest}”.")
