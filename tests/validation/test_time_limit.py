"""Work that never ends is stopped, and a limit that cannot be kept is not promised."""

from __future__ import annotations

import re
import signal
import threading

import pytest

from meagraph.errors import UnusableInput
from meagraph.validation.time_limit import OutOfTime, time_limit


def test_a_regular_expression_is_stopped_in_its_midst() -> None:
    with pytest.raises(OutOfTime), time_limit(0.2):
        re.match("(a+)+$", "a" * 60 + "b")


def test_work_that_swallows_errors_is_stopped_too() -> None:
    with pytest.raises(OutOfTime), time_limit(0.2):
        while True:
            try:
                re.match("(a+)+$", "a" * 60 + "b")
            except Exception:
                continue


def test_nothing_rings_afterwards() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(30):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_where_there_is_no_timer_a_limit_is_refused_and_none_is_kept() -> None:
    said: list[str] = []

    def work() -> None:
        with time_limit(None):
            said.append("unlimited")
        try:
            with time_limit(1):
                said.append("limited")
        except UnusableInput as refused:
            said.append(refused.message)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == ["unlimited", "nothing can be stopped after a time here"]
