"""What stands around every picture: the title above it, and what it counts and rests on below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.pictures.letters import fold
from meagraph.pictures.picture import Picture
from meagraph.pictures.sheet import INK, LARGE, NORMAL, QUIET, SMALL, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.pictures.sheet import Sheet
    from meagraph.tables import Table

MARGIN = 0.06
"""Inches that are left free at the edges of the sheet."""


def head(sheet: Sheet, title: str, below: str) -> float:
    """Write the title and what was asked for; gives the height at which the drawing may begin."""
    room = WIDTH - 2 * MARGIN
    end = sheet.lines(MARGIN, MARGIN, fold(title, room, LARGE, bold=True), LARGE, bold=True)
    if below:
        end = sheet.lines(MARGIN, end + 0.02, fold(below, room, NORMAL), NORMAL, colour=QUIET)
    return end + 0.12


def finished(
    sheet: Sheet, y: float, title: str, notes: Sequence[str], description: str, table: Table
) -> Picture:
    """Write the notes below the drawing, cut the sheet off, and make the picture of it."""
    shown = [note for note in notes if note]
    for note in shown:
        y = sheet.lines(MARGIN, y, fold(note, WIDTH - 2 * MARGIN, SMALL), SMALL, colour=INK) + 0.035
    sheet.cut(y + MARGIN)
    return Picture(sheet, title, description, shown, table)
