"""All that the graph says of one thing, and for each fact where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from meagraph.evidence.citations import cite
from meagraph.evidence.statements import TYPE, Statement, folded
from meagraph.namespaces import CONCEPTS, ENTAILED_GRAPH, ONTOLOGY, ONTOLOGY_GRAPH
from meagraph.tables import iris, labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad, Store


_INVOLVES = NamedNode(ONTOLOGY + "involves")


class Origin(NamedTuple):
    """Where a fact comes from.

    ``kind`` is ``passage``, ``record``, ``reading`` or ``ontology``; ``name`` and ``iri`` tell the
    passage for passages and readings, else the file's graph. ``entailed``: the fact itself stands
    nowhere, this is where one of its premises stands.
    """

    kind: str
    iri: str
    name: str
    entailed: bool

    def __str__(self) -> str:
        """The origin in words."""
        text = {"passage": self.name, "reading": f"reading of {self.name}"}.get(
            self.kind, self.kind
        )
        return f"entailed from {text}" if self.entailed else text


class Fact(NamedTuple):
    """A statement of which the thing is the subject or the object, and its origins."""

    statement: Statement
    origins: tuple[Origin, ...]


class Description(NamedTuple):
    """What the graph says of one thing.

    Args:
        iri: the thing.
        kinds: its classes that files state; entailed ones are among the facts.
        facts: statements of which it is the subject.
        references: statements of which it is the object; participations folded to activities.
        labels: the label of each IRI that occurs.
    """

    iri: str
    kinds: tuple[NamedNode, ...]
    facts: tuple[Fact, ...]
    references: tuple[Fact, ...]
    labels: Mapping[str, str]

    def shown(self, term: object) -> str:
        """A term for a reader: the label of an IRI, the value of a literal."""
        if isinstance(term, NamedNode):
            return self.labels.get(term.value) or shortened(term.value)
        return str(getattr(term, "value", term))


def describe(store: Store, iri: str) -> Description:
    """Collect what the graph says of one thing, by property, passages before records."""
    thing = NamedNode(iri)
    facts = _facts(store, store.quads_for_pattern(thing, None, None, None))
    references = _facts(store, store.quads_for_pattern(None, None, thing, None))
    terms = [(*fact.statement[:3], *fact.statement.roles) for fact in [*facts, *references]]
    labels = labels_of(store, iris([(thing,), *terms]))
    passages = cite(store, (name for name in iris(terms) if name not in labels))
    labels |= {name: one.name for name, one in passages.items() if one.document}
    kinds = [
        fact.statement.object
        for fact in facts
        if fact.statement.predicate == TYPE and not all(one.entailed for one in fact.origins)
    ]
    description = Description(
        iri, tuple(kind for kind in kinds if isinstance(kind, NamedNode)), (), (), labels
    )
    show = description.shown
    facts.sort(key=lambda fact: (show(fact.statement.predicate), show(fact.statement.object)))
    references.sort(key=lambda fact: (show(fact.statement.predicate), show(fact.statement.subject)))
    return description._replace(facts=tuple(facts), references=tuple(references))


def _facts(store: Store, quads: Iterable[Quad]) -> list[Fact]:
    graphs: dict[Statement, set[str]] = {}
    asserted: dict[Statement, Quad] = {}
    for quad in quads:
        # What mea:involves says, the participation says with the role.
        if not isinstance(quad.graph_name, NamedNode) or quad.predicate == _INVOLVES:
            continue
        for statement in folded(store, quad):
            graphs.setdefault(statement, set()).add(quad.graph_name.value)
            asserted[statement] = quad
    return [
        Fact(statement, _origins(store, asserted[statement], where))
        for statement, where in graphs.items()
    ]


def _origins(store: Store, quad: Quad, graphs: set[str]) -> tuple[Origin, ...]:
    entailed = graphs == {ENTAILED_GRAPH}
    if entailed:
        graphs = _premises(store, quad)
    named = cite(store, graphs - {ENTAILED_GRAPH})
    found = [
        Origin(kind, iri, citation.name, entailed)
        for iri, citation in named.items()
        for kind in [_origin_kind(iri)]
    ]
    found.sort(key=lambda origin: ("passage", "reading", "record", "ontology").index(origin.kind))
    if entailed:  # the ontology is a premise of every such fact; it says something only if alone
        found = [origin for origin in found if origin.kind != "ontology"] or found
    return tuple(found)


def _origin_kind(graph: str) -> str:
    from meagraph.entries import graph_kind

    if graph.startswith((ONTOLOGY_GRAPH, CONCEPTS)):
        return "ontology"
    return {"stated": "passage", "read": "reading"}.get(graph_kind(graph), "record")


def _premises(store: Store, quad: Quad) -> set[str]:
    """The graphs in which the premises of an entailed triple stand.

    A premise has the triple's subject for its subject, or it and the triple's object hang on one
    node, as an organisation and the network hang on a list of members. What a thing has from its
    whole or its period, as a part has bounds of its time, stands where the whole's stands, too.
    """
    from meagraph.entailment import derivations

    for chain in derivations(quad.predicate.value, store):
        graphs = set()
        wanted = [NamedNode(name) for name in chain]
        for predicate in wanted:
            for found in store.quads_for_pattern(quad.subject, predicate, None, None):
                graphs.add(found.graph_name)
                graphs |= _inherited(store, quad, found.object)
            for found in store.quads_for_pattern(None, predicate, quad.subject, None):
                for other in wanted:
                    for end in store.quads_for_pattern(found.subject, other, quad.object, None):
                        graphs |= {found.graph_name, end.graph_name}
        if graphs:
            return {graph.value for graph in graphs if isinstance(graph, NamedNode)}
    return set()


def _inherited(store: Store, quad: Quad, above: object) -> set[NamedNode]:
    """Where the same is said, or follows, of the thing that the subject hangs on."""
    if not isinstance(above, NamedNode) or above == quad.subject:
        return set()
    same = list(store.quads_for_pattern(above, quad.predicate, quad.object, None))
    stated = {each.graph_name for each in same if isinstance(each.graph_name, NamedNode)}
    if NamedNode(ENTAILED_GRAPH) not in stated:
        return stated
    return {NamedNode(graph) for graph in _premises(store, same[0])}
