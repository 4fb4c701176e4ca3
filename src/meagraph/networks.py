"""Who cooperates with whom, as a graph of networkx for measures, layouts and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from meagraph.errors import UnusableInput, installing
from meagraph.namespaces import BASE, KINDS, ONTOLOGY
from meagraph.tables import shortened

if TYPE_CHECKING:
    from networkx import Graph

    from meagraph.queryable import Queryable
    from meagraph.tables import Table

WEIGHTS = ("rolledUp", "asNamed")
"""The counts that may be the weight of an edge."""

_PREFIX = f"PREFIX mea: <{ONTOLOGY}> "
_ROLLED_UP = (
    "SELECT ?agent (COUNT(DISTINCT ?activity) AS ?count) "
    "{ ?pair mea:between ?agent ; mea:restsOn ?activity } GROUP BY ?agent"
)
_AS_NAMED = (
    "SELECT ?agent (COUNT(DISTINCT ?activity) AS ?count) "
    "{ ?pair mea:between ?agent , ?other ; mea:restsOn ?activity . FILTER(?agent != ?other) "
    "?activity mea:involves ?agent , ?other } GROUP BY ?agent"
)
_ABOVE = "SELECT ?agent ?above { ?agent mea:rollsUpTo ?above }"
_KINDS = {kind: kind.removesuffix("s") for kind in KINDS} | {"bodies": "body"}


def cooperation_network(
    table: Table, store: Queryable | None = None, *, weight: str = "rolledUp"
) -> Graph[Any]:
    """Make an undirected graph of an answer to the question ``cooperation-network``.

    A node is an actor; its name is the IRI, and it has the attributes ``iri``, ``label`` and
    ``kind`` (what its IRI says that it is: organisation, body, post …). With the store also
    ``activitiesAsNamed`` and ``activitiesRolledUp``: how many activities it has with anyone in the
    whole graph, each counted once. An edge is a pair that cooperated: ``asNamed`` and
    ``rolledUp`` count its activities, ``weight`` is one of the two, and ``passages`` holds the IRIs
    of the passages that state them, separated by blanks. All values are texts and numbers, so that
    every form that networkx writes can hold them.

    Args:
        table: the answer.
        store: the graph that gave it.
        weight: the count that is the weight, ``rolledUp`` or ``asNamed``; pairs that have none of
            it are left out.

    Raises:
        UnusableInput: networkx is not installed, the weight is no such count, or the table has not
            the columns of that question.
    """
    if weight not in WEIGHTS:
        raise UnusableInput(
            f"“{weight}” is no weight of a network", hint=f"There are: {', '.join(WEIGHTS)}."
        )
    network = _empty()
    for row in _rows(table):
        counts = {name: int(row[name].value) for name in WEIGHTS}
        if counts[weight] < 1:
            continue
        for actor in (row["first"], row["second"]):
            iri = actor.value
            network.add_node(iri, iri=iri, label=table.shown(actor), kind=_kind(iri))
        passages = " ".join(passage.value for passage in row["passages"])
        ends = row["first"].value, row["second"].value
        network.add_edge(*ends, **counts, weight=counts[weight], passages=passages)
    if store is not None:
        for attribute, query in (
            ("activitiesAsNamed", _AS_NAMED),
            ("activitiesRolledUp", _ROLLED_UP),
        ):
            counted = {agent.value: int(count.value) for agent, count in _asked(store, query)}
            for iri, node in network.nodes.items():
                node[attribute] = counted.get(iri, 0)
    return network


def without_units(network: Graph[Any], store: Queryable) -> Graph[Any]:
    """The network without the units, posts and staff of actors that are in it too.

    Rolled up, what a unit does counts for its organisation; a drawing of both would show it twice.
    """
    inside = {
        agent.value
        for agent, above in _asked(store, _ABOVE)
        if agent.value != above.value and above.value in network
    }
    kept = network.subgraph([node for node in network if node not in inside]).copy()
    kept.remove_nodes_from([node for node, degree in list(kept.degree()) if not degree])
    return kept


def _empty() -> Graph[Any]:
    try:
        from networkx import Graph
    except ImportError:
        raise UnusableInput(
            "a network needs the package networkx, which is not installed",
            hint=installing("research"),
        ) from None
    return Graph()


def _rows(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    missing = {"first", "second", *WEIGHTS} - set(names)
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    if missing or not all(_is_pair(row) for row in rows):
        raise UnusableInput(
            "this answer is no network of actors",
            hint="Ask the stored question cooperation-network, with all its columns.",
        )
    return [{"passages": (), **row} for row in rows]


def _is_pair(row: dict[str, Any]) -> bool:
    return all(isinstance(row[end], NamedNode) for end in ("first", "second")) and all(
        isinstance(row[name], Literal) and row[name].value.isdigit() for name in WEIGHTS
    )


def _kind(iri: str) -> str:
    """What an IRI says that a thing is; of a node in a passage, that it has no name."""
    folder = shortened(iri).partition(":")[0]
    if iri.startswith(BASE) and folder in _KINDS:
        return _KINDS[folder]
    return "unnamed" if "#" in iri else ""


def _asked(store: Queryable, query: str) -> Any:
    return store.query(_PREFIX + query)
