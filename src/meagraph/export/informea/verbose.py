"""Records in the verbose JSON of OData 2: ``{"d": {"results": […]}}``.

Lists are always written out, however little a harvester asked to have expanded: one that follows
deferred links needs none, and an absent list makes another fail.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from meagraph.export.informea.schema import NAMESPACE, element

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind


def milliseconds(day: date) -> int:
    """Midnight UTC of a day, in milliseconds since 1970: whole seconds, for ECOLEX cuts the rest.

    >>> milliseconds(date(2024, 10, 28))
    1730073600000
    """
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def key_uri(base: str, kind: str, key: str) -> str:
    """The address of one record.

    >>> key_uri("https://example.org/", "Meetings", "cop-5.cbd")
    "https://example.org/Meetings('cop-5.cbd')"
    """
    return f"{base}{kind}('{quote(key.replace(chr(39), chr(39) * 2), safe='.-_~')}')"


def as_json(kind: Kind, record: Record, base: str) -> dict[str, Any]:
    """One record as an object of verbose JSON.

    Args:
        kind: its set, with the properties to write.
        record: the record.
        base: the address of the service, with a slash at its end.
    """
    return _object(kind, record.id, record.fields, base) | {
        name: {
            "results": [
                _object(element(kind, name), one["id"], one, base) for one in record.fields[name]
            ]
        }
        for name in kind.lists
    }


def _object(kind: Kind, key: str, fields: dict[str, Any], base: str) -> dict[str, Any]:
    metadata = {"uri": key_uri(base, kind.set, key), "type": f"{NAMESPACE}.{kind.name}"}
    return {
        "__metadata": metadata,
        **{name: as_value(fields.get(name)) for name in kind.scalars},
    }


def results(
    kind: Kind, records: Iterable[Record], base: str, count: int | None = None, following: str = ""
) -> bytes:
    """Records of a set as a document.

    Args:
        kind: the set.
        records: the records, in order.
        base: the address of the service.
        count: how many there are on all pages, if that was asked.
        following: the address of the next page, where the service itself cut this one.
    """
    content: dict[str, Any] = {"results": [as_json(kind, record, base) for record in records]}
    if count is not None:
        content["__count"] = str(count)
    if following:
        content["__next"] = following
    return document({"d": content})


def document(content: object) -> bytes:
    """A JSON document, the same bytes for the same content."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def as_value(value: object) -> object:
    """The value of one property in JSON."""
    return f"/Date({milliseconds(value)})/" if isinstance(value, date) else value
