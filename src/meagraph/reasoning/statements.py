"""What the files say, in the form in which contradictions are sought, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entries import Entry, Positions, locate
from meagraph.namespaces import OWL, RDF, RDFS, compact

Term = NamedNode | BlankNode | Literal | Triple

TYPE = NamedNode(RDF + "type")
SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
DOMAIN, RANGE = NamedNode(RDFS + "domain"), NamedNode(RDFS + "range")
_EQUIVALENT = NamedNode(OWL + "equivalentClass")
_MEMBERS = NamedNode(OWL + "members")
_FIRST, _REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
_DISJOINT_WITH = NamedNode(OWL + "disjointWith")
_ALL_DISJOINT = NamedNode(OWL + "AllDisjointClasses")
_CLASS, _OBJECT = NamedNode(OWL + "Class"), NamedNode(OWL + "ObjectProperty")
_DATATYPE, _ANNOTATION = NamedNode(OWL + "DatatypeProperty"), NamedNode(OWL + "AnnotationProperty")
_INDIVIDUAL, _ONTOLOGY = NamedNode(OWL + "NamedIndividual"), NamedNode(OWL + "Ontology")
_BUILT_IN_ANNOTATIONS = {
    *(NamedNode(RDFS + name) for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(NamedNode(OWL + name) for name in ("versionInfo", "versionIRI", "deprecated")),
}


@dataclass(frozen=True)
class Axiom:
    """One statement that takes part in a contradiction, and where it stands."""

    text: str
    file: Path
    line: int | None


@dataclass(frozen=True)
class Clash:
    """A contradiction.

    ``subject`` is the IRI of a thing or a class; ``classes`` are the two (or a datatype and a
    value's datatype) that it would belong to and that exclude each other; both are empty where
    the cause is not found. ``axioms`` are the statements that put it into both.
    """

    subject: str
    classes: tuple[str, ...]
    axioms: tuple[Axiom, ...]


def iri_of(term: Term) -> str:
    """The IRI of a named node; empty for anything else."""
    return term.value if isinstance(term, NamedNode) else ""


class Told:
    """The statements of the files, by what they say."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the statements; one that several files make is placed in the first."""
        self.statements: dict[Triple, Entry] = {}
        for entry in entries:
            for triple in entry.triples:
                self.statements.setdefault(triple, entry)
        self._positions: dict[Path, Positions] = {}
        self.classes = self._typed(_CLASS)
        self.objects, self.datatypes = self._typed(_OBJECT), self._typed(_DATATYPE)
        self.annotations = self._typed(_ANNOTATION) | _BUILT_IN_ANNOTATIONS
        self.headers = self._typed(_ONTOLOGY)
        self.by_predicate: dict[NamedNode, dict[Term, list[Triple]]] = {}
        for triple in self.statements:
            axioms = self.by_predicate.setdefault(triple.predicate, {})
            axioms.setdefault(triple.subject, []).append(triple)
        self.equivalents: dict[Term, list[tuple[Term, Triple]]] = {}
        for triple in (t for t in self.statements if t.predicate == _EQUIVALENT):
            self.equivalents.setdefault(triple.subject, []).append((triple.object, triple))
            self.equivalents.setdefault(triple.object, []).append((triple.subject, triple))
        self.exclusions = tuple(self._exclusions())

    def _typed(self, kind: NamedNode) -> set[Term]:
        return {t.subject for t in self.statements if t.predicate == TYPE and t.object == kind}

    def terms(self, namespace: str) -> int:
        """How many classes, properties and individuals of a namespace are declared."""
        kinds = (_CLASS, _OBJECT, _DATATYPE, _ANNOTATION, _INDIVIDUAL)
        declared = {term for kind in kinds for term in self._typed(kind)}
        return sum(iri_of(term).startswith(namespace) for term in declared)

    def things(self) -> int:
        """How many things are said to belong to a class."""
        members = {
            triple.subject
            for triple in self.statements
            if triple.predicate == TYPE and triple.object in self.classes
        }
        return len(members)

    def about(self, predicate: NamedNode, subject: Term) -> list[Triple]:
        """The statements with this predicate and subject."""
        return self.by_predicate.get(predicate, {}).get(subject, [])

    def upwards(self, start: Term, predicate: NamedNode) -> dict[Term, tuple[Triple, ...]]:
        """What stands above a class or property, itself included, and the axioms that say so."""
        found: dict[Term, tuple[Triple, ...]] = {start: ()}
        waiting = [start]
        for term in waiting:
            above = [(axiom.object, axiom) for axiom in self.about(predicate, term)]
            if predicate == SUBCLASS_OF:
                above += self.equivalents.get(term, [])
            for other, axiom in above:
                if other not in found:
                    found[other] = (*found[term], axiom)
                    waiting.append(other)
        return found

    def _exclusions(self) -> Iterable[tuple[Triple, tuple[Term, ...]]]:
        for axiom in self.statements:
            if axiom.predicate == _DISJOINT_WITH:
                yield axiom, (axiom.subject, axiom.object)
            elif axiom.predicate == TYPE and axiom.object == _ALL_DISJOINT:
                for members in self.about(_MEMBERS, axiom.subject):
                    yield axiom, tuple(self._list(members.object))

    def _list(self, node: Term) -> Iterable[Term]:
        while first := self.about(_FIRST, node):
            yield first[0].object
            node = self.about(_REST, node)[0].object

    def clashes(self, subject: str, found: dict[Term, tuple[Triple, ...]]) -> list[Clash]:
        """A clash for each exclusion that forbids two of the classes found."""
        clashes = []
        for axiom, members in self.exclusions:
            both = sorted(
                (m for m in members if m in found), key=lambda m: (len(found[m]), iri_of(m))
            )
            if len(both) > 1:
                first, second = sorted(both[:2], key=iri_of)
                chain = dict.fromkeys((*found[first], *found[second]))
                excluded = (
                    f"{compact(iri_of(first))} and {compact(iri_of(second))} exclude each other"
                )
                told = (*(self.axiom(triple) for triple in chain), self.axiom(axiom, excluded))
                clashes.append(Clash(subject, (iri_of(first), iri_of(second)), told))
        return clashes

    def axiom(self, triple: Triple, text: str = "") -> Axiom:
        """A statement in words, with its file and line."""
        entry = self.statements[triple]
        if entry.path not in self._positions:
            self._positions[entry.path] = locate(entry)
        place = self._positions[entry.path].triple(triple)
        line = place[0] if place else self._line_of_exclusion(triple, entry)
        return Axiom(text or " ".join(map(_words, triple)), entry.path, line)

    def _line_of_exclusion(self, triple: Triple, entry: Entry) -> int | None:
        """The scanner knows no triples of blank nodes: exclusions are counted in the text."""
        from meagraph.entries.turtle import tokens

        axioms = [t for t in entry.triples if t.predicate == TYPE and t.object == _ALL_DISJOINT]
        starts = [t.start for t in tokens(entry.text) if t.text == "owl:AllDisjointClasses"]
        if triple not in axioms or len(axioms) != len(starts):
            return None
        return entry.text.count("\n", 0, starts[axioms.index(triple)]) + 1


def _words(term: Term) -> str:
    if isinstance(term, NamedNode):
        return "a" if term == TYPE else compact(term.value)
    return str(term)
