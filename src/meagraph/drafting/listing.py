"""What a document's ``index.ttl`` says of its text and its passages, as Turtle."""

from __future__ import annotations

from urllib.parse import quote

from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY
from meagraph.sources import Passage, SourceDocument


def index_triples(document: SourceDocument) -> str:
    """The index of a document, as far as its text tells: no title, and no meeting."""
    prefixes = f"@prefix dcterms: <{DCTERMS}> .\n@prefix mea: <{ONTOLOGY}> ."
    digest = f'<{home(document)}> mea:sha256 "{document.sha256}" .'
    return "\n\n".join((prefixes, digest, *passage_entries(document)))


def home(document: SourceDocument) -> str:
    """The IRI of a document."""
    return f"{BASE}documents/{quote(document.slug)}"


def passage_entries(document: SourceDocument) -> list[str]:
    """What an index says of each passage, in their order."""
    marks = {note: p.label for p in document.passages for note in p.notes}
    return [_entry(p, home(document), marks.get(p.label)) for p in document.passages]


def _entry(passage: Passage, home: str, marked_in: str | None) -> str:
    footnote = passage.kind == "footnote"
    lines = [
        f"<{home}/{passage.label}> a {'mea:Footnote , mea:Passage' if footnote else 'mea:Passage'}",
        f"dcterms:isPartOf <{home}>",
        f'mea:label "{passage.label}"',
    ]
    if marked_in:
        lines.append(f"mea:noteOf <{home}/{marked_in}>")
    lines += [
        f"mea:order {passage.order}",
        f'mea:passageKind "{passage.kind}"',
        f'mea:sha256 "{passage.sha256}"',
    ]
    if passage.parent:
        lines.append(f"mea:within <{home}/{passage.parent}>")
    return " ;\n    ".join(lines) + " ."
