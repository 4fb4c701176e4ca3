"""The functions of OData 2 that a ``$filter`` may use: those of texts and of moments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.export.informea.filters.values import NULL, WHOLE, Expression
from meagraph.export.informea.refusals import BAD_REQUEST, Refusal
from meagraph.export.informea.schema import BOOLEAN, DATETIME, INT32, STRING

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record

UNKNOWN_HERE = {"round", "floor", "ceiling", "isof", "cast"}
"""Functions that OData 2 has and this service does not."""

_LONGEST = 10_000


class Function(NamedTuple):
    """A function.

    Args:
        takes: the types of its values; the last may be left out where `may_lack` says so.
        gives: the type of what it gives.
        call: what it does; never given null.
        may_lack: whether the last value may be left out.
    """

    takes: tuple[str, ...]
    gives: str
    call: Callable[..., Any]
    may_lack: bool = False


def called(name: str, given: list[Expression], text: str) -> Expression:
    """A function of what it is given: null gives null, and passes no test.

    Args:
        name: one of `FUNCTIONS`.
        given: its values.
        text: the whole, as it is written.

    Raises:
        Refusal: 400 for too many values, or too few, or of other types.
    """
    function = FUNCTIONS[name]
    most = len(function.takes)
    if len(given) != most and not (function.may_lack and len(given) == most - 1):
        least = f"{most - 1} or " if function.may_lack else ""
        values = "value" if most == 1 else "values"
        raise Refusal(BAD_REQUEST, f"{name} takes {least}{most} {values}, not {len(given)}.")
    for one, type_ in zip(given, function.takes, strict=False):
        if not (one.type in (type_, NULL) or (type_ == INT32 and one.type in WHOLE)):
            raise one.unlike(type_)
    null = False if function.gives == BOOLEAN else None

    def value(record: Record) -> Any:
        values = [one.value(record) for one in given]
        return null if None in values else function.call(*values)

    return Expression(function.gives, value, text)


def _replaced(text: str, old: str, new: str) -> str:
    """Each place of one text in another replaced; nothing is found nowhere."""
    if not old:
        return text
    _check_length(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


def _joined(first: str, second: str) -> str:
    _check_length(len(first) + len(second))
    return first + second


def _check_length(length: int) -> None:
    """Refuse to make a text that few words of a filter could make as long as the memory."""
    if length > _LONGEST:
        raise Refusal(BAD_REQUEST, f"The filter makes a text longer than {_LONGEST:,} characters.")


def _part(text: str, start: int, length: int = _LONGEST) -> str:
    """A part from a character on, counted from 0; what lies outside the text is passed over."""
    start = max(start, 0)
    return text[start : start + max(length, 0)]


FUNCTIONS = {
    "substringof": Function((STRING, STRING), BOOLEAN, lambda part, whole: part in whole),
    "startswith": Function((STRING, STRING), BOOLEAN, str.startswith),
    "endswith": Function((STRING, STRING), BOOLEAN, str.endswith),
    "length": Function((STRING,), INT32, len),
    "tolower": Function((STRING,), STRING, str.lower),
    "toupper": Function((STRING,), STRING, str.upper),
    "trim": Function((STRING,), STRING, str.strip),
    "concat": Function((STRING, STRING), STRING, _joined),
    "indexof": Function((STRING, STRING), INT32, str.find),
    "replace": Function((STRING, STRING, STRING), STRING, _replaced),
    "substring": Function((STRING, INT32, INT32), STRING, _part, may_lack=True),
    "year": Function((DATETIME,), INT32, lambda moment: moment.year),
    "month": Function((DATETIME,), INT32, lambda moment: moment.month),
    "day": Function((DATETIME,), INT32, lambda moment: moment.day),
    "hour": Function((DATETIME,), INT32, lambda moment: moment.hour),
    "minute": Function((DATETIME,), INT32, lambda moment: moment.minute),
    "second": Function((DATETIME,), INT32, lambda moment: moment.second),
}
"""By name."""
