"""When what a form tells last changed: from the register, file by file."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import BASE, DCTERMS
from meagraph.server.linked.answers import PerEdition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from meagraph.server.edition import Edition

_MODIFIED = NamedNode(DCTERMS + "modified")
_REGISTER = NamedNode(BASE + "register")


def last_changed(edition: Edition, iri: str, quads: Iterable[Quad]) -> date:
    """The latest day on which a file changed that statements stand in, or that names their things.

    Files that the register does not have, those of vocabularies, do not count; nor does what
    follows, which stands in no file. A name that is shown beside a thing is part of what is told:
    who asks whether that changed must not be shown an old name.

    Args:
        edition: whose register it is.
        iri: the thing that the statements tell of.
        quads: the statements, each in its named graph.
    """
    days = _registered.of(edition)
    files = {name.value.partition("#")[0] for quad in quads for name in _names(quad)}
    found = (days[each] for each in files if each in days)
    return max(found, default=edition.updated(iri))


def direct(edition: Edition, iri: str) -> Iterator[Quad]:
    """The statements of a thing and those that refer to it; of a graph, what stands in it too."""
    node = NamedNode(iri)
    store = edition.store
    return chain(
        store.quads_for_pattern(node, None, None, None),
        store.quads_for_pattern(None, None, node, None),
        store.quads_for_pattern(None, None, None, node),
    )


def _names(quad: Quad) -> Iterator[NamedNode]:
    for term in (quad.graph_name, quad.subject, quad.object):
        if isinstance(term, NamedNode):
            yield term


def _days(edition: Edition) -> dict[str, date]:
    """The day of each file, by the IRI of the graph that it is."""
    found: dict[str, date] = {}
    for quad in edition.store.quads_for_pattern(None, _MODIFIED, None, _REGISTER):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            graph = quad.subject.value.removesuffix(".ttl").removesuffix("/index")
            try:
                found[graph] = date.fromisoformat(quad.object.value)
            except ValueError:
                continue
    return found


_registered = PerEdition(_days)
