"""Where the triples and nodes of a file in any RDF serialisation stand: line and column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from meagraph.entries.nameless import Key, Numbering
from meagraph.entries.rdf import RdfFile
from meagraph.entries.turtle import Place, Scan, scan

Node = NamedNode | BlankNode


class Whereabouts(Protocol):
    """Where the triples of one file stand; ``None`` where that cannot be said."""

    def triple(self, triple: Triple) -> Place | None:
        """Where the value of a triple stands, or what is nearest to it."""

    def node(self, node: Node) -> Place | None:
        """Where a node first has something said of it, else where it is first mentioned."""


def whereabouts(file: RdfFile) -> Whereabouts:
    """Find where everything stands in a file that has been read.

    In Turtle, TriG, N-Triples and N-Quads that is the value itself, to the column; in RDF/XML
    the element of the property; in JSON-LD the first string that fits behind that of the subject.
    """
    if file.format == RdfFormat.JSON_LD:
        from meagraph.entries.jsonld import JsonPlaces

        return JsonPlaces(file.text, file.base, file.prefixes)
    if file.format == RdfFormat.RDF_XML:
        from meagraph.entries.rdfxml import scan_rdfxml

        return _Scanned(file, scan_rdfxml(file.text, file.base))
    return _Scanned(file, scan(file.text, file.base))


class _Scanned:
    """The statements that a scanner has found, for the triples that a parser has."""

    def __init__(self, file: RdfFile, found: Scan) -> None:
        numbering = Numbering()
        stated: dict[Key, Place] = {}
        beginning: dict[object, Place] = {}
        said: dict[object, Place] = {}
        self._mentions = found.mentions
        own = numbering.keys((one.triple for one in found.statements), found.nameless)
        for key, statement in zip(own, found.statements, strict=True):
            stated.setdefault(key, statement.object)
            beginning.setdefault(key[0], statement.subject)
            said.setdefault(key[:2], statement.predicate)
        # The labels of the text are those of the parser: all others are made up.
        written = {
            term
            for one in found.statements
            for term in (one.triple.subject, one.triple.object)
            if isinstance(term, BlankNode) and term not in found.nameless
        }
        made_up = set(file.labels.values()) - written
        self._triples: dict[Triple, Place] = {}
        self._nodes: dict[Node | Triple, Place] = {}
        read = [_with(triple, file.labels) for triple in file.triples]
        for triple, key in zip(file.triples, numbering.keys(read, made_up), strict=True):
            place = stated.get(key) or said.get(key[:2])
            if place is not None:
                self._triples[triple] = place
            if key[0] in beginning:
                self._nodes.setdefault(triple.subject, beginning[key[0]])

    def triple(self, triple: Triple) -> Place | None:
        return self._triples.get(triple)

    def node(self, node: Node) -> Place | None:
        found = self._nodes.get(node)
        if found is None and isinstance(node, NamedNode):
            return self._mentions.get(node.value)
        return found


def _with(triple: Triple, names: Mapping[BlankNode, BlankNode]) -> Triple:
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode):
        subject = names.get(subject, subject)
    if isinstance(value, BlankNode):
        value = names.get(value, value)
    return Triple(subject, triple.predicate, value)
