"""When what the graph says of a thing last changed: from the register, never from the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.namespaces import BASE, DCTERMS, ENTAILED_GRAPH, XSD

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_MODIFIED = NamedNode(DCTERMS + "modified")
_DATASET = NamedNode(BASE + "dataset")
_MERGE = DefaultGraph()
_DATE = NamedNode(XSD + "date")
_ENDINGS = (".ttl", "/index.ttl")
"""A graph's file is ``<graph>.ttl``, or the ``index.ttl`` of the folder of that name."""

EPOCH = date(1970, 1, 1)
"""Stands for a day that neither the register nor the description of the data knows."""


def updated(store: Queryable) -> Callable[[str], date]:
    """What tells the day on which the statements of a thing were last changed.

    Args:
        store: a built graph, its register in it.

    Returns:
        A function from an IRI to the latest ``dcterms:modified`` of the files that say something of
        it, that is, whose graph has the IRI as a subject, or is named by it. Where the register
        knows none of them, the latest day that it knows, or that the description of the data
        gives: a thing that may have changed is not shown as older than it is.
    """
    files = _registered(store)
    last = max([*files.values(), *_days_of_dataset(store)], default=EPOCH)
    known: dict[str, date] = {}

    def tell(iri: str) -> date:
        if iri not in known:
            days = [
                files[graph + ending]
                for graph in _graphs(store, iri)
                for ending in _ENDINGS
                if graph + ending in files
            ]
            known[iri] = max(days, default=last)
        return known[iri]

    return tell


def _registered(store: Queryable) -> dict[str, date]:
    """The day on which each file was last changed, by the IRI of the file."""
    found: dict[str, date] = {}
    for quad in store.quads_for_pattern(None, _MODIFIED, None, _MERGE):
        day = _day(quad.object)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.endswith(".ttl") and day:
            found[quad.subject.value] = max(day, found.get(quad.subject.value, day))
    return found


def _days_of_dataset(store: Queryable) -> list[date]:
    names = [NamedNode(DCTERMS + name) for name in ("created", "issued", "modified")]
    days = [
        _day(quad.object)
        for name in names
        for quad in store.quads_for_pattern(None, name, None, _DATASET)
    ]
    return [day for day in days if day]


def _graphs(store: Queryable, iri: str) -> set[str]:
    try:
        node = NamedNode(iri)
    except ValueError:
        return set()
    named = {
        quad.graph_name.value
        for quad in store.quads_for_pattern(node, None, None, None)
        if isinstance(quad.graph_name, NamedNode)
    }
    return (named | {iri}) - {ENTAILED_GRAPH}


def _day(term: object) -> date | None:
    if not isinstance(term, Literal) or term.datatype != _DATE:
        return None
    try:
        return date.fromisoformat(term.value)
    except ValueError:
        return None
