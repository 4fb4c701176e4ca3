"""``$filter`` read: what binds closer stands further down.

As in the conventions of OData 2 for addresses: brackets and functions, ``not``, greater and less,
equal and unequal, ``and``, ``or``. What stands in a row is kept in a row, so that only brackets,
functions and ``not`` go deeper.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from meagraph.export.informea.filters.functions import FUNCTIONS, UNKNOWN_HERE, called
from meagraph.export.informea.filters.tokens import END, SIGN, WORD, Token, short, tokens, where
from meagraph.export.informea.filters.values import (
    Expression,
    literal,
    property_type,
    property_value,
)
from meagraph.export.informea.refusals import BAD_REQUEST, NOT_IMPLEMENTED, Refusal
from meagraph.export.informea.schema import BOOLEAN

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

Link = Callable[[Any, "Record"], bool]
"""What compares the value so far with one more, for a record."""

_GREATER_OR_LESS: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_EQUAL: dict[str, Callable[[Any, Any], bool]] = {"eq": operator.eq, "ne": operator.ne}
_ARITHMETIC = {"add", "sub", "mul", "div", "mod"}
_BETWEEN = {"and", "or", *_GREATER_OR_LESS, *_EQUAL, *_ARITHMETIC}
_DEEPEST = 20


class Parser:
    """Reads one filter.

    Args:
        kind: the set whose records it is for.
        text: the filter.

    Raises:
        Refusal: 400 where something is no token.
    """

    def __init__(self, kind: Kind, text: str) -> None:
        self._kind = kind
        self._text = text
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0

    def whole(self) -> Expression:
        """The filter, which is true or false for each record.

        Raises:
            Refusal: 400 for what is no filter of OData 2, 501 for what this service does not know.
        """
        found = self._either()
        if self._here.kind != END:
            raise self._unread("“eq”, “and”, “or” or the like must stand there, in small letters.")
        return self._truth(found)

    @property
    def _here(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._here
        self._place += token.kind != END
        return token

    def _is(self, kind: str, *texts: str) -> bool:
        return self._here.kind == kind and self._here.text in texts

    def _since(self, start: int) -> str:
        """The filter from a token on up to here."""
        last = self._tokens[self._place - 1]
        return self._text[start : last.start + len(last.text)]

    def _unread(self, why: str) -> Refusal:
        place = where(self._text, self._here.start)
        return Refusal(BAD_REQUEST, f"The filter cannot be read {place}. {why}")

    def _truth(self, one: Expression, hint: str = "") -> Expression:
        """What must be true or false."""
        if one.type != BOOLEAN:
            is_ = f"is {one.type}" if one.type else "is null"
            told = f"“{short(one.text)}” {is_}, and must be true or false."
            raise Refusal(BAD_REQUEST, told + hint)
        return one

    def _either(self) -> Expression:
        return self._row("or", self._both, any)

    def _both(self) -> Expression:
        return self._row("and", self._equal, all)

    def _row(
        self, word: str, part: Callable[[], Expression], decide: Callable[[Any], bool]
    ) -> Expression:
        """One part, or several joined by a word; null is not true."""
        start, first = self._here.start, part()
        if not self._is(WORD, word):
            return first
        parts = [self._truth(first).value]
        while self._is(WORD, word):
            self._take()
            parts.append(self._truth(part()).value)
        return Expression(
            BOOLEAN, lambda record: decide(one(record) for one in parts), self._since(start)
        )

    def _equal(self) -> Expression:
        return self._compared(_EQUAL, lambda: self._compared(_GREATER_OR_LESS, self._not))

    def _compared(
        self, signs: dict[str, Callable[[Any, Any], bool]], part: Callable[[], Expression]
    ) -> Expression:
        """One part, or several compared from left to right."""
        start, found = self._here.start, part()
        first, links = found.value, list[Link]()

        def value(record: Record) -> Any:
            result = first(record)
            for link in links:
                result = link(result, record)
            return result

        while self._is(WORD, *signs):
            compare = signs[self._take().text]
            right = part()
            if not right.fits(found.type):
                raise right.unlike(f"{found.type}, as “{short(found.text)}” is")
            links.append(self._link(found, compare, right))
            found = Expression(BOOLEAN, value, self._since(start))
        return found

    def _link(
        self, left: Expression, compare: Callable[[Any, Any], bool], right: Expression
    ) -> Link:
        """One comparison. A document is equal to each of its treaties, and unequal to no other."""
        if compare in _EQUAL.values():
            if "treaties" in self._kind.lists and right.property == "treaty":
                return lambda value, record: compare(True, value in _treaties(record))
            if "treaties" in self._kind.lists and left.property == "treaty":
                return lambda _, record: compare(True, right.value(record) in _treaties(record))
            return lambda value, record: compare(value, right.value(record))

        def link(value: Any, record: Record) -> bool:
            other = right.value(record)
            return value is not None and other is not None and compare(value, other)

        return link

    def _not(self) -> Expression:
        if not self._is(WORD, "not"):
            found = self._single()
            if self._is(WORD, *_ARITHMETIC):
                raise _not_here(self._here.text)
            return found
        start = self._take().start
        hint = " “not” binds closer than a comparison; write not (…)."
        inner = self._truth(self._deeper(self._not), hint).value
        return Expression(BOOLEAN, lambda record: not inner(record), self._since(start))

    def _deeper(self, part: Callable[[], Expression]) -> Expression:
        if self._depth == _DEEPEST:
            raise Refusal(BAD_REQUEST, "The filter is nested too deep.")
        self._depth += 1
        found = part()
        self._depth -= 1
        return found

    def _single(self) -> Expression:
        """A literal, a property, a function, or what stands in brackets."""
        if self._is(SIGN, "("):
            self._take()
            found = self._deeper(self._either)
            self._close()
            return found
        if self._is(SIGN, "-"):
            raise _not_here("-")
        if found_literal := literal(self._here):
            self._take()
            return found_literal
        if self._here.kind != WORD or self._here.text in _BETWEEN:
            raise self._unread("A property, a value or a function must stand there.")
        name = self._take()
        if self._is(SIGN, "("):
            return self._function(name)
        return self._property(name.text)

    def _close(self) -> None:
        if not self._is(SIGN, ")"):
            raise self._unread("A closing bracket must stand there, or what goes on before it.")
        self._take()

    def _function(self, name: Token) -> Expression:
        if name.text.lower() in UNKNOWN_HERE:
            raise _not_here(name.text)
        if name.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise Refusal(BAD_REQUEST, f"There is no function “{name.text}”; there are {known}.")
        self._take()
        given = []
        if not self._is(SIGN, ")"):
            given.append(self._deeper(self._either))
            while self._is(SIGN, ","):
                self._take()
                given.append(self._deeper(self._either))
        self._close()
        return called(name.text, given, self._since(name.start))

    def _property(self, name: str) -> Expression:
        kind = self._kind
        if name in kind.lists:
            raise Refusal(
                BAD_REQUEST, f"“{name}” lists several, and a filter of OData 2 looks into no list."
            )
        type_ = property_type(kind, name)
        if self._is(SIGN, "/"):
            raise Refusal(BAD_REQUEST, f"“{name}” has one value, and nothing below it.")
        return Expression(type_, lambda record: property_value(kind, record, name), name, name)


def _treaties(record: Record) -> list[str]:
    return [one["value"] for one in record.fields["treaties"]]


def _not_here(name: str) -> Refusal:
    return Refusal(NOT_IMPLEMENTED, f"This service does not know “{name}” in a filter.")
