"""Who cooperates with whom, as GraphML for programs that draw and measure networks.

Two files, so that no program counts an activity of a unit twice: ``network/as-named.graphml`` has
actors as the passages name them; ``network/rolled-up.graphml`` counts what units, posts and staff
do for those that they belong to, and leaves them out. They hold what `meagraph.networks` gives, but
are written without networkx, which need not be installed. The format is GraphML 1.0 (its XML
Schema); the identifiers of nodes are names as XML has them, so a node's IRI is one of its values.
"""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from meagraph.evidence import cite
from meagraph.export.changed import updated
from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE, DCTERMS, KINDS, ONTOLOGY, RDF, RDFS
from meagraph.tables import labels_of, shortened
from meagraph.tables.values import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from meagraph.project import Project
    from meagraph.queryable import Queryable

__all__ = ["files"]

_DATASET = BASE + "dataset#meagraph"
_NOT_A_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_KINDS = {kind: kind.removesuffix("s") for kind in KINDS} | {"bodies": "body"}
_ROLLED_UP = (
    f"PREFIX mea: <{ONTOLOGY}> SELECT ?agent (COUNT(DISTINCT ?activity) AS ?count) "
    "{ ?pair mea:between ?agent ; mea:restsOn ?activity } GROUP BY ?agent"
)
_AS_NAMED = (
    f"PREFIX mea: <{ONTOLOGY}> SELECT ?agent (COUNT(DISTINCT ?activity) AS ?count) "
    "{ ?pair mea:between ?agent , ?other ; mea:restsOn ?activity . FILTER(?agent != ?other) "
    "?activity mea:involves ?agent , ?other } GROUP BY ?agent"
)
_ABOVE = f"SELECT ?agent ?above {{ ?agent <{ONTOLOGY}rollsUpTo> ?above }}"
_CLASSES = (
    f"SELECT ?agent ?class {{ ?pair <{ONTOLOGY}between> ?agent . ?agent <{RDF}type> ?class . "
    f'FILTER(STRSTARTS(STR(?class), "{ONTOLOGY}") && ?class != <{ONTOLOGY}Agent>) '
    f"FILTER NOT EXISTS {{ ?agent <{RDF}type> ?narrower . "
    f"?narrower <{RDFS}subClassOf> ?class . FILTER(?narrower != ?class) }} }}"
)
_TITLES = {
    "asNamed": "Cooperation between actors as the passages name them",
    "rolledUp": "Cooperation between actors, with their units, posts and staff",
}
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_KEYS = {
    "graph": dict.fromkeys(("title", "licence", "modified"), "string"),
    "node": {
        **dict.fromkeys(("iri", "label", "kind", "class"), "string"),
        **dict.fromkeys(("activitiesAsNamed", "activitiesRolledUp"), "int"),
    },
    "edge": {
        **dict.fromkeys(("weight", "asNamed", "rolledUp"), "int"),
        **dict.fromkeys(("passages", "statedIn"), "string"),
    },
}
"""The values that graph, nodes and edges have, and the type of each."""

_Pair = dict[str, Any]


def files(store: Queryable, project: Project) -> dict[str, Callable[[], bytes]]:
    """The two networks; paths and what makes the bytes of each.

    Args:
        store: a built graph.
        project: the folder of the stored question ``cooperation-network``.
    """
    return {
        "network/as-named.graphml": partial(_network, store, project, "asNamed"),
        "network/rolled-up.graphml": partial(_network, store, project, "rolledUp"),
    }


def _network(store: Queryable, project: Project, weight: str) -> bytes:
    pairs = _pairs(store, project, weight)
    actors = sorted({pair[end] for pair in pairs for end in ("first", "second")})
    named = _names(actors)
    cited = cite(store, {passage for pair in pairs for passage in pair["passages"]})
    lines = [_OPENING, _keys(), '  <graph id="cooperation" edgedefault="undirected">\n']
    lines.append(_values("graph", _about(store, weight), "    "))
    for actor, told in zip(actors, _actors(store, actors), strict=True):
        lines.append(f'    <node id="{named[actor]}">\n{_values("node", told)}    </node>\n')
    for pair in pairs:
        ends = f'source="{named[pair["first"]]}" target="{named[pair["second"]]}"'
        stating = set(pair["passages"])
        told = {
            "weight": pair[weight],
            **{name: pair[name] for name in ("asNamed", "rolledUp")},
            "passages": " ".join(pair["passages"]),
            "statedIn": "; ".join(one.name for iri, one in cited.items() if iri in stating),
        }
        lines.append(f"    <edge {ends}>\n{_values('edge', told)}    </edge>\n")
    return "".join([*lines, "  </graph>\n</graphml>\n"]).encode()


