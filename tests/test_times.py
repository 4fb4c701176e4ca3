"""Times mean the days between which they lie, and nonsense is refused."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meagraph.errors import UnusableInput
from meagraph.times import Span, _parsed_days, _plain_days, bounds, combine

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "start", "end"),
    [
        ("2024-06-11", "2024-06-11", "2024-06-11", "2024-06-11", "2024-06-11"),
        ("2024-06-11/2024-06-13", "2024-06-11", "2024-06-13", "2024-06-11", "2024-06-13"),
        ("2025-09", "2025-09-01", "2025-09-30", None, None),
        ("2024-11", "2024-11-01", "2024-11-30", None, None),
        ("2022-33", "2022-01-01", "2022-03-31", None, None),
        ("2022-36", "2022-10-01", "2022-12-31", None, None),
        ("../2026-06", None, "2026-06-30", None, None),
        ("../2026-06-15", None, "2026-06-15", None, "2026-06-15"),
        ("2024-06-01/..", "2024-06-01", None, "2024-06-01", None),
        ("2024-06-01/", "2024-06-01", None, "2024-06-01", None),
        ("1995", "1995-01-01", "1995-12-31", None, None),
        ("199X", "1990-01-01", "1999-12-31", None, None),
        ("2023-12/2025-06", "2023-12-01", "2025-06-30", None, None),
        ("2024-06-11/2024-07", "2024-06-11", "2024-07-31", "2024-06-11", None),
        ("2024-02", "2024-02-01", "2024-02-29", None, None),
        ("2023-02", "2023-02-01", "2023-02-28", None, None),
        ("2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-06-11?", "2024-06-11", "2024-06-11", None, None),
        ("{2020-09-01,2020-09-03}", "2020-09-01", "2020-09-03", None, None),
        ("{2020-09-03,2020-09-01}", "2020-09-01", "2020-09-03", None, None),
        ("{2020-08,2020-09-03}", "2020-08-01", "2020-09-03", None, None),
    ],
)
def test_a_time_lies_between_its_bounds(
    text: str, earliest: str | None, latest: str | None, start: str | None, end: str | None
) -> None:
    days = [day and date.fromisoformat(day) for day in (earliest, latest, start, end)]
    assert bounds(text) == Span(*days)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-11-21/2024-11-20", "ends before it begins"),
        ("2023-02-29", "no day 2023-02-29"),
        ("2024-04-31", "no day 2024-04-31"),
        ("{2024-04-30,2024-04-31}", "no day 2024-04-31"),
        ("2024-06-11/2023-02-29", "no day 2023-02-29"),
        ("2024-13", "not a date"),
        ("11 June 2024", "blanks"),
        ("2024-06 ", "blanks"),
        ("", "not a date"),
        ("soon", "not a date"),
        ("../..", "open at both ends"),
        ("/", "not a date"),
        ("2022-21", "season"),
        ("2022-33/2022-34", "not a date"),
        ("2022-37/2022-39", "not a date"),
        ("0000", "no day"),
        ("Y17000", "no day"),
        ("-0044", "no day"),
        ("[..2024]", "open"),
    ],
)
def test_nonsense_is_refused_with_its_reason_and_an_example(text: str, reason: str) -> None:
    with pytest.raises(UnusableInput, match=reason) as caught:
        bounds(text)
    assert text in caught.value.message
    assert "2024" in (caught.value.hint or "") or "2022" in (caught.value.hint or "")


@given(DAYS, st.integers(0, 4000))
def test_a_range_of_days_is_its_own_bounds(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert bounds(f"{first}/{last}") == Span(first, last, first, last)
    if length:
        with pytest.raises(UnusableInput, match="before it begins"):
            bounds(f"{last}/{first}")


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_month_in_its_quarter_and_year(day: date) -> None:
    month, quarter = f"{day:%Y-%m}", f"{day:%Y}-{32 + (day.month + 2) // 3}"
    spans = [bounds(text) for text in (f"{day:%Y}", quarter, month, f"{day}")]
    for wide, narrow in pairwise(spans):
        assert wide.contains(narrow)
        assert not narrow.contains(wide)
    last = calendar.monthrange(day.year, day.month)[1]
    assert spans[2].latest == day.replace(day=last)
    assert combine([quarter, f"{day}", f"{day:%Y}", month]) == f"{day}"


SIDES = st.one_of(
    st.from_regex(r"20[0-9]{2}(-[0-3][0-9](-[0-3][0-9])?)?", fullmatch=True), st.just("..")
)


@settings(max_examples=60)
@given(st.one_of(SIDES, st.tuples(SIDES, SIDES).map("/".join)))
def test_what_is_read_here_is_what_the_package_reads(text: str) -> None:
    left, _, right = text.partition("/")
    right = right if "/" in text else left
    try:
        plain = _plain_days(text, left, right)
        expected = plain and _parsed_days(text, left, right)
    except UnusableInput:
        return
    assert plain == expected


@given(DAYS, DAYS)
def test_open_ranges_contain_what_lies_on_their_side(one: date, other: date) -> None:
    early, late = sorted((one, other))
    assert bounds(f"../{late}").contains(bounds(f"{early}"))
    assert bounds(f"{early}/..").contains(bounds(f"{late}"))
    assert bounds(f"../{late}").contains(bounds(f"{early}/..")) is False
    assert combine([f"../{late}", f"{early}"]) == f"{early}"


@given(st.lists(DAYS.map(str), min_size=1, max_size=4))
def test_days_combine_only_if_they_are_one_day(days: list[str]) -> None:
    assert combine(days) == (days[0] if len(set(days)) == 1 else None)


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_is_refused(text: str) -> None:
    try:
        span = bounds(text)
    except UnusableInput:
        return
    assert span.earliest or span.latest
    assert not (span.earliest and span.latest and span.latest < span.earliest)


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ([], None),
        (["2024-06"], "2024-06"),
        (["2024-06", "2024-06-11/2024-06-13"], "2024-06-11/2024-06-13"),
        (["2022-01/2022-03", "2022-33"], "2022-33"),
        (["../2026-06", "2026"], None),
        (["../2026-06", "2026-02"], "2026-02"),
        (["2024-06", "2024-07"], None),
        (["2020-09-01/2020-09-03", "{2020-09-01,2020-09-03}"], "2020-09-01/2020-09-03"),
        (["2020-09-02/2020-09-04", "{2020-09-01,2020-09-03}"], None),
        (["2024-06/2024-08", "2024-07/2024-09"], None),
        (["2024", "2024-06", "2024-07"], None),
    ],
)
def test_the_most_precise_value_within_all_others_is_taken(
    values: list[str], result: str | None
) -> None:
    assert combine(values) == result
    assert combine(reversed(values)) == result


def test_a_value_that_cannot_be_read_is_not_passed_over() -> None:
    with pytest.raises(UnusableInput):
        combine(["2024-06", "June"])
