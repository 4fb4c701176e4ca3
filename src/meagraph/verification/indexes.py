"""A document's index against its text: exactly the passages that it has, in order, unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from meagraph.entries import Entry, locate
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, RDF
from meagraph.sources import Passage, SourceDocument, find_document, read_document
from meagraph.verification.faults import Fault, Verification

_LABEL = ONTOLOGY + "label"
_ORDER = ONTOLOGY + "order"
_SHA256 = ONTOLOGY + "sha256"
_PASSAGE = ONTOLOGY + "Passage"
_AGAIN = "Compare with meagraph paragraphs {file} --format turtle, and correct the index."


class IndexedDocument(NamedTuple):
    """A document of the graph: its index, what that lists, and its text where it is at hand."""

    slug: str
    listing: Entry
    listed: dict[str, dict[str, str]]
    source: SourceDocument | None


def read_indexes(entries: list[Entry], folder: Path) -> Iterator[IndexedDocument]:
    """The documents that have an index, each with its text if the folder holds it.

    Raises:
        UnusableInput: the text cannot be read.
    """
    for entry in entries:
        slug = document_slug(entry.graph)
        if entry.path.name == "index.ttl" and entry.graph == f"{BASE}documents/{slug}":
            path = find_document(folder, slug)
            yield IndexedDocument(
                slug, entry, _listed(entry), read_document(path) if path else None
            )


def document_slug(graph: str) -> str:
    """The slug of the document that a graph belongs to; empty if it belongs to none."""
    folder, _, rest = graph.removeprefix(BASE).partition("/")
    return rest.partition("/")[0] if folder in ("documents", "readings") else ""


def _listed(index: Entry) -> dict[str, dict[str, str]]:
    """What an index says of each passage: IRI to property to value."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    passages = []
    for triple in index.triples:
        subject, predicate, value = subject_iri(triple), triple.predicate.value, triple.object
        if isinstance(value, pyoxigraph.Literal | pyoxigraph.NamedNode):
            if predicate == RDF + "type" and value.value == _PASSAGE:
                passages.append(subject)
            elif predicate in (_LABEL, _ORDER, _SHA256, DCTERMS + "isPartOf"):
                said[subject][predicate] = value.value
    return {iri: said[iri] for iri in passages}


def subject_iri(triple: pyoxigraph.Triple) -> str:
    """The subject of a triple as text."""
    subject = triple.subject
    return subject.value if isinstance(subject, pyoxigraph.NamedNode) else str(subject)


def examine_index(document: IndexedDocument, labels: Collection[str] | None) -> Verification:
    """Compare what an index says of its document and of each passage with the text.

    Args:
        document: the document; without its text, only that is reported.
        labels: only these passages, and nothing of the document as a whole; all if ``None``.
    """
    index, source = document.listing, document.source
    if source is None:
        note = Fault(
            index.path,
            None,
            "",
            f"the text {document.slug}.txt is not in the folder of sources: not verified",
            "Put it there, or name another folder with --source or MEAGRAPH_SOURCES.",
            "note",
        )
        return Verification([note], 0, 0)
    passages = {f"{index.graph}/{passage.label}": passage for passage in source.passages}
    found = [] if labels is not None else list(_document_mistakes(document, source))
    compared = 0
    for iri in sorted(passages.keys() | document.listed.keys(), key=lambda i: _order(passages, i)):
        label = iri.removeprefix(f"{index.graph}/")
        if labels is None or label in labels:
            compared += iri in passages
            found += [(iri, text) for text in _mistakes(document, iri, label, passages.get(iri))]
    return Verification(list(_faults(index, found, source)), compared, 0)


def _faults(index: Entry, found: list[tuple[str, str]], source: SourceDocument) -> Iterator[Fault]:
    """Give each mistake the line on which its node stands."""
    positions = locate(index) if found else None
    for iri, message in found:
        place = positions.node(iri) if positions else None
        label = iri.removeprefix(index.graph).removeprefix("/")
        hint = _AGAIN.format(file=source.path)
        yield Fault(index.path, place[0] if place else None, label, message, hint)


def _order(found: dict[str, Passage], iri: str) -> tuple[int, str]:
    return (found[iri].order if iri in found else len(found) + 1, iri)


def _document_mistakes(
    document: IndexedDocument, source: SourceDocument
) -> Iterator[tuple[str, str]]:
    index = document.listing
    hashes = [
        triple.object.value
        for triple in index.triples
        if subject_iri(triple) == index.graph
        and triple.predicate.value == _SHA256
        and isinstance(triple.object, pyoxigraph.Literal)
    ]
    if hashes != [source.sha256]:
        stated = " and ".join(hashes) or "missing"
        yield (
            index.graph,
            f"the document's mea:sha256 is {stated}; that of {source.path.name} is {source.sha256}",
        )


def _mistakes(
    document: IndexedDocument, iri: str, label: str, passage: Passage | None
) -> Iterator[str]:
    said = document.listed.get(iri)
    if said is None:
        yield f"the index does not list the passage {label}"
        return
    if passage is None:
        yield f"the index lists {label}, which the text does not have"
        return
    for name, term, value in (
        ("mea:label", _LABEL, passage.label),
        ("mea:order", _ORDER, str(passage.order)),
        ("mea:sha256", _SHA256, passage.sha256),
        ("dcterms:isPartOf", DCTERMS + "isPartOf", document.listing.graph),
    ):
        if said.get(term) != value:
            yield f"{name} of {label} is {said.get(term, 'missing')}; the text gives {value}"
