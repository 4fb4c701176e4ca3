"""``$filter``: comparisons of properties with values, joined by ``and``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from meagraph.export.informea.refusals import BAD_REQUEST, NOT_IMPLEMENTED, Refusal
from meagraph.export.informea.schema import BOOLEAN, DATETIME, STRING

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

Test = Callable[["Record"], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<value>(?:datetime|guid)?'(?:[^']|'')*'|-?\d+(?:\.\d+)?[LlMmDdFf]?"
    r"|true\b|false\b|null\b)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[(),/]))"
)
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_FORM = "property gt datetime'2024-01-01T00:00:00', treaty eq 'cbd', or several joined by “and”"
_DEEPEST = 20


def property_value(kind: Kind, record: Record, name: str) -> Any:
    """A property of a record for comparing; days are moments, and all sets know ``updated``."""
    value = record.updated if name == "updated" else record.fields[name]
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value


def property_type(kind: Kind, name: str) -> str:
    """The type of a property that can be compared or ordered by.

    Raises:
        Refusal: the set has no such property.
    """
    if name == "updated":
        return DATETIME
    if name not in kind.scalars:
        raise Refusal(BAD_REQUEST, f"{kind.set} has no property “{name}” with a single value.")
    return kind.scalars[name]


def filter_test(kind: Kind, text: str) -> Test:
    """What tells whether a record passes a filter.

    A document passes ``treaty eq 'x'`` where x is any of its treaties.

    Raises:
        Refusal: 400 for what is no filter of OData, 501 for one that this service does not know.
    """
    tokens = _tokens(text)
    test = _joined(kind, tokens)
    if tokens:
        status = NOT_IMPLEMENTED if tokens[0] == ("word", "or") else BAD_REQUEST
        raise Refusal(status, f"The filter may be {_FORM}.")
    return test


def _joined(kind: Kind, tokens: list[tuple[str, str]], depth: int = 0) -> Test:
    """One comparison, or several joined by “and”; takes its tokens away."""
    tests = [_term(kind, tokens, depth)]
    while tokens[:1] == [("word", "and")]:
        tokens.pop(0)
        tests.append(_term(kind, tokens, depth))
    return lambda record: all(test(record) for test in tests)


def _term(kind: Kind, tokens: list[tuple[str, str]], depth: int) -> Test:
    """A comparison, or what stands in brackets."""
    if tokens[:1] != [("sign", "(")]:
        return _comparison(kind, tokens)
    if depth == _DEEPEST:
        raise Refusal(BAD_REQUEST, "The filter has too many brackets within brackets.")
    tokens.pop(0)
    test = _joined(kind, tokens, depth + 1)
    if tokens[:1] == [("word", "or")]:
        raise Refusal(NOT_IMPLEMENTED, f"The filter may be {_FORM}.")
    if tokens[:1] != [("sign", ")")]:
        raise Refusal(BAD_REQUEST, "The filter lacks a closing bracket.")
    tokens.pop(0)
    return test


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise Refusal(BAD_REQUEST, f"The filter cannot be read from “{text[place:]}” on.")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        place = match.end()
    return found


def _comparison(kind: Kind, tokens: list[tuple[str, str]]) -> Test:
    parts = [tokens.pop(0) for _ in range(min(3, len(tokens)))]
    kinds = [part[0] for part in parts]
    if parts[:1] == [("word", "not")] or parts[1:2] == [("sign", "(")]:
        raise Refusal(NOT_IMPLEMENTED, f"The filter may be {_FORM}.")
    if kinds != ["word", "word", "value"] or parts[1][1] not in _COMPARISONS:
        raise Refusal(BAD_REQUEST, f"The filter cannot be read; it may be {_FORM}.")
    (_, name), (_, sign), (_, literal) = parts
    edm = property_type(kind, name)
    value, compare = _literal(literal, edm, name), _COMPARISONS[sign]
    if name == "treaty" and "treaties" in kind.lists and sign in ("eq", "ne"):
        return lambda record: compare(
            True, any(one["value"] == value for one in record.fields["treaties"])
        )

    def test(record: Record) -> bool:
        found = property_value(kind, record, name)
        if (found is None or value is None) and sign not in ("eq", "ne"):
            return False
        return compare(found, value)

    return test


def _literal(literal: str, edm: str, name: str) -> Any:
    """The value of a literal, which must be one of the property's type."""
    if literal == "null":
        return None
    if edm == DATETIME and literal.startswith("datetime'"):
        return _moment(literal[len("datetime'") : -1])
    if edm == STRING and literal.startswith(("'", "guid'")):
        return literal.partition("'")[2][:-1].replace("''", "'")
    if edm == BOOLEAN and literal in ("true", "false"):
        return literal == "true"
    if edm not in (DATETIME, STRING, BOOLEAN) and literal[-1:] != "'":
        number = literal.rstrip("LlMmDdFf")
        if number not in ("true", "false"):
            return float(number)
    raise Refusal(BAD_REQUEST, f"“{literal}” is no {edm}, as “{name}” is.")


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(
            BAD_REQUEST, f"“{text}” is no moment; write it as 2024-01-01T00:00:00."
        ) from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
