"""The rows of an answer that a client wants at once, and where the others are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = 100
"""The rows of a page where the client does not say how many."""


class Window(NamedTuple):
    """Some rows of an answer, one after the other.

    Args:
        offset: how many rows stand before them.
        limit: how many they are at most; ``None`` for all that follow.
        by_page: whether the client counts pages, not rows.
    """

    offset: int = 0
    limit: int | None = None
    by_page: bool = False

    def of(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows themselves."""
        end = None if self.limit is None else self.offset + self.limit
        return rows[self.offset : end]

    def told(self, total: int) -> str:
        """Which rows of how many these are."""
        last = total if self.limit is None else min(total, self.offset + self.limit)
        if self.offset >= total:
            return f"None of {total:,} rows"
        if self.offset == 0 and last == total:
            return "The only row" if total == 1 else f"All {total:,} rows"
        return f"Rows {self.offset + 1:,} to {last:,} of {total:,}"

    def given(self) -> list[tuple[str, str]]:
        """The window as parameters of an address; nothing for all rows."""
        found = []
        if self.limit is not None:
            found.append(("limit", str(self.limit)))
        if self.by_page and self.limit:
            found.append(("page", str(self.offset // self.limit + 1)))
        elif self.offset:
            found.append(("offset", str(self.offset)))
        return found

    def others(self, total: int) -> dict[str, Window]:
        """The windows around this one by their relation (RFC 8288): ``next`` and the like."""
        if self.limit is None:
            return {}
        ahead = self.offset % self.limit
        last = ahead + (total - 1 - ahead) // self.limit * self.limit if total > ahead else 0
        found = {"first": 0, "last": last}
        if self.offset > 0:
            found["prev"] = max(0, min(self.offset - self.limit, last))
        if self.offset + self.limit < total:
            found["next"] = self.offset + self.limit
        return {relation: self._replace(offset=offset) for relation, offset in found.items()}
