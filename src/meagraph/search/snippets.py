"""The part of a text that shows why it was found."""

from __future__ import annotations

from meagraph.search.hits import MARKS

BEGIN, END = "\x02", "\x03"
"""What the engine puts around a matched word; indexed texts have no such signs."""

_LONGEST = 160
_BEFORE = 40


def snippet(text: str) -> str:
    """A text with matched words between `BEGIN` and `END`, cut at its blanks to what fits a line.

    What is cut away is an ellipsis; the first matched word stays, the marks are `MARKS`.
    """
    # Matched words that stand side by side are marked as one.
    words = text.replace(END + " " + BEGIN, " ").split(" ")
    first = next((place for place, word in enumerate(words) if BEGIN in word), 0)
    start, room = first, _BEFORE
    if len(text) <= _LONGEST:
        start, room = 0, 0
    while start and (len(words[start - 1]) < room or start == 1):
        start -= 1
        room -= len(words[start]) + 1
    end, room = start, _LONGEST
    while end < len(words) and (end <= first or len(words[end]) <= room):
        room -= len(words[end]) + 1
        end += 1
    part = " ".join(words[start:end])
    if part.count(BEGIN) > part.count(END):
        part += END  # the cut went through a marked phrase
    shown = part.replace(BEGIN, MARKS[0]).replace(END, MARKS[1])
    return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"


def marked_whole(text: str) -> str:
    """A text all of which was matched."""
    return MARKS[0] + text + MARKS[1]
