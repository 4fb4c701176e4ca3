"""The page of a passage: its text where it is at hand, what it states, what is read into it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.errors import UnusableInput
from meagraph.evidence import cite, texts_of
from meagraph.names import label
from meagraph.namespaces import BASE, ONTOLOGY
from meagraph.server.pages.document import contents
from meagraph.server.pages.facts import Facts, told
from meagraph.server.pages.files import NOT_STATED
from meagraph.server.pages.kept import once
from meagraph.server.pages.parts import grouped, parts
from meagraph.server.pages.wording import named
from meagraph.tables import iris, labels_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Quad

    from meagraph.evidence import Text
    from meagraph.server.edition import Edition

_log = logging.getLogger("meagraph.server")
_WITHIN = NamedNode(ONTOLOGY + "within")
_DOCUMENTS, _READINGS = BASE + "documents/", BASE + "readings/"
_DEEPEST = 12
"""Sections in sections; there are never so many."""


class Spoken(NamedTuple):
    """What a passage says of a thing that has a record: the thing, its label, the facts."""

    iri: str
    label: str
    facts: tuple[Facts, ...]


def values(edition: Edition, sources: str, iri: str) -> dict[str, Any]:
    """What the page of a passage shows.

    Args:
        edition: the graph.
        sources: the folder of the source documents; empty for none.
        iri: the passage.
    """
    citation = cite(edition.store, [iri])[iri]
    lines = contents(edition).get(citation.document, ())
    place = next((place for place, line in enumerate(lines) if line.iri == iri), 0)
    readings = _READINGS + iri[len(_DOCUMENTS) :]
    return {
        "told": told(edition, iri, leave_out=readings + "#"),
        "cited": citation,
        "title": label(edition.store, citation.document) if citation.document else "",
        "line": lines[place] if lines else None,
        "before": lines[place - 1] if place else None,
        "after": lines[place + 1] if place + 1 < len(lines) else None,
        "within": _sections(edition, iri),
        "text": _texts(edition, sources, citation.document).get(iri),
        "parts": parts(edition, iri),
        "spoken": _spoken(edition, iri),
        "readings": parts(edition, readings),
        "not_stated": NOT_STATED,
    }


def _texts(edition: Edition, sources: str, document: str) -> Mapping[str, Text]:
    """The texts of a document's passages; none where the operator has not the document.

    What hinders is not told: it names folders of this machine.
    """
    kept = _kept_texts(edition)
    if sources and document not in kept:
        cited = cite(edition.store, (line.iri for line in contents(edition).get(document, ())))
        try:
            found = texts_of(cited.values(), Path(sources))
        except UnusableInput as error:
            _log.warning("the texts of %s cannot be read: %s", document, error)
            found = {}
        kept[document] = {iri: text for iri, text in found.items() if text.text is not None}
    return kept.get(document, {})


@once
def _kept_texts(edition: Edition) -> dict[str, Mapping[str, Text]]:
    """The texts that were read, by document."""
    return {}


def _sections(edition: Edition, iri: str) -> list[tuple[str, str]]:
    """The passages that it stands in, the widest first, with their labels."""
    found: list[str] = []
    node = NamedNode(iri)
    for _ in range(_DEEPEST):
        quads = edition.store.quads_for_pattern(node, _WITHIN, None, DefaultGraph())
        above = next((q.object for q in quads if isinstance(q.object, NamedNode)), None)
        if above is None or above.value in found:
            break
        found.append(above.value)
        node = above
    cited = cite(edition.store, found)
    return [(one, cited[one].label) for one in reversed(found)]


def _spoken(edition: Edition, iri: str) -> list[Spoken]:
    """What it says of things that are told of elsewhere, by their labels."""
    said: dict[NamedNode, list[Quad]] = {}
    for quad in edition.store.quads_for_pattern(None, None, None, NamedNode(iri)):
        if isinstance(quad.subject, NamedNode) and not quad.subject.value.startswith(iri + "#"):
            said.setdefault(quad.subject, []).append(quad)
    rows = [(quad.subject, quad.predicate, quad.object) for each in said.values() for quad in each]
    labels = labels_of(edition.store, iris(rows))
    found = [
        Spoken(node.value, named(node.value, labels), grouped(each, labels))
        for node, each in said.items()
    ]
    return sorted(found, key=lambda one: (one.label.casefold(), one.iri))
