"""Look-ups that were answered, kept so that the same is not asked again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pyoxigraph import Quad


class Kept:
    """Answers by what was asked; those not used for longest go when there are too many quads.

    Args:
        most: how many quads are kept, over all answers; an answer without quads counts as one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._answers: OrderedDict[Hashable, tuple[Quad, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Hashable) -> tuple[Quad, ...] | None:
        """The answer, if it is kept."""
        with self._lock:
            if asked not in self._answers:
                return None
            self._answers.move_to_end(asked)
            return self._answers[asked]

    def put(self, asked: Hashable, quads: tuple[Quad, ...]) -> None:
        """Keep an answer, unless it alone is too large."""
        with self._lock:
            if asked in self._answers or len(quads) > self._most:
                return
            self._answers[asked] = quads
            self._count += max(1, len(quads))
            while self._count > self._most:
                _, dropped = self._answers.popitem(last=False)
                self._count -= max(1, len(dropped))
