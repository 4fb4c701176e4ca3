"""From a derived triple back to what files state: the way that the rules went, backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Triple

from meagraph.entailment.facts import Facts
from meagraph.entailment.rules import RULES
from meagraph.namespaces import ENTAILED_GRAPH

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_ENTAILED = NamedNode(ENTAILED_GRAPH)


class Grounds:
    """What the derived triples of a built graph rest on."""

    def __init__(self, store: Queryable) -> None:
        """Take a graph that holds what follows from it, such as `meagraph.graph.build` makes."""
        self._facts = Facts(store)

    def of(self, triple: Triple) -> list[Quad]:
        """The statements of files that a triple comes from, each with the graph that it stands in.

        A triple that a file states rests on itself. The axioms of the ontology that a conclusion
        takes for granted, such as that one property stands below another, are not listed.

        Returns:
            Quads without doubles, nearest first; none if the triple does not follow by any rule.
        """
        found: dict[Quad, None] = {}
        seen = {triple}
        pending = [triple]
        for each in pending:
            stated = [quad for quad in self._facts.stating(each) if quad.graph_name != _ENTAILED]
            found.update(dict.fromkeys(stated))
            if stated:
                continue
            for rule in RULES:
                for premise in rule.grounds(self._facts, each):
                    if premise not in seen:
                        seen.add(premise)
                        pending.append(premise)
        return list(found)
