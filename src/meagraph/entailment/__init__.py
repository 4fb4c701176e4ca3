"""Triples that follow from the graph and that no file states, and what each of them rests on."""

from __future__ import annotations

from itertools import filterfalse

from pyoxigraph import BlankNode, Store, Triple

from meagraph.entailment.dating import undated
from meagraph.entailment.facts import Facts
from meagraph.entailment.grounds import Grounds
from meagraph.entailment.rule import Rule
from meagraph.entailment.rules import ONLY_DERIVED, RULES

__all__ = ["ONLY_DERIVED", "RULES", "Grounds", "Rule", "entail", "undated"]


def entail(store: Store) -> list[Triple]:
    """All that follows from the default graph of a store and does not stand in it, sorted.

    The rules are applied until they conclude nothing new. Nothing is concluded about blank nodes:
    data has none, and in the ontology they are parts of axioms. The store is not changed.
    """
    facts = Facts(store)
    waiting = list(RULES)
    while waiting:
        rule = waiting.pop(0)
        news = facts.add(list(rule.conclude(facts)))
        # No rule needs to see its own conclusions: each draws at once all that it can.
        for other in RULES:
            if (
                other is not rule
                and other not in waiting
                and not news.isdisjoint(other.reads(facts))
            ):
                waiting.append(other)
    return sorted(filterfalse(_is_about_a_blank_node, facts.concluded), key=str)


def _is_about_a_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
