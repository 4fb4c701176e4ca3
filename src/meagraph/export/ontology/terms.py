"""The terms of the ontology, and what it and its alignments say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from meagraph.namespaces import (
    ALIGNMENTS_GRAPH,
    CONCEPTS,
    ONTOLOGY,
    ONTOLOGY_GRAPH,
    OWL,
    RDF,
    RDFS,
    SKOS,
    compact,
)

if TYPE_CHECKING:
    from meagraph.export.ontology.commentary import Commentary
    from meagraph.queryable import Queryable

TYPE = RDF + "type"
KINDS = {
    OWL + "Class": "Class",
    OWL + "ObjectProperty": "Object property",
    OWL + "DatatypeProperty": "Datatype property",
    OWL + "AnnotationProperty": "Annotation property",
    OWL + "NamedIndividual": "Individual",
}
"""What a term can be, in the order in which they are told."""

CHARACTERISTICS = {
    OWL + "TransitiveProperty": "transitive",
    OWL + "SymmetricProperty": "symmetric",
    OWL + "FunctionalProperty": "functional",
}
MATCHES = {
    RDFS + "subClassOf": "a kind of",
    RDFS + "subPropertyOf": "a kind of",
    OWL + "equivalentClass": "the same as",
    OWL + "equivalentProperty": "the same as",
    SKOS + "exactMatch": "the same as",
    SKOS + "closeMatch": "close to",
    SKOS + "broadMatch": "narrower than",
    SKOS + "narrowMatch": "broader than",
    SKOS + "relatedMatch": "related to",
}
"""What an alignment says, in words."""

Value = NamedNode | BlankNode | Literal


class Term(NamedTuple):
    """A class, a property or an individual that the ontology declares.

    Args:
        iri: its name.
        anchor: its place in the page: the fragment of a term of ours, the prefix and the local name
            of another's, with a hyphen, which none of ours has.
        label: what it is called.
        kind: one of the values of `KINDS`; of what is declared nowhere, “Built-in property”.
        ours: whether it is of our namespace.
        heading: the one above it in the ontology's file.
    """

    iri: str
    anchor: str
    label: str
    kind: str
    ours: bool
    heading: str


class Match(NamedTuple):
    """An alignment: what it says in words, the other's term, and why it is no more than that."""

    words: str
    iri: str
    reason: str


class Facts:
    """What some named graphs say, by subject and property, sorted."""

    def __init__(self, store: Queryable, graphs: Iterable[str]) -> None:
        self._said: dict[str, dict[str, list[Value]]] = {}
        self._pointing: dict[tuple[str, str], list[str]] = {}
        for graph in graphs:
            for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
                if isinstance(quad.object, Value) and isinstance(quad.subject, Value):
                    subject, predicate = str(quad.subject.value), quad.predicate.value
                    of = self._said.setdefault(subject, {}).setdefault(predicate, [])
                    of.append(quad.object)
                    self._pointing.setdefault((predicate, quad.object.value), []).append(subject)

    def __iter__(self) -> Iterator[str]:
        """The subjects, sorted."""
        return iter(sorted(self._said))

    def values(self, subject: str, predicate: str) -> list[str]:
        """The values of a property: IRIs, labels of blank nodes and texts, sorted."""
        found = self._said.get(subject, {}).get(predicate, [])
        return sorted(str(value.value) for value in found)

    def text(self, subject: str, *predicates: str) -> str:
        """The text of the first property that has one, English before others; else nothing."""
        for predicate in predicates:
            found = self._said.get(subject, {}).get(predicate, [])
            ranked = [
                (value.language not in ("en", None), value.value)
                for value in found
                if isinstance(value, Literal)
            ]
            if ranked:
                return min(ranked)[1]
        return ""

    def named(self, subject: str, predicate: str) -> list[str]:
        """The IRIs among the values of a property, sorted."""
        found = self._said.get(subject, {}).get(predicate, [])
        return sorted(value.value for value in found if isinstance(value, NamedNode))

    def pointing(self, predicate: str, value: str) -> list[str]:
        """The subjects of which a value of a property is the one given, sorted."""
        return sorted(self._pointing.get((predicate, value), []))

    def listed(self, head: str) -> list[str]:
        """The items of an RDF list, in its order; of one that runs in a circle, each once."""
        items, seen = [], set()
        while head != RDF + "nil" and head not in seen:
            seen.add(head)
            items += self.values(head, RDF + "first")
            head = next(iter(self.values(head, RDF + "rest")), RDF + "nil")
        return items


class Vocabulary:
    """The ontology: its terms in the order of its file, what is said of them, the concepts.

    Args:
        store: a built graph.
        comments: what the comments of its files say.
    """

    def __init__(self, store: Queryable, comments: Commentary) -> None:
        self.facts = Facts(store, [ONTOLOGY_GRAPH])
        self._alignments = Facts(store, [ALIGNMENTS_GRAPH])
        self._comments = comments
        self.concepts = Facts(store, concept_graphs(store))
        self.terms = {term.iri: term for term in self._terms()}

    def _terms(self) -> Iterator[Term]:
        order = {iri: place for place, iri in enumerate(self._comments.headings)}
        named = [iri for iri in self.facts if "://" in iri and iri != ONTOLOGY_GRAPH]
        for iri in sorted(named, key=lambda iri: (order.get(iri, len(order)), iri)):
            types = self.facts.values(iri, TYPE)
            kinds = [name for type_, name in KINDS.items() if type_ in types]
            yield Term(
                iri,
                anchor(iri),
                self.facts.text(iri, RDFS + "label") or compact(iri).strip("<>"),
                kinds[0] if kinds else "Built-in property",
                iri.startswith(ONTOLOGY),
                self._comments.headings.get(iri, ""),
            )

    def matches(self, iri: str) -> list[Match]:
        """The alignments of a term, the axioms first."""
        return [
            Match(words, other, self._comments.reasons.get(_triple(iri, predicate, other), ""))
            for predicate, words in MATCHES.items()
            for other in self._alignments.named(iri, predicate)
        ]

    def above(self, iri: str) -> list[str]:
        """All classes or properties that one stands below, the nearest first."""
        found: dict[str, None] = {}
        pending = [iri]
        for each in pending:
            for name in ("subClassOf", "subPropertyOf"):
                further = self.facts.named(each, RDFS + name)
                pending += [other for other in further if other not in found]
                found.update(dict.fromkeys(further))
        found.pop(iri, None)
        return list(found)

    def disjoint(self) -> list[list[str]]:
        """The sets of classes of which a thing is never two, the largest first."""
        heads = [
            head
            for each in self.facts.pointing(TYPE, OWL + "AllDisjointClasses")
            for head in self.facts.values(each, OWL + "members")
        ]
        return sorted((self.facts.listed(head) for head in heads), key=lambda one: (-len(one), one))


def concept_graphs(store: Queryable) -> list[str]:
    """The graphs of the concept schemes, sorted."""
    in_scheme = NamedNode(SKOS + "inScheme")
    return sorted(
        {
            quad.graph_name.value
            for quad in store.quads_for_pattern(None, in_scheme, None, None)
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(CONCEPTS)
        }
    )


def anchor(iri: str) -> str:
    """The place of a term in the page: a fragment of ours as it is, others with their prefix.

    >>> anchor("http://schema.org/startDate")
    'schema-startDate'
    """
    if iri.startswith(ONTOLOGY):
        return iri[len(ONTOLOGY) :]
    return "".join(sign if sign.isalnum() else "-" for sign in compact(iri).strip("<>"))


def _triple(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{predicate}> <{value}>"
