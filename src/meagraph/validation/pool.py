"""Files of others, read as data or as shapes: their triples, and where these stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.entries.rdf import RdfFile, rdf_files, read_rdf
from meagraph.entries.whereabouts import Whereabouts, whereabouts
from meagraph.errors import UnusableInput
from meagraph.namespaces import DCTERMS, RDF, RDFS, SCHEMA, SKOS
from meagraph.validation.corpus import Place

_TYPE = NamedNode(RDF + "type")
_NAMES = (
    RDFS + "label",
    SKOS + "prefLabel",
    "http://xmlns.com/foaf/0.1/name",
    SCHEMA + "name",
    "https://schema.org/name",
    DCTERMS + "title",
)
"""The properties that tell what a node is called, the best first."""

Term = NamedNode | BlankNode | Literal | Triple


class Pool:
    """The files, and an index of their triples.

    Attributes:
        files: those that could be read.
        mistakes: what is wrong with the others.
    """

    def __init__(self, named: Iterable[Path], taken: set[str]) -> None:
        """Read the files, and those of folders.

        Args:
            named: the files and folders.
            taken: the labels of blank nodes that are not to be used; those of these are added.

        Raises:
            UnusableInput: there is none, or the end of a name tells no format.
        """
        self.files: list[RdfFile] = []
        self.mistakes: list[UnusableInput] = []
        for path in rdf_files(named):
            try:
                self.files.append(read_rdf(path, taken))
            except UnusableInput as mistake:
                self.mistakes.append(mistake)
        self._stating: dict[Triple, list[RdfFile]] = defaultdict(list)
        self._said: dict[Term, list[Triple]] = defaultdict(list)
        self._pointing: dict[Term, list[Triple]] = defaultdict(list)
        for file in self.files:
            for triple in file.triples:
                if triple not in self._stating:
                    self._said[triple.subject].append(triple)
                    self._pointing[triple.object].append(triple)
                self._stating[triple].append(file)
        self._whereabouts: dict[Path, Whereabouts] = {}

    @property
    def triples(self) -> list[Triple]:
        """Every triple once: the union of all graphs of all files."""
        return list(self._stating)

    def said(self, node: Term, predicate: str | None = None) -> list[Triple]:
        """What is said of a node, with one property or with any."""
        found = self._said.get(node, [])
        return [t for t in found if predicate in (None, t.predicate.value)]

    def pointing(self, node: Term, predicate: str | None = None) -> list[Triple]:
        """The triples that have a term as their object."""
        found = self._pointing.get(node, [])
        return [t for t in found if predicate in (None, t.predicate.value)]

    def classes(self) -> set[Term]:
        """The classes that some node is an instance of."""
        return {t.object for t in self._stating if t.predicate == _TYPE}

    def above(self, node: Term) -> set[Term]:
        """A class and the classes that it is a subclass of, by way of others too."""
        found = {node}
        waiting = [node]
        while waiting:
            more = {t.object for t in self.said(waiting.pop(), RDFS + "subClassOf")} - found
            found |= more
            waiting += more
        return found

    def label(self, node: Term) -> str:
        """What a node is called; empty if nothing names it."""
        for name in _NAMES:
            found = [t.object for t in self.said(node, name) if isinstance(t.object, Literal)]
            if found:
                return min(found, key=lambda one: (one.language or "en") != "en").value
        return ""

    def places(self, triples: Iterable[Triple]) -> tuple[Place, ...]:
        """Every place in every file that states one of these triples."""
        found = {
            place
            for triple in triples
            for file in self._stating.get(triple, ())
            if (place := self._place(file, triple))
        }
        return tuple(sorted(found))

    def node_places(self, node: Term) -> tuple[Place, ...]:
        """Where a node is given its type, else first has something said of it, else is named."""
        of_type = [t for t in self.said(node) if t.predicate == _TYPE]
        if isinstance(node, Literal | Triple) or not self.said(node):
            return self.places(self.pointing(node))[:1]
        triple = [*of_type, *self.said(node)][0]
        file = self._stating[triple][0]
        return (Place(file.path, *(self._find(file).node(node) or self._near(file, triple))),)

    def _place(self, file: RdfFile, triple: Triple) -> Place:
        return Place(file.path, *(self._find(file).triple(triple) or self._near(file, triple)))

    def _near(self, file: RdfFile, triple: Triple) -> tuple[int, int]:
        """Where the nearest node above a triple stands that stands anywhere."""
        seen: set[Term] = set()
        for node in self._upwards(triple.subject):
            if node in seen or isinstance(node, Literal | Triple):
                break
            seen.add(node)
            found = self._find(file).node(node)
            if found:
                return found
        return (1, 1)

    def _upwards(self, node: Term) -> Iterator[Term]:
        while True:
            yield node
            above = self._pointing.get(node)
            if not above:
                return
            node = above[0].subject

    def _find(self, file: RdfFile) -> Whereabouts:
        known = self._whereabouts.get(file.path)
        if known is None:
            known = self._whereabouts[file.path] = whereabouts(file)
        return known
