"""The page of a source document: what it is, and its passages in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from meagraph.evidence.statements import TYPE
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, RDFS
from meagraph.server.pages.facts import told
from meagraph.server.pages.kept import once
from meagraph.server.pages.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.server.edition import Edition

_DOCUMENTS, _READINGS = BASE + "documents/", BASE + "readings/"
_DEFECT = NamedNode(ONTOLOGY + "SourceDefect")
_LABEL = NamedNode(RDFS + "label")
_ACTIVITIES = {NamedNode(ONTOLOGY + name) for name in ("Activity", "CooperationActivity")}
_PASSAGES = f"""
SELECT ?document ?passage ?label ?kind ?order {{
  ?passage a <{ONTOLOGY}Passage> ; <{DCTERMS}isPartOf> ?document ; <{ONTOLOGY}label> ?label .
  ?document a <{ONTOLOGY}SourceDocument> .
  OPTIONAL {{ ?passage <{ONTOLOGY}passageKind> ?kind }}
  OPTIONAL {{ ?passage <{ONTOLOGY}order> ?order }}
}} ORDER BY ?document ?order ?label"""
_SHOWN = 2
"""Activities that a line of the contents names."""


class Line(NamedTuple):
    """A passage in the contents of its document.

    Args:
        iri: its name.
        label: its number in the document.
        kind: paragraph, heading …
        statements: how many triples its graph states.
        topics: the labels of its first activities.
        left: how many more activities it has.
        defects: how many defects of it are noted.
        readings: how many other readings of it there are.
    """

    iri: str
    label: str
    kind: str
    statements: int
    topics: tuple[str, ...]
    left: int
    defects: int
    readings: int


@once
def contents(edition: Edition) -> Mapping[str, Sequence[Line]]:
    """The passages of each source document in their order."""
    found: dict[str, list[Line]] = {}
    solutions: Any = edition.store.query(_PASSAGES)
    for document, passage, label, kind, _ in solutions:
        line = _line(edition, passage, label.value, kind.value if kind else "passage")
        found.setdefault(document.value, []).append(line)
    return found


def _line(edition: Edition, passage: NamedNode, label: str, kind: str) -> Line:
    store = edition.store
    quads = list(store.quads_for_pattern(None, None, None, passage))
    acts = {q.subject for q in quads if q.predicate == TYPE and q.object in _ACTIVITIES}
    topics = sorted(
        quad.object.value  # type: ignore[union-attr]
        for quad in quads
        if quad.predicate == _LABEL and quad.subject in acts
    )
    reading = NamedNode(_READINGS + passage.value[len(_DOCUMENTS) :])
    kinds = [quad.object for quad in store.quads_for_pattern(None, TYPE, None, reading)]
    defects = kinds.count(_DEFECT)
    return Line(
        passage.value,
        label,
        kind,
        len(quads),
        tuple(topics[:_SHOWN]),
        max(0, len(topics) - _SHOWN),
        defects,
        len(kinds) - defects,
    )


def values(edition: Edition, iri: str) -> dict[str, Any]:
    """What the page of a source document shows."""
    lines = contents(edition).get(iri, ())
    return {
        "told": told(edition, iri, leave_out=iri + "/"),
        "lines": lines,
        "statements": sum(line.statements for line in lines),
        "defects": sum(line.defects for line in lines),
        "parts": parts(edition, iri),
    }
