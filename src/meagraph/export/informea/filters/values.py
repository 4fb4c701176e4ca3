"""What a ``$filter`` compares: the values of properties, and literals."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.export.informea.filters.tokens import MOMENT, NUMBER, OTHER, TEXT, Token, short
from meagraph.export.informea.refusals import BAD_REQUEST, Refusal
from meagraph.export.informea.schema import BOOLEAN, DATETIME, DOUBLE, INT16, INT32, STRING

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

NULL = ""
"""The type of what is written ``null``; it stands where any type does."""

WHOLE = (INT16, INT32)
_NUMBERS = (*WHOLE, DOUBLE)
_WORDS = {"true": (BOOLEAN, True), "false": (BOOLEAN, False), "null": (NULL, None)}
_LARGEST = 2**63 - 1


class Expression(NamedTuple):
    """A part of a filter that has a value for each record.

    Args:
        type: of the value, such as ``Edm.String``; or `NULL`.
        value: what tells the value; `None` is null.
        text: the part, as it is written.
        property: its name, where the part is a property alone.
    """

    type: str
    value: Callable[[Record], Any]
    text: str
    property: str = ""

    def fits(self, type_: str) -> bool:
        """Whether the value can be compared with one of a type: all numbers can, and null."""
        alike = self.type in _NUMBERS and type_ in _NUMBERS
        return alike or NULL in (self.type, type_) or self.type == type_

    def unlike(self, type_: str) -> Refusal:
        """What is answered where a value of a type must stand, and this is none."""
        return Refusal(BAD_REQUEST, f"“{short(self.text)}” is no {type_}.")


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


def literal(token: Token) -> Expression | None:
    """What a literal stands for; `None` for a token that is none.

    A ``guid'…'`` is a text: those of the feed are.

    Raises:
        Refusal: 400 for a number that is too large, a moment that is none, and literals of types
            that no property has.
    """
    type_, value = _read(token)
    return None if type_ is None else Expression(type_, lambda _: value, token.text)


def _read(token: Token) -> tuple[str | None, Any]:
    if token.kind == TEXT:
        return STRING, token.text.partition("'")[2][:-1].replace("''", "'")
    if token.kind == MOMENT:
        return DATETIME, _moment(token.text[len("datetime'") : -1])
    if token.kind == NUMBER:
        return _number(token.text)
    if token.kind == OTHER:
        type_ = token.text.partition("'")[0]
        raise Refusal(BAD_REQUEST, f"No property has the type of {type_}'…'; write datetime'…'.")
    return _WORDS.get(token.text, (None, None))


def _number(text: str) -> tuple[str, int | float]:
    """A number; whole ones may end in L, others in M, d or f."""
    digits = text.rstrip("LlMmDdFf")
    whole = re.fullmatch("-?[0-9]+[Ll]?", text) is not None
    if not whole and text[-1] in "Ll":
        raise Refusal(BAD_REQUEST, f"“{short(text)}” is no number: only whole ones end in L.")
    if whole and len(digits) <= 20 and abs(int(digits)) <= _LARGEST:
        return INT32, int(digits)
    value = float(digits)
    if whole or math.isinf(value):
        raise Refusal(BAD_REQUEST, f"“{short(text)}” is too large.")
    return DOUBLE, value


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Refusal(
            BAD_REQUEST, f"“{short(text)}” is no moment; write it as 2024-01-01T00:00:00."
        ) from None
