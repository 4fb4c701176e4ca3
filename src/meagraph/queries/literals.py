"""Values of parameters that are literals: read from what a reader writes, never guessed."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import EDTF_NAMESPACE, XSD

FORMS = {
    "xsd:date": "a day, as 2024-06-11",
    "xsd:integer": "a whole number, as 12",
    "xsd:decimal": "a number, as 12 or 0.5",
    "xsd:boolean": "true or false",
    "xsd:string": "a text",
    "edtf:EDTF": "a time, as 2024-06-11, 2024-06, 2024 or 2024-06-11/2024-06-13",
}
"""What a value of each datatype looks like."""

SAMPLES = {"xsd:integer": "1", "xsd:decimal": "0.5", "xsd:boolean": "true", "xsd:string": "TEXT"}
"""A value of each datatype, but for times."""

_TRUTHS = {
    "true": "true",
    "1": "true",
    "yes": "true",
    "false": "false",
    "0": "false",
    "no": "false",
}


def literal(datatype: str, bound: str, text: str) -> Literal:
    """The literal that a text stands for, in canonical form.

    Args:
        datatype: one of ``FORMS``.
        bound: ``lower`` or ``upper`` for a day that may be given as a month or a year.
        text: what the reader wrote.

    Raises:
        ValueError: it stands for none; the message, if there is one, says why.
    """
    if datatype == "xsd:string":
        return Literal(text)
    text = text.strip()
    if datatype == "xsd:date":
        return _day(text, bound)
    if datatype == "edtf:EDTF":
        return _time(text)
    read = {"xsd:integer": _integer, "xsd:decimal": _decimal, "xsd:boolean": _boolean}[datatype]
    return Literal(read(text), datatype=NamedNode(XSD + datatype.removeprefix("xsd:")))


def _day(text: str, bound: str) -> Literal:
    from calendar import monthrange
    from datetime import date

    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    if not match or (not bound and not match[3]):
        raise ValueError
    year, month = int(match[1]), int(match[2] or (12 if bound == "upper" else 1))
    if not 1 <= month <= 12:
        raise ValueError("there are twelve months")
    last = monthrange(year, month)[1] if year else 1
    day = int(match[3] or (last if bound == "upper" else 1))
    if not 1 <= day <= last:
        raise ValueError(f"that month has {last} days")
    return Literal(date(year, month, day).isoformat(), datatype=NamedNode(XSD + "date"))


def _integer(text: str) -> str:
    if not re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII):
        raise ValueError
    return str(int(text))


def _decimal(text: str) -> str:
    # Eighteen digits before the point and after it: what the engine holds exactly.
    match = re.fullmatch(r"([+-]?)(\d{0,18})(?:\.(\d{0,18}))?", text, re.ASCII)
    if not match or not (match[2] or match[3]):
        raise ValueError
    whole, part = match[2].lstrip("0") or "0", (match[3] or "").rstrip("0")
    number = f"{whole}.{part}" if part else whole
    return f"-{number}" if match[1] == "-" and number != "0" else number


def _boolean(text: str) -> str:
    if text.lower() not in _TRUTHS:
        raise ValueError
    return _TRUTHS[text.lower()]


def _time(text: str) -> Literal:
    from meagraph.times import bounds

    try:
        bounds(text)
    except UnusableInput as error:
        raise ValueError(error.message) from None
    return Literal(text, datatype=NamedNode(EDTF_NAMESPACE + "EDTF"))
