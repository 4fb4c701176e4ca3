"""What breaks a rule in the records of a feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from meagraph.export.informea_lint.portal import (
    COUNTRIES,
    LANGUAGES,
    LONGEST_ID,
    LONGEST_TITLE,
    MACHINE_NAMES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.export.informea.record import Record

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


_NO_FILES = "Nothing needs to be done: the feed gives the address of a decision, and no file."


class Breach(NamedTuple):
    """A rule that one record breaks.

    ``rule`` is its name; ``message`` says what is so; ``remedy`` what to do, empty where the rule
    says it.
    """

    rule: str
    message: str
    remedy: str = ""


def breaches(
    sets: Mapping[str, Sequence[Record]],
) -> Iterator[tuple[str, Record, Breach]]:
    """All that breaks a rule in a feed: the set, the record and the breach.

    Args:
        sets: the records of each set, by its name.
    """
    meetings = {
        (record.fields.get("treaty"), record.id)
        for record in sets.get("Meetings", ())
        if record.fields.get("start")
    }
    for set_, records in sets.items():
        repeated = _repeated(record.id for record in records)
        titles = _repeated(map(_named, records)) if set_ == "Meetings" else set()
        for record in records:
            found = [*_of_any(record), *_OWN[set_](record.fields)]
            if record.id in repeated:
                found.append(Breach("duplicate-id", f"several records have the id {record.id}"))
            if _named(record) in titles:
                found.append(Breach("same-title", "another meeting of the treaty has its title"))
            if set_ == "Decisions":
                found += _meeting_of(record.fields, meetings)
            for breach in found:
                yield set_, record, breach


def _repeated(values: Iterable[Any]) -> set[Any]:
    once: set[Any] = set()
    return {value for value in values if value in once or once.add(value)}  # type: ignore[func-returns-value]


def _named(record: Record) -> tuple[str, str]:
    return str(record.fields.get("treaty")), _titles(record.fields).get("en", record.id)


def _titles(fields: dict[str, Any]) -> dict[str, str]:
    titles = {str(one.get("language")): one.get("value") for one in fields.get("title") or ()}
    return {language: text.strip() for language, text in titles.items() if text and text.strip()}


def _of_any(record: Record) -> Iterator[Breach]:
    if len(record.id) > LONGEST_ID:
        yield Breach(
            "long-id", f"its id has {len(record.id)} characters, and may have {LONGEST_ID}"
        )
    if any(_CONTROL.search(text) for text in _texts(record.fields)):
        yield Breach("control-character", "a text has a control character in it")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _of_title(fields: dict[str, Any]) -> Iterator[Breach]:
    titles = _titles(fields)
    if not titles:
        yield Breach("no-title", "it has no title")
    elif "en" not in titles:
        yield Breach("no-english", f"its title is in {', '.join(sorted(titles))} only")
    if any(len(title) >= LONGEST_TITLE for title in titles.values()):
        yield Breach("long-title", f"its title has {LONGEST_TITLE:,} characters or more")


def _of_treaty(names: list[Any]) -> Iterator[Breach]:
    given = [str(name) for name in names if name]
    if not given:
        yield Breach("no-treaty", "it is filed under no treaty")
    elif not any(name.lower() in MACHINE_NAMES for name in given):
        listed = ", ".join(f"“{name}”" for name in sorted(set(given)))
        yield Breach("treaty-unknown", f"InforMEA has no treaty {listed}")


def _treaty(fields: dict[str, Any]) -> Iterator[Breach]:
    if not fields.get("UUID"):
        yield Breach("no-uuid", "its UUID in InforMEA is not known")
    if not fields.get("titleEnglish"):
        yield Breach("no-title", "it has no English title")
    yield from _of_treaty([fields.get("id")])


def _meeting(fields: dict[str, Any]) -> Iterator[Breach]:
    yield from _of_title(fields)
    yield from _of_treaty([fields.get("treaty")])
    start, end = fields.get("start"), fields.get("end")
    if not isinstance(start, date):
        yield Breach("no-start", "the day on which it starts is not known")
    elif isinstance(end, date) and end < start:
        yield Breach("end-before-start", f"it ends on {end}, before it starts on {start}")
    if not fields.get("type"):
        yield Breach("no-type", "what type of meeting it is is not known")
    if not fields.get("url"):
        yield Breach("no-url", "its official address is not known")
    yield from _of_place(fields)


def _of_place(fields: dict[str, Any]) -> Iterator[Breach]:
    online = fields.get("virtual") is True
    so, remedy = "is not known", ""
    if online:
        so, remedy = "is none, for it is online", "Nothing needs to be done: the feed says so."
    for name, place in (("country", "country"), ("city", "city"), ("location", "venue")):
        if not fields.get(name):
            yield Breach(f"no-{name}", f"its {place} {so}", remedy)
    country = fields.get("country")
    if country and str(country).upper() not in COUNTRIES:
        yield Breach("country-unknown", f"“{country}” is no country's code of two letters")


def _decision(fields: dict[str, Any]) -> Iterator[Breach]:
    yield from _of_title(fields)
    titles = _titles(fields)
    if titles and titles.keys().isdisjoint(LANGUAGES):
        yield Breach("title-language", f"its title is in {', '.join(sorted(titles))} only")
    yield from _of_treaty([fields.get("treaty")])
    for name, rule, what in (
        ("type", "no-kind", "whether it is a decision or a resolution"),
        ("status", "no-status", "its status"),
        ("number", "no-number", "its number"),
        ("published", "no-date", "its day"),
    ):
        if not fields.get(name):
            yield Breach(rule, f"{what} is not known")
    yield from _of_files(fields.get("files") or [], _NO_FILES)


def _meeting_of(fields: dict[str, Any], meetings: set[tuple[Any, str]]) -> Iterator[Breach]:
    if (fields.get("treaty"), fields.get("meetingId")) not in meetings:
        yield Breach("meeting-unresolvable", "its meeting is not in the feed for its treaty")


def _document(fields: dict[str, Any]) -> Iterator[Breach]:
    yield from _of_title(fields)
    listed = [one.get("value") for one in fields.get("treaties") or ()]
    yield from _of_treaty([fields.get("treaty"), *listed])
    country = fields.get("country")
    if country and str(country).upper() not in COUNTRIES:
        yield Breach("country-unknown", f"“{country}” is no country's code of two letters")
    yield from _of_files(fields.get("files") or [])
    for author in fields.get("authors") or ():
        if not author.get("value"):
            yield Breach("author-value", f"the author “{author.get('name')}” has no value")


def _of_files(files: list[dict[str, Any]], remedy: str = "") -> Iterator[Breach]:
    if not files:
        yield Breach("no-files", "no file of it is known at an official address", remedy)
    for file in files:
        address = str(file.get("url") or "")
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            yield Breach("file-url", f"“{address}” is no address of a file")
        elif not (file.get("filename") or parts.path.rpartition("/")[2] or "?d=" in address):
            yield Breach("file-name", f"the file at {address} has no name")
        elif not file.get("language"):
            yield Breach("file-language", f"the language of {address} is not known")
        elif file.get("mimeType") == "image/jpeg":
            yield Breach("file-image", f"{address} is a picture")


_OWN = {
    "Treaties": _treaty,
    "Meetings": _meeting,
    "Decisions": _decision,
    "Documents": _document,
}
