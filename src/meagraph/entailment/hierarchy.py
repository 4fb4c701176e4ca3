"""Rules on terms: superclasses, superproperties, transitive properties.

They follow RDF Schema 1.1 (rules rdfs9 and rdfs7) and the rule prp-trp of OWL 2 RL.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from meagraph.entailment.facts import TYPE, Facts, reached
from meagraph.entailment.rule import Rule


def _superproperties(facts: Facts) -> Iterator[Triple]:
    """What is said with a property is said with the properties above it."""
    for below, above in facts.superproperties.items():
        for triple in list(facts.matching(below)):
            if triple.subject not in facts.terms:
                for predicate in above:
                    yield Triple(triple.subject, predicate, triple.object)


def _said_below(facts: Facts, triple: Triple) -> Iterator[Triple]:
    for below, above in facts.superproperties.items():
        if triple.predicate in above and facts.known(triple.subject, below, triple.object):
            yield Triple(triple.subject, below, triple.object)


def _superclasses(facts: Facts) -> Iterator[Triple]:
    """An individual of a class is one of the classes above it."""
    for below, above in facts.superclasses.items():
        for triple in list(facts.matching(TYPE, below)):
            if triple.subject not in facts.terms:
                for superclass in above:
                    yield Triple(triple.subject, TYPE, superclass)


def _typed_below(facts: Facts, triple: Triple) -> Iterator[Triple]:
    if triple.predicate == TYPE:
        for below, above in facts.superclasses.items():
            if triple.object in above and facts.known(triple.subject, TYPE, below):
                yield Triple(triple.subject, TYPE, below)


def _transitive(facts: Facts) -> Iterator[Triple]:
    """What a transitive property reaches in several steps it reaches in one."""
    for predicate in facts.transitive:
        links = facts.links(predicate)
        for start in links:
            for end in reached(start, links):
                yield Triple(start, predicate, end)


def _links(facts: Facts, triple: Triple) -> Iterator[Triple]:
    start, predicate, end = triple
    if predicate in facts.transitive:
        for middle in facts.things(start, predicate):
            if middle not in (start, end) and facts.known(middle, predicate, end):
                yield Triple(start, predicate, middle)
                yield Triple(middle, predicate, end)


HIERARCHY = (
    Rule("superproperties", _superproperties, lambda facts: facts.superproperties, _said_below),
    Rule("superclasses", _superclasses, lambda facts: facts.superclasses, _typed_below),
    Rule("transitive properties", _transitive, lambda facts: facts.transitive, _links),
)
