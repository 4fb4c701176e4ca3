"""What ontology, shapes and data know of classes and properties, for those who write entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from meagraph.entries import graph_kind
from meagraph.entries.paths import TOP_FOLDERS
from meagraph.namespaces import BASE, ENTAILED_GRAPH, ONTOLOGY, OWL, RDF, RDFS, SKOS, compact
from meagraph.validation.shapes import Shapes

TYPE = NamedNode(RDF + "type")
LABEL = RDFS + "label"
_SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
_DEPRECATED = NamedNode(OWL + "deprecated")
_NAMES = (RDFS + "label", SKOS + "prefLabel")
_MERGE = DefaultGraph()
_PREFIXES = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdf: <" + RDF + "> "


class Vocabulary:
    """The terms that entries are written with, and how the files use them.

    Attributes:
        store: the built graph.
        shapes: the shapes as they were read.
    """

    def __init__(self, store: Store, shapes: Shapes) -> None:
        """Load the shapes into a store of their own, to be asked."""
        self.store = store
        self.shapes = shapes
        self._asked = Store()
        self._asked.extend(
            Quad(triple.subject, triple.predicate, triple.object, _MERGE)
            for triple in shapes.triples
        )

    def ask(self, pattern: str, wanted: str) -> list[str]:
        """The values of one variable in the shapes, in the order of their text, each once.

        Args:
            pattern: a group graph pattern with the prefixes ``sh`` and ``rdf``.
            wanted: the variable, without its mark.
        """
        found = self._asked.query(f"{_PREFIXES}SELECT DISTINCT ?{wanted} {{ {pattern} }}")
        return sorted(row[wanted].value for row in found if row[wanted] is not None)  # type: ignore[union-attr]

    def classes(self) -> list[str]:
        """The classes of our ontology."""
        found = self.store.quads_for_pattern(None, TYPE, NamedNode(OWL + "Class"), _MERGE)
        return sorted(iri for iri in map(_subject, found) if iri.startswith(ONTOLOGY))

    def broader(self, kind: str) -> list[str]:
        """A class and those of ours above it, the nearest first."""
        found = [kind]
        for one in found:
            above = (quad.object for quad in self._quads(one, _SUBCLASS_OF.value))
            found += [
                term.value
                for term in above
                if isinstance(term, NamedNode)
                and term.value.startswith(ONTOLOGY)
                and term.value not in found
            ]
        return found

    def narrower(self, kind: str) -> list[str]:
        """The classes of ours directly below a class."""
        found = self.store.quads_for_pattern(None, _SUBCLASS_OF, NamedNode(kind), _MERGE)
        return sorted(iri for iri in map(_subject, found) if iri.startswith(ONTOLOGY))

    def below(self, kind: str) -> list[str]:
        """A class and all of ours below it."""
        found = [kind]
        for one in found:
            found += [name for name in self.narrower(one) if name not in found]
        return found

    def label(self, iri: str) -> str:
        """What a term or thing is called; the end of its name where nothing says."""
        for name in _NAMES:
            for text in self.texts(iri, name):
                return text
        return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]

    def definition(self, iri: str) -> str:
        """What a term means, in the words of the ontology; empty where it does not say."""
        return next(iter(self.texts(iri, SKOS + "definition")), "")

    def texts(self, iri: str, predicate: str) -> list[str]:
        """The literals of a property, sorted."""
        found = (quad.object for quad in self._quads(iri, predicate))
        return sorted(term.value for term in found if isinstance(term, Literal))

    def links(self, iri: str, predicate: str) -> list[str]:
        """The IRIs that a property leads to, sorted."""
        found = (quad.object for quad in self._quads(iri, predicate))
        return sorted(term.value for term in found if isinstance(term, NamedNode))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """What has a property with this IRI as its value, sorted."""
        found = self.store.quads_for_pattern(None, NamedNode(predicate), NamedNode(value), _MERGE)
        return sorted(map(_subject, found))

    def is_of(self, iri: str, kinds: tuple[str, ...]) -> bool:
        """Whether a thing is of one of these classes, or of one below."""
        return not set(self.links(iri, TYPE.value)).isdisjoint(kinds)

    def is_deprecated(self, iri: str) -> bool:
        """Whether a name was given up."""
        return "true" in self.texts(iri, _DEPRECATED.value)

    def concepts(self, scheme: str) -> list[str]:
        """The concepts of a scheme that are in use, by name."""
        found = self.subjects(SKOS + "inScheme", scheme)
        return [concept for concept in found if not self.is_deprecated(concept)]

    def _quads(self, iri: str, predicate: str) -> Iterator[Quad]:
        return self.store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, _MERGE)

    @cached_property
    def usage(self) -> Usage:
        """How the files of ``data/`` use classes and properties."""
        return Usage(self.store)


class Usage:
    """How often a property is said of the things of a class, and in which kind of file."""

    def __init__(self, store: Store) -> None:
        """Count what the files of ``data/`` state, and note what is only concluded."""
        stated = [quad for quad in store if _is_data(quad)]
        self.kinds: dict[str, list[str]] = defaultdict(list)
        for quad in stated:
            if quad.predicate == TYPE:
                self.kinds[_subject(quad)].append(str(quad.object)[1:-1])
        self.said: dict[tuple[str, str], list[Triple]] = defaultdict(list)
        self._supplied: Counter[tuple[str, str]] = Counter()
        for quad in stated:
            supplied = graph_kind(str(quad.graph_name)[1:-1]) == "supplied"
            for kind in self.kinds.get(_subject(quad), ()):
                key = kind, quad.predicate.value
                self.said[key].append(quad.triple)
                self._supplied[key] += supplied
        self._predicates = {quad.predicate.value for quad in stated}
        graph = NamedNode(ENTAILED_GRAPH)
        self._concluded = {
            quad.predicate.value for quad in store.quads_for_pattern(None, None, None, graph)
        }

    def predicates(self, kind: str) -> list[str]:
        """The properties that things of exactly this class have."""
        return sorted(predicate for name, predicate in self.said if name == kind)

    def count(self, kind: str, predicate: str) -> int:
        """How often the files say it of things of this class."""
        return len(self.said.get((kind, predicate), ()))

    def in_records(self, kind: str, predicate: str) -> int:
        """How often records and indexes say it of things of this class."""
        return self._supplied[kind, predicate]

    def is_derived(self, predicate: str) -> bool:
        """Whether no file states it and the build concludes it."""
        return predicate in self._concluded and predicate not in self._predicates

    def languages(self, predicate: str) -> list[str]:
        """The languages that the values of a property are written in."""
        objects = (
            t.object for (_, name), said in self.said.items() if name == predicate for t in said
        )
        return sorted({o.language for o in objects if isinstance(o, Literal) and o.language})

    def values(self, predicate: str) -> Counter[str]:
        """The values of a property that are things, and how often each is named."""
        return Counter(
            triple.object.value
            for (_, name), triples in self.said.items()
            if name == predicate
            for triple in triples
            if isinstance(triple.object, NamedNode)
        )


def _is_data(quad: Quad) -> bool:
    graph = quad.graph_name
    if not isinstance(graph, NamedNode):
        return False
    return graph.value.removeprefix(BASE).partition("/")[0] in TOP_FOLDERS


def _subject(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)


def listed(names: list[str], last: str = "or") -> str:
    """Names in a sentence: ``a, b or c``.

    >>> listed(["a board", "a panel", "a group"])
    'a board, a panel or a group'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def named(vocabulary: Vocabulary, iri: str) -> str:
    """A thing as it is written and, in brackets, as it is called."""
    return f"{compact(iri)} ({vocabulary.label(iri)})"
