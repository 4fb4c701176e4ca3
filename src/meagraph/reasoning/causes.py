"""The causes of a contradiction: the statements that make it, found without the reasoner.

They are sought among subclasses, equivalent classes, subproperties, domains, ranges and exclusions,
which is all that our ontology and its alignments have; a class of which HermiT says that it is
empty for another reason is named with what the ontology says of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from meagraph.namespaces import XSD
from meagraph.reasoning.statements import (
    DOMAIN,
    RANGE,
    SUBCLASS_OF,
    SUBPROPERTY_OF,
    TYPE,
    Clash,
    Term,
    Told,
    iri_of,
)


def class_clashes(told: Told, unsatisfiable: Iterable[str]) -> list[Clash]:
    """Why nothing can belong to these classes: for each what is above it and excludes the other."""
    clashes = []
    for iri in unsatisfiable:
        found = told.clashes(iri, told.upwards(NamedNode(iri), SUBCLASS_OF))
        own = tuple(told.axiom(triple) for triple in told.about(SUBCLASS_OF, NamedNode(iri)))
        clashes += found or [Clash(iri, (), own)]
    return clashes


def thing_clashes(told: Told) -> list[Clash]:
    """Things that their types, or the domains and ranges of what is said, put into two classes."""
    members: dict[Term, dict[Term, tuple[Triple, ...]]] = {}

    def put(thing: Term, into: Term, because: tuple[Triple, ...]) -> None:
        found = members.setdefault(thing, {})
        for above, chain in told.upwards(into, SUBCLASS_OF).items():
            if above not in found or len(found[above]) > len(because) + len(chain):
                found[above] = because + chain

    for triple in told.statements:
        if triple.predicate == TYPE and triple.object in told.classes:
            put(triple.subject, triple.object, (triple,))
        elif triple.predicate in told.objects | told.datatypes:
            for property_, chain in told.upwards(triple.predicate, SUBPROPERTY_OF).items():
                for axiom in told.about(DOMAIN, property_):
                    put(triple.subject, axiom.object, (triple, *chain, axiom))
                for axiom in told.about(RANGE, property_):
                    if not isinstance(triple.object, Literal):
                        put(triple.object, axiom.object, (triple, *chain, axiom))
    return [
        clash
        for thing in sorted(members, key=iri_of)
        for clash in told.clashes(iri_of(thing), members[thing])
    ]


def value_clashes(told: Told) -> list[Clash]:
    """Values that are not of the datatype that the range of their property asks for."""
    clashes = []
    for property_ in sorted(told.datatypes, key=iri_of):
        for axiom in told.about(RANGE, property_):
            values = told.by_predicate.get(NamedNode(iri_of(property_)), {}).values()
            for triple in (triple for group in values for triple in group):
                value, wanted = triple.object, axiom.object
                if isinstance(value, Literal) and wanted not in _spaces(value):
                    told_here = (told.axiom(triple), told.axiom(axiom))
                    classes = (value.datatype.value, iri_of(wanted))
                    clashes.append(Clash(iri_of(triple.subject), classes, told_here))
    return clashes


def _spaces(value: Literal) -> tuple[NamedNode, ...]:
    """The datatypes that a value belongs to: a whole number is a decimal one as well."""
    integer, decimal = NamedNode(XSD + "integer"), NamedNode(XSD + "decimal")
    return (integer, decimal) if value.datatype == integer else (value.datatype,)
