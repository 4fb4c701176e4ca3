"""The labels of IRIs, and what to call those that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.namespaces import BASE, RDFS, SKOS, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.queryable import Queryable


def shortened(iri: str) -> str:
    """A short form of an IRI without a label: prefixed, else its path under our namespace."""
    name = compact(iri)
    return iri[len(BASE) :] if name[0] == "<" and iri.startswith(BASE) else name


def iris(rows: Iterable[Iterable[object]]) -> list[str]:
    """All IRIs in some rows, each once, sorted."""
    found = set()
    for row in rows:
        for cell in row:
            for term in cell if isinstance(cell, tuple) else (cell,):
                if isinstance(term, NamedNode):
                    found.add(term.value)
    return sorted(found)


def labels_of(store: Queryable, names: Iterable[str]) -> dict[str, str]:
    """The label of each IRI that has one: ``rdfs:label``, else ``skos:prefLabel``.

    One query for all of them; where there are several labels, English goes first.
    """
    values = " ".join(f"<{name}>" for name in names)
    if not values:
        return {}
    solutions: Any = store.query(
        f"SELECT ?thing ?label ?order {{ VALUES ?thing {{ {values} }} "
        f"{{ ?thing <{RDFS}label> ?label BIND(1 AS ?order) }} UNION "
        f"{{ ?thing <{SKOS}prefLabel> ?label BIND(2 AS ?order) }} }}"
    )
    best: dict[str, tuple[bool, str, str]] = {}
    for thing, label, order in solutions:
        rank = (label.language not in ("en", None), order.value, label.value)
        if thing.value not in best or rank < best[thing.value]:
            best[thing.value] = rank
    return {thing: rank[2] for thing, rank in best.items()}
