"""The answer on cooperation as a graph of networkx."""

from __future__ import annotations

from io import BytesIO

import networkx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY
from meagraph.networks import cooperation_network, without_units
from meagraph.tables import Column, Table

COLUMNS = [Column(name) for name in ("first", "second", "asNamed", "rolledUp", "passages")]
UNEP, WHO, UNIT = (
    NamedNode(BASE + f"organisations/{name}") for name in ("unep", "who", "unep-law-division")
)
STAFF = NamedNode(BASE + "documents/note/annex/1#staff")
PASSAGE = NamedNode(BASE + "documents/note/annex/1")


def mea(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)


def row(first: NamedNode, second: NamedNode, as_named: int, rolled_up: int) -> list[object]:
    return [first, second, Literal(as_named), Literal(rolled_up), (PASSAGE,)]


@pytest.fixture
def table() -> Table:
    rows = [row(UNEP, WHO, 0, 2), row(UNIT, WHO, 2, 2), row(STAFF, WHO, 1, 1)]
    labels = {UNEP.value: "UNEP", WHO.value: "WHO", UNIT.value: "Law Division"}
    return Table(COLUMNS, rows, labels, "cooperation-network")


@pytest.fixture
def store() -> Store:
    """The unit acts twice with WHO, once with both of its own names given."""
    pairs = {"a": (UNEP, WHO), "b": (UNIT, WHO)}
    store = Store()
    store.add(Quad(UNIT, mea("rollsUpTo"), UNEP))
    for name, agents in pairs.items():
        pair = NamedNode(BASE + f"graphs/entailed#{name}")
        for agent in agents:
            store.add(Quad(pair, mea("between"), agent))
        for number in (1, 2):
            store.add(Quad(pair, mea("restsOn"), NamedNode(f"{PASSAGE.value}#act-{number}")))
    for number in (1, 2):
        for agent in (UNIT, WHO):
            act = NamedNode(f"{PASSAGE.value}#act-{number}")
            store.add(Quad(act, mea("involves"), agent))
    return store


def test_actors_are_nodes_and_pairs_are_edges(table: Table) -> None:
    network = cooperation_network(table)
    assert set(network) == {UNEP.value, WHO.value, UNIT.value, STAFF.value}
    assert network.nodes[UNIT.value] == {
        "iri": UNIT.value,
        "label": "Law Division",
        "kind": "organisation",
    }
    assert network.nodes[STAFF.value]["kind"] == "unnamed"
    assert network.edges[UNEP.value, WHO.value] == {
        "asNamed": 0,
        "rolledUp": 2,
        "weight": 2,
        "passages": PASSAGE.value,
    }


def test_pairs_without_the_count_that_is_the_weight_are_left_out(table: Table) -> None:
    network = cooperation_network(table, weight="asNamed")
    assert not network.has_node(UNEP.value)
    assert network.edges[UNIT.value, WHO.value]["weight"] == 2


def test_with_the_store_each_activity_of_an_actor_counts_once(table: Table, store: Store) -> None:
    nodes = cooperation_network(table, store).nodes
    assert nodes[WHO.value]["activitiesRolledUp"] == 2  # of two pairs, but the same two acts
    assert nodes[UNEP.value]["activitiesRolledUp"] == 2
    assert nodes[UNEP.value]["activitiesAsNamed"] == 0
    assert nodes[UNIT.value]["activitiesAsNamed"] == 2
    assert nodes[STAFF.value]["activitiesAsNamed"] == 0


def test_units_are_left_out_only_beside_those_that_they_belong_to(
    table: Table, store: Store
) -> None:
    assert UNIT.value not in without_units(cooperation_network(table), store)
    as_named = cooperation_network(table, weight="asNamed")
    assert UNIT.value in without_units(as_named, store)


def test_every_form_of_networkx_can_hold_it(table: Table, store: Store) -> None:
    written = BytesIO()
    networkx.write_graphml(cooperation_network(table, store), written)
    read = networkx.read_graphml(BytesIO(written.getvalue()))
    assert read.nodes[UNEP.value]["label"] == "UNEP"
    assert read.edges[UNIT.value, WHO.value]["asNamed"] == 2


def test_an_unknown_weight_and_another_answer_are_refused(table: Table) -> None:
    with pytest.raises(UnusableInput, match="no weight"):
        cooperation_network(table, weight="passages")
    with pytest.raises(UnusableInput, match="no network of actors"):
        cooperation_network(Table([Column("agent")], [[UNEP]], {}))
    with pytest.raises(UnusableInput, match="no network of actors"):
        cooperation_network(Table(COLUMNS, [[UNEP, None, Literal(1), Literal(1), ()]], {}))


def test_without_networkx_the_message_says_what_to_install(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "networkx", None)
    with pytest.raises(UnusableInput, match=r"\[research\]"):
        cooperation_network(table)
