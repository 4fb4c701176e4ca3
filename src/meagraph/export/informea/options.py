"""The system query options of OData 2 that the service knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from meagraph.export.informea.filters import filter_test, property_type, property_value
from meagraph.export.informea.refusals import BAD_REQUEST, NOT_IMPLEMENTED, Refusal

if TYPE_CHECKING:
    from meagraph.export.informea.record import Record
    from meagraph.export.informea.schema import Kind

PAGE = 100
"""Records on a page where nothing else is asked; InforMEA asks for as many."""

LARGEST_PAGE = 1000

_KNOWN = {
    "$top",
    "$skip",
    "$inlinecount",
    "$expand",
    "$orderby",
    "$filter",
    "$format",
    "$select",
}
_UNKNOWN_HERE = {"$skiptoken"}


class Page(NamedTuple):
    """What is asked of a set.

    Args:
        skip: how many records to pass over.
        size: how many to give at most.
        cut: whether the service chose the size, so that it must say where the next page is.
        counted: whether to tell how many there are on all pages.
    """

    skip: int
    size: int
    cut: bool
    counted: bool


def check_options(kind: Kind, query: Mapping[str, str]) -> None:
    """Refuse options that are none, or not known here, and lists that the set does not have.

    Options without a dollar sign are those of others, and passed over, as the protocol says.

    Raises:
        Refusal: 400 or 501.
    """
    for name in query:
        if name in _UNKNOWN_HERE:
            raise Refusal(NOT_IMPLEMENTED, f"This service does not know {name}.")
        if name.startswith("$") and name not in _KNOWN:
            raise Refusal(BAD_REQUEST, f"There is no option {name}.")
    for name in _names(query, "$expand"):
        if name not in kind.lists:
            raise Refusal(BAD_REQUEST, f"{kind.set} has nothing to expand called “{name}”.")
    for name in _names(query, "$select"):
        if name != "*" and name not in kind.scalars and name not in kind.lists:
            raise Refusal(BAD_REQUEST, f"{kind.set} has no property “{name}”.")


def _names(query: Mapping[str, str], option: str) -> list[str]:
    return [name for each in query.get(option, "").split(",") if (name := each.strip())]


def selected(kind: Kind, query: Mapping[str, str]) -> Kind:
    """The set with the properties that are asked for; with all where nothing is asked.

    As in OData 2, ``*`` is all that have a single value.
    """
    names = _names(query, "$select")
    if not names:
        return kind
    scalars = {n: edm for n, edm in kind.scalars.items() if n in names or "*" in names}
    return kind._replace(
        scalars=scalars, lists={n: texts for n, texts in kind.lists.items() if n in names}
    )


def page(query: Mapping[str, str]) -> Page:
    """Which part of a set is asked for.

    Raises:
        Refusal: a number is none, or less than nought.
    """
    counted = query.get("$inlinecount", "none")
    if counted not in ("none", "allpages"):
        raise Refusal(BAD_REQUEST, "$inlinecount is “allpages” or “none”.")
    asked = _count(query, "$top", PAGE)
    size = min(asked, LARGEST_PAGE)
    return Page(
        _count(query, "$skip", 0), size, "$top" not in query or size < asked, counted != "none"
    )


def _count(query: Mapping[str, str], name: str, otherwise: int) -> int:
    text = query.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.strip().isdigit() and len(text) < 10):
        raise Refusal(BAD_REQUEST, f"{name} is a whole number from 0 on, not “{text}”.")
    return int(text)


def chosen(kind: Kind, records: tuple[Record, ...], query: Mapping[str, str]) -> list[Record]:
    """The records of a set that pass the filter, in the order asked for.

    Raises:
        Refusal: the filter or the order cannot be read.
    """
    found = list(records)
    if "$filter" in query:
        found = list(filter(filter_test(kind, query["$filter"]), records))
    if "$orderby" not in query:
        return found
    # Sorting keeps the order of equals, backwards too; the id decides last: pages never overlap.
    found.sort(key=lambda record: record.id)
    for name, falling in reversed(_orders(kind, query["$orderby"])):
        found.sort(key=lambda record: _place(kind, record, name), reverse=falling)
    return found


def _orders(kind: Kind, text: str) -> list[tuple[str, bool]]:
    found = []
    for part in text.split(","):
        name, *rest = part.split() or [""]
        if rest not in ([], ["asc"], ["desc"]):
            raise Refusal(BAD_REQUEST, f"$orderby cannot be read at “{part.strip()}”.")
        property_type(kind, name)
        found.append((name, rest == ["desc"]))
    return found


def _place(kind: Kind, record: Record, name: str) -> tuple[bool, object]:
    """Null stands before all values."""
    value = property_value(kind, record, name)
    return value is not None, value if value is not None else 0
