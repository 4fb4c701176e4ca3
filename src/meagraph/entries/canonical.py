"""The canonical form of an entry, and what keeps an entry from having one."""

from __future__ import annotations

import re

import pyoxigraph

from meagraph.entries.files import Entry, Positions, locate
from meagraph.entries.writer import write
from meagraph.errors import UnusableInput
from meagraph.namespaces import XSD, compact

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"0|-?(?:[1-9][0-9]*(?:\.[0-9]*[1-9])?|0\.[0-9]*[1-9])")
_WHOLE = frozenset(
    XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
_FRACTIONAL = frozenset(XSD + name for name in ("decimal", "double", "float"))
_DIGITS = 40
"""Numbers with more digits than this are mistakes, and slow to write out."""


def canonical(entry: Entry) -> str:
    """The entry in canonical form.

    Its triples are exactly those of the entry, literals with the characters that were written;
    applied to its own result it changes nothing.

    Raises:
        UnusableInput: the first of `refusals`.
    """
    for refusal in refusals(entry):
        raise refusal
    return write(entry.graph, entry.triples)


def refusals(entry: Entry) -> list[UnusableInput]:
    """Why an entry cannot be written in canonical form, in the order of its lines.

    Comments would be lost; blank nodes, collections and triple terms have no place in the data;
    the store would rewrite a number that is not in canonical form (XML Schema 1.1 Part 2, 2.3.1);
    a file that states nothing is no entry.
    """
    positions = locate(entry)
    newer = [error for triple in entry.triples if (error := _newer(entry, triple, positions))]
    if newer:
        return newer[:1]
    found = [
        *(
            _refusal(entry, place, "a comment would be lost", _REMARK)
            for place in positions.comments
        ),
        *(
            _refusal(entry, place, "a blank node or collection", _NAME_IT)
            for place in positions.blanks
        ),
        *filter(None, (_bad_value(entry, triple, positions) for triple in entry.triples)),
    ]
    if not entry.triples and not found:
        found.append(
            _refusal(entry, (1, 1), "the file states nothing", "Delete it, or state something.")
        )
    return sorted(found, key=lambda refusal: (refusal.line or 0, refusal.column or 0))


_REMARK = "Keep it as a mea:remark of the node that it is about, or delete it."
_NAME_IT = "Give the node a name, such as this:some-name; lists are a mea:ListClaim."


def _refusal(entry: Entry, place: tuple[int, int] | None, message: str, hint: str) -> UnusableInput:
    line, column = place or (None, None)
    return UnusableInput(message, file=entry.path, line=line, column=column, hint=hint)


def _newer(entry: Entry, triple: pyoxigraph.Triple, positions: Positions) -> UnusableInput | None:
    """What RDF 1.2 adds; the scanner takes the first of it for a blank node."""
    place = positions.blanks[0] if positions.blanks else None
    value = triple.object
    if isinstance(value, pyoxigraph.Triple):
        return _refusal(entry, place, "a triple stands as a value", _NAME_IT)
    if isinstance(value, pyoxigraph.Literal) and value.direction is not None:
        hint = f"Write only the language: @{value.language}"
        return _refusal(entry, place, "a string has a direction", hint)
    return None


def _bad_value(
    entry: Entry, triple: pyoxigraph.Triple, positions: Positions
) -> UnusableInput | None:
    value = triple.object
    # What is said of a blank node is refused with it.
    if not isinstance(value, pyoxigraph.Literal) or isinstance(
        triple.subject, pyoxigraph.BlankNode
    ):
        return None
    right = _right_number(value)
    if right is None:
        return None
    message = f"{value.value} ({compact(value.datatype.value)}) is not a canonical number"
    return _refusal(entry, positions.triple(triple), message, right)


def _right_number(value: pyoxigraph.Literal) -> str | None:
    """What to write instead; ``None`` where the literal is no number or a canonical one."""
    datatype = value.datatype.value
    if datatype not in _WHOLE and datatype not in _FRACTIONAL:
        return None
    form = {XSD + "integer": _INTEGER, XSD + "decimal": _DECIMAL}.get(datatype)
    if form is not None and form.fullmatch(value.value):
        return None
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(value.value)
    except InvalidOperation:
        return "Write a number, or the words as a string."
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        return "Write a number with fewer digits, or the words as a string."
    if number == number.to_integral_value():
        return f"Write {int(number)}"
    return f"Write {number.normalize():f}"
