"""What is said of one thing and what refers to it, each statement in the graph that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from meagraph.namespaces import BASE, ENTAILED_GRAPH, ONTOLOGY, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Store

MOST = 1000
"""How many statements that refer to a thing stand on one page."""

_AGENT = NamedNode(ONTOLOGY + "agent")
_HAS_PARTICIPATION = NamedNode(ONTOLOGY + "hasParticipation")
_IDENTIFIES = NamedNode(ONTOLOGY + "identifies")
_LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))
_WHOLE = (ENTAILED_GRAPH, BASE + "register")
"""Graphs of thousands of things, whose content is just what stands in them."""


class Described(NamedTuple):
    """What is told of a thing.

    Args:
        quads: the statements, each in its named graph; none has a blank node.
        pages: how many pages what refers to the thing takes, one at least.
    """

    quads: frozenset[Quad]
    pages: int


def described(store: Store, iri: str, page: int = 1) -> Described:
    """Collect what is told of a thing.

    That is: what is said of it and, of a passage or another graph, all that stands in it; what is
    said of nodes that it leads to and that have no page of their own; what refers to it, with the
    whole of a participation or an identifier; and the names of all our things that occur.

    Args:
        store: a built graph.
        iri: the thing.
        page: which part of what refers to it, from 1; what is said of it is on the first.
    """
    node = NamedNode(iri)
    inside = set(_sound(store.quads_for_pattern(None, None, None, node)))
    if iri in _WHOLE:
        return Described(frozenset(inside), 1)
    own = {node} | {quad.subject for quad in inside if _is_part(quad.subject, iri)}
    said = inside | {quad for each in own for quad in _of(store, each)}
    beside = {quad.object for quad in said if quad.subject in own and _is_pageless(quad.object)}
    said |= {quad for each in beside - own for quad in _of(store, each)}
    referring = {quad for each in own for quad in _to(store, each)} - said
    statements = sorted({quad.triple for quad in referring}, key=str)
    chosen = set(statements[(page - 1) * MOST : page * MOST])
    told = said if page == 1 else set()
    told |= {quad for quad in referring if quad.triple in chosen}
    told |= {quad for each in list(told) for quad in _whole(store, each)}
    terms = {term for quad in told for term in (quad.subject, quad.object, quad.graph_name)}
    named = set(_named(store, terms))
    # Forms of triples name the passage that a name stands in, too.
    told |= named | set(_named(store, {quad.graph_name for quad in named} - terms))
    return Described(frozenset(told), max(1, -(-len(statements) // MOST)))


def _of(store: Store, node: object) -> Iterator[Quad]:
    return _sound(store.quads_for_pattern(node, None, None, None))  # type: ignore[arg-type]


def _to(store: Store, node: object) -> Iterator[Quad]:
    return _sound(store.quads_for_pattern(None, None, node, None))  # type: ignore[arg-type]


def _sound(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The statements of named graphs; only the ontology, a file by itself, has blank nodes."""
    for quad in quads:
        blank = isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
        if not blank and not isinstance(quad.graph_name, DefaultGraph):
            yield quad


def _is_part(term: object, iri: str) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(iri + "#")


def _is_pageless(term: object) -> bool:
    """Whether a term names a part of another's page; terms of the ontology are told there."""
    return (
        isinstance(term, NamedNode)
        and term.value.startswith(BASE)
        and "#" in term.value
        and not term.value.startswith(ONTOLOGY)
    )


def _whole(store: Store, quad: Quad) -> Iterator[Quad]:
    """The rest of a participation or an identifier of which a statement tells the thing."""
    if quad.predicate in (_AGENT, _IDENTIFIES):
        yield from _of(store, quad.subject)
    if quad.predicate == _AGENT:
        found = store.quads_for_pattern(None, _HAS_PARTICIPATION, quad.subject, None)
        yield from _sound(found)


def _named(store: Store, terms: Iterable[object]) -> Iterator[Quad]:
    """The names of our things among some terms, so that a reader need not ask for each."""
    for term in terms:
        if isinstance(term, NamedNode) and term.value.startswith(BASE):
            for label in _LABELS:
                yield from _sound(store.quads_for_pattern(term, label, None, None))
