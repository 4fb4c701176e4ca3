"""What was made for one request and kept for the next, as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable


class Kept:
    """Values by key; what was not asked for longest goes first. Threads may share it.

    Args:
        most: the bytes that all values may take.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any:
        """The value, or ``None``."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of so many bytes; one that takes more than an eighth of the room is not."""
        if size > self.most // 8:
            return
        with self._lock:
            _, before = self._values.pop(key, (None, 0))
            self._values[key] = (value, size)
            self.size += size - before
            while self.size > self.most:
                _, (_, gone) = self._values.popitem(last=False)
                self.size -= gone
