"""How large a file may be, and how deeply nested, before it is parsed.

A file beyond these is a mistake, and would cost the reader more than a message: a parser that
follows brackets by calling itself ends the process where they are nested deep enough, which no
handler of errors can catch.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from functools import cache
from pathlib import Path
from typing import BinaryIO, Literal

from meagraph.errors import UnusableInput

MAX_BYTES = 20_000_000
"""The size, in bytes, above which a file is refused: hundreds of times that of an entry."""
MAX_NESTING = 100
"""How many brackets, or elements, may be open at once."""

Syntax = Literal["turtle", "json", "xml"]
"""What the brackets of a text are: Turtle's also holds for TriG, N-Triples and N-Quads."""

_HINTS = {
    errno.EACCES: "Give yourself the right to read it.",
    errno.EPERM: "Give yourself the right to read it.",
    errno.ELOOP: "It is a link that leads back to itself: name the file itself.",
    errno.EISDIR: "Name a file.",
}
_OPENING = ("[", "(", "{", "<<", "<")
_WORDS = {
    "brackets": ("brackets are open at once", "a closing bracket"),
    "xml": ("elements stand in one another", "an end tag"),
}


def read_bounded(path: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file that is no larger than it may be.

    Args:
        path: the file.
        most: its largest size in bytes; a larger one is not read.

    Raises:
        UnusableInput: it is larger, or cannot be read.
    """
    try:
        with path.open("rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_size > most:
                raise _too_large(path, most)
            return read_stream(file, path, most)
    except OSError as error:
        raise UnusableInput(
            f"the file cannot be read: {error.strerror}",
            file=path,
            hint=_HINTS.get(error.errno or 0, "Correct its name."),
        ) from None


def read_stream(stream: BinaryIO, path: Path, most: int = MAX_BYTES) -> bytes:
    """All that a stream holds, or as much as shows that it is too large.

    Args:
        stream: what to read.
        path: what to call it in messages.
        most: how many bytes it may hold.

    Raises:
        UnusableInput: it holds more.
        OSError: it cannot be read.
    """
    parts, size = [], 0
    while part := stream.read(min(most + 1 - size, 1 << 20)):
        parts.append(part)
        size += len(part)
        if size > most:
            raise _too_large(path, most)
    return b"".join(parts)


def _too_large(path: Path, most: int) -> UnusableInput:
    return UnusableInput(
        f"the file is larger than {most / 1_000_000:,.4g} MB, the most that is read",
        file=path,
        hint="Is it the right file? Otherwise split it.",
    )


def refuse_deep(path: Path, text: str, syntax: Syntax = "turtle") -> None:
    """Stop before a text is parsed in which more brackets are open at once than may be.

    Brackets in strings, names and comments do not count. What follows the first mistake in a text
    is not read by a parser, and is not judged rightly here.

    Args:
        path: the file, for the message.
        text: what it holds.
        syntax: which brackets it has.

    Raises:
        UnusableInput: so, with the place of the first bracket too many.
    """
    if syntax != "xml" and sum(map(text.count, "[({<" if "<<" in text else "[({")) <= MAX_NESTING:
        return
    depth = 0
    for found in _brackets(syntax).finditer(text):
        if found["bracket"] is None:
            continue
        depth += 1 if found["bracket"] in _OPENING else -1
        if depth > MAX_NESTING:
            start = found.start()
            what, end = _WORDS["xml" if syntax == "xml" else "brackets"]
            raise UnusableInput(
                f"more than {MAX_NESTING} {what} here",
                file=path,
                line=text.count("\n", 0, start) + 1,
                column=start - text.rfind("\n", 0, start),
                hint=f"Is {end} missing? No text that a person writes is so deep.",
            )


@cache
def _brackets(syntax: Syntax) -> re.Pattern[str]:
    """What to step over, then the brackets, in the group ``bracket``."""
    double = r'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"'
    if syntax == "json":
        return re.compile(rf"{double}|(?P<bracket>[\[\]{{}}])", re.DOTALL)
    if syntax == "xml":
        # Attributes may hold “>”; what ends in “/>” opens and closes.
        return re.compile(
            r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<![^>]*>"
            r"|<(?![/!?])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*/>"
            r"|(?P<bracket></|<)",
            re.DOTALL,
        )
    long = "|".join(
        rf"{q * 3}[^{q}\\]*(?:(?:\\.|{q}{{1,2}}(?!{q}))[^{q}\\]*)*{q * 3}" for q in "\"'"
    )
    single = double.replace('"', "'")
    return re.compile(
        rf"{long}|{double}|{single}|\\.|#[^\r\n]*"
        r"|<(?!<)[^\x00-\x20<>\"{}|^`]*>|(?P<bracket><<|>>|[\[\](){}])",
        re.DOTALL,
    )
