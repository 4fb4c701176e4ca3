"""A progress bar on standard error: only on a terminal, and only after a second of waiting."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from time import monotonic

_PATIENCE = 1.0
"""Seconds that pass before the bar appears."""
_PAUSE = 0.1
"""Seconds between two drawings."""
_BAR = 24
"""Characters of the bar."""
_CLEAR = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a callback that draws how far the work is, and wipe the bar when it ends.

    Gives ``None`` where standard error is no terminal: nothing is to be told then.
    """
    if not sys.stderr.isatty():
        yield None
        return
    due = monotonic() + _PATIENCE
    drawn = False

    def tell(done: int, total: int, what: str) -> None:
        nonlocal due, drawn
        now = monotonic()
        if now >= due:
            due, drawn = now + _PAUSE, True
            print(_CLEAR + _line(done, total, what), end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if drawn:
            print(_CLEAR, end="", file=sys.stderr, flush=True)


def _line(done: int, total: int, what: str) -> str:
    full = _BAR * done // total if total else 0
    text = f"{'█' * full}{'░' * (_BAR - full)} {done}/{total} {what}"
    return text[: get_terminal_size().columns - 1]
