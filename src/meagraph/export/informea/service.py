"""What a live service answers to a harvester: OData 2, to be put behind any HTTP server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlencode

from meagraph.export.informea import atom, verbose
from meagraph.export.informea.addresses import COUNT, find
from meagraph.export.informea.metadata import metadata, service_document
from meagraph.export.informea.negotiation import JSON, TEXT, XML, wants_json
from meagraph.export.informea.options import Page, check_options, chosen, page, selected
from meagraph.export.informea.refusals import NOT_FOUND, NOT_IMPLEMENTED, Refusal
from meagraph.export.informea.schema import KINDS
from meagraph.namespaces import BASE

if TYPE_CHECKING:
    from meagraph.export.informea.addresses import Found
    from meagraph.export.informea.feed import Feed
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

SERVICE = BASE + "informea.svc/"
"""The address of the service where the caller names none."""

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
    found = find(feed, path)
    check_options(found.kind, query)
    if not found.one:
        return _several(found, query, json, base)
    (record,) = found.records
    if found.asked:
        return _value(found.kind, record, found.asked, found.bare, json)
    kind = selected(found.kind, query)
    if json:
        return JSON, verbose.document({"d": verbose.as_json(kind, record, base)})
    return _ENTRY, atom.entry(kind, record, base)


def _several(found: Found, query: Mapping[str, str], json: bool, base: str) -> tuple[str, bytes]:
    """A page of a set or list, or how many there are."""
    records = chosen(found.kind, found.records, query)
    if found.asked == COUNT:
        return TEXT, str(len(records)).encode()
    asked = page(query)
    shown = records[asked.skip : asked.skip + asked.size]
    count = len(records) if asked.counted else None
    following = _following(base + found.path, query, asked, len(records))
    kind = selected(found.kind, query)
    if json:
        return JSON, verbose.results(kind, shown, base, count, following)
    return _FEED, atom.feed(kind, shown, base, count, following, found.path)


def _following(address: str, query: Mapping[str, str], asked: Page, all_: int) -> str:
    """The address of the next page, where the service cut this one and there is more."""
    after = asked.skip + asked.size
    if not asked.cut or after >= all_:
        return ""
    options = {name: value for name, value in query.items() if name != "$skip"}
    if "$top" in options:
        left = int(options["$top"]) - asked.size
        options["$top"] = str(left)
    options["$skip"] = str(after)
    return f"{address}?{urlencode(options, safe='$', quote_via=quote, errors='replace')}"


def _value(kind: Kind, record: Record, name: str, bare: bool, json: bool) -> tuple[str, bytes]:
    """One property of a record; alone, null is nothing that could be sent."""
    value = record.fields[name]
    if bare and value is None:
        raise Refusal(NOT_FOUND, f"“{name}” of “{record.id}” is null.")
    if bare:
        return TEXT, atom.as_text(value).encode()
    if json:
        return JSON, verbose.document({"d": {name: verbose.as_value(value)}})
    return XML, atom.value(kind, record, name)
