"""InforMEA's default harvester of OData, as its protocol facts tell it: what it asks and keeps.

Written from those facts alone, and knows nothing of what provides the feed. It asks for the number
of records, then for pages of a hundred; meetings come before decisions. Contacts, reports and
sites are no concern of ours, and left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from harvesters.known import COUNTRIES, MACHINE_NAMES

Get = Callable[[str, str], tuple[int, str]]
"""Path and query below the service's address (or a whole address), and what ``Accept`` says;
gives HTTP's status and the body."""

PAGE = 100
EXPANDED = {
    "Meetings": "title,description",
    "Decisions": "title,keywords,files,content,summary",
    "Documents": "authors,description,files,identifiers,keywords,referenceToEntities,tags,"
    "treaties,title,types",
}
"""The sets in the order of migration, and what is asked to be expanded."""

_LANGUAGES = {
    "en": "en",
    "fr": "fr",
    "es": "es",
    "ru": "ru",
    "ar": "ar",
    "und": "und",
} | dict.fromkeys(("zh", "zh-hans", "cn", "chinese"), "zh-hans")
_HOME = ZoneInfo("Europe/Zurich")
_LONGEST_TITLE = 2048


class Broken(Exception):
    """The service answers with something that ends the run."""


class Outcome(NamedTuple):
    """What becomes of one record.

    ``fate`` is imported, rejected or ignored; ``reasons`` name why it is rejected or ignored, or
    what the harvester warns of; ``node`` is what the portal has of it, ``None`` if it has nothing.
    """

    set: str
    id: str
    fate: str
    reasons: tuple[str, ...]
    node: dict[str, Any] | None


class Harvest(NamedTuple):
    """All outcomes, in the order of the run, and warnings that are of no record."""

    outcomes: list[Outcome]
    warnings: list[str]

    def nodes(self, set_: str) -> dict[str, dict[str, Any]]:
        """What the portal has of a set, by id."""
        return {o.id: o.node for o in self.outcomes if o.set == set_ and o.node is not None}


def harvest(get: Get, treaties: frozenset[str] = MACHINE_NAMES) -> Harvest:
    """Import meetings, then decisions, then documents.

    Raises:
        Broken: a page cannot be had, or is not the JSON of OData.
    """
    found = Harvest([], [])
    for set_ in EXPANDED:
        seen: set[str] = set()
        for record in _records(get, set_, found.warnings):
            id_ = str(record.get("id") or "")
            if id_ in seen:
                found.outcomes.append(Outcome(set_, id_, "ignored", ("duplicate-id",), None))
                continue
            seen.add(id_)
            found.outcomes.append(_imported(get, set_, record, treaties, found))
    return found


def orphans(get: Get, set_: str, ids: Iterable[str]) -> list[str]:
    """The ids that the service has no more: those that it answers with 404. They are deleted."""
    return [id_ for id_ in ids if get(key(set_, id_), "application/json")[0] == 404]


def single(get: Get, set_: str, id_: str) -> dict[str, Any] | None:
    """One record by its key, as text or else as GUID."""
    for path in (key(set_, id_), f"{set_}(guid'{quote(id_)}')"):
        status, body = get(path, "application/json")
        if status == 200:
            record: dict[str, Any] = json.loads(body)["d"]
            return record
    return None


def key(set_: str, id_: str) -> str:
    """The address of one record: a quote in a key is doubled."""
    return f"{set_}('{quote(id_.replace(chr(39), 2 * chr(39)))}')"


def _number(get: Get, set_: str) -> int:
    """How many there are: as ``$count`` says, else as a count in Atom does."""
    status, body = get(f"{set_}/$count", "application/json")
    if status == 200 and body.strip().isdecimal() and int(body):
        return int(body)
    _, feed = get(f"{set_}?$inlinecount=allpages", "application/atom+xml")
    told = re.search(r"<m:count>(\d+)</m:count>", feed)
    return int(told[1]) if told else 0


def _records(get: Get, set_: str, warnings: list[str]) -> Iterator[dict[str, Any]]:
    before = None
    for skip in range(0, _number(get, set_), PAGE):
        query = f"$top={PAGE}&$skip={skip}&$expand={EXPANDED[set_]}&$orderby=updated%20desc,id"
        status, body = get(f"{set_}?{query}", "application/json")
        if status not in (200, 301, 302):
            raise Broken(f"{set_}: HTTP {status}")
        if body == before:
            warnings.append(f"{set_}: two pages are the same; $skip is ignored")
            return
        before = body
        yield from _page(set_, body)


