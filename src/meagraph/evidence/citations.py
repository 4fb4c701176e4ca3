"""Passages as they are cited: a short name, the document's official address, the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY, SCHEMA
from meagraph.tables import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from meagraph.queryable import Queryable

_DOCUMENTS = BASE + "documents/"
_READINGS = BASE + "readings/"
_LABEL = ONTOLOGY + "label"
_ORDER = ONTOLOGY + "order"
_SHA256 = ONTOLOGY + "sha256"
_TITLE = ONTOLOGY + "shortTitle"
_URL = SCHEMA + "url"


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
    short form, both after the passages. One query for all of them.
    """
    asked = {iri: _passage_of(iri) for iri in passages}
    documents = {_document_of(passage) for passage in asked.values()} - {""}
    told = _told(store, set(filter(is_passage, asked.values())), documents)
    return in_order(_citation(iri, passage, told) for iri, passage in asked.items())


def in_order(citations: Iterable[Citation]) -> dict[str, Citation]:
    """Citations by IRI, in the order of documents and of passages within them."""
    found = list(citations)
    found.sort(key=lambda one: (not one.document, one.document, one.order, one.label, one.passage))
    return {citation.passage: citation for citation in found}


def _passage_of(iri: str) -> str:
    return _DOCUMENTS + iri[len(_READINGS) :] if iri.startswith(_READINGS) else iri


def _document_of(iri: str) -> str:
    """The document of a passage, or the document itself; empty for anything else."""
    if not iri.startswith(_DOCUMENTS) or "#" in iri:
        return ""
    return _DOCUMENTS + iri[len(_DOCUMENTS) :].partition("/")[0]


def _citation(iri: str, passage: str, told: Mapping[tuple[str, str], str]) -> Citation:
    document = _document_of(passage)
    title = told.get((document, _TITLE), "")
    if not is_passage(passage):
        # A source document as a whole is called by its short title.
        return Citation(iri, "", "", 0, title or shortened(iri), "", "")
    slug, _, path = passage[len(_DOCUMENTS) :].partition("/")
    label = told.get((passage, _LABEL)) or path
    order = told.get((passage, _ORDER), "")
    return Citation(
        passage=iri,
        document=document,
        label=label,
        order=int(order) if order.isdigit() else 0,
        name=f"{title or slug} {label}",
        url=told.get((document, _URL), ""),
        sha256=told.get((passage, _SHA256), ""),
    )


def _told(
    store: Queryable, passages: Iterable[str], documents: Iterable[str]
) -> dict[tuple[str, str], str]:
    """What the graph says of passages and documents: values by thing and property.

    A property should have one value; it is the first by its text where there are more.
    """
    parts = [
        f"{{VALUES ?thing{{{things}}}?thing ?name ?value FILTER(?name IN({names}))}}"
        for things, names in (
            (_terms(passages), f"<{_LABEL}>,<{_ORDER}>,<{_SHA256}>"),
            (_terms(documents), f"<{_TITLE}>,<{_URL}>"),
        )
        if things
    ]
    if not parts:
        return {}
    solutions: Any = store.query(f"SELECT ?thing ?name ?value{{{'UNION'.join(parts)}}}")
    told: dict[tuple[str, str], str] = {}
    for thing, name, value in solutions:
        key, text = (thing.value, name.value), getattr(value, "value", "")
        told[key] = min(told.get(key, text), text)
    return told


def _terms(iris: Iterable[str]) -> str:
    """IRIs as a query writes them; a text that is none is left out, for nothing is said of it."""
    terms = []
    for iri in iris:
        try:
            terms.append(str(NamedNode(iri)))
        except ValueError:
            continue
    return "".join(terms)


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
