"""What an address below the service names: a set, a record, what it lists, one value of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from meagraph.export.informea.record import elements
from meagraph.export.informea.refusals import NOT_FOUND, NOT_IMPLEMENTED, Refusal
from meagraph.export.informea.schema import KINDS, LISTS, element
from meagraph.export.informea.verbose import key_uri

if TYPE_CHECKING:
    from meagraph.export.informea.feed import Feed
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

_SEGMENT = re.compile(
    r"(?P<name>[$A-Za-z]+)"
    r"(?P<key>\(\s*(?:id\s*=\s*)?(?P<guid>guid)?'(?P<id>(?:[^']|'')*)'\s*\))?(?:/|$)"
)
COUNT, VALUE = "$count", "$value"


class Found(NamedTuple):
    """What an address names.

    Args:
        kind: the set that it is of.
        records: those of the set, or of the list; the one alone where a key was given.
        one: whether a key was given.
        path: the address of the set, list or record, percent-encoded, below the service's.
        asked: what of it: nothing for itself, ``$count``, or the name of a property.
        bare: whether the value of that property is to stand alone, as text.
    """

    kind: Kind
    records: tuple[Record, ...]
    one: bool
    path: str
    asked: str = ""
    bare: bool = False


def find(feed: Feed, path: str) -> Found:
    """Follow an address, decoded, without a slash at either end.

    Raises:
        Refusal: 404 where there is no such thing, 501 for addresses that this service does not
            know.
    """
    parts = _parts(path)
    first = parts.pop(0)
    found = _keyed(_set(feed, first["name"]), first)
    while parts and not found.asked:
        part = parts.pop(0)
        name = part["name"]
        if found.one and name in found.kind.lists:
            record = found.records[0]
            below = elements(found.kind, record, name)
            kind = element(found.kind, name)
            found = _keyed(Found(kind, below, False, f"{found.path}/{name}"), part)
        elif name == COUNT and not found.one and not part["key"]:
            found = found._replace(asked=COUNT)
        elif found.one and name in found.kind.scalars and not part["key"]:
            found = found._replace(asked=name, bare=[p["name"] for p in parts] == [VALUE])
            parts = parts[1:] if found.bare else parts
        else:
            status = NOT_IMPLEMENTED if name in ("$links", VALUE) else NOT_FOUND
            raise Refusal(status, f"{found.path} has no “{name}”.")
    if parts:
        raise Refusal(NOT_FOUND, f"“{found.asked}” has no “{parts[0]['name']}”.")
    return found


def _parts(path: str) -> list[re.Match[str]]:
    parts, place = [], 0
    while place < len(path):
        match = _SEGMENT.match(path, place)
        if not match:
            raise _no_such(path)
        parts.append(match)
        place = match.end()
    return parts


def _no_such(path: str) -> Refusal:
    return Refusal(NOT_FOUND, f"There is no “{path}”; the sets are {', '.join(KINDS)}.")


def _set(feed: Feed, name: str) -> Found:
    """A set of the feed, or one of all that a property of its records lists."""
    if name in LISTS:
        kind, listing = LISTS[name]
        owners = feed.set(kind.set) or ()
        all_ = tuple(one for owner in owners for one in elements(kind, owner, listing))
        return Found(element(kind, listing), all_, False, name)
    records = feed.set(name)
    if records is None:
        raise _no_such(name)
    return Found(KINDS[name], records, False, name)


def _keyed(found: Found, part: re.Match[str]) -> Found:
    """The record of a set that a key names; without a key, the set."""
    if not part["key"]:
        return found
    key = part["id"].replace("''", "'")
    for record in found.records:
        # A treaty is found by its UUID too, where one asks for a guid.
        if record.id == key or (part["guid"] and record.fields.get("UUID") == key.lower()):
            path = key_uri("", found.path, record.id)
            return found._replace(records=(record,), one=True, path=path)
    raise Refusal(NOT_FOUND, f"{found.path} has no record “{key}”.")
