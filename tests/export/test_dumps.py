from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from meagraph.cli.export import arguments, run
from meagraph.errors import UnusableInput
from meagraph.export import files_of, write_files
from meagraph.graph import build
from meagraph.namespaces import BASE, ENTAILED_GRAPH
from meagraph.project import Project

HEAD = """PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
FILES = {
    "ontology/meagraph.ttl": """mea:Meeting a owl:Class ; rdfs:subClassOf mea:Event ,
        [ a owl:Restriction ; owl:onProperty mea:of ; owl:someValuesFrom [ a owl:Class ] ] .""",
    "data/meetings/cop-5.ttl": 'meetings:cop-5 a mea:Meeting ; rdfs:label "COP-5"@en .',
    "data/meetings/cop-6.ttl": 'meetings:cop-6 a mea:Meeting ; rdfs:label "“COP”\\n6"@en .',
}
NAMES = ["meagraph.nq", "meagraph.ttl", "meagraph-entailed.ttl"]


def export_dumps(store: Store, folder: Path) -> list[Path]:
    return write_files(files_of("dumps", store, Project(folder)), folder)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text)
    for name in ("shapes", "queries"):
        (tmp_path / "project" / name).mkdir()
    return tmp_path / "project"


@pytest.fixture
def store(root: Path) -> Store:
    return build(Project(root))


def test_the_dumps_are_written_and_named(store: Store, tmp_path: Path) -> None:
    assert export_dumps(store, tmp_path / "a/dist") == [
        tmp_path / "a/dist" / name for name in NAMES
    ]
    assert sorted(path.name for path in (tmp_path / "a/dist").iterdir()) == sorted(NAMES)


def test_dumps_are_the_same_bytes_from_build_to_build(root: Path, tmp_path: Path) -> None:
    written = [export_dumps(build(Project(root)), tmp_path / name) for name in ("a", "b")]
    for one, other in zip(*written, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_dumps_are_the_same_bytes_from_process_to_process(root: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "meagraph",
                "export",
                "dumps",
                "-o",
                tmp_path / name,
                "--root",
                root,
            ],
            env={
                "MEAGRAPH_CACHE": str(tmp_path / f"cache-{name}"),
                "PYTHONHASHSEED": str(len(name)),
            },
            check=True,
            capture_output=True,
        )
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_quads_dumped_are_those_of_the_files(store: Store, tmp_path: Path) -> None:
    nquads = export_dumps(store, tmp_path)[0]
    found = list(parse(path=nquads, format=RdfFormat.N_QUADS))
    assert {str(quad.graph_name.value) for quad in found if quad.graph_name != DefaultGraph()} == {
        BASE + "ontology",
        BASE + "meetings/cop-5",
        BASE + "meetings/cop-6",
    }
    merge = len(list(store.quads_for_pattern(None, None, None, DefaultGraph())))
    entailed = len(list(store.quads_for_pattern(None, None, None, NamedNode(ENTAILED_GRAPH))))
    assert len(found) == merge - entailed
    lines = nquads.read_bytes().splitlines()
    assert lines == sorted(lines)


def test_the_turtle_is_the_merge_and_the_entailed_apart(store: Store, tmp_path: Path) -> None:
    _, merge, entailed = export_dumps(store, tmp_path)
    for path, graph in ((merge, DefaultGraph()), (entailed, NamedNode(ENTAILED_GRAPH))):
        read = Store()
        read.load(path=path, format=RdfFormat.TURTLE)
        assert len(read) == len(list(store.quads_for_pattern(None, None, None, graph)))
    assert "meetings:cop-6 a mea:Event" in entailed.read_text(encoding="utf-8")
    assert '"“COP”\\n6"@en' in merge.read_text(encoding="utf-8")


def test_blank_nodes_are_labelled_as_in_the_canonical_form_of_the_whole(
    store: Store, tmp_path: Path
) -> None:
    thing, says = NamedNode(BASE + "meetings/cop-5"), NamedNode("http://x.org/says")
    looks_as_if = Quad(thing, says, Literal("_:c14n0 is no node"), thing)
    for quad in (looks_as_if, Quad(BlankNode(), says, BlankNode(), thing)):
        store.add(quad)
    stated = [q for q in store if isinstance(q.graph_name, NamedNode)]
    whole = Dataset(q for q in stated if q.graph_name.value != ENTAILED_GRAPH)
    whole.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    nquads = export_dumps(store, tmp_path)[0]
    assert set(parse(path=nquads, format=RdfFormat.N_QUADS)) == set(whole)


def test_turtle_is_in_the_order_of_subject_predicate_and_object_types_first(
    store: Store, tmp_path: Path
) -> None:
    thing = NamedNode(BASE + "meetings/cop-5")
    for name in ("http://a.org/first", "http://z.org/last"):
        for value in ("b", 'a <x> "y" .', "a"):
            store.add(Quad(thing, NamedNode(name), Literal(value), DefaultGraph()))
    merge = export_dumps(store, tmp_path)[1]

    def place(triple: Triple) -> tuple[str, bool, str, str]:
        predicate = triple.predicate
        is_type = predicate.value.endswith("#type")
        return str(triple.subject), not is_type, str(predicate), str(triple.object)

    written = parse(path=merge, format=RdfFormat.TURTLE, rename_blank_nodes=False)
    named = [quad.triple for quad in written if not isinstance(quad.subject, BlankNode)]
    assert named == sorted(named, key=place)


def test_other_files_in_the_folder_are_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    export_dumps(store, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_named_and_nothing_changes(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UnusableInput, match="nothing can be written to"):
        export_dumps(store, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_where_one_dump_cannot_be_written_none_is(store: Store, tmp_path: Path) -> None:
    (tmp_path / "meagraph.nq").write_text("earlier")
    (tmp_path / "meagraph-entailed.ttl").mkdir()
    with pytest.raises(UnusableInput):
        export_dumps(store, tmp_path)
    assert (tmp_path / "meagraph.nq").read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    assert not (tmp_path / "meagraph.ttl").exists()


def test_the_verb_lists_what_it_wrote_with_sizes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import ArgumentParser

    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    parser = ArgumentParser()
    arguments(parser)
    assert run(parser.parse_args(["dumps", "--root", str(root)])) == 0
    said = capsys.readouterr().out
    for name in NAMES:
        assert f"{(tmp_path / 'dist' / name).stat().st_size:,} bytes  dist/{name}" in said