def _page(set_: str, body: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(body)["d"]
    except (ValueError, LookupError, TypeError) as error:
        raise Broken(f"{set_}: no verbose JSON: {error}") from None
    results: list[dict[str, Any]] = data["results"] if isinstance(data, dict) else data
    return results


def _imported(
    get: Get, set_: str, record: dict[str, Any], treaties: frozenset[str], so_far: Harvest
) -> Outcome:
    navigation = {name: _list(get, record.get(name)) for name in EXPANDED[set_].split(",")}
    source = _Source(record, navigation, treaties, so_far)
    read = {"Meetings": _meeting, "Decisions": _decision, "Documents": _document}[set_]
    warned: list[str] = []
    node: dict[str, Any] = {"title": _title(navigation["title"]), "warned": warned}
    rejected = [] if node["title"] else ["no-title"]
    rejected += read(source, node)
    del node["warned"]
    id_ = str(record.get("id") or "")
    if rejected:
        return Outcome(set_, id_, "rejected", tuple(rejected), None)
    return Outcome(set_, id_, "imported", tuple(warned), node)


class _Source(NamedTuple):
    """What a node is made of: a record, what it expands to, the treaties, and what came before."""

    record: dict[str, Any]
    navigation: dict[str, list[Any]]
    treaties: frozenset[str]
    so_far: Harvest


def _meeting(source: _Source, node: dict[str, Any]) -> list[str]:
    node["treaty"] = _treaty(source.record.get("treaty"), source.treaties)
    node["start"], node["end"] = _day(source.record.get("start")), _day(source.record.get("end"))
    node["country"] = _country(source.record.get("country"), node["warned"])
    for name in ("type", "url", "country", "city", "location"):
        if not source.record.get(name):
            node["warned"].append(f"no-{name}")
    for name in ("type", "status", "kind", "access"):
        node[name] = str(source.record.get(name) or "").lower() or None
    place = source.record.get("latitude"), source.record.get("longitude")
    node["coordinates"] = None if place in ((0, 0), (None, None)) else place
    rejected = _without_treaty(node["treaty"], source.record.get("treaty"))
    return rejected if node["start"] else [*rejected, "no-start"]


def _decision(source: _Source, node: dict[str, Any]) -> list[str]:
    node["treaty"] = _treaty(source.record.get("treaty"), source.treaties)
    node["files"] = _files(source.navigation["files"], node["warned"])
    node["keywords"] = [term.get("term") for term in source.navigation["keywords"]]
    rejected = _without_treaty(node["treaty"], source.record.get("treaty"))
    meetings = {
        id_: meeting
        for id_, meeting in source.so_far.nodes("Meetings").items()
        if meeting["treaty"] == node["treaty"]
    }
    named, title = source.record.get("meetingId"), source.record.get("meetingTitle")
    id_ = named or next((i for i, m in meetings.items() if m["title"] == title), None)
    if id_ not in meetings:
        return [*rejected, "meeting-unresolvable"]
    node["meeting"], node["published"] = id_, meetings[id_]["start"]
    return rejected


def _document(source: _Source, node: dict[str, Any]) -> list[str]:
    named = [
        source.record.get("treaty"),
        *(treaty.get("value") for treaty in source.navigation["treaties"]),
    ]
    node["treaties"] = sorted({t for name in named if (t := _treaty(name, source.treaties))})
    node["country"] = _country(source.record.get("country"), node["warned"])
    node["files"] = _files(source.navigation["files"], node["warned"])
    node["authors"] = [
        author["value"] for author in source.navigation["authors"] if author.get("value")
    ]
    node["keywords"] = [term.get("literalForm") for term in source.navigation["keywords"]]
    node["title"] = node["title"][:_LONGEST_TITLE]
    return _without_treaty(node["treaties"], *named)


def _treaty(name: Any, treaties: frozenset[str]) -> str | None:
    lowered = str(name or "").lower()
    return lowered if lowered in treaties else None


def _without_treaty(found: Any, *named: Any) -> list[str]:
    """Why a record is rejected for its treaty: no name is known, or none is given."""
    return [] if found else ["treaty-unknown" if any(named) else "no-treaty"]


def _country(code: Any, warned: list[str]) -> str | None:
    if not code or str(code).upper() in COUNTRIES:
        return str(code).upper() if code else None
    warned.append("country-unknown")
    return None


def _list(get: Get, value: Any) -> list[Any]:
    """What a navigation property holds: in ``results``, bare, or behind a link that is followed."""
    if isinstance(value, dict) and "__deferred" in value:
        status, body = get(value["__deferred"]["uri"], "application/json")
        value = json.loads(body)["d"] if status == 200 else None
    if isinstance(value, dict):
        value = value.get("results")
    return [each for each in value or () if isinstance(each, dict)]


def _title(texts: list[Any]) -> str:
    """The English title, one of no language, or else the first; without HTML and controls."""
    by_language: dict[str, str] = {}
    for text in texts:
        language = _LANGUAGES.get(str(text.get("language") or "und").lower(), "en")
        plain = unescape(re.sub(r"<[^>]*>", "", str(text.get("value") or "")))
        plain = re.sub(r"[\x00-\x1f\x7f]", "", plain).strip()
        if plain:
            by_language.setdefault(language, plain)
    first = next(iter(by_language.values()), "")
    return by_language.get("en") or by_language.get("und") or first


def _files(files: list[Any], warned: list[str]) -> list[dict[str, str]]:
    """The files that are kept: those with address, language and name, and no pictures."""
    if not files:
        warned.append("no-files")
    kept = []
    for file in files:
        url = str(file.get("url") or "")
        parts = urlsplit(url)
        name = file.get("filename") or _tail(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            warned.append("file-url")
        elif not name:
            warned.append("file-name")
        elif not file.get("language"):
            warned.append("file-language")
        elif file.get("mimeType") == "image/jpeg":
            warned.append("file-image")
        else:
            language = _LANGUAGES.get(str(file["language"]).lower(), "en")
            kept.append({"url": url, "filename": str(name), "language": language})
    return kept


def _tail(url: str) -> str:
    _, marked, name = url.partition("download.aspx?d=")
    return unquote(name if marked else urlsplit(url).path.rpartition("/")[2])


def _day(value: Any) -> date | None:
    """The day that the portal shows: it reads milliseconds and keeps the time of Zurich."""
    told = re.search(r"Date\((.*)\)", str(value or ""))
    if not told:
        return None
    try:
        seconds = int(told[1]) / 1000
    except ValueError:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(_HOME).date()
