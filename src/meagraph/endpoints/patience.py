"""How long to wait before a busy server is asked again."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST = 0.5
"""Seconds before the second attempt where the server names no time; each further wait doubles."""

_AGES = 10.0**9


def backoff(attempt: int) -> float:
    """Seconds to wait after an attempt, counted from 1: doubled each time, and spread at random.

    Without the spread, clients that were refused together would come back together.
    """
    return FIRST * 2.0 ** min(attempt - 1, 30) * random.uniform(0.5, 1.0)


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """The seconds that ``Retry-After`` asks for (RFC 9110, 10.2.3): a number or a date.

    ``None`` where there is none, or what it says is neither.
    """
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]+", text):
        return min(float(text[:12]), _AGES)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
