"""What the graph says of one name: what the thing is called, and whether the name was given up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph

from meagraph.namespaces import DCTERMS, ONTOLOGY, OWL, RDFS, SKOS, compact

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

LABEL = pyoxigraph.NamedNode(RDFS + "label")
PREFERRED = pyoxigraph.NamedNode(SKOS + "prefLabel")
_DEPRECATED = pyoxigraph.NamedNode(OWL + "deprecated")
_REPLACED_BY = pyoxigraph.NamedNode(DCTERMS + "isReplacedBy")
_REMARK = pyoxigraph.NamedNode(ONTOLOGY + "remark")
_TRUE = frozenset(("true", "1"))
_MERGE = pyoxigraph.DefaultGraph()


class GivenUp(NamedTuple):
    """A name that was given up: a record that was renamed, merged or withdrawn.

    ``iri`` is the name, ``successor`` the one that takes its place, empty where nothing does;
    ``reason`` is why, as far as the records say it; ``withdrawn`` whether there is such a thing no
    more, under any name.
    """

    iri: str
    successor: str
    reason: str
    withdrawn: bool

    def __str__(self) -> str:
        """What happened to it, in a clause."""
        text = f"{compact(self.iri)} was withdrawn"
        if self.successor:
            text = f"{compact(self.iri)} was given up for {compact(self.successor)}"
            text += ", which was withdrawn" * self.withdrawn
        return f"{text}: {self.reason}" if self.reason else text


def given_up(store: Queryable, iri: str) -> GivenUp | None:
    """What happened to a name that was given up; ``None`` of any other."""
    if not _is_deprecated(store, iri):
        return None
    last = current(store, iri)
    withdrawn = _is_deprecated(store, last)
    reasons = _values(store, last if withdrawn else iri, _REMARK)
    return GivenUp(iri, last if last != iri else "", " ".join(reasons), withdrawn)


def label(store: Queryable, iri: str) -> str:
    """What a thing is called: its label, else the last part of its IRI."""
    names = _values(store, iri, LABEL) or _values(store, iri, PREFERRED)
    return names[0] if names else slug(iri)


def current(store: Queryable, iri: str) -> str:
    """The IRI itself, or where its record is deprecated, that of the record that replaces it."""
    seen = {iri}
    while _is_deprecated(store, iri):
        heirs = _values(store, iri, _REPLACED_BY)
        if not heirs or heirs[0] in seen:
            break
        iri = heirs[0]
        seen.add(iri)
    return iri


def deprecated(store: Queryable) -> frozenset[str]:
    """Every name that was given up."""
    return frozenset(
        quad.subject.value
        for quad in quads(store, None, _DEPRECATED, None)
        if isinstance(quad.subject, pyoxigraph.NamedNode) and text_of(quad) in _TRUE
    )


def _is_deprecated(store: Queryable, iri: str) -> bool:
    return not _TRUE.isdisjoint(_values(store, iri, _DEPRECATED))


def _values(store: Queryable, iri: str, predicate: pyoxigraph.NamedNode) -> list[str]:
    found = quads(store, pyoxigraph.NamedNode(iri), predicate, None)
    return sorted(text_of(quad) for quad in found)


def text_of(quad: pyoxigraph.Quad) -> str:
    """The characters of the quad's value."""
    value = quad.object
    return str(value) if isinstance(value, pyoxigraph.Triple) else value.value


def quads(
    store: Queryable,
    subject: pyoxigraph.NamedNode | None,
    predicate: pyoxigraph.NamedNode | None,
    value: pyoxigraph.NamedNode | pyoxigraph.Literal | None,
) -> Iterator[pyoxigraph.Quad]:
    """The triples of the merge that fit a pattern."""
    return store.quads_for_pattern(subject, predicate, value, _MERGE)


def slug(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
