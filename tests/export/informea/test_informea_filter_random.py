"""Filters made at random, held against what Python itself makes of the same expression."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from meagraph.export.informea import Record
from meagraph.export.informea.filters import filter_test
from meagraph.export.informea.record import complete
from meagraph.export.informea.schema import KINDS


class Both(NamedTuple):
    """An expression of OData 2, and the same of Python."""

    odata: str
    python: str


def of(odata: str, python: str, *parts: Both) -> Both:
    """Parts put into the places of one pattern of each."""
    return Both(odata.format(*(p.odata for p in parts)), python.format(*(p.python for p in parts)))


WORDS = st.text("ab' Àß", max_size=4)
DAYS = st.dates(date(2023, 12, 30), date(2024, 3, 2))
CITY, COUNTRY = Both("city", "city"), Both("country", "country")
TEXTS = st.one_of(
    st.sampled_from([CITY, COUNTRY, Both("null", "None")]),
    WORDS.map(lambda text: Both("'" + text.replace("'", "''") + "'", repr(text))),
)
MADE = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        inner.map(lambda a: of("tolower({0})", "call(str.lower, {0})", a)),
        inner.map(lambda a: of("toupper( {0} )", "call(str.upper, {0})", a)),
        inner.map(lambda a: of("trim({0})", "call(str.strip, {0})", a)),
        st.tuples(inner, inner).map(
            lambda two: of("concat({0},{1})", "call(str.__add__, {0}, {1})", *two)
        ),
    ),
    max_leaves=4,
)
NUMBERS = st.one_of(
    st.integers(-3, 5).map(lambda n: Both(str(n), str(n))),
    st.floats(-3, 5, width=16).map(lambda n: Both(f"{n}d", repr(n))),
    st.just(Both("protocolVersion", "protocolVersion")),
    MADE.map(lambda a: of("length({0})", "call(len, {0})", a)),
    st.tuples(MADE, TEXTS).map(
        lambda two: of("indexof({0},{1})", "call(str.find, {0}, {1})", *two)
    ),
    st.sampled_from(["month", "day"]).map(lambda f: Both(f"{f}(start)", f"start.{f}")),
)
MOMENTS = st.one_of(
    st.just(Both("start", "start")),
    DAYS.map(lambda day: Both(f"datetime'{day}T00:00:00'", f"moment({day.toordinal()})")),
)
SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
TRUTHS = st.one_of(
    st.sampled_from([Both("true", "True"), Both("false", "False"), Both("virtual", "virtual")]),
    st.tuples(MADE, TEXTS).map(
        lambda two: of("substringof({1},{0})", "passed(lambda a, b: b in a, {0}, {1})", *two)
    ),
    st.tuples(MADE, TEXTS).map(
        lambda two: of("startswith({0},{1})", "passed(str.startswith, {0}, {1})", *two)
    ),
)


@st.composite
def comparison(draw: st.DrawFn) -> Both:
    sign = draw(st.sampled_from(sorted(SIGNS)))
    left, right = draw(st.one_of(*(st.tuples(t, t) for t in (MADE, NUMBERS, MOMENTS))))
    if sign in ("eq", "ne"):
        return of(f"{{0}} {sign} {{1}}", f"({{0}} {SIGNS[sign]} {{1}})", left, right)
    return of(
        f"{{0}} {sign} {{1}}", f"passed(lambda a, b: a {SIGNS[sign]} b, {{0}}, {{1}})", left, right
    )


def level(inner: st.SearchStrategy[Both]) -> st.SearchStrategy[Both]:
    """Terms joined without brackets: Python too binds ``and`` closer than ``or``."""
    bracketed = inner.map(lambda a: of("({0})", "({0})", a))
    unit = st.one_of(TRUTHS, bracketed)
    # In Python “not” binds more loosely than a comparison, so there it stands in brackets.
    negated = st.one_of(unit, unit.map(lambda a: of("not {0}", "(not {0})", a)))
    told = negated.map(lambda a: of("{0} eq true", "({0} == True)", a))
    term = st.one_of(comparison(), negated, told)
    return st.lists(st.tuples(term, st.sampled_from(["and", "or"])), min_size=1, max_size=4).map(
        lambda terms: Both(
            " ".join(f"{word} {term.odata}" for term, word in terms).partition(" ")[2],
            " ".join(f"{word} {term.python}" for term, word in terms).partition(" ")[2],
        )
    )


FILTERS = st.recursive(comparison(), level, max_leaves=8)
FIELDS = st.fixed_dictionaries(
    {
        "id": st.just("m"),
        "city": st.none() | WORDS,
        "country": st.none() | WORDS,
        "virtual": st.none() | st.booleans(),
        "start": DAYS,
    }
)


def moment(day: int) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=UTC)


def call(function: Any, *values: Any) -> Any:
    return None if None in values else function(*values)


def passed(function: Any, *values: Any) -> bool:
    return None not in values and function(*values)


@given(both=FILTERS, fields=FIELDS)
def test_a_filter_is_true_where_python_says_so(both: Both, fields: dict[str, Any]) -> None:
    fields["protocolVersion"] = len(fields["city"] or "")
    record = Record("", date(2024, 1, 1), complete("Meetings", fields))
    known = {
        **fields,
        "start": moment(fields["start"].toordinal()),
        "call": call,
        "passed": passed,
        "moment": moment,
    }
    passes = filter_test(KINDS["Meetings"], both.odata)(record)
    assert passes is bool(eval(both.python, known)), both
