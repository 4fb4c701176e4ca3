from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from meagraph.export.ontology import files
from meagraph.export.ontology.compacted import compacted
from meagraph.export.ontology.terms import concept_graphs
from meagraph.graph import build
from meagraph.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY_GRAPH, PREFIXES, SCHEMES
from meagraph.project import Project

Made = dict[str, Callable[[], bytes]]
NAMES = ("ontology", "concepts", "alignments")
READERS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}
ENGINE = {
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
}


@pytest.fixture(scope="module")
def written(store: Store, project: Project) -> dict[str, bytes]:
    made = files(store, project)
    return {name: make() for name, make in made.items() if not name.endswith("html")}


@pytest.fixture(scope="module")
def sources(project: Project) -> dict[str, Graph]:
    """The files of the ontology as rdflib reads them, which had no part in writing."""
    own = {"ontology": ["meagraph.ttl"], "alignments": ["alignments.ttl"]}
    own["concepts"] = [f"concepts/{scheme}.ttl" for scheme in SCHEMES]
    read: dict[str, Graph] = {}
    for name, paths in own.items():
        read[name] = Graph()
        for path in paths:
            read[name].parse(project.ontology / path)
    return read


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", READERS)
def test_each_form_is_read_back_by_another_parser_as_the_same_graph(
    written: dict[str, bytes], sources: dict[str, Graph], name: str, form: str
) -> None:
    read = Graph().parse(data=written[f"{name}.{form}"], format=READERS[form])
    assert len(read) == len(sources[name])
    assert isomorphic(read, sources[name])


@pytest.mark.parametrize("form", READERS)
def test_each_form_has_as_many_triples_for_the_engine(
    store: Store, written: dict[str, bytes], form: str
) -> None:
    graphs = {
        "ontology": [ONTOLOGY_GRAPH],
        "alignments": [ALIGNMENTS_GRAPH],
        "concepts": concept_graphs(store),
    }
    for name in NAMES:
        named = [NamedNode(graph) for graph in graphs[name]]
        stated = sum(len(list(store.quads_for_pattern(None, None, None, one))) for one in named)
        assert stated
        assert len({q.triple for q in parse(written[f"{name}.{form}"], ENGINE[form])}) == stated


def test_bytes_are_the_same_from_build_to_build(
    project: Project, written: dict[str, bytes]
) -> None:
    again = files(build(project), project)
    for name, content in written.items():
        assert again[name]() == content, name


def test_what_is_described_stands_first(written: dict[str, bytes]) -> None:
    lines = written["ontology.ttl"].decode().split("\n")
    first = next(line for line in lines if not line.startswith("@prefix"))
    assert first == "<https://w3id.org/meagraph/ontology> a owl:Ontology ;"
    graph = json.loads(written["ontology.jsonld"])["@graph"]
    assert graph[0]["@id"] == "https://w3id.org/meagraph/ontology"


def test_only_prefixes_that_shorten_something_are_declared(written: dict[str, bytes]) -> None:
    for name in ("ontology.ttl", "concepts.ttl", "alignments.ttl"):
        lines = written[name].decode().split("\n")
        declared = {line.split()[1] for line in lines if line.startswith("@prefix")}
        body = "\n".join(line for line in lines if not line.startswith("@prefix"))
        assert declared
        assert {prefix for prefix in declared if prefix not in body} == set()


def test_json_ld_asks_no_one_for_its_context(written: dict[str, bytes]) -> None:
    for name in NAMES:
        document = json.loads(written[f"{name}.jsonld"])
        assert isinstance(document["@context"], dict)
        assert "@import" not in document["@context"]


def test_json_ld_reads_as_json(written: dict[str, bytes]) -> None:
    graph = json.loads(written["ontology.jsonld"])["@graph"]
    (agreement,) = [one for one in graph if one["@id"] == "mea:Agreement"]
    assert agreement["@type"] == "owl:Class"
    assert agreement["rdfs:label"] == "agreement"
    assert agreement["rdfs:subClassOf"] == "undo:Treaty"
    disjoint = [one["owl:members"] for one in graph if one.get("@type") == "owl:AllDisjointClasses"]
    assert ["mea:Country", "mea:City", "mea:Region"] in disjoint


ODD_LISTS = """
@prefix e: <http://e.example/> .
e:a e:list ( e:b "c" 4 () ( e:nested ) ) , ( e:second ) .
e:a e:empty () .
_:shared <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> e:x ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () .
e:p e:list _:shared . e:q e:list _:shared .
_:circle <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> e:x ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:circle .
e:r e:list _:circle .
_:two <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> e:x , e:y ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () .
e:s e:list _:two .
_:named a e:Node ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> e:x ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () .
e:t e:list _:named .
[] e:says "plain" , "tagged"@en , "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> , e:a .
e:a a e:Class , [] .
e:a e:day "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ; e:b "1"@de ;
    e:c <http://e.example/x:y/z> .
"""


def test_json_ld_loses_nothing_of_lists_shared_broken_and_nested() -> None:
    triples: list[Triple] = [quad.triple for quad in parse(ODD_LISTS, RdfFormat.TURTLE)]
    content = compacted(sorted(triples, key=str), {"e": "http://e.example/", **PREFIXES})
    read = Graph().parse(data=content, format="json-ld")
    assert isomorphic(read, Graph().parse(data=ODD_LISTS, format="turtle"))
    assert len(list(parse(content, RdfFormat.JSON_LD))) == len(triples)


def test_a_graph_without_alignments_has_no_file_of_them(awkward: Project) -> None:
    with_them = set(files(build(awkward), awkward))
    Path(awkward.ontology / "alignments.ttl").unlink()
    without = set(files(build(awkward), awkward))
    assert with_them - without == {f"alignments.{form}" for form in READERS}
