"""Which nodes of a wrong example break a rule: the validator itself says so.

The example is validated alone with the one rule, beside what the graph says of the things that the
example names; that takes a fraction of a whole validation.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from meagraph.drafting.vocabulary import Vocabulary
from meagraph.entailment import entail
from meagraph.namespaces import RDF, RDFS, SH, SHAPES, SKOS
from meagraph.validation.engine import pyshacl_results
from meagraph.validation.shapes import Shapes

_MERGE = DefaultGraph()
_AXIOMS = (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "inScheme")
"""What is concluded from, wherever it stands."""

_HOPS = 3
"""How far from the example the graph is taken in: from the passage to the document, to the meeting
that it was written for, and to its dates."""


def offenders(vocabulary: Vocabulary, rule: str, example: str) -> list[str]:
    """The nodes of an example that break a rule, as IRIs, in order.

    Args:
        vocabulary: the terms, and the graph that the example belongs to.
        rule: the IRI of a shape.
        example: Turtle.
    """
    own = [quad.triple for quad in parse(example.encode(), RdfFormat.TURTLE, base_iri=SHAPES)]
    described = {str(triple.subject) for triple in own}
    shapes = Shapes(_alone(vocabulary.shapes, rule))
    results = pyshacl_results(_beside(vocabulary.store, own), shapes)
    broken = {str(result.focus) for result in results if shapes.named(result.shape) == rule}
    return sorted(node[1:-1] for node in broken & described)


def _beside(store: Store, own: list[Triple]) -> Iterable[Triple]:
    """The triples of an example, those near to it in the graph, and what follows from all."""
    near = Store()
    for axiom in _AXIOMS:
        near.extend(store.quads_for_pattern(None, NamedNode(axiom), None, _MERGE))
    near.extend(Quad(triple.subject, triple.predicate, triple.object, _MERGE) for triple in own)
    named = {term.value for triple in own for term in triple if isinstance(term, NamedNode)}
    # A claim is named after its passage, and no triple leads from the one to the other.
    waiting = {NamedNode(name) for iri in named for name in (iri, iri.partition("#")[0])}
    seen: set[NamedNode] = set()
    for _ in range(_HOPS):
        found = [
            quad for node in waiting for quad in store.quads_for_pattern(node, None, None, _MERGE)
        ]
        near.extend(found)
        seen |= waiting
        waiting = {quad.object for quad in found if isinstance(quad.object, NamedNode)} - seen
    near.extend(
        Quad(triple.subject, triple.predicate, triple.object, _MERGE) for triple in entail(near)
    )
    return [quad.triple for quad in near.quads_for_pattern(None, None, None, _MERGE)]


def _alone(shapes: Shapes, rule: str) -> list[Triple]:
    """The triples of one shape, of what it is made of, and of the targets of those that hold it."""
    found: list[Triple] = []
    waiting: list[object] = [NamedNode(rule)]
    for node in waiting:
        for triple in shapes.triples:
            if triple.subject == node:
                found.append(triple)
                inner = triple.object
                if not isinstance(inner, Literal | Triple) and inner not in waiting:
                    waiting.append(inner)
    holders: list[object] = [NamedNode(rule)]
    for held in holders:
        for triple in shapes.triples:
            if triple.predicate.value == SH + "property" and triple.object == held:
                found.append(triple)
                holders.append(triple.subject)
                found += [t for t in shapes.triples if t.subject == triple.subject and _targets(t)]
    return found


def _targets(triple: Triple) -> bool:
    name = triple.predicate.value
    return name == RDF + "type" or name.startswith(SH + "target")
