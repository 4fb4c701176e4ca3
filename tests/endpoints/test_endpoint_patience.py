"""A busy endpoint is asked again, after as long as it says or ever longer, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from loopback import Loopback, Visit
from meagraph.endpoints import Endpoint, patience
from meagraph.endpoints.endpoint import time
from meagraph.errors import UnusableInput

Serve = Callable[..., Loopback]
SELECT = "SELECT ?s { ?s ?p ?o }"


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def busy(times: int, status: int = 503, retry_after: str = "") -> Callable[[Visit], None]:
    """Busy so many times, then ready."""

    def answer(visit: Visit) -> None:
        if len(visit.server.sent) <= times:
            visit.reply(b"", status=status, kind=None, Retry_After=retry_after)
        else:
            visit.reply()

    return answer


def refused(endpoint: Endpoint) -> str:
    with pytest.raises(UnusableInput) as failure:
        endpoint.query(SELECT)
    assert failure.value.hint
    return str(failure.value)


@pytest.mark.parametrize("status", [429, 503])
def test_it_is_asked_again_after_ever_longer_waits(
    serve: Serve, waited: list[float], status: int
) -> None:
    server = serve(busy(3, status))
    assert len(list(Endpoint(server.url).query(SELECT))) == 1
    assert len(server.sent) == 4
    for wait, longest in zip(waited, (0.5, 1.0, 2.0), strict=True):
        assert longest / 2 <= wait <= longest


def test_waits_differ_by_chance() -> None:
    assert len({patience.backoff(3) for _ in range(20)}) > 1


@pytest.mark.parametrize(("status", "attempts"), [(429, 4), (503, 2), (503, 1)])
def test_at_last_it_is_told_how_often_it_was_asked(
    serve: Serve, waited: list[float], status: int, attempts: int
) -> None:
    server = serve(busy(99, status))
    text = refused(Endpoint(server.url, attempts=attempts))
    assert f"busy ({status}" in text
    assert "asked once" in text if attempts == 1 else f"asked {attempts} times" in text
    assert len(server.sent) == attempts
    assert len(waited) == attempts - 1


def test_the_wait_that_it_asks_for_is_kept(serve: Serve, waited: list[float]) -> None:
    assert list(Endpoint(serve(busy(1, 429, "7")).url).query(SELECT))
    assert waited == [7.0]


def test_a_wait_until_a_date_is_kept(serve: Serve, waited: list[float]) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    assert list(Endpoint(serve(busy(1, 503, date)).url).query(SELECT))
    assert 15 < waited[0] <= 20


@pytest.mark.parametrize("asked", ["3600", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wait_longer_than_there_is_time_is_told_at_once(
    serve: Serve, waited: list[float], asked: str
) -> None:
    server = serve(busy(9, 503, asked))
    text = refused(Endpoint(server.url))
    assert "more than is left" in text
    assert "asked once" in text
    assert not waited
    assert len(server.sent) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("0", 0.0),
        (" 12 ", 12.0),
        ("Sat, 01 Jun 2024 12:00:30 GMT", 30.0),
        ("Sat, 01 Jun 2024 12:00:30", 30.0),
        ("Sat, 01 Jun 2024 14:00:30 +0200", 30.0),
        ("Sat, 01 Jun 2024 11:00:00 GMT", 0.0),
        ("Sat, 99 Jun 2024 11:00:00 GMT", None),
        ("Sat, 01 Jun 2024 25:00:00 +9999999999", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str | None, seconds: float | None) -> None:
    now = datetime(2024, 6, 1, 12, tzinfo=UTC)
    assert patience.retry_after(header, now) == seconds
