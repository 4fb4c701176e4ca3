"""A limit of time for work that may never end, such as a regular expression of others.

A timer of the operating system interrupts the work wherever it is: CPython looks for signals in
the midst of a regular expression, too. Such timers are those of POSIX, and ring in the main thread.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from meagraph.errors import UnusableInput

_AGAIN = 1.0
"""Seconds after which the timer rings again, should something have swallowed its exception."""


class OutOfTime(BaseException):
    """The time is over. No ``Exception``, lest the work that is stopped take it for its own."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Stop what is done within it when the time is over.

    Args:
        seconds: how long it may take; without limit if ``None``.

    Raises:
        OutOfTime: it took longer.
        UnusableInput: this platform, or this thread, has no such timer.
    """
    if seconds is None:
        yield
        return
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        raise UnusableInput(
            "nothing can be stopped after a time here",
            hint="Do it without a limit: --timeout 0.",
        )

    def ring(number: int, frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
