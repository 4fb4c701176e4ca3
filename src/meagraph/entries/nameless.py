"""Which blank node of one reading of a file is which blank node of another reading.

A parser and a scanner give labels of their own to the blank nodes that have none in the text. Such
a node is known by the way to it: from the node that has it as a value, by the property, as the
first, second … of such values. That is the same in every reading, in whatever order it comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from pyoxigraph import BlankNode, Triple

Key = tuple[object, object, object]
"""A triple, with numbers for the blank nodes without a label."""


class Numbering:
    """Numbers for nameless nodes, the same for one node in all readings."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, object, int], int] = {}

    def keys(self, triples: Iterable[Triple], nameless: Collection[BlankNode]) -> list[Key]:
        """The triples of one reading, in its order, comparable with those of another.

        Args:
            triples: all of one file.
            nameless: the nodes whose labels were made up in this reading.
        """
        read = list(triples)
        ways = self._ways(read, nameless)
        number: dict[object, int] = {}
        for node in ways:
            path = {node: None}
            last = node
            while last not in number and (above := ways[last][0]) in ways and above not in path:
                path[above] = None
                last = above
            for one in reversed(path):
                above, predicate, place = ways[one]
                way = (number.get(above, above), predicate, place)
                number.setdefault(one, self._numbers.setdefault(way, len(self._numbers)))
        return [
            (number.get(t.subject, t.subject), t.predicate, number.get(t.object, t.object))
            for t in read
        ]

    @staticmethod
    def _ways(
        triples: list[Triple], nameless: Collection[BlankNode]
    ) -> dict[object, tuple[object, object, int]]:
        """For each nameless node, what it is a value of, or that it is of nothing."""
        ways: dict[object, tuple[object, object, int]] = {}
        counts: dict[tuple[object, object], int] = defaultdict(int)
        subjects = dict.fromkeys(t.subject for t in triples if t.subject in nameless)
        for triple in triples:
            if triple.object in nameless and triple.object not in ways:
                way = (triple.subject, triple.predicate)
                ways[triple.object] = (*way, counts[way])
                counts[way] += 1
        roots = [node for node in subjects if node not in ways]
        for place, node in enumerate(roots):
            ways[node] = (None, None, place)
        return ways
