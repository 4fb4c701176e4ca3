"""What opens a passage: the name of a part, a section's or a paragraph's number, a letter.

A number counts as one only where it is due: a line that begins “2022. ” or “8 June” does not open
a paragraph. A roman I and the letter I are told apart by what came before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from meagraph.sources.healing import is_complete, unmarked

_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_PART = re.compile(
    r"(?P<name>Annex|Appendix)(?:\s+(?P<number>[IVXLC]+|[A-Z]|\d{1,2}))?(?:\s*[:.–—-]?\s+(?P<title>.+))?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:Note|Report) (?:prepared )?(?:by|of|from) the \S[^.:;]{2,80}", re.IGNORECASE
)
_SECTION = re.compile(r"(?P<number>[IVXLC]+|[A-Z]|\d{1,2})\.\s+(?P<text>\S.*)")
_PARAGRAPH = re.compile(r"(?P<number>\d{1,3})\.\s+(?P<text>\S.*)", re.DOTALL)
_ITEM = re.compile(r"\((?P<number>[a-z]{1,5})\)\s+(?P<text>\S.*)", re.DOTALL)
_MOST_SKIPPED = 3
_LONGEST_HEADING = 30  # words


@dataclass(frozen=True)
class Opening:
    """What a line opens; ``path`` is the number in digits and letters, from the outermost in."""

    kind: str  # note, part, section, heading, paragraph, item
    printed: str | None
    text: str
    path: tuple[str, ...] = ()


def roman_value(numeral: str) -> int | None:
    """The value of a roman numeral below 400 in capitals; ``None`` if it is not one."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return None
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def may_be_heading(text: str) -> bool:
    """Whether a text has the form of a section's heading, whatever number is due."""
    return bool(
        _SECTION.fullmatch(text) and not is_complete(text) and len(text.split()) <= _LONGEST_HEADING
    )


class Numbering:
    """The numbers that have been read so far, and so those that are due."""

    def __init__(self) -> None:
        """Nothing has been read: the first of each kind is due."""
        self.parts = 0
        self.noted = False
        self._restart()

    def _restart(self) -> None:
        self.roman = self.letter = self.arabic = 0
        self.paragraph = 0
        self.item = self.subitem = 0

    def end_items(self) -> None:
        """An unnumbered paragraph ends a list of items; the next may begin at (a)."""
        self.item = self.subitem = 0

    def opening(self, text: str, *, fresh: bool, alone: bool) -> Opening | None:
        """Read what a line opens; ``None`` if it opens nothing.

        Args:
            text: the line, with its markup.
            fresh: it stands where a passage may begin.
            alone: nothing follows on the next line that could belong to it.
        """
        marked = text.startswith("#") or (text.startswith("**") and text.endswith("**"))
        plain = unmarked(text)
        if (fresh or marked) and (part := self._part(plain, marked)):
            return part
        if alone and (fresh or marked) and (section := self._section(plain, marked)):
            return section
        if text.startswith("#"):
            return Opening("heading", None, plain)
        return self._paragraph(text, fresh) or self._item(text, fresh)

    def _part(self, text: str, marked: bool) -> Opening | None:
        if _NOTE.fullmatch(text) and self.parts == 0 and self.paragraph == 0 and not self.noted:
            self.noted = True
            return Opening("note", None, text)
        match = _PART.fullmatch(text)
        if not match or (match["title"] and not marked):
            return None
        self.parts += 1
        self._restart()
        name, number = match["name"].lower(), match["number"]
        if number is None:
            return Opening("part", None, text, (name,))
        value = roman_value(number) if number not in ("C", "D", "L", "M") else None
        return Opening("part", number, text, (f"{name}-{value or number.lower()}",))

    def _section(self, text: str, marked: bool) -> Opening | None:
        match = _SECTION.fullmatch(text)
        if not match or not may_be_heading(text):
            return None
        number = match["number"]
        value = roman_value(number)
        rank = ord(number) - ord("A") + 1 if len(number) == 1 and number.isalpha() else 0
        if number.isdigit():
            if not marked or int(number) <= self.arabic:
                return None
            self.arabic = int(number)
        elif rank and (rank == self.letter + 1 or (marked and rank > self.letter > 0)):
            self.letter, self.arabic = rank, 0
        elif value and (value == self.roman + 1 or (marked and value > self.roman)):
            self.roman, self.letter, self.arabic = value, 0, 0
        else:
            return None
        path = (
            str(self.roman) if self.roman else "",
            chr(ord("a") + self.letter - 1) if self.letter else "",
            str(self.arabic) if self.arabic else "",
        )
        self.end_items()
        return Opening("section", f"{number}.", match["text"], path)

    def _paragraph(self, text: str, fresh: bool) -> Opening | None:
        match = _PARAGRAPH.fullmatch(text)
        if not match:
            return None
        number = int(match["number"])
        skipped = number - self.paragraph - 1
        # The sources skip and repeat numbers; a line within a paragraph must be the very next.
        repeated = skipped == -1 and self.paragraph > 0
        if skipped != 0 and not (
            fresh and self.paragraph and (repeated or 0 < skipped < _MOST_SKIPPED)
        ):
            return None
        self.paragraph = number
        self.end_items()
        return Opening("paragraph", match["number"], match["text"], (match["number"],))

    def _item(self, text: str, fresh: bool) -> Opening | None:
        match = _ITEM.fullmatch(text) if fresh else None
        if not match:
            return None
        number = match["number"]
        value = roman_value(number.upper())
        nested = self.item > 0 and value == self.subitem + 1
        rank = ord(number) - ord("a") + 1 if len(number) == 1 else 0
        if rank == self.item + 1 and not (nested and self.subitem):
            self.item, self.subitem = rank, 0
            path: tuple[str, ...] = (number,)
        elif nested and value:
            self.subitem = value
            path = (chr(ord("a") + self.item - 1), number)
        else:
            return None
        return Opening("item", f"({number})", match["text"], path)
