"""What passages state of a thing, and what readings conclude about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from meagraph.evidence.citations import Citation, cite
from meagraph.namespaces import ENTAILED_GRAPH, ONTOLOGY, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.queryable import Queryable
    from meagraph.tables import Term

AGENT = NamedNode(ONTOLOGY + "agent")
HAS_PARTICIPATION = NamedNode(ONTOLOGY + "hasParticipation")
ROLE = NamedNode(ONTOLOGY + "role")
TYPE = NamedNode(RDF + "type")
_CONCERNS = NamedNode(ONTOLOGY + "concerns")
_REASON = NamedNode(ONTOLOGY + "reason")
_BETWEEN = NamedNode(ONTOLOGY + "between")
_ENTAILED = NamedNode(ENTAILED_GRAPH)
_MERGE = DefaultGraph()


class Statement(NamedTuple):
    """A triple as a reader sees it.

    A participation is folded: its activity is the subject, its agent the object, ``mea:agent`` the
    predicate, and ``roles`` says as what.
    """

    subject: Term
    predicate: NamedNode
    object: Term
    roles: tuple[NamedNode, ...] = ()


class Stated(NamedTuple):
    """A passage and what it states of a thing."""

    citation: Citation
    statements: tuple[Statement, ...]


class Reading(NamedTuple):
    """What we conclude about a passage: the node, its classes, its reason, and the passage."""

    iri: str
    kinds: tuple[NamedNode, ...]
    reason: str
    citation: Citation


def folded(store: Queryable, quad: Quad) -> list[Statement]:
    """A triple as statements: one for each agent or activity if a participation stands in it.

    A role is one in the activities, not in their participations, which have no name.
    """
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if predicate == AGENT:
        roles = _objects(store, subject, ROLE)
        found = store.quads_for_pattern(None, HAS_PARTICIPATION, subject, _MERGE)
        folds = [Statement(each.subject, AGENT, value, roles) for each in found]
    elif predicate == HAS_PARTICIPATION and not isinstance(value, Literal):
        roles = _objects(store, value, ROLE)
        agents = _objects(store, value, AGENT)
        folds = [Statement(subject, AGENT, agent, roles) for agent in agents]
    elif predicate == ROLE:
        found = store.quads_for_pattern(None, HAS_PARTICIPATION, subject, _MERGE)
        folds = [Statement(each.subject, ROLE, value) for each in found]
    else:
        folds = []
    return folds or [Statement(subject, predicate, value)]


def _objects(store: Queryable, subject: Term, predicate: NamedNode) -> tuple[NamedNode, ...]:
    quads = store.quads_for_pattern(subject, predicate, None, _MERGE)  # type: ignore[arg-type]
    found = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
    return tuple(sorted(found, key=str))


def stated_about(store: Queryable, iri: str) -> list[Stated]:
    """The passages that state something of a thing, in the order of the documents.

    A passage counts if a triple of its graph has the thing as subject or object. Of a thing of
    which no file speaks, such as a cooperation, the passages count from which it follows.
    """
    thing = NamedNode(iri)
    quads = [*store.quads_for_pattern(thing, None, None, None)]
    quads += store.quads_for_pattern(None, None, thing, None)
    if {quad.graph_name for quad in quads} <= {_MERGE, _ENTAILED}:
        quads = _grounds(store, quads)
    return _by_passage(store, quads)


def stated_between(store: Queryable, one: str, other: str) -> list[Stated]:
    """The passages that link two things, in the order of the documents.

    A passage counts if it states a triple that leads from one to the other, or if such a triple,
    or the cooperation of the two, follows from what it states.
    """
    first, second = NamedNode(one), NamedNode(other)
    links = [*store.quads_for_pattern(first, None, second, _MERGE)]
    links += store.quads_for_pattern(second, None, first, _MERGE)
    for quad in store.quads_for_pattern(None, _BETWEEN, first, _MERGE):
        if Quad(quad.subject, _BETWEEN, second, _MERGE) in store:
            links.append(quad)
    return _by_passage(store, _grounds(store, links))


def _grounds(store: Queryable, quads: Iterable[Quad]) -> list[Quad]:
    """What files state that makes these triples follow; a stated triple stands for itself."""
    from meagraph.entailment import Grounds

    grounds = Grounds(store)
    return [ground for triple in {quad.triple for quad in quads} for ground in grounds.of(triple)]


def _by_passage(store: Queryable, quads: Iterable[Quad]) -> list[Stated]:
    from meagraph.entries import graph_kind

    by_graph: dict[str, list[Statement]] = {}
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and graph_kind(graph.value) == "stated":
            by_graph.setdefault(graph.value, []).extend(folded(store, quad))
    return [
        Stated(citation, tuple(sorted(set(by_graph[graph]), key=str)))
        for graph, citation in cite(store, by_graph).items()
    ]


def readings_about(store: Queryable, iri: str) -> list[Reading]:
    """The readings that concern a thing, in the order of the passages that they are about."""
    quads = store.quads_for_pattern(None, _CONCERNS, NamedNode(iri), None)
    nodes = [
        (quad.graph_name.value, quad.subject)
        for quad in quads
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode)
    ]
    return [
        Reading(node.value, asserted_types(store, node), _reason(store, node), citation)
        for graph, citation in cite(store, [graph for graph, _ in nodes]).items()
        for node in sorted((node for where, node in nodes if where == graph), key=str)
    ]


def asserted_types(store: Queryable, node: NamedNode) -> tuple[NamedNode, ...]:
    """The classes that a file states, without what is entailed from them."""
    quads = store.quads_for_pattern(node, TYPE, None, None)
    named = {
        quad.object
        for quad in quads
        if isinstance(quad.object, NamedNode)
        and isinstance(quad.graph_name, NamedNode)
        and quad.graph_name != _ENTAILED
    }
    return tuple(sorted(named, key=str))


def _reason(store: Queryable, node: NamedNode) -> str:
    quads = store.quads_for_pattern(node, _REASON, None, _MERGE)
    return " ".join(sorted(getattr(quad.object, "value", "") for quad in quads))
