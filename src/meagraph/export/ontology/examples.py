"""For each term, statements of the data that use it, chosen always alike, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Triple

from meagraph.entailment import Grounds
from meagraph.entries import graph_kind
from meagraph.evidence import cite
from meagraph.export.ontology.terms import KINDS, TYPE
from meagraph.export.ontology.usage import is_of_data
from meagraph.namespaces import (
    ALIGNMENTS_GRAPH,
    BASE,
    CONCEPTS,
    DCTERMS,
    ENTAILED_GRAPH,
    ONTOLOGY_GRAPH,
    OWL,
    RDFS,
    SKOS,
    expand,
)

if TYPE_CHECKING:
    from meagraph.export.ontology.terms import Facts, Term
    from meagraph.queryable import Queryable

_MOST_LINES = 7
_MOST_VALUES = 2
_LONG = 160
_TYPE = NamedNode(TYPE)
_LABEL = NamedNode(RDFS + "label")
_NAME = re.compile(r"[a-z]+:[A-Za-z0-9_.-]+")
_DOCUMENTS, _READINGS = BASE + "documents/", BASE + "readings/"
_NOWHERE = ("~", 0)
"""Sorts after every document."""

_ORDER = ("stated", "read", "supplied", "noted", "concepts", "ontology", "entailed")
"""Which kind of graph an example is rather taken from: first what a passage states."""


class Example(NamedTuple):
    """Statements of one thing that stand in one graph.

    Args:
        graph: its name; `namespaces.ENTAILED_GRAPH` for what follows from files.
        kind: one of ``stated``, ``read``, ``supplied``, ``noted`` (the register, and what the data
            say of themselves), ``concepts``, ``ontology``, ``entailed``.
        triples: the statements, the thing's class and label first.
        more: how many others the graph has of the thing; 0 for a property, which shows itself.
        passages: graphs to cite: the one that states or concludes it; of what follows, those
            that it follows from, records where it is no passage; of a record, the first passage
            that speaks of its thing, rather the term's own source.
    """

    graph: str
    kind: str
    triples: tuple[Triple, ...]
    more: int
    passages: tuple[str, ...]


class Examples:
    """What finds the examples of a graph.

    Args:
        store: a built graph.
        facts: what the ontology says, which knows the sources and the written examples of terms.
    """

    def __init__(self, store: Queryable, facts: Facts) -> None:
        self._store = store
        self._facts = facts

    def of(self, term: Term) -> Example | None:
        """An example of a term; ``None`` if neither the data nor the concepts use it.

        What the term's own ``skos:example`` names goes first, then what its source states, then
        what passages state before readings, records, concepts and what follows; then the order of
        the documents.
        """
        node = NamedNode(term.iri)
        patterns: dict[str, tuple[Any, Any, Any]] = {
            KINDS[OWL + "Class"]: (None, _TYPE, node),
            KINDS[OWL + "NamedIndividual"]: (None, None, node),
        }
        quads = self._store.quads_for_pattern(*patterns.get(term.kind, (None, node, None)), None)
        found = [
            quad
            for quad in quads
            if isinstance(quad.graph_name, NamedNode)
            and isinstance(quad.subject, NamedNode)
            and quad.graph_name.value != ALIGNMENTS_GRAPH
        ]
        if term.kind == KINDS[OWL + "NamedIndividual"]:
            found = [quad for quad in found if is_of_data(quad.graph_name.value)]  # type: ignore[union-attr]
        rank = self._ranked(term)
        best = min(found, key=rank, default=None)
        return None if best is None else self._example(term, best, rank)

    def _ranked(self, term: Term) -> Any:
        written = self._facts.text(term.iri, SKOS + "example")
        names = {expand(name.rstrip(".")) for name in _NAME.findall(written)}
        sources = set(self._facts.values(term.iri, DCTERMS + "source"))

        def rank(quad: Quad) -> tuple[object, ...]:
            graph = quad.graph_name.value  # type: ignore[union-attr]
            kind = _ORDER.index(_kind(graph))
            subject = quad.subject.value  # type: ignore[union-attr]
            ends = {subject, getattr(quad.object, "value", "")}
            named = len(ends & names) + (written.rstrip(".") in ends)
            # What follows of a claim is at home where the claim is made, a reading at its passage.
            home = graph if graph in self._places else subject.partition("#")[0]
            near = home.replace(_READINGS, _DOCUMENTS, 1) in sources
            return (
                len(str(quad.object)) > _LONG,
                kind >= _ORDER.index("noted"),
                -named - near,
                kind,
                self._places.get(home, _NOWHERE),
                str(quad.triple),
            )

        return rank

    @cached_property
    def _places(self) -> dict[str, tuple[str, int]]:
        """The place of each passage: its document, and the number in it."""
        in_order = NamedNode(ONTOLOGY_GRAPH + "#order")
        graphs = {
            quad.subject.value
            for quad in self._store.quads_for_pattern(None, in_order, None, None)
            if isinstance(quad.subject, NamedNode)
        }
        readings = {iri.replace(_DOCUMENTS, _READINGS, 1) for iri in graphs}
        cited = cite(self._store, graphs | readings)
        return {iri: (one.document, one.order) for iri, one in cited.items()}

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self._store)

    def _example(self, term: Term, best: Quad, rank: Any) -> Example:
        whole = best.predicate == _TYPE
        graph = best.graph_name.value  # type: ignore[union-attr]
        of = self._store.quads_for_pattern(best.subject, None, None, best.graph_name)
        quads = sorted(of, key=lambda quad: (quad.predicate != best.predicate, *rank(quad)))
        kind = _kind(graph)
        others = [
            quad.triple
            for quad in quads
            if quad != best and self._helps(quad, best, whole=whole, entailed=kind == "entailed")
        ]
        triples, values = [best.triple], {best.predicate.value: 1}
        for triple in sorted(others, key=_first):
            predicate = triple.predicate.value
            values[predicate] = values.get(predicate, 0) + 1
            if len(triples) < _MOST_LINES and values[predicate] <= _MOST_VALUES:
                triples.append(triple)
        more = len(quads) - len(triples) if whole and kind != "entailed" else 0
        triples.sort(key=lambda triple: (*_first(triple)[:3], triple != best.triple, str(triple)))
        passages = self._passages(term, best, graph, kind)
        return Example(graph, kind, tuple(triples), more, passages)

    def _helps(self, quad: Quad, best: Quad, *, whole: bool, entailed: bool) -> bool:
        """Whether a statement of the same thing belongs beside the one that was chosen.

        Beside a property its second value, and what the thing is; of what follows, where everything
        about a thing is in one graph, only what its class is told by.
        """
        if len(str(quad.object)) > _LONG:
            return False
        if not whole:
            return quad.predicate in (best.predicate, _LABEL) or (
                quad.predicate == _TYPE and not entailed
            )
        if not entailed:
            return True
        domains = self._facts.values(quad.predicate.value, RDFS + "domain")
        return getattr(best.object, "value", "") in domains

    def _passages(self, term: Term, best: Quad, graph: str, kind: str) -> tuple[str, ...]:
        if kind in ("stated", "read"):
            return (graph,)
        if kind == "entailed":
            found = [quad.graph_name for quad in self._grounds.of(best.triple)]
        elif kind == "supplied":
            pointing = self._store.quads_for_pattern(None, None, best.subject, None)
            telling = self._store.quads_for_pattern(best.subject, None, None, None)
            found = [quad.graph_name for quad in (*telling, *pointing)]
        else:
            return ()
        named = {name.value for name in found if isinstance(name, NamedNode)}
        of_passages = {name for name in named if _kind(name) in ("stated", "read")}
        if kind == "supplied":
            cited, most = {name for name in of_passages if _kind(name) == "stated"}, 1
        else:
            cited, most = of_passages or named, 3
        sources = self._facts.values(term.iri, DCTERMS + "source")

        def place(name: str) -> tuple[object, ...]:
            return name not in sources, self._places.get(name, _NOWHERE), name

        return tuple(sorted(cited, key=place)[:most])


def named_in(triples: Iterable[Triple]) -> list[str]:
    """The IRIs that statements name as objects, sorted; classes are not among them."""
    return sorted(
        {
            triple.object.value
            for triple in triples
            if isinstance(triple.object, NamedNode) and triple.predicate != _TYPE
        }
    )


def _first(triple: Triple) -> tuple[bool, bool, str, bool, str]:
    """Class and label stand first, then the properties by name."""
    return (
        triple.predicate != _TYPE,
        triple.predicate != _LABEL,
        triple.predicate.value,
        isinstance(triple.object, Literal),
        str(triple.object),
    )


def _kind(graph: str) -> str:
    if graph == ENTAILED_GRAPH:
        return "entailed"
    if graph == ONTOLOGY_GRAPH:
        return "ontology"
    if graph.startswith(CONCEPTS):
        return "concepts"
    return "noted" if "/" not in graph.removeprefix(BASE) else graph_kind(graph)
