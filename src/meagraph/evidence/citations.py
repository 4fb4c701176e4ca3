"""Passages as they are cited: a short name, the document's official address, the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY, SCHEMA
from meagraph.tables import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from meagraph.queryable import Queryable

_DOCUMENTS = BASE + "documents/"
_READINGS = BASE + "readings/"
_MERGE = DefaultGraph()


class Citation(NamedTuple):
    """A passage of a source document.

    Args:
        passage: its IRI.
        document: the IRI of its document; empty if the IRI names no passage.
        label: its label in the document, such as ``annex-1/14``.
        order: its place in the document, from 1; 0 where the graph does not say.
        name: what tables call it: the document's short title and the label.
        url: the official address of the document, empty where it is not known.
        sha256: of its text when the graph was made, empty where it is not known.
    """

    passage: str
    document: str
    label: str
    order: int
    name: str
    url: str
    sha256: str


class Text(NamedTuple):
    """The text of a passage, or why it is not at hand, or what is to be known of it."""

    text: str | None
    note: str


def is_passage(iri: str) -> bool:
    """Whether an IRI is that of a passage: it stands under a document, without a fragment."""
    return iri.startswith(_DOCUMENTS) and "/" in iri[len(_DOCUMENTS) :] and "#" not in iri


def cite(store: Queryable, passages: Iterable[str]) -> dict[str, Citation]:
    """The citation of each passage, in the order of documents and of passages within them.

    A passage's document is read off its IRI; the graph of a reading is cited as the passage that
    the reading is about; a document as a whole is cited by its short title, any other IRI by its
    short form, both after the passages.
    """
    found = [_citation(store, iri) for iri in set(passages)]
    found.sort(key=lambda one: (not one.document, one.document, one.order, one.label, one.passage))
    return {citation.passage: citation for citation in found}


def _citation(store: Queryable, iri: str) -> Citation:
    passage = _DOCUMENTS + iri[len(_READINGS) :] if iri.startswith(_READINGS) else iri
    if not is_passage(passage):
        # A source document as a whole is called by its short title.
        is_document = passage.startswith(_DOCUMENTS)
        title = _value(store, passage, ONTOLOGY + "shortTitle") if is_document else ""
        name = title or shortened(iri)
        return Citation(iri, "", "", 0, name, "", "")
    slug, _, path = passage[len(_DOCUMENTS) :].partition("/")
    document = _DOCUMENTS + slug
    label = _value(store, passage, ONTOLOGY + "label") or path
    order = _value(store, passage, ONTOLOGY + "order")
    title = _value(store, document, ONTOLOGY + "shortTitle") or slug
    return Citation(
        passage=iri,
        document=document,
        label=label,
        order=int(order) if order.isdigit() else 0,
        name=f"{title} {label}",
        url=_value(store, document, SCHEMA + "url"),
        sha256=_value(store, passage, ONTOLOGY + "sha256"),
    )


def _value(store: Queryable, subject: str, predicate: str) -> str:
    """The value of a property that should have one; the first by its text where it has more."""
    quads = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, _MERGE)
    return min((getattr(quad.object, "value", "") for quad in quads), default="")


def texts_of(citations: Iterable[Citation], folder: Path | None) -> dict[str, Text]:
    """The text of each passage, from the source documents in ``folder``; each is read once.

    A document is the file whose name without its ending is the document's slug. A text that is not
    the one from which the graph was made is given with a note that says so.

    Raises:
        UnusableInput: a source document cannot be read.
    """
    if folder is None:
        missing = Text(None, "text not at hand: set MEAGRAPH_SOURCES")
        return {citation.passage: missing for citation in citations}
    from meagraph.sources import find_document, read_document

    documents = {}
    found = {}
    for citation in citations:
        slug = citation.document.removeprefix(_DOCUMENTS)
        if slug not in documents:
            path = find_document(folder, slug) if slug else None
            documents[slug] = read_document(path) if path else None
        document = documents[slug]
        if document is None:
            found[citation.passage] = Text(None, f"text not at hand: {folder} has no {slug}")
            continue
        try:
            passage = document.passage(citation.label)
        except UnusableInput:
            found[citation.passage] = Text(None, f"{slug} has no passage {citation.label} any more")
            continue
        changed = bool(citation.sha256) and citation.sha256 != passage.sha256
        note = "this is not the text from which the graph was made" if changed else ""
        found[citation.passage] = Text(passage.text, note)
    return found
