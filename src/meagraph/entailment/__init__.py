"""Triples that follow from the graph and that no file states."""

from __future__ import annotations

from itertools import filterfalse

from pyoxigraph import BlankNode, NamedNode, Store, Triple

from meagraph.entailment.facts import MERGE, SUBPROPERTY_OF, Facts, closure
from meagraph.entailment.rules import EARLIEST, LATEST, RULES, WHEN, Rule

__all__ = ["RULES", "Rule", "derivations", "entail", "premises", "undated"]


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


def premises(predicate: str, store: Store | None = None) -> tuple[str, ...]:
    """The properties of the triples that a derived triple with this predicate comes from.

    Args:
        predicate: the IRI of the derived triple's property.
        store: a built graph; with it the properties below ``predicate`` are named as well, since
            what is said with them is concluded for ``predicate``.

    Returns:
        IRIs of properties, without doubles; empty where nothing concludes this predicate.

    >>> premises("http://schema.org/startDate")
    ('https://w3id.org/meagraph/ontology#when',)
    """
    return tuple(dict.fromkeys(name for chain in derivations(predicate, store) for name in chain))


def derivations(predicate: str, store: Store | None = None) -> tuple[tuple[str, ...], ...]:
    """The ways in which a triple with this predicate may have been derived.

    Args:
        predicate: the IRI of the derived triple's property.
        store: a built graph, for the properties below ``predicate``.

    Returns:
        For each rule that concludes it the properties of its premises, in the order of the rules:
        of the rules that date a thing, the first whose premises are there is the one that did.
    """
    found = [
        tuple(premise.value for premise in rule.premises[NamedNode(predicate)])
        for rule in RULES
        if NamedNode(predicate) in rule.premises
    ]
    if store is not None:
        axioms = (q.triple for q in store.quads_for_pattern(None, SUBPROPERTY_OF, None, MERGE))
        for below, above in sorted(closure(axioms).items(), key=lambda pair: pair[0].value):
            if NamedNode(predicate) in above:
                found += [(below.value,), *derivations(below.value)]
    return tuple(found)


def undated(store: Store) -> list[str]:
    """Things of a built graph that are dated and still have no derived date, sorted.

    Their values of ``mea:when`` exclude each other, or one of them is not EDTF.

    Returns:
        IRIs.
    """
    dated = (q.subject for q in store.quads_for_pattern(None, WHEN, None, MERGE))
    return sorted(
        node.value
        for node in set(dated)
        if isinstance(node, NamedNode)
        and not any(
            True
            for predicate in (EARLIEST, LATEST)
            for _ in store.quads_for_pattern(node, predicate, None, MERGE)
        )
    )
