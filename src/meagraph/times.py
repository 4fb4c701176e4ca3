"""Times as EDTF (ISO 8601-2): from what is written to the days between which it lies.

The package ``edtf`` reads the notation; years, months, days and quarters, which are nearly all
that the data has, are read here, because the package takes some 20 ms for each. Three things that
the package lets through are stopped: a day that its month does not have, a range that ends before
it begins, and the end that it makes up for a range whose end is unknown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from meagraph.errors import UnusableInput

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\S+)?")
_DAY_ANYWHERE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SEASON = re.compile(r"(?<![\d-])\d{4}-(?:2[1-9]|3[0-2])(?![\d-])")
_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FIRST_QUARTER = 33
_OPEN = ("", "..")
_EXAMPLES = (
    "Write a day as 2024-06-11, days as 2024-06-11/2024-06-13, a month as 2025-09, the first "
    "quarter as 2022-33, “by June 2026” as ../2026-06."
)


@dataclass(frozen=True)
class Span:
    """The days that a time certainly lies between, both included.

    Attributes:
        earliest: the first day possible; ``None`` if the time is open towards the past.
        latest: the last day possible; ``None`` if it is open towards the future.
        start: the day on which it begins, only where the day is stated.
        end: the day on which it ends, only where the day is stated.
    """

    earliest: date | None
    latest: date | None
    start: date | None
    end: date | None

    def contains(self, other: Span) -> bool:
        """Whether every day of another span is a day of this one."""
        begins = self.earliest is None or (
            other.earliest is not None and self.earliest <= other.earliest
        )
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return begins and ends


@lru_cache(maxsize=4096)
def bounds(edtf_text: str) -> Span:
    """The span of an EDTF value.

    >>> bounds("2022-33").latest
    datetime.date(2022, 3, 31)

    Raises:
        UnusableInput: it is not EDTF, names an impossible day, ends before it begins, or bounds
            nothing.
    """
    text = edtf_text
    if text != "".join(text.split()):
        raise _unusable(text, "it has blanks in it")
    for year, month, day in _DAY_ANYWHERE.findall(text):
        _date(int(year), int(month), int(day), text)
    if _SEASON.search(text):
        raise _unusable(
            text, "a season has no certain months", "Write its months: 2022-03/2022-05."
        )
    left, slash, right = text.partition("/")
    right = right if slash else left
    earliest, latest = _plain_days(text, left, right) or _parsed_days(text, left, right)
    if earliest is None and latest is None:
        raise _unusable(text, "it is open at both ends, so it says nothing")
    if earliest and latest and latest < earliest:
        raise _unusable(
            text,
            "the range ends before it begins",
            "Type only what both ends share, such as 2024-11, and keep the text's own form in "
            "mea:whenAsStated.",
        )
    return Span(
        earliest,
        latest,
        start=earliest if _DAY.fullmatch(left) else None,
        end=latest if _DAY.fullmatch(right) else None,
    )


def combine(values: Iterable[str]) -> str | None:
    """The most precise of several values for one time, if all the others contain it.

    >>> combine(["2024", "2024-06-11/2024-06-13", "2024-06"])
    '2024-06-11/2024-06-13'

    Returns:
        ``None`` if there is no value, or if none lies within all the others: they exclude each
        other, or overlap only in part.

    Raises:
        UnusableInput: a value cannot be read.
    """
    spans = {value: bounds(value) for value in values}
    within_all = [
        value
        for value, span in spans.items()
        if all(other.contains(span) for other in spans.values())
    ]
    # Several that say the same: the one that states its days, then the shortest.
    return min(
        within_all,
        key=lambda value: (
            spans[value].start is None,
            spans[value].end is None,
            len(value),
            value,
        ),
        default=None,
    )


_Days = tuple[date | None, date | None]


def _plain_days(text: str, left: str, right: str) -> _Days | None:
    """The first and the last day, if both sides are years, months or days, or one of them open.

    A quarter has no place in a range, to the letter of ISO 8601-2.
    """
    if left in _OPEN and right in _OPEN:
        return None
    sides: list[_Days] = []
    for side in (left, right):
        match = _PLAIN.fullmatch(side)
        days = match and _days(*(int(part or 0) for part in match.groups()), text=text)
        if side not in _OPEN and not days:
            return None
        sides.append(days or (None, None))
    if "/" in text and any(_is_quarter(side) for side in (left, right)):
        return None
    return sides[0][0], sides[1][1]


def _is_quarter(side: str) -> bool:
    return len(side) == len("2022-33") and int(side[-2:]) >= _FIRST_QUARTER


def _days(year: int, month: int, day: int, *, text: str) -> _Days | None:
    """The days of a year, a month, a quarter or a day; a part that is not stated is 0."""
    if day:
        return _date(year, month, day, text), _date(year, month, day, text)
    if month == 0:
        first, last = 1, 12
    elif 1 <= month <= 12:
        first = last = month
    elif _FIRST_QUARTER <= month < _FIRST_QUARTER + 4:
        first = 3 * (month - _FIRST_QUARTER) + 1
        last = first + 2
    else:
        return None
    _date(year, first, 1, text)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _parsed_days(text: str, left: str, right: str) -> _Days:
    """The first and the last day of any other EDTF value, by the package."""
    from edtf import EDTFParseException, parse_edtf

    try:
        value = parse_edtf(text)
    except EDTFParseException as error:
        raise _unusable(text, "this is not a date in EDTF") from error
    return (
        None if left in _OPEN else _bound(value.lower_strict(), text),
        None if right in _OPEN else _bound(value.upper_strict(), text),
    )


def _bound(value: object, text: str) -> date:
    # A struct_time for what is bounded; a float, plus or minus infinity, for what is not.
    if not isinstance(value, tuple):
        raise _unusable(text, "it is open where it should have an end")
    return _date(value[0], value[1], value[2], text)


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _unusable(text, f"there is no day {year:04}-{month:02}-{day:02}") from error


def _unusable(text: str, reason: str, hint: str = _EXAMPLES) -> UnusableInput:
    return UnusableInput(f"“{text}” cannot be used as a time: {reason}", hint=hint)
