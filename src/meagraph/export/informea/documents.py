"""Documents as records: one each, with all its symbols and all its treaties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from meagraph.export.informea.meetings import described
from meagraph.export.informea.names import label_of_term
from meagraph.export.informea.record import (
    Record,
    complete,
    listed,
    missing,
    record_id,
    texts,
)
from meagraph.export.informea.texts import LONGEST_TITLE, address, language, plain
from meagraph.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meagraph.export.informea.belonging import Belonging
    from meagraph.export.informea.facts import Facts
    from meagraph.export.informea.names import Names

MIME_TYPES = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
}
"""Endings of files; an address without one of these is that of a page, which is no file."""

TYPES = {"Publication": "Publication", "Guideline": "Guidance"}
"""Classes, and words for types of document that InforMEA has; it has none for others of ours."""

_EU_LANGUAGES = {
    "ENG": "en",
    "FRA": "fr",
    "SPA": "es",
    "RUS": "ru",
    "ARA": "ar",
    "ZHO": "zh",
}
_MATCHES = ("skos:exactMatch", "skos:closeMatch")


def documents(
    facts: Facts, names: Names, belonging: Belonging, meetings: Mapping[tuple[str, str], Record]
) -> Iterator[tuple[str, Record | tuple[str, ...]]]:
    """The documents that have a record in the graph, each with one of the feed or what it lacks.

    A report that a passage speaks of without naming it has no record, and is none to harvest.

    Args:
        facts: what the graph says.
        names: labels of the thesaurus.
        belonging: the treaties.
        meetings: the records of meetings, by the meeting's IRI and the treaty's machine name.

    Returns:
        Pairs of an IRI and a record; or, where the document can have none, what is missing.
    """
    for iri in facts.things("mea:Document"):
        if "#" in iri:
            continue
        treaties = _treaties(facts, belonging, iri)
        titles = _titles(facts, iri)
        if lacking := missing("Documents", {"treaty": treaties, "title": titles}):
            yield iri, lacking
            continue
        machine = sorted(belonging.name(treaty) for treaty in treaties)
        key = record_id(iri, "documents")
        keywords, topics = _keywords(facts, names, iri)
        authors = facts.texts(iri, "mea:submittedBy")
        told = described(facts, iri)
        fields = {
            "id": key,
            "schemaVersion": "1",
            "treaty": machine[0],
            "treaties": listed(key, "treaties", [{"value": name} for name in machine]),
            "types": listed(key, "types", _types(facts, iri)),
            "authors": listed(key, "authors", _authors(facts, authors)),
            "keywords": listed(key, "keywords", keywords),
            "title": texts(key, "title", titles),
            "description": texts(key, "description", {"en": told} if told else {}),
            "identifiers": listed(key, "identifiers", _symbols(facts, iri)),
            "files": listed(key, "files", _files(facts, iri)),
            "referenceToEntities": listed(
                key, "referenceToEntities", _references(facts, iri, machine, meetings)
            ),
        }
        grounds = [iri, *authors, *topics, *(g for t in treaties for g in belonging.grounds(t))]
        yield iri, Record(iri, facts.updated(grounds), complete("Documents", fields))


def _treaties(facts: Facts, belonging: Belonging, iri: str) -> list[str]:
    """The treaties of a document, from what says most to what says least.

    The meetings that it was written for; what it belongs or was submitted to, be it a meeting or a
    body; who submitted it. An annex belongs where its document does.
    """
    for paper in (iri, *facts.wholes(iri, "dcterms:isPartOf")):
        for name in ("mea:writtenFor", "mea:belongsTo", "mea:submittedTo", "mea:submittedBy"):
            others = facts.texts(paper, name)
            if found := {t for o in others for t in belonging.of(o) | belonging.owning(o)}:
                return sorted(found)
    return []


def _titles(facts: Facts, iri: str) -> dict[str, str]:
    """The title that is printed on a document, else its label.

    A part may be printed with the title of the whole, so its label stands after.
    """
    labels = facts.titles(iri)
    printed = facts.titles(iri, ("dcterms:title",))
    if facts.texts(iri, "dcterms:isPartOf"):
        for code in printed.keys() & labels.keys():
            mark = f" ({labels[code]})"
            printed[code] = plain(printed[code], LONGEST_TITLE - len(mark)) + mark
    return {**labels, **printed}


def _types(facts: Facts, iri: str) -> list[dict[str, str | None]]:
    classes = facts.texts(iri, "rdf:type")
    return [{"value": word} for name, word in TYPES.items() if ONTOLOGY + name in classes]


def _authors(facts: Facts, authors: list[str]) -> list[dict[str, str | None]]:
    """Who submitted it: by name and value, for one is written and the other is read."""
    found: list[dict[str, str | None]] = []
    for author in authors:
        title = facts.title(author)
        # The protocol tells persons from companies only; a post is neither.
        kind = None if ONTOLOGY + "Post" in facts.texts(author, "rdf:type") else "Company"
        if title:
            found.append({"name": title, "value": title, "type": kind})
    return found


def _symbols(facts: Facts, iri: str) -> list[dict[str, str | None]]:
    symbols = [plain(one) for one in facts.texts(iri, "dcterms:identifier")]
    return [{"name": "symbol", "value": symbol} for symbol in symbols]


def _keywords(
    facts: Facts, names: Names, iri: str
) -> tuple[list[dict[str, str | None]], list[str]]:
    found: dict[str, str] = {}
    topics = []
    for topic in facts.texts(iri, "mea:topic"):
        for term in facts.texts(topic, *_MATCHES):
            if label := label_of_term(facts, names, term):
                found[term] = label
                topics.append(topic)
    keywords: list[dict[str, str | None]] = [
        {"termURI": term, "scope": "leo", "literalForm": label, "sourceURL": term}
        for term, label in sorted(found.items())
    ]
    return keywords, topics


def _files(facts: Facts, iri: str) -> list[dict[str, str | None]]:
    """The file at the official address, where one is known and its language is too.

    The documents that the graph was made from are those in English.
    """
    stated = facts.texts(iri, "dcterms:language")
    read = ONTOLOGY + "SourceDocument" in facts.texts(iri, "rdf:type")
    code = "en" if read and not stated else _code(stated[0]) if len(stated) == 1 else None
    found: list[dict[str, str | None]] = []
    for url in facts.texts(iri, "schema:url"):
        name = unquote(urlsplit(url).path.rpartition("/")[2])
        mime = MIME_TYPES.get(name.rpartition(".")[2].lower())
        if code and mime and url.startswith(("http://", "https://")):
            found.append(
                {
                    "url": address(url),
                    "content": None,
                    "mimeType": mime,
                    "language": code,
                    "filename": plain(name),
                }
            )
    return [one for one in found if one["url"]]


def _code(stated: str) -> str | None:
    """The code of a language given as a tag, or as a term of the EU's table of languages."""
    term = stated.rpartition("/")[2]
    return _EU_LANGUAGES.get(term) or language(term)


def _references(
    facts: Facts, iri: str, machine: list[str], meetings: Mapping[tuple[str, str], Record]
) -> list[dict[str, Any]]:
    """The meetings of this feed that it, or the document that it is a part of, was written for."""
    for paper in (iri, *facts.wholes(iri, "dcterms:isPartOf")):
        if written := dict.fromkeys(facts.texts(paper, "mea:writtenFor", "mea:submittedTo")):
            return [
                {"type": "meeting", "refId": meetings[meeting, name].id}
                for meeting in written
                for name in machine
                if (meeting, name) in meetings
            ]
    return []
