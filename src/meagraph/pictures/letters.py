"""Text measured and folded as it is drawn: DejaVu Sans, which comes with matplotlib.

An SVG holds text as text, so that it can be selected, searched and read aloud, and carries the
letters that it uses, so that it looks the same where the font is not installed.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FAMILY = "DejaVu Sans"
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_WEIGHTS = {False: 400, True: 700}
_POINTS = 72
_SPACING = 1.22
"""The distance of two lines, in heights of the font."""


def leading(size: float) -> float:
    """The distance of two lines in inches, for a size in points."""
    return size * _SPACING / _POINTS


@lru_cache(maxsize=16384)
def breadth(text: str, size: float, bold: bool = False) -> float:
    """The breadth of a text in inches, for a size in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(fname=_file(bold), size=size)
    across, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(across) / _POINTS


def fold(
    text: str, room: float, size: float, bold: bool = False, most: int | None = None
) -> list[str]:
    """Fold a text at its blanks into lines no broader than ``room`` inches.

    A word that is broader is cut. Of more than ``most`` lines the last ends in an ellipsis.
    """
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and breadth(joined, size, bold) <= room:
            lines[-1] = joined
        else:
            lines += _cut(word, room, size, bold)
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and breadth(last + " …", size, bold) > room:
            last = last.rpartition(" ")[0] or last[:-1]
        lines = [*lines[: most - 1], last.rstrip(" ,") + " …"]
    return lines or [""]


def _cut(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts = []
    while len(word) > 1 and breadth(word, size, bold) > room:
        end = len(word) - 1
        while end > 1 and breadth(word[:end], size, bold) > room:
            end -= 1
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def clean(text: str) -> str:
    """A text without control characters, which XML forbids, and with single blanks."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def embedded(texts: Iterable[tuple[str, bool]]) -> str:
    """CSS that carries the letters of some texts, each of them bold or not, as WOFF in base64."""
    from base64 import b64encode

    used: dict[bool, set[int]] = {}
    for text, bold in texts:
        used.setdefault(bold, set()).update(map(ord, text))
    faces = []
    for bold in sorted(used):
        data = b64encode(_subset(bold, frozenset(used[bold]))).decode()
        faces.append(
            f"@font-face{{font-family:'{FAMILY}';font-weight:{_WEIGHTS[bold]};"
            f"src:url(data:font/woff;base64,{data}) format('woff')}}"
        )
    return "".join(faces)


def _subset(bold: bool, signs: frozenset[int]) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    layout = ["GSUB", "GPOS", "GDEF", "kern", "FFTM"]  # a tenth of the time without
    options = Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=layout)
    font = TTFont(_file(bold), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(signs))
    subsetter.subset(font)
    font.flavor = "woff"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


@lru_cache(maxsize=2)
def _file(bold: bool) -> str:
    from matplotlib import get_data_path

    return str(Path(get_data_path(), "fonts", "ttf", _FILES[bold]))
