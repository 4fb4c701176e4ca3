"""ECOLEX's importer of COP decisions from OData (its first), as the protocol facts tell it.

Written from those facts alone, and knows nothing of what provides the feed. It forgives nothing: a
property that is absent ends the run as a `KeyError`, a decision without a title in one of its
languages as a `TypeError`, a date of another form as a `ValueError`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from harvesters.known import MACHINE_NAMES

Get = Callable[[str, str], tuple[int, str]]
"""Path and query below the service's address, and what ``Accept`` says; gives HTTP's status and
the body."""

PAGE = 20
LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh")
"""Those that are kept; ``zh-hans`` is none of them."""

_TEXTS = ("title", "longTitle", "summary", "content")


def harvest(
    get: Get, since: datetime, stored: Mapping[str, datetime] | None = None
) -> dict[str, dict[str, Any]]:
    """The decisions to store, by id: those updated since, and newer than what is stored.

    Args:
        get: asks the service.
        since: only what was updated after this is asked for; without a time zone, in UTC.
        stored: when the decisions that ECOLEX has were updated, by id; in UTC.

    Raises:
        KeyError: a property that is read without asking is absent.
        TypeError: a list is no object with ``results``, or no title is in a language of ECOLEX.
        RuntimeError: the service ignores ``$skip``; the importer has no guard against that.
        ValueError: a date is not in whole seconds with three noughts, or the answer is no JSON.
    """
    known, found = stored or {}, {}
    for decision in _decisions(get, since):
        updated = _time(decision["updated"])
        id_ = decision["id"]
        if id_ not in known or updated > known[id_]:
            found[id_] = {**_read(decision), "updated": updated}
    return found


def _decisions(get: Get, since: datetime) -> Iterator[dict[str, Any]]:
    asked = quote(f"updated gt datetime'{since:%Y-%m-%dT%H:%M:%S}'")
    skip, before = 0, None
    while True:
        query = f"$filter={asked}&$orderby=updated%20asc&$top={PAGE}&$skip={skip}"
        status, body = get(f"Decisions?{query}", "application/json")
        if status != 200:
            raise ValueError(f"HTTP {status}")
        page = json.loads(body)["d"]["results"]
        if not page:
            return
        if page == before:
            raise RuntimeError("a page comes again: the importer itself would never end")
        before = page
        yield from page
        skip += PAGE


def _read(decision: dict[str, Any]) -> dict[str, Any]:
    texts = {name: _by_language(decision[name]["results"]) for name in _TEXTS}
    title = next(filter(None, (texts["title"].get(tongue) for tongue in LANGUAGES)), None)
    treaty = decision.get("treaty")
    return {
        **texts,
        "heading": title + " ",  # type: ignore[operator]  # the importer's own fault
        "keywords": [keyword["term"] for keyword in decision["keywords"]["results"]],
        "files": {file["filename"]: file["url"] for file in decision["files"]["results"]},
        # Where the service has no identifier of the treaty, ECOLEX has a table of names.
        "treaty": decision.get("treatyUUID") or (treaty if _is_known(treaty) else None),
        "number": decision.get("number"),
        "meeting": decision.get("meetingId"),
    }


def _is_known(treaty: str | None) -> bool:
    return (treaty or "").lower() in MACHINE_NAMES


def _by_language(texts: list[dict[str, str]]) -> dict[str, str]:
    return {text["language"]: text["value"] for text in texts if text["language"] in LANGUAGES}


def _time(value: str) -> datetime:
    """A moment: what stands between the brackets, less its last three digits, is seconds."""
    return datetime.fromtimestamp(int(value[len("/Date(") : -len(")/")][:-3]), UTC)
