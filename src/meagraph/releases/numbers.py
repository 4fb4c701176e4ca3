"""Numbers of releases: Semantic Versioning 2.0.0 (semver.org), without trial versions."""

from __future__ import annotations

import re
from typing import NamedTuple

from meagraph.errors import UnusableInput
from meagraph.reports.words import printable

LEVELS = ("patch", "minor", "major")
"""The steps from one release to the next, the smallest first."""

_PART = "(0|[1-9][0-9]*)"
_NUMBER = re.compile(rf"{_PART}\.{_PART}\.{_PART}")


class Number(NamedTuple):
    """The number of a release; numbers compare as Semantic Versioning orders them.

    >>> str(Number(0, 10, 0)), Number(0, 9, 1) < Number(0, 10, 0)
    ('0.10.0', True)
    """

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def next(self, level: str) -> Number:
        """The number of the next release, one step of this level on."""
        if level == "major":
            return Number(self.major + 1, 0, 0)
        if level == "minor":
            return Number(self.major, self.minor + 1, 0)
        return Number(self.major, self.minor, self.patch + 1)


def read_number(text: str) -> Number:
    """Read the number of a release.

    Raises:
        UnusableInput: it is none.
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        raise UnusableInput(
            f"“{printable(text)}” is no version of a release",
            hint="Three numbers without leading zeros: 1.4.0. Nothing may stand before or behind "
            "them; for a trial there is --draft.",
        )
    return Number(*map(int, found.groups()))


def needed(level: str, since: Number) -> str:
    """The least step that a change of this level asks for.

    Before 1.0.0 the second number counts what the first does later, and the third all else.
    """
    if since.major:
        return level
    return "minor" if level == "major" else "patch"


def step(old: Number, new: Number) -> str:
    """The step from one number to a later one."""
    if new.major > old.major:
        return "major"
    return "minor" if new.minor > old.minor else "patch"
