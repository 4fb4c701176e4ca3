"""The lines of a source document's body, with its footnotes lifted out and their marks taken away.

A footnote stands where a page ended, often in the middle of a sentence. It is known by its number
or stars at the beginning of a line after a gap, being the next one due, and a number also by a
mark for it in the text above: a line that merely begins with a number is a line like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from meagraph.sources.healing import joined, unmarked

_RULE = re.compile(r"(?:[-_*]\s?){3,}")
_NUMBERED_NOTE = re.compile(
    r"(?:\[\^(\d{1,3})\]:?|<sup>(\d{1,3})</sup>|(\d{1,3})(?=\s))\s*(?P<text>\S.*)"
)
_STARRED_NOTE = re.compile(r"(?P<stars>(?:\\?\*){1,4})\s+(?P<text>\S.*)")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]*(?:[/.–-][A-Za-z0-9]+){2,}")
_ADDRESSES = re.compile(r"(?:(?:https?://|www\.)\S+\s*)+")


@dataclass
class Line:
    """One line of the body; ``notes`` are the labels of the footnotes whose marks it bore."""

    number: int
    text: str
    indented: bool
    after_gap: bool = False
    after_page: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass
class Footnote:
    """A footnote: its label, its number or stars as printed, its first line, its text in pieces."""

    label: str
    number: str
    line: int
    pieces: list[str]

    @property
    def text(self) -> str:
        """The footnote's text, whole and without markup."""
        return unmarked(joined(self.pieces))


def split_lines(text: str) -> list[Line]:
    """The file's lines; rules, page numbers and repeated running headers become page breaks."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    contents = [row.replace("\f", " ").strip() for row in rows]
    repeated = {text for text, n in Counter(contents).items() if n > 1 and _SYMBOL.fullmatch(text)}
    lines = []
    for index, (row, content) in enumerate(zip(rows, contents, strict=True)):
        alone = not any(contents[max(index - 1, 0) : index] + contents[index + 1 : index + 2])
        page = bool(
            _RULE.fullmatch(content)
            or (content in repeated and content in contents[:index])
            or (alone and _PAGE_NUMBER.fullmatch(content))
        )
        lines.append(
            Line(
                number=index + 1,
                text="" if page else content,
                indented=row[:1].isspace() and not page,
                after_page=page or "\f" in row,
            )
        )
    return lines


def lift_footnotes(lines: list[Line]) -> tuple[list[Line], list[Footnote]]:
    """Part the body's lines from the footnotes, and take the footnotes' marks off the body.

    Empty lines are gone from the body; a line knows whether a gap or a page break precedes it.
    """
    due = _Due(lines)
    body: list[Line] = []
    notes: list[Footnote] = []
    inside = False
    gap, page = True, False
    for line in lines:
        page = page or line.after_page
        if not line.text:
            gap, inside = True, False
        elif (gap or inside) and (note := due.footnote(line, body)):
            notes.append(note)
            inside, gap, page = True, False, True
        elif inside and not line.indented:
            notes[-1].pieces.append(line.text)
        elif not (page and notes and _repeats(line.text, notes[-1])):
            line.after_gap, line.after_page = gap, page
            body.append(line)
            inside, gap, page = False, False, False
    return body, notes


def _repeats(text: str, note: Footnote) -> bool:
    """Whether a line only repeats addresses of the footnote before it, as converters do."""
    return bool(_ADDRESSES.fullmatch(text)) and "".join(text.split()) in "".join(note.pieces)


class _Due:
    """Which footnote is due next, and how far its marks have been found in the body."""

    def __init__(self, lines: list[Line]) -> None:
        texts = [line.text for line in lines]
        self.number = 0
        self.stars = 0
        self.searched = (0, 0)  # line of the body, and column in it
        # A text with bullets or with escaped stars does not print footnotes as bare stars.
        self.bare_stars = sum(text.startswith("* ") for text in texts) == 1 and not any(
            "\\*" in text for text in texts
        )

    def footnote(self, line: Line, body: list[Line]) -> Footnote | None:
        """Read the beginning of a footnote, if the line is one and the footnote is due."""
        if match := _NUMBERED_NOTE.fullmatch(line.text):
            number = next(group for group in match.groups() if group)
            label = f"fn/{number}"
            if int(number) != self.number + 1 or not self._take_number(number, label, body):
                return None
            self.number += 1
            return Footnote(label, number, line.number, [match["text"]])
        if match := _STARRED_NOTE.fullmatch(line.text):
            stars = match["stars"].replace("\\", "")
            escaped = "\\" in match["stars"]
            if len(stars) != self.stars + 1 or not (escaped or self.bare_stars):
                return None
            self.stars += 1
            label = "fn/star" if self.stars == 1 else f"fn/star-{self.stars}"
            _take_stars(len(stars), label, escaped, body)
            return Footnote(label, stars, line.number, [match["text"]])
        return None

    def _take_number(self, number: str, label: str, body: list[Line]) -> bool:
        """Take away the mark: the first after the last mark found, the least doubtful first."""
        first, column = self.searched
        for form in _mark_forms(number):
            for index in range(first, len(body)):
                line = body[index]
                if match := form.search(line.text, column if index == first else 0):
                    line.text = line.text[: match.start("mark")] + line.text[match.end("mark") :]
                    line.notes.append(label)
                    self.searched = (index, match.start("mark"))
                    return True
        return False


def _mark_forms(number: str) -> tuple[re.Pattern[str], ...]:
    """How a footnote's number may stand in the text, the least doubtful form first."""
    end = r"(?=\s|$|[.,;:)\]”’\"'])"
    return (
        re.compile(rf"(?P<mark><sup>{number}</sup>|\[\^{number}\])"),
        # Glued to a word, a bracket, a quotation mark, a year; with punctuation or without.
        re.compile(
            rf"(?:[^\W\d_]|[)\]”’\"']|[a-z)\]”’\"'][.,;:!?]|\d{{4}}[.,;])(?<!/.)(?P<mark>{number}){end}"
        ),
        # Glued to the full stop after an abbreviation: may also be the end of a symbol.
        re.compile(rf"(?<![\S/])[^\s/]*[A-Z][.,;:](?P<mark>{number}){end}"),
    )


def _take_stars(count: int, label: str, escaped: bool, body: list[Line]) -> None:
    """Take away the stars that refer to a footnote; a lost header may have taken them with it."""
    star = r"\\\*" if escaped else r"\*"
    mark = re.compile(rf"(?<![\\*\s])(?:{star}){{{count}}}(?!{star})")
    for line in body:
        if match := mark.search(line.text):
            line.text = line.text[: match.start()] + line.text[match.end() :]
            line.notes.append(label)
            return
