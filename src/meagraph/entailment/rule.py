"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from meagraph.entailment.facts import Facts
from meagraph.namespaces import CONCEPTS, ONTOLOGY


class Rule(NamedTuple):
    """One way to conclude triples.

    Args:
        name: what the rule is called.
        conclude: from what is known, all that follows by the rule; it may repeat what is known.
        reads: the properties that it looks at, and the classes where it looks for things of a
            class: it is applied again when another rule has concluded something with one of them.
        grounds: from what is known and a triple, the triples from which the rule concludes that
            one; none if it does not conclude it.
    """

    name: str
    conclude: Callable[[Facts], Iterable[Triple]]
    reads: Callable[[Facts], Collection[NamedNode]]
    grounds: Callable[[Facts, Triple], Iterable[Triple]]


def mea(name: str) -> NamedNode:
    """A term of our ontology."""
    return NamedNode(ONTOLOGY + name)


STATUS = mea("status")
NOT_YET = frozenset(
    NamedNode(f"{CONCEPTS}status/{name}")
    for name in ("requested", "planned", "expected", "tentative", "needed")
)
"""What is of one of these statuses is spoken of but is not said to exist."""
