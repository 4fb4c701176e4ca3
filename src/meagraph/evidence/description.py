"""All that the graph says of one thing, and for each fact where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.evidence.citations import cite, in_order
from meagraph.evidence.statements import TYPE, Statement, folded
from meagraph.namespaces import CONCEPTS, ENTAILED_GRAPH, ONTOLOGY, ONTOLOGY_GRAPH, OWL
from meagraph.tables import iris, labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from meagraph.entailment import Grounds
    from meagraph.evidence.citations import Citation
    from meagraph.queryable import Queryable


_INVOLVES = NamedNode(ONTOLOGY + "involves")
_SYMMETRIC = NamedNode(OWL + "SymmetricProperty")
_MERGE = DefaultGraph()


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
        kinds: its classes that files state, if any does; entailed ones are among the facts.
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


def describe(store: Queryable, iri: str, grounds: Grounds | None = None) -> Description:
    """Collect what the graph says of one thing, by property, passages before records.

    Args:
        store: the graph.
        iri: the thing.
        grounds: those of the graph, where they are at hand; whoever describes many things keeps
            them.
    """
    from meagraph.entailment import Grounds

    thing = NamedNode(iri)
    grounds = grounds or Grounds(store)
    facts = _facts(store, grounds, store.quads_for_pattern(thing, None, None, None))
    symmetric = {q.subject for q in store.quads_for_pattern(None, TYPE, _SYMMETRIC, _MERGE)}
    # What a symmetric property says of the thing is among its facts.
    pointing = store.quads_for_pattern(None, None, thing, None)
    pointing = (quad for quad in pointing if quad.predicate not in symmetric)
    references = _facts(store, grounds, pointing)
    terms = [(*fact.statement[:3], *fact.statement.roles) for fact in [*facts, *references]]
    labels = labels_of(store, iris([(thing,), *terms]))
    passages = cite(store, (name for name in iris(terms) if name not in labels))
    labels |= {name: one.name for name, one in passages.items() if one.document}
    description = Description(iri, _kinds(facts), (), (), labels)
    show = description.shown
    facts.sort(key=lambda fact: (show(fact.statement.predicate), show(fact.statement.object)))
    references.sort(key=lambda fact: (show(fact.statement.predicate), show(fact.statement.subject)))
    return description._replace(facts=tuple(facts), references=tuple(references))


def _kinds(facts: Iterable[Fact]) -> tuple[NamedNode, ...]:
    """The classes that files state; of a thing of which no file speaks, those that follow."""
    types = [fact for fact in facts if fact.statement.predicate == TYPE]
    stated = [fact for fact in types if not all(one.entailed for one in fact.origins)]
    kinds = [fact.statement.object for fact in stated or types]
    return tuple(kind for kind in kinds if isinstance(kind, NamedNode))


def _facts(store: Queryable, grounds: Grounds, quads: Iterable[Quad]) -> list[Fact]:
    """The statements that triples make, each with its origins."""
    found: dict[Statement, dict[str, bool]] = {}
    for quad in quads:
        # What mea:involves says, the participation says with the role.
        if not isinstance(quad.graph_name, NamedNode) or quad.predicate == _INVOLVES:
            continue
        entailed = quad.graph_name.value == ENTAILED_GRAPH
        stating = grounds.of(quad.triple) if entailed else [quad]
        graphs = {each.graph_name.value: entailed for each in stating}  # type: ignore[union-attr]
        for statement in folded(store, quad):
            found.setdefault(statement, {}).update(graphs)
    cited = cite(store, {graph for graphs in found.values() for graph in graphs})
    return [Fact(statement, _origins(cited, graphs)) for statement, graphs in found.items()]


def _origins(cited: Mapping[str, Citation], graphs: Mapping[str, bool]) -> tuple[Origin, ...]:
    """The origins that are the graphs given, passages first; of each, whether it is a premise's."""
    found = [
        Origin(_origin_kind(graph), graph, citation.name, graphs[graph])
        for graph, citation in in_order(cited[graph] for graph in graphs).items()
    ]
    kinds = ("passage", "reading", "record", "ontology")
    return tuple(sorted(found, key=lambda origin: kinds.index(origin.kind)))


def _origin_kind(graph: str) -> str:
    from meagraph.entries import graph_kind

    if graph.startswith((ONTOLOGY_GRAPH, CONCEPTS)):
        return "ontology"
    return {"stated": "passage", "read": "reading"}.get(graph_kind(graph), "record")
