"""Python values as the texts that a question's parameters take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meagraph.queries import Question


def texts(value: object) -> list[str]:
    """One value, or a collection of values, as texts; ``None`` is none.

    A text is taken as it is; a date as ISO 8601; an IRI of pyoxigraph or rdflib by itself; a list,
    tuple, set, array or series by its items.

    Raises:
        UnusableInput: a mapping or a text of bytes is no value.
    """
    if value is None:
        return []
    if isinstance(value, str):
        return [str(value)]
    if isinstance(value, bytes | dict):
        raise UnusableInput(
            f"{type(value).__name__} is no value for a parameter",
            hint="Give a name, an IRI, a number, a date, or a list of them.",
        )
    if hasattr(value, "isoformat"):
        return [value.isoformat()[:10]]
    if hasattr(value, "value") and isinstance(value.value, str):  # a term of pyoxigraph
        return [value.value]
    if isinstance(value, bool):
        return [str(value).lower()]
    if hasattr(value, "__iter__"):
        return [text for item in value for text in texts(item)]
    return [str(value)]


def given_values(question: Question, values: Mapping[str, object]) -> dict[str, list[str]]:
    """What keyword arguments give for a question's parameters.

    A name that Python reserves is written with an underscore after it: ``from_=2024``. ``None``
    and an empty collection give nothing: the question's own values hold.
    """
    given = {}
    for keyword, value in values.items():
        name = keyword
        if name not in question.parameters:
            name = keyword.rstrip("_")
        if found := texts(value):
            given[name] = found
    return given
