"""When a thing changed: from the register."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from meagraph.export.changed import EPOCH, updated
from meagraph.namespaces import BASE, PREFIXES

HEADS = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def store_of(**graphs: str) -> Store:
    """A store with named graphs, by their paths with “__” for “/”, and their merge."""
    store = Store()
    for name, text in graphs.items():
        graph = NamedNode(BASE + name.replace("__", "/").replace("_", "-"))
        for quad in parse((HEADS + text).encode(), format=RdfFormat.TURTLE):
            for place in (graph, DefaultGraph()):
                store.add(Quad(quad.subject, quad.predicate, quad.object, place))
    return store


GRAPHS = {
    "meetings__a": "meetings:a mea:ordinal 1 .",
    "documents__d__1": "meetings:a mea:ordinal 2 . meetings:b mea:relatedTo meetings:a .",
    "documents__d": 'documents:d rdfs:label "D" .',
    "graphs__entailed": 'meetings:a mea:earliest "2020-01-01"^^xsd:date .',
}


@pytest.fixture
def store() -> Store:
    return store_of(
        **GRAPHS,
        register=f"""meetings:a.ttl dcterms:modified "2024-01-01"^^xsd:date .
        <{BASE}documents/d/1.ttl> dcterms:modified "2024-02-01"^^xsd:date .
        <{BASE}documents/d/index.ttl> dcterms:modified "2024-03-01"^^xsd:date .
        <{BASE}graphs/entailed.ttl> dcterms:modified "2026-01-01"^^xsd:date .
        <{BASE}meetings/z.ttl> dcterms:modified "2024-05-01"^^xsd:date .""",
    )


def test_the_latest_file_that_speaks_of_a_thing_counts(store: Store) -> None:
    assert updated(store)(BASE + "meetings/a") == date(2024, 2, 1)


def test_a_folders_index_is_its_graphs_file(store: Store) -> None:
    assert updated(store)(BASE + "documents/d") == date(2024, 3, 1)


def test_what_the_register_does_not_know_is_no_older_than_anything_else() -> None:
    register = 'meetings:z.ttl dcterms:modified "2024-05-01"^^xsd:date .'
    tell = updated(store_of(**GRAPHS, register=register))
    assert tell(BASE + "meetings/a") == date(2024, 5, 1)


def test_without_a_register_the_description_of_the_data_tells_the_day() -> None:
    described = f'<{BASE}dataset> dcterms:created "2023-01-01"^^xsd:date .'
    assert updated(store_of(**GRAPHS, dataset=described))(BASE + "meetings/a") == date(2023, 1, 1)
    assert updated(store_of(**GRAPHS))(BASE + "meetings/a") == EPOCH


def test_what_is_no_iri_changes_nothing(store: Store) -> None:
    assert updated(store)("no iri") == date(2026, 1, 1)
