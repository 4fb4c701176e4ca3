"""Lines of iCalendar (RFC 5545, section 3.1): escaped, folded, and ended as it wants them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from meagraph.tables.values import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_OCTETS = 75
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_RESERVED = ":/?#[]@!$&'()*+,;=%~"


def text(value: str) -> str:
    """A value of type TEXT: no character steers the file, and none that it may not hold is left."""
    return clean(_LINE_ENDS.sub("\n", value)).translate(_ESCAPED)


def texts(values: Iterable[str]) -> str:
    """Several values of type TEXT."""
    return ",".join(map(text, values))


def uri(iri: str) -> str:
    """A value of type URI (RFC 3986): what an IRI has beyond ASCII is percent-encoded."""
    return quote(iri, safe=_RESERVED)


def day(value: date) -> str:
    """A value of type DATE."""
    return value.isoformat().replace("-", "")


def midnight(value: date) -> str:
    """A value of type DATE-TIME in UTC: the beginning of a day."""
    return f"{day(value)}T000000Z"


def folded(line: str) -> bytes:
    """A line of at most 75 octets, and the rest of it on lines that begin with a blank.

    No character is cut in two.
    """
    lines, held = [b""], 0
    for sign in line:
        octets = sign.encode()
        if held + len(octets) > _OCTETS:
            lines.append(b" ")
            held = 1
        lines[-1] += octets
        held += len(octets)
    return b"\r\n".join(lines) + b"\r\n"
