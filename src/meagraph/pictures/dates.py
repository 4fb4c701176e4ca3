"""Spans of days as a reader writes them."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def span(first: date, last: date) -> str:
    """The days from the first to the last, shortened; whole months, quarters and years as such.

    >>> from datetime import date
    >>> span(date(2022, 1, 1), date(2022, 3, 31))
    'Q1 2022'
    """
    if first == last:
        return f"{first.day} {_month(first)} {first.year}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _months(first, last)
    end = f"{last.day} {_month(last)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{first.day} {_month(first)} – {end}"
    return f"{first.day} {_month(first)} {first.year} – {end}"


def _months(first: date, last: date) -> str:
    """Whole months."""
    if first.year != last.year:
        if (first.month, last.month) == (1, 12):
            return f"{first.year}–{last.year}"
        return f"{_month(first)} {first.year} – {_month(last)} {last.year}"
    if first.month == last.month:
        return f"{_month(first)} {first.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    if first.month % 3 == 1 and last.month == first.month + 2:
        return f"Q{last.month // 3} {first.year}"
    return f"{_month(first)}–{_month(last)} {first.year}"


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]
