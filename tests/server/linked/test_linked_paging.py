"""What refers to a hub stands on pages; together they tell all of it, each once."""

from __future__ import annotations

import pytest
from linked_client import client
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple
from running import Served

from meagraph.namespaces import BASE, ONTOLOGY, RDFS
from meagraph.server.linked.describing import MOST, described
from meagraph.server.linked.forms import written

HUB = BASE + "organisations/hub"
PASSAGE = NamedNode(BASE + "documents/note/annex-1/1")
ABOUT = NamedNode(ONTOLOGY + "about")
LABEL = NamedNode(RDFS + "label")
SEVERAL = 2 * MOST + 1


def hub() -> Store:
    """A thing that very many claims of one passage are about."""
    store = Store()
    store.add(Quad(NamedNode(HUB), LABEL, Literal("hub", language="en"), NamedNode(HUB)))
    for number in range(SEVERAL):
        claim = NamedNode(f"{PASSAGE.value}#claim-{number}")
        store.add(Quad(claim, ABOUT, NamedNode(HUB), PASSAGE))
    return store


def referring(store: Store, page: int) -> set[Triple]:
    told = described(store, HUB, page)
    return {quad.triple for quad in told.quads if quad.predicate == ABOUT}


def test_pages_tell_all_that_refers_to_a_thing_and_nothing_twice() -> None:
    store = hub()
    pages = described(store, HUB).pages
    assert pages == 3
    parts = [referring(store, page) for page in range(1, pages + 1)]
    assert [len(part) for part in parts] == [MOST, MOST, 1]
    assert len(set().union(*parts)) == SEVERAL


def test_what_is_said_of_the_thing_is_on_the_first_page() -> None:
    store = hub()
    assert any(quad.predicate == LABEL for quad in described(store, HUB).quads)
    assert described(store, HUB, 4).quads == frozenset()


def test_a_page_names_the_next_one() -> None:
    store = hub()
    following = "https://data.example.org/organisations/hub.nt?page=2"
    text = written(store, HUB, described(store, HUB).quads, "nt", following).decode()
    assert f"<{HUB}> <{RDFS}seeAlso> <{following}> ." in text


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld", "trig", "nq", "csv"])
def test_who_reads_page_by_page_comes_to_an_end(server: Served, form: str) -> None:
    with client(server) as ask:
        assert ask.get(f"/meetings/basel-oewg-12.{form}?page=1").status_code == 200
        assert ask.get(f"/meetings/basel-oewg-12.{form}?page=2").status_code == 404
