"""What a verification finds."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """Something that does not agree with the source text.

    ``severity`` is ``fault``, ``warning`` (probably wrong) or ``note`` (could not be checked).
    ``line`` is the line of ``file``, from 1; ``passage`` is its label, empty for a whole document.
    """

    file: Path
    line: int | None
    passage: str
    message: str
    hint: str
    severity: str = "fault"


class Verification(NamedTuple):
    """What was found, and how many passages and literal forms were compared with a text."""

    faults: list[Fault]
    passages: int
    forms: int
