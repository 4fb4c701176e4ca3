"""What stands on the page of a document or a passage under names of its own: ``page#name``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.evidence.statements import HAS_PARTICIPATION, TYPE
from meagraph.namespaces import ONTOLOGY, RDFS, SKOS
from meagraph.server.pages.facts import Chapter, Facts, Line, Told, told
from meagraph.server.pages.order import by_number
from meagraph.server.pages.wording import named, property_words
from meagraph.tables import iris, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from meagraph.server.edition import Edition

_MOST_WHOLE = 40
"""Parts of which all is told; of more of them, such as an ontology has, only what is said there."""

_MERGE = DefaultGraph()
_LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))
_SAID_ABOVE = (*_LABELS, TYPE)
_PARTICIPATION = NamedNode(ONTOLOGY + "Participation")


class Part(NamedTuple):
    """A thing that a page tells of under its own name.

    Args:
        id: the fragment of its IRI.
        told: what the graph says of it.
        within: fragments of what has no name and is told with it: who takes part in it.
    """

    id: str
    told: Told
    within: tuple[str, ...]


def parts(edition: Edition, page: str) -> list[Part]:
    """The things whose IRIs are a page's with a fragment, acts before all else.

    Args:
        edition: the graph.
        page: the IRI of a document, a passage, a file of readings, an ontology …
    """
    quads = list(edition.store.quads_for_pattern(None, None, None, NamedNode(page)))
    own: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(page + "#"):
            own.setdefault(quad.subject, []).append(quad)
    named = [node for node, said in own.items() if not _is_participation(said)]
    if len(named) > _MOST_WHOLE:
        found = _briefly(edition, {node: own[node] for node in named})
    else:
        found = [told(edition, node.value, here=page) for node in named]
    listed = [
        Part(one.iri.partition("#")[2], one, _within(own.get(NamedNode(one.iri), ()), page))
        for one in found
    ]
    # What somebody does says most; sets and numbers are only named in it.
    listed.sort(key=lambda part: (not part.within, part.told.label.casefold(), part.id))
    return listed


def _is_participation(said: Iterable[Quad]) -> bool:
    return any(quad.predicate == TYPE and quad.object == _PARTICIPATION for quad in said)


def _within(said: Iterable[Quad], page: str) -> tuple[str, ...]:
    nodes = [q.object.value for q in said if q.predicate == HAS_PARTICIPATION]  # type: ignore[union-attr]
    return tuple(sorted(one.partition("#")[2] for one in nodes if one.startswith(page + "#")))


def _briefly(edition: Edition, own: dict[NamedNode, list[Quad]]) -> list[Told]:
    """What one graph says of many things."""
    rows = [(quad.subject, quad.predicate, quad.object) for said in own.values() for quad in said]
    labels = labels_of(edition.store, iris(rows))
    return [
        Told(
            node.value,
            named(node.value, labels),
            ", ".join(_shown(quad.object, labels) for quad in said if quad.predicate == TYPE),
            (Chapter("", grouped(said, labels)),),
        )
        for node, said in own.items()
    ]


def grouped(said: Sequence[Quad], labels: dict[str, str]) -> tuple[Facts, ...]:
    """What some quads of one subject say, by property; the label and the classes left out."""
    found: dict[str, list[Line]] = {}
    for quad in said:
        if quad.predicate not in _SAID_ABOVE:
            iri = quad.object.value if isinstance(quad.object, NamedNode) else ""
            name = property_words(_shown(quad.predicate, labels))
            found.setdefault(name, []).append(Line(_shown(quad.object, labels), iri, ()))
    return tuple(
        Facts(name, tuple(sorted(found[name], key=lambda line: by_number(line.value))), ())
        for name in sorted(found)
    )


def _shown(term: object, labels: dict[str, str]) -> str:
    if isinstance(term, NamedNode):
        return named(term.value, labels)
    return str(getattr(term, "value", term))
