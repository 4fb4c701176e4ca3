"""What is validated: every file with its literals as written, and what the build adds to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store, Triple

from meagraph.entailment import Grounds
from meagraph.entries import Entry, Positions, graph_kind, locate, read_vocabulary, readable_entries
from meagraph.entries.paths import REGISTER
from meagraph.errors import UnusableInput
from meagraph.graph import vocabulary
from meagraph.graph.assembly import Progress
from meagraph.namespaces import BASE, ENTAILED_GRAPH, ONTOLOGY, OWL, RDF, RDFS, SKOS, compact
from meagraph.project import Project

TYPE = RDF + "type"
LABEL = RDFS + "label"
_REGISTER = BASE + REGISTER.removesuffix(".ttl")
_DEPRECATED = OWL + "deprecated"
_NAMES = (LABEL, SKOS + "prefLabel")


class Place(NamedTuple):
    """A place in a file; line and column from 1, columns count characters."""

    file: Path
    line: int
    column: int


class Corpus:
    """The files of a graph, read and indexed.

    Attributes:
        vocabulary: the files of the ontology and of the concepts.
        entries: the files of ``data/``, in the order of their paths.
        store: the built graph, which holds the entailed triples.
    """

    def __init__(self, vocabulary: list[Entry], entries: list[Entry], store: Store) -> None:
        """Index the triples of all files by what they say."""
        self.vocabulary = vocabulary
        self.entries = entries
        self.store = store
        self.stating: dict[Triple, list[Entry]] = defaultdict(list)
        self._by_predicate: dict[tuple[str, str], list[Triple]] = defaultdict(list)
        self._by_subject: dict[str, list[Triple]] = defaultdict(list)
        self._by_object: dict[str, list[Triple]] = defaultdict(list)
        self._positions: dict[str, Positions] = {}
        self._order = {entry.graph: number for number, entry in enumerate(self.files)}
        for entry in self.files:
            for triple in entry.triples:
                stating = self.stating[triple]
                if not stating:
                    self._index(triple)
                stating.append(entry)

    def _index(self, triple: Triple) -> None:
        subject = iri(triple.subject)
        self._by_subject[subject].append(triple)
        self._by_predicate[subject, triple.predicate.value].append(triple)
        if not isinstance(triple.object, Literal):
            self._by_object[iri(triple.object)].append(triple)

    @property
    def files(self) -> list[Entry]:
        """All files: the vocabulary's, then those of ``data/``."""
        return [*self.vocabulary, *self.entries]

    @property
    def statements(self) -> list[Entry]:
        """The files of ``data/`` but the register, which speaks of files and not of the world."""
        return [entry for entry in self.entries if entry.graph != _REGISTER]

    def triples(self) -> list[Triple]:
        """What the files state, the alignments too, and what follows from it, each once."""
        quads = self.store.quads_for_pattern(None, None, None, NamedNode(ENTAILED_GRAPH))
        return list(dict.fromkeys([*self.stating, *(quad.triple for quad in quads)]))

    def said(self, subject: str, predicate: str | None = None) -> list[Triple]:
        """The stated triples about a node, with one property or with any."""
        if predicate is None:
            return self._by_subject.get(subject, [])
        return self._by_predicate.get((subject, predicate), [])

    def pointing(self, value: str, predicate: str | None = None) -> list[Triple]:
        """The stated triples that have a node as their object."""
        found = self._by_object.get(value, [])
        return [t for t in found if predicate in (None, t.predicate.value)]

    def grounds(self, node: str, predicate: str, *, inverse: bool = False) -> list[Triple]:
        """The stated triples from which those with a node and a property follow.

        The node is the object if ``inverse``, else the subject.
        """
        if node.startswith("_:"):  # nothing is concluded about blank nodes
            return []
        derived = self.store.quads_for_pattern(
            None if inverse else NamedNode(node),
            NamedNode(predicate),
            NamedNode(node) if inverse else None,
            NamedNode(ENTAILED_GRAPH),
        )
        found = (ground for quad in derived for ground in self._grounds.of(quad.triple))
        return list(dict.fromkeys(quad.triple for quad in found))

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self.store)

    @cached_property
    def typed(self) -> frozenset[str]:
        """Every node of ``data/`` that has a type; a deprecated record counts as having one."""
        return frozenset(
            iri(triple.subject)
            for entry in self.statements
            for triple in entry.triples
            if triple.predicate.value in (TYPE, _DEPRECATED)
        )

    def is_deprecated(self, node: str) -> bool:
        """Whether the record of a node says that another has replaced it."""
        return any(iri_or_text(t.object) in ("true", "1") for t in self.said(node, _DEPRECATED))

    def label(self, node: str) -> str:
        """What a node is called in the files; empty if nothing names it."""
        names = [iri_or_text(t.object) for name in _NAMES for t in self.said(node, name)]
        return names[0] if names else ""

    def called(self, node: str) -> str:
        """A node in a message: its prefixed name, else its label, else the end of its IRI."""
        name = compact(node)
        if not name.startswith("<"):
            return name
        label = self.label(node)
        if label:
            return f"“{label}”"
        return node.removeprefix(BASE) if node.startswith(BASE) else name

    def passage_name(self, passage: str) -> str:
        """What a passage is cited as: the short title of its document, and its label in it."""
        if not passage:
            return ""
        document = home(passage)
        titles = [iri_or_text(t.object) for t in self.said(document, ONTOLOGY + "shortTitle")]
        labels = [iri_or_text(t.object) for t in self.said(passage, ONTOLOGY + "label")]
        title = min(titles, default=document.rpartition("/")[2])
        return f"{title} {min(labels, default=passage.removeprefix(document).strip('/'))}".strip()

    def place(self, entry: Entry, triple: Triple) -> Place:
        """Where a file states a triple: its object."""
        found = self.positions(entry).triple(triple)
        return self._at(entry, found or self.positions(entry).node(iri(triple.subject)))

    def subject_place(self, entry: Entry, node: str) -> Place:
        """Where a file first speaks of a node."""
        return self._at(entry, self.positions(entry).node(node))

    def mention(self, entry: Entry, node: str) -> Place:
        """Where a file first names an IRI."""
        return self._at(entry, self.positions(entry).mention(node))

    def places(self, triples: list[Triple]) -> tuple[Place, ...]:
        """Every place in every file that states one of these triples."""
        found = {self.place(entry, t) for t in triples for entry in self.stating.get(t, ())}
        return tuple(sorted(found))

    def node_places(self, node: str) -> tuple[Place, ...]:
        """Where a node is given its type, at its home before elsewhere, else first named."""
        stating = [e for t in self.said(node, TYPE) for e in self.stating[t]]
        stating.sort(key=lambda entry: (entry.graph != home(node), self._order[entry.graph]))
        if stating:
            return (self.subject_place(stating[0], node),)
        near = [*self.said(node), *self.pointing(node)]
        named = [entry for t in near for entry in self.stating[t]]
        if not named:
            return ()
        return (self.subject_place(min(named, key=lambda e: self._order[e.graph]), node),)

    def positions(self, entry: Entry) -> Positions:
        """Where the terms of a file stand; found once."""
        known = self._positions.get(entry.graph)
        if known is None:
            known = self._positions[entry.graph] = locate(entry)
        return known

    @staticmethod
    def _at(entry: Entry, found: tuple[int, int] | None) -> Place:
        return Place(entry.path, *(found or (1, 1)))


