"""What a reader calls what changed: labels of either version, and the names of passages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from meagraph.evidence import cite
from meagraph.namespaces import BASE, compact
from meagraph.tables import labels_of, shortened

if TYPE_CHECKING:
    from meagraph.changes.comparison import Changes, EntryChange, PropertyChange
    from meagraph.changes.versions import Version
    from meagraph.tables import Term

_DOCUMENTS = BASE + "documents/"
_READINGS = BASE + "readings/"


class Naming(NamedTuple):
    """What things are called: ``labels`` by IRI, and the ``titles`` of entries by graph."""

    labels: Mapping[str, str]
    titles: Mapping[str, str]

    def name(self, iri: str, graph: str = "") -> str:
        """A thing for a reader: its label, else a short form; in its own entry ``#slug``."""
        if iri in self.labels:
            return self.labels[iri]
        return iri.removeprefix(graph) if graph and iri.startswith(f"{graph}#") else shortened(iri)

    def called(self, name: str) -> str:
        """A term, a shape or a question for a reader: its short name, and its label behind it."""
        if ":" not in name:
            return name  # a question
        label = self.labels.get(name)
        return f"{shortened(name)} ({label})" if label else shortened(name)

    def shown(self, term: Term, graph: str = "") -> str:
        """A term for a reader: a label, or a value with its language if that is not English."""
        if isinstance(term, NamedNode):
            return self.name(term.value, graph)
        if isinstance(term, Literal):
            foreign = term.language and term.language != "en"
            return f"{term.value} @{term.language}" if foreign else term.value
        return str(term)

    def values(self, change: PropertyChange, graph: str) -> tuple[list[str], list[str]]:
        """What went and what came, so that no two different values look the same."""
        terms = [*change.removed, *change.added]
        shown = [self.shown(term, graph) for term in terms]
        seen = [" ".join(text.split()) for text in shown]
        told = [
            exact(term, text) if seen.count(plain) > 1 else text
            for term, text, plain in zip(terms, shown, seen, strict=True)
        ]
        return told[: len(change.removed)], told[len(change.removed) :]

    def title(self, entry: EntryChange) -> str:
        """What an entry is called, or would be; of one without a label, nothing."""
        return self.titles.get(entry.successor or entry.graph, "")


def exact(term: Term, label: str = "") -> str:
    """A term as RDF has it, with our prefixes; an IRI behind its label."""
    if isinstance(term, NamedNode):
        name = compact(term.value)
        return f"{label} {name}" if label and label != name else name
    if isinstance(term, Literal):
        text = str(Literal(term.value))
        return (
            f"{text}@{term.language}"
            if term.language
            else f"{text}^^{compact(term.datatype.value)}"
        )
    return str(term)


def naming_of(changes: Changes, versions: Iterable[Version]) -> Naming:
    """Look up what the things of a difference are called.

    Args:
        changes: the difference.
        versions: where to look: the first that has a label decides.
    """
    asked = set(_iris(changes))
    passages = {_DOCUMENTS + graph.removeprefix(_READINGS) for graph in asked if _is_read(graph)}
    documents = {
        _DOCUMENTS + graph.removeprefix(_DOCUMENTS).partition("/")[0]
        for graph in asked | passages
        if graph.startswith(_DOCUMENTS)
    }
    stores = [_names(version, asked | passages | documents) for version in versions]
    labels: dict[str, str] = {}
    for store in stores:
        labels |= labels_of(store, sorted(asked - labels.keys()))
    graphs = {entry.successor or entry.graph for entry in changes.entries}
    titles = {graph: labels[graph] for graph in graphs if graph in labels}
    for store in stores:
        titles |= _passages(store, graphs - titles.keys())
    return Naming(labels, titles)


def _is_read(graph: str) -> bool:
    return graph.startswith(_READINGS)


def _names(version: Version, things: Collection[str]) -> Store:
    """The values that a version has of some things: names are among them, links are not."""
    store = Store()
    if things:
        store.extend(
            Quad(*triple)
            for graph in version.graphs.values()
            for triple in graph.triples
            if isinstance(triple.subject, NamedNode)
            and triple.subject.value in things
            and isinstance(triple.object, Literal)
        )
    return store


def _passages(store: Store, graphs: Iterable[str]) -> dict[str, str]:
    """The name of each passage, and for a reading that of the passage that it is about."""
    return {
        graph: f"reading of {one.name}" if _is_read(graph) else one.name
        for graph, one in cite(store, graphs).items()
        if one.document and one.order
    }


def _iris(changes: Changes) -> Iterator[str]:
    for entry in changes.entries:
        yield entry.graph
        if entry.successor:
            yield entry.successor
        for thing in entry.things:
            terms = [thing.thing]
            for change in thing.properties:
                terms += [change.predicate, *change.removed, *change.added]
            yield from (term.value for term in terms if isinstance(term, NamedNode))
    for names in (changes.ontology, changes.shapes):
        yield from (*names.added, *names.removed, *names.changed)
