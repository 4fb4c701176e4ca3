"""Lines become blocks: each a heading, a paragraph or an item, whole again across page breaks.

Two conventions are told apart. Where the first line of each paragraph is indented, an indent opens
a block and an empty line means nothing; elsewhere an empty line opens one. In both, text that stops
before its sentence does goes on in the next block that has no number of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from meagraph.sources.healing import is_complete, joined, unmarked
from meagraph.sources.lines import Line
from meagraph.sources.numbering import Numbering, Opening, may_be_heading

_INDENTED_SHARE = 0.05
_HEADINGS = ("note", "part", "section", "heading")
_LIST_GOES_ON = re.compile(r"(?:[:;,.]|\band|\bor)$")


@dataclass
class Block:
    """Lines that belong together, and what they open (``None``: text without a number)."""

    opening: Opening | None
    line: int
    pieces: list[str]
    notes: list[str] = field(default_factory=list)

    @property
    def raw(self) -> str:
        """The text with its markup."""
        return joined(self.pieces)

    @property
    def text(self) -> str:
        """The text, whole and without markup."""
        return unmarked(self.raw)

    @property
    def is_heading(self) -> bool:
        """Whether it heads what follows."""
        return self.opening is not None and self.opening.kind in _HEADINGS

    @property
    def is_bold(self) -> bool:
        """Whether all of it is set in bold."""
        return self.raw.startswith("**") and self.raw.endswith("**")

    @property
    def looks_like_title(self) -> bool:
        """Whether it is set as a heading, or is text that does not end as a sentence does."""
        return self.is_bold or not is_complete(self.raw)


def gather(lines: list[Line]) -> list[Block]:
    """Put the body's lines together into blocks, in reading order."""
    indents = is_indented(lines)
    lines = _whole_headings(lines, indents)
    numbering = Numbering()
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        last = blocks[-1] if blocks else None
        begins = _begins(line, last, indents)
        fresh = begins or line.after_gap or _after_item(last)
        opening = numbering.opening(line.text, fresh=fresh, alone=_alone(lines, index, indents))
        if opening is None and last and not (begins and not _goes_on(last, line, indents)):
            last.pieces.append(line.text)
            last.notes += line.notes
            continue
        if opening is None:
            numbering.end_items()
        text = opening.text if opening else line.text
        blocks.append(Block(opening, line.number, [text], list(line.notes)))
    return blocks


def is_indented(lines: list[Line]) -> bool:
    """Whether the first lines of paragraphs are indented in this text."""
    return sum(line.indented for line in lines) > _INDENTED_SHARE * len(lines)


def _begins(line: Line, last: Block | None, indents: bool) -> bool:
    """Whether a passage may begin at this line, to judge by the layout."""
    if last is None or last.is_heading or (line.after_gap and not indents):
        return True
    if indents and line.indented:
        return True
    # Converters leave a gap after the first line of a section: only a later one can mean anything.
    return line.after_gap and len(last.pieces) > 1 and is_complete(last.raw)


def _goes_on(last: Block, line: Line, indents: bool) -> bool:
    """Whether a line without a number continues a sentence that a page break has cut."""
    if last.is_heading or last.is_bold or is_complete(last.raw):
        return False
    plain = unmarked(line.text)
    return line.after_page or plain[:1].islower() or not indents


def _after_item(last: Block | None) -> bool:
    return last is not None and bool(_LIST_GOES_ON.search(last.raw))


def _alone(lines: list[Line], index: int, indents: bool) -> bool:
    """Whether nothing on the next line belongs to this one, so that it can be a heading."""
    return index + 1 == len(lines) or _stands_apart(lines[index + 1], indents)


def _stands_apart(line: Line, indents: bool) -> bool:
    return line.after_gap or line.after_page or (indents and line.indented)


def _whole_headings(lines: list[Line], indents: bool) -> list[Line]:
    """Put section headings that run over a second line on one."""
    whole: list[Line] = []
    for index, line in enumerate(lines):
        before = whole[-1] if whole else None
        if (
            before
            and not _stands_apart(line, indents)
            and _stands_apart(before, indents)
            and _alone(lines, index, indents)
            and may_be_heading(before.text)
            and may_be_heading(f"{before.text} {line.text}")
        ):
            text = joined([before.text, line.text])
            whole[-1] = replace(before, text=text, notes=before.notes + line.notes)
        else:
            whole.append(line)
    return whole
