"""An example as the lines of Turtle that a reader sees, each name followed by what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, Triple

from meagraph.export.ontology.terms import TYPE
from meagraph.namespaces import PREFIXES, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_NUMBERS = (XSD + "integer", XSD + "decimal", XSD + "boolean")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|true|false")
_LONGEST, _LONGEST_ALONE = 60, 90
"""How much of a name is shown at the end of a line, and on one of its own."""


class Line(NamedTuple):
    """A line of Turtle and the comment at its end, empty if there is nothing to remark."""

    turtle: str
    comment: str


def snippet(triples: Sequence[Triple], graph: str, labels: Mapping[str, str]) -> list[Line]:
    """Statements of one subject as Turtle, with our prefixes and ``this:`` for the graph's.

    Args:
        triples: in the order in which they are to stand.
        graph: the graph's name; ``this:`` stands for it and ``#``.
        labels: what IRIs are called.
    """
    subject = triples[0].subject.value  # type: ignore[union-attr]
    has_label = any(triple.predicate.value == RDFS + "label" for triple in triples)
    called = "" if has_label else _cut(labels.get(subject, ""), _LONGEST_ALONE)
    lines = [Line("", called)] if called else []
    for place, triple in enumerate(triples):
        verb, value = triple.predicate.value, triple.object
        start = "    " if place else f"{turtle_name(subject, graph)} "
        name = "a" if verb == TYPE else turtle_name(verb, graph)
        end = "." if place == len(triples) - 1 else ";"
        what = "" if verb == TYPE or isinstance(value, Literal) else labels.get(_iri(value), "")
        lines.append(Line(f"{start}{name} {_term(value, graph)} {end}", _cut(what)))
    return lines


def turtle_name(iri: str, graph: str = "") -> str:
    """An IRI as Turtle writes it, shortened where a prefix allows."""
    prefixes = {"this": graph + "#", **PREFIXES} if graph else PREFIXES
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _term(value: Any, graph: str) -> str:
    if not isinstance(value, Literal):
        return turtle_name(_iri(value), graph)
    datatype = value.datatype.value
    if datatype in _NUMBERS and _NUMBER.fullmatch(value.value):
        return value.value
    quoted = str(Literal(value.value))
    if value.language:
        return f"{quoted}@{value.language}"
    return quoted if datatype == XSD + "string" else f"{quoted}^^{turtle_name(datatype)}"


def _iri(value: Any) -> str:
    return str(getattr(value, "value", value))


def _cut(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, cut where it is too long."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
