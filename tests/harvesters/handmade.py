"""Small feeds made by hand, of good records and of such as have one fault each, and a service."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote

Record = dict[str, Any]
Sets = dict[str, list[Record]]


def texts(value: str, language: str = "en") -> Record:
    return {"results": [{"language": language, "value": value}]}


def meeting(id_: str = "m", **changed: Any) -> Record:
    """A meeting with which nothing is wrong, but for what is given."""
    return {
        "protocolVersion": 1,
        "id": id_,
        "treaty": "basel",
        "url": "https://example.org/m",
        "title": texts("Meeting"),
        "description": {"results": []},
        "start": "/Date(1654473600000)/",
        "end": "/Date(1655424000000)/",
        "type": "COP",
        "status": "Over",
        "city": "Geneva",
        "country": "CH",
        "location": "Conference centre",
        "latitude": 0,
        "longitude": 0,
        "updated": "/Date(1700000000000)/",
        **changed,
    }


def file(**changed: Any) -> Record:
    return {
        "id": "f",
        "url": "https://example.org/d/BC-15-1.pdf",
        "mimeType": "application/pdf",
        "language": "en",
        "filename": "BC-15-1.pdf",
        **changed,
    }


def decision(id_: str = "d", **changed: Any) -> Record:
    """A decision of that meeting with which nothing is wrong, but for what is given."""
    return {
        "protocolVersion": 1,
        "id": id_,
        "link": "https://example.org/d",
        "title": texts("Decision"),
        "longTitle": {"results": []},
        "summary": {"results": []},
        "content": {"results": []},
        "keywords": {
            "results": [{"term": "mercury", "namespace": "http://www.informea.org/terms"}]
        },
        "files": {"results": [file()]},
        "type": "decision",
        "status": "adopted",
        "number": "BC-15/1",
        "treaty": "basel",
        "published": "/Date(1655424000000)/",
        "updated": "/Date(1700000000000)/",
        "meetingId": "m",
        **changed,
    }


def document(id_: str = "p", **changed: Any) -> Record:
    """A document with which nothing is wrong, but for what is given."""
    empty = ("types", "keywords", "tags", "description", "identifiers", "referenceToEntities")
    return {
        "schemaVersion": "1",
        "id": id_,
        "treaty": "basel",
        "treaties": {"results": [{"value": "basel"}, {"value": "rotterdam"}]},
        "title": texts("Document"),
        "authors": {"results": [{"id": "a", "name": "Secretariat", "value": "Secretariat"}]},
        "files": {"results": [file()]},
        "updated": "/Date(1700000000000)/",
        **{name: {"results": []} for name in empty},
        **changed,
    }


def without(record: Record, *names: str) -> Record:
    return {name: value for name, value in record.items() if name not in names}


def service(
    sets: Sets, *, counts: bool = True, skips: bool = True, asked: list[str] | None = None
) -> Callable[[str, str], tuple[int, str]]:
    """A service that gives pages of these sets as they stand.

    Args:
        sets: the records of each set, in order; one that is not named is empty.
        counts: whether it knows ``$count``; else the number is in Atom only.
        skips: whether it heeds ``$skip``.
        asked: is told of each request.
    """

    def get(path: str, accept: str) -> tuple[int, str]:
        if asked is not None:
            asked.append(path)
        name, _, query = path.partition("?")
        words = {word: values[0] for word, values in parse_qs(query).items()}
        single = re.fullmatch(r"(\w+)\((?:guid)?'(.*)'\)", unquote(name))
        if single:
            found = [r for r in sets[single[1]] if r["id"] == single[2].replace("''", "'")]
            return (200, json.dumps({"d": found[0]})) if found else (404, "")
        if name.endswith("/$count"):
            return (200, str(len(sets.get(name[: -len("/$count")], [])))) if counts else (501, "")
        if accept == "application/atom+xml":
            return 200, f"<feed><m:count>{len(sets.get(name, []))}</m:count></feed>"
        start = int(words["$skip"]) if skips else 0
        page = sets.get(name, [])[start : start + int(words["$top"])]
        return 200, json.dumps({"d": {"results": page}})

    return get
