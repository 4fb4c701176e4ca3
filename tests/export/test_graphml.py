"""The network as GraphML, read back by networkx."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from meagraph.export.graphml import files
from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE, RDFS
from meagraph.project import Project
from small_export import LONG, PASSAGE, RTL, built, small, written

SPACE = "{http://graphml.graphdrawing.org/xmlns}"
LAW, UNEP, WHO = (BASE + f"organisations/{name}" for name in ("unep-law", "unep", "who"))
AGENTS = (UNEP, WHO, LAW)


def by_iri(path: Path) -> networkx.Graph:
    """The network with IRIs as the names of its nodes."""
    read = networkx.read_graphml(path)
    return networkx.relabel_nodes(read, dict(read.nodes(data="iri")))


@pytest.fixture
def graph(project: Project, tmp_path: Path) -> Project:
    return small(project, tmp_path / "project", nasty=False)


def relabelled(store: Store, iri: str, label: str) -> None:
    node, name = NamedNode(iri), NamedNode(RDFS + "label")
    for quad in list(store.quads_for_pattern(node, name, None, None)):
        store.remove(quad)
    store.add(Quad(node, name, Literal(label, language="en")))


def test_as_named_and_rolled_up_are_two_networks(graph: Project, tmp_path: Path) -> None:
    folder = written(files(built(graph), graph), tmp_path / "out") / "network"
    named, rolled = by_iri(folder / "as-named.graphml"), by_iri(folder / "rolled-up.graphml")
    assert set(named) == {LAW, WHO}
    assert set(rolled) == {UNEP, WHO}
    assert named.edges[LAW, WHO] == {
        "weight": 1,
        "asNamed": 1,
        "rolledUp": 1,
        "passages": BASE + PASSAGE,
        "statedIn": "COP-6 note annex-1/1",
    } | {key: value for key, value in named.edges[LAW, WHO].items() if key == "id"}
    assert rolled.edges[UNEP, WHO]["weight"] == 1
    assert rolled.edges[UNEP, WHO]["asNamed"] == 0
    assert named.nodes[LAW] == {
        "iri": LAW,
        "label": "Law Division",
        "kind": "organisation",
        "class": "organisational unit",
        "activitiesAsNamed": 1,
        "activitiesRolledUp": 1,
    }


@pytest.mark.parametrize(("name", "roll_up"), [("as-named", False), ("rolled-up", True)])
def test_it_is_the_network_that_networkx_is_given(
    store: Store, project: Project, tmp_path: Path, name: str, roll_up: bool
) -> None:
    folder = written(files(store, project), tmp_path) / "network"
    read = by_iri(folder / f"{name}.graphml")
    given = KnowledgeGraph(store, project).to_networkx(roll_up=roll_up)
    if not roll_up:  # the edges of `as-named` alone
        pairs = [(one, two) for one, two, count in given.edges(data="asNamed") if not count]
        given.remove_edges_from(pairs)
        given.remove_nodes_from([node for node in list(given) if not given.degree(node)])
    assert len(given) > 10
    assert set(read) == set(given)
    for node, told in given.nodes(data=True):
        assert told.items() <= read.nodes[node].items()
    assert {frozenset(edge) for edge in read.edges} == {frozenset(edge) for edge in given.edges}
    for one, two, told in given.edges(data=True):
        found = read.edges[one, two]
        assert {key: found[key] for key in ("asNamed", "rolledUp")} == {
            key: told[key] for key in ("asNamed", "rolledUp")
        }
        assert sorted(found["passages"].split()) == sorted(told["passages"].split())
        assert found["weight"] == told["rolledUp" if roll_up else "asNamed"]


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("a<b>&amp;]]>\"'", "a<b>&amp;]]>\"'"),
        ("one\r\ntwo\rthree", "one\r\ntwo\rthree"),
        ("a\x01b\x1b", "a�b�"),
        (RTL, RTL),
        (LONG, LONG),
        ("=1+1", "=1+1"),
    ],
)
def test_a_label_comes_back_as_far_as_xml_bears_it(
    graph: Project, tmp_path: Path, label: str, read: str
) -> None:
    store = built(graph)
    relabelled(store, WHO, label)
    folder = written(files(store, graph), tmp_path / "out") / "network"
    assert by_iri(folder / "as-named.graphml").nodes[WHO]["label"] == read


def test_it_is_graphml_with_declared_values_and_names_that_xml_allows(
    store: Store, project: Project, tmp_path: Path
) -> None:
    for path in sorted((written(files(store, project), tmp_path) / "network").iterdir()):
        root = ElementTree.parse(path).getroot()
        assert root.tag == SPACE + "graphml"
        assert [child.tag for child in root] == [SPACE + "key"] * (len(root) - 1) + [
            SPACE + "graph"
        ]
        keys = {(key.get("for"), key.get("id")) for key in root.iter(SPACE + "key")}
        nodes = [node.get("id") or "" for node in root.iter(SPACE + "node")]
        assert len(set(nodes)) == len(nodes)
        assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in nodes)
        for part in ("graph", "node", "edge"):
            for one in root.iter(SPACE + part):
                used = {(part, data.get("key")) for data in one.findall(SPACE + "data")}
                assert used == {key for key in keys if key[0] == part}
        for edge in root.iter(SPACE + "edge"):
            assert {edge.get("source"), edge.get("target")} <= set(nodes)


def test_iris_that_come_to_the_same_name_are_told_apart(graph: Project, tmp_path: Path) -> None:
    text = (graph.data / f"{PASSAGE}.ttl").read_text(encoding="utf-8")
    odd = [f"<{BASE}organisations/{name}>" for name in ("é", "è")]
    more = "".join(
        f" ; mea:hasParticipation this:p{n} .\nthis:p{n} a mea:Participation ; "
        f"mea:role role:host ; mea:agent {iri} .\nthis:act a mea:Activity"
        for n, iri in enumerate(odd)
    )
    path = graph.data / f"{PASSAGE}.ttl"
    path.write_text(f"{text}\nthis:act a mea:Activity{more} .", encoding="utf-8")
    folder = written(files(built(graph), graph), tmp_path / "out") / "network"
    read = networkx.read_graphml(folder / "as-named.graphml")
    assert {BASE + "organisations/é", BASE + "organisations/è"} <= {
        iri for _, iri in read.nodes(data="iri")
    }


def test_networks_are_the_same_bytes_from_build_to_build(graph: Project) -> None:
    made = [{name: make() for name, make in files(built(graph), graph).items()} for _ in range(2)]
    assert made[0] == made[1]