def _pairs(store: Queryable, project: Project, weight: str) -> list[_Pair]:
    """The pairs of a network, by the IRIs of the two."""
    table = KnowledgeGraph(store, project).query("cooperation-network")
    passages = [_iris(cell) for cell in table.column("passages")]
    pairs = [
        {**pair, "passages": stating}
        for pair, stating in zip(table.records(), passages, strict=True)
        if pair[weight] > 0
    ]
    if weight == "rolledUp":
        there = {pair[end] for pair in pairs for end in ("first", "second")}
        above = {(one.value, other.value) for one, other in _asked(store, _ABOVE)}
        inside = {one for one, other in above if one != other and other in there}
        pairs = [pair for pair in pairs if not {pair["first"], pair["second"]} & inside]
    return sorted(pairs, key=lambda pair: (pair["first"], pair["second"]))


def _iris(cell: object) -> list[str]:
    """The passages of a row, in their order."""
    return [passage.value for passage in cell] if isinstance(cell, tuple) else []


def _actors(store: Queryable, actors: Sequence[str]) -> Iterable[dict[str, Any]]:
    """What is told of each actor, in their order."""
    counts = [
        {agent.value: int(count.value) for agent, count in _asked(store, query)}
        for query in (_AS_NAMED, _ROLLED_UP)
    ]
    classes = sorted({(one.value, other.value) for one, other in _asked(store, _CLASSES)})
    labels = labels_of(store, [*actors, *sorted({name for _, name in classes})])
    for actor in actors:
        of = [labels.get(name) or shortened(name) for one, name in classes if one == actor]
        yield {
            "iri": actor,
            "label": labels.get(actor) or shortened(actor),
            "kind": _kind(actor),
            "class": "; ".join(of),
            "activitiesAsNamed": counts[0].get(actor, 0),
            "activitiesRolledUp": counts[1].get(actor, 0),
        }


def _kind(iri: str) -> str:
    """What an IRI says that a thing is; see `meagraph.networks.cooperation_network`."""
    folder = shortened(iri).partition(":")[0]
    if iri.startswith(BASE) and folder in _KINDS:
        return _KINDS[folder]
    return "unnamed" if "#" in iri else ""


def _about(store: Queryable, weight: str) -> dict[str, str]:
    query = f"SELECT ?licence {{ <{_DATASET}> <{DCTERMS}license> ?licence }}"
    licence = min((solution[0].value for solution in _asked(store, query)), default="")
    modified = updated(store)(_DATASET).isoformat()
    return {"title": _TITLES[weight], "licence": licence, "modified": modified}


def _names(iris: Iterable[str]) -> dict[str, str]:
    """A name for each IRI: what follows our namespace, in signs that XML allows in a name."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        plain = _NOT_A_NAME.sub(".", iri.removeprefix(BASE)).strip(".") or "actor"
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain}.{number}", number + 1
        taken.add(name)
        names[iri] = name
    return names


def _keys() -> str:
    return "".join(
        f'  <key id="{part}-{name}" for="{part}" attr.name="{name}" attr.type="{type}"/>\n'
        for part, values in _KEYS.items()
        for name, type in values.items()
    )


def _values(part: str, told: Mapping[str, object], indent: str = "      ") -> str:
    return "".join(
        f'{indent}<data key="{part}-{name}">{_text(told[name])}</data>\n' for name in _KEYS[part]
    )


def _text(value: object) -> str:
    """A text in XML 1.0; a reader would take a carriage return for a line feed."""
    return escape(clean(str(value)), quote=False).replace("\r", "&#13;")


def _asked(store: Queryable, query: str) -> Any:
    return store.query(query)
