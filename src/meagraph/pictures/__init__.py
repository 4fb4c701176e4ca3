"""Pictures of the graph for print and the web, each of the answer to one stored question.

========= ========================= =============================================================
network   cooperation-network       who cooperates with whom, weighted by activities
timeline  meetings-of-body          meetings over time, by body and mode
matrix    kinds-and-topics-changed  change between two documents, by kind and topic
========= ========================= =============================================================

They are readable without colour, say what is counted and what it rests on, and are the same byte
for byte when drawn of the same data with the same versions of the packages.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from meagraph.errors import UnusableInput
from meagraph.pictures.picture import Picture, form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meagraph.queries import Question
    from meagraph.queryable import Queryable
    from meagraph.tables import Table

__all__ = ["OPTIONS", "PICTURES", "Kind", "Picture", "draw", "drawn", "form_of", "kind_of"]


class Kind(NamedTuple):
    """A kind of picture: the stored question that it shows, what it is, and its own options."""

    question: str
    meaning: str
    options: tuple[str, ...]


PICTURES = {
    "network": Kind(
        "cooperation-network",
        "who cooperates with whom, weighted by activities",
        ("title", "roll_up", "most"),
    ),
    "timeline": Kind("meetings-of-body", "meetings over time, by body and mode", ("title", "most")),
    "matrix": Kind(
        "kinds-and-topics-changed",
        "change between two documents, by kind and topic",
        ("title", "most"),
    ),
}
"""The pictures, by name."""

OPTIONS = frozenset(option for kind in PICTURES.values() for option in kind.options)
"""What is said to the one who draws, and is no parameter of a question."""


class Asked(Protocol):
    """An opened graph, as `meagraph.open` gives it."""

    @property
    def store(self) -> Queryable:
        """What is asked."""

    def question(self, question: str, /) -> Question:
        """What a stored question asks, takes and gives."""

    def query(self, question: str, /, **parameters: Any) -> Table:
        """Answer a stored question."""


def kind_of(name: str) -> Kind:
    """The kind of picture of this name.

    Raises:
        UnusableInput: there is none.
    """
    if name not in PICTURES:
        near = get_close_matches(name, PICTURES, n=1)
        listed = "; ".join(f"{kind}: {about.meaning}" for kind, about in PICTURES.items())
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UnusableInput(f"there is no picture “{name}”", hint=f"{hint}There are {listed}.")
    return PICTURES[name]


def draw(
    name: str, table: Table, store: Queryable, question: Question | None = None, **options: Any
) -> Picture:
    """Draw a picture of an answer.

    Args:
        name: one of `PICTURES`.
        table: the answer to its question.
        store: the graph that gave it.
        question: what was asked, to say it in words.
        options: those of the picture: ``title``, ``most`` (so many pairs, bodies or topics), and
            of a network ``roll_up``.

    Raises:
        UnusableInput: there is no such picture or option, nothing to draw, or a package is not
            installed.
    """
    known = kind_of(name).options
    for option in options:
        if option not in known:
            raise UnusableInput(f"a {name} takes no {option}", hint=f"It takes {', '.join(known)}.")
    if name == "network":
        from meagraph.pictures.network import network

        return network(table, store, question, **options)
    if name == "timeline":
        from meagraph.pictures.timeline import timeline

        return timeline(table, store, question, **options)
    from meagraph.pictures.matrix import matrix

    return matrix(table, store, question, **options)


def drawn(graph: Asked, name: str, parameters: Mapping[str, Any]) -> Picture:
    """Ask the question of a picture, and draw the answer.

    Args:
        graph: the opened graph.
        name: one of `PICTURES`.
        parameters: of the question, and among them the picture's `OPTIONS`.

    Raises:
        UnusableInput: as `draw` does, or the question cannot be answered.
    """
    kind = kind_of(name)
    options = {key: value for key, value in parameters.items() if key in OPTIONS}
    values = {key: value for key, value in parameters.items() if key not in OPTIONS}
    table = graph.query(kind.question, **values)
    return draw(name, table, graph.store, graph.question(kind.question), **options)
