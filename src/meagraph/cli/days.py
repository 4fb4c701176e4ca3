"""The day that a verb records."""

from __future__ import annotations

import argparse
from datetime import date

from meagraph.errors import UnusableInput


def day_argument(parser: argparse.ArgumentParser) -> None:
    """Declare ``--date``."""
    parser.add_argument(
        "--date", metavar="YYYY-MM-DD", help="the day to record in the register (today)"
    )


def read_day(text: str | None) -> date:
    """The day that was written, today where none was.

    Raises:
        UnusableInput: it is no day.
    """
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(
            f"“{text}” is not a day", hint="Write it as YYYY-MM-DD, for instance 2025-11-03."
        ) from None
