"""The parts of a query that can be read off its tokens: groups, filters, columns and order.

Enough to judge a stored question; what a query means is the engine's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meagraph.tokens import Token, brackets, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OPENING, _CLOSING = "([{", ")]}"
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


class Group(NamedTuple):
    """What stands between two braces.

    Args:
        kind: the keyword before it, in capitals: WHERE, OPTIONAL, MINUS, UNION, GRAPH, VALUES,
            EXISTS or SELECT (for an inner query); empty for a plain one.
        variable: of GRAPH and VALUES, the token of the variable that they name, if any.
        first: the place of the opening brace among the tokens.
        last: that of the closing one.
    """

    kind: str
    variable: Token | None
    first: int
    last: int


class Structure:
    """A query's tokens and what they make up.

    Args:
        text: the query.

    Attributes:
        tokens: its tokens.
        lonely: the first bracket without a partner; if there is one, nothing else is known.
        groups: its groups, in the order in which they begin.
        filters: the places of the first and last tokens of the conditions after FILTER and HAVING.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self.lonely = brackets(self.tokens)
        self._partner = {} if self.lonely else _partners(self.tokens)
        self.groups = list(self._groups())
        self.filters = list(self._filters())

    def line(self, token: Token) -> int:
        """The line in which a token stands, from 1."""
        return self.text.count("\n", 0, token.start) + 1

    def _groups(self) -> Iterator[Group]:
        for first, last in sorted(self._partner.items()):
            if self.tokens[first].text == "{":
                kind, variable = self._opener(first)
                yield Group(kind, variable, first, last)

    def _opener(self, first: int) -> tuple[str, Token | None]:
        if self.tokens[first + 1].is_word("SELECT"):
            return "SELECT", None
        before = self.tokens[max(0, first - 2) : first]
        if len(before) == 2 and before[0].is_word("GRAPH", "VALUES"):
            return before[0].text.upper(), before[1] if before[1].kind == "variable" else None
        if before and before[-1].text == ")" and self._is_values(first - 1):
            return "VALUES", None
        keywords = ("WHERE", "OPTIONAL", "MINUS", "UNION", "EXISTS")
        is_known = bool(before) and before[-1].is_word(*keywords)
        return before[-1].text.upper() if is_known else "", None

    def _is_values(self, closing: int) -> bool:
        """Whether a bracket closes the variables of VALUES."""
        opening = next(first for first, last in self._partner.items() if last == closing)
        return opening > 0 and self.tokens[opening - 1].is_word("VALUES")

    def _filters(self) -> Iterator[tuple[int, int]]:
        for place, token in enumerate(self.tokens):
            if self._partner and token.is_word("FILTER", "HAVING"):
                opening = place + 1
                while opening < len(self.tokens) and opening not in self._partner:
                    opening += 1  # NOT EXISTS, or the name of a function
                if opening < len(self.tokens):
                    yield place + 1, self._partner[opening]

    def enclosing(self, place: int) -> Group | None:
        """The innermost group around a token, but for a list of values."""
        around = [
            group
            for group in self.groups
            if group.first < place < group.last and group.kind != "VALUES"
        ]
        return around[-1] if around else None

    def named(self, first: int, last: int, without: Iterable[tuple[int, int]] = ()) -> set[str]:
        """The variables that are seen from outside between two tokens.

        An inner query shows those that it selects. What stands in one of the spans ``without``
        is left out.
        """
        hidden = [(group.first, group.last) for group in self._inner(first, last)]
        left_out = [*hidden, *without]
        found = {
            token.text[1:]
            for place, token in enumerate(self.tokens[first : last + 1], first)
            if token.kind == "variable" and not any(a <= place <= b for a, b in left_out)
        }
        for group in self._inner(first, last):
            if not any(a <= group.first and group.last <= b for a, b in without):
                found |= self.columns(group.first + 1).keys()
        return found

    def is_bound(self, place: int, name: str) -> bool:
        """Whether a pattern binds a variable in the group around a token, whatever else matches."""
        group = self.enclosing(place)
        if group is None:
            return False
        perhaps = [
            (self._start(other), other.last)
            for other in self.groups
            if group.first < other.first < group.last
            and (other.kind not in ("", "WHERE", "GRAPH", "SELECT") or self._is_alternative(other))
        ]
        return name in self.named(group.first, group.last, [*perhaps, *self.filters])

    def _start(self, group: Group) -> int:
        """Where a group begins, with the variables of VALUES before its brace."""
        place = group.first
        while group.kind == "VALUES" and not self.tokens[place].is_word("VALUES"):
            place -= 1
        return place

    def _is_alternative(self, group: Group) -> bool:
        """Whether a UNION follows it; one that a UNION stands before has that for its kind."""
        after = self.tokens[group.last + 1 : group.last + 2]
        return bool(after) and after[0].is_word("UNION")

    def _inner(self, first: int, last: int) -> list[Group]:
        return [
            group
            for group in self.groups
            if group.kind == "SELECT" and first < group.first and group.last < last
        ]

    def columns(self, place: int = 0) -> dict[str, list[Token]]:
        """What the first SELECT from a place on selects: each column and what it is made of."""
        while place < len(self.tokens) and not self.tokens[place].is_word("SELECT"):
            place += 1
        found: dict[str, list[Token]] = {}
        place += 1
        while place < len(self.tokens) and not _ends_columns(self.tokens[place]):
            token = self.tokens[place]
            if token.text == "(" and place in self._partner:
                end = self._partner[place]
                found[self.tokens[end - 1].text[1:]] = self.tokens[place + 1 : end - 2]
                place = end
            elif token.kind == "variable" or token.text == "*":
                found[token.text.lstrip("?$")] = [token]
            place += 1
        return found

    def grouped_by(self) -> set[str] | None:
        """The variables after the outermost GROUP BY; ``None`` where there is none."""
        return self._modifier("GROUP")

    def ordered_by(self) -> set[str] | None:
        """The variables after the outermost ORDER BY; ``None`` where there is none."""
        return self._modifier("ORDER")

    def _modifier(self, word: str) -> set[str] | None:
        outer = next((group for group in self.groups if group.kind != "VALUES"), None)
        after = self.tokens[outer.last + 1 :] if outer else []
        found: set[str] | None = None
        for token in after:
            if token.is_word(*_MODIFIERS):
                if found is not None:
                    break
                found = set() if token.is_word(word) else None
            elif found is not None and token.kind == "variable":
                found.add(token.text[1:])
        return found


def _ends_columns(token: Token) -> bool:
    return token.is_word("WHERE", "FROM") or token.text == "{"


def _partners(read: Sequence[Token]) -> dict[int, int]:
    """For each opening bracket, where the closing one stands."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(read):
        if token.kind == "mark" and token.text in _OPENING:
            waiting.append(place)
        elif token.kind == "mark" and token.text in _CLOSING:
            found[waiting.pop()] = place
    return found