class Reading(NamedTuple):
    """The files of a graph as they were read: those that could be, and what is wrong with others.

    ``vocabulary`` and ``entries`` are as in `Corpus`.
    """

    vocabulary: list[Entry]
    entries: list[Entry]
    mistakes: list[UnusableInput]


def read_files(project: Project, progress: Progress | None = None) -> Reading:
    """Read the ontology, the concepts and ``data/``, and gather what cannot be read.

    Raises:
        UnusableInput: a path under ``data/`` gives no legal IRI.
    """
    terms: list[Entry] = []
    mistakes: list[UnusableInput] = []
    for path, graph in vocabulary(project).items():
        try:
            terms.append(read_vocabulary(path, graph))
        except UnusableInput as mistake:
            mistakes.append(mistake)
    if not project.data.is_dir():
        return Reading(terms, [], mistakes)
    entries, more = readable_entries(project.data, progress)
    return Reading(terms, entries, mistakes + more)


def home(node: str) -> str:
    """The IRI of the graph that a node of ours is described in.

    A claim's home is its passage's graph, a passage's is the index of its document, a record's is
    its own.
    """
    graph, mark, _ = node.partition("#")
    if mark or graph_kind(graph) != "stated":
        return graph
    folder, document = graph.removeprefix(BASE).split("/")[:2]
    return f"{BASE}{folder}/{document}"


def passage_of(graph: str) -> str:
    """The passage that a graph states or reads; empty for a graph of another kind."""
    kind = graph_kind(graph)
    if kind == "supplied":
        return ""
    return graph.replace(f"{BASE}readings/", f"{BASE}documents/", 1)


def iri(term: object) -> str:
    """The characters of an IRI; of a blank node, a name that no IRI has."""
    return term.value if isinstance(term, NamedNode) else str(term)


def iri_or_text(term: object) -> str:
    """The characters of an IRI or of a literal."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def data_iris(entry: Entry) -> Iterator[str]:
    """Every IRI that a file names, each once, datatypes included."""
    named: dict[str, None] = {}
    for triple in entry.triples:
        for term in triple:
            if isinstance(term, Literal):
                named[term.datatype.value] = None
            elif isinstance(term, NamedNode):
                named[term.value] = None
    return iter(named)
