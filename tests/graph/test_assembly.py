"""Files made into one store."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store, Triple
from tiny import FILES, HEAD, RECORD, ask, labels, python

from meagraph.errors import UnusableInput
from meagraph.graph import build, fingerprint, inputs, open_graph
from meagraph.namespaces import (
    ALIGNMENTS_GRAPH,
    BASE,
    CONCEPTS,
    ENTAILED_GRAPH,
    ONTOLOGY_GRAPH,
    RDFS,
)
from meagraph.project import Project


def merge(store: Store) -> set[Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def without_blank_nodes(triples: set[Triple]) -> set[Triple]:
    """Their labels differ from build to build."""
    return {t for t in triples if not {type(t.subject), type(t.object)} & {BlankNode}}


def test_each_file_is_the_graph_that_its_path_names(small: Project) -> None:
    names = {str(name.value) for name in build(small).named_graphs()}
    assert names == {
        ONTOLOGY_GRAPH,
        ALIGNMENTS_GRAPH,
        CONCEPTS + "status",
        BASE + "meetings/cop-6",
        BASE + "documents/note",
        BASE + "documents/note/annex-1/1",
        BASE + "documents/note/annex-1/2",
        ENTAILED_GRAPH,
    }


def test_the_merge_holds_a_triple_of_two_files_once(small: Project) -> None:
    store = build(small)
    when = NamedNode("https://w3id.org/meagraph/ontology#when")
    in_merge = list(store.quads_for_pattern(None, when, None, DefaultGraph()))
    everywhere = list(store.quads_for_pattern(None, when, None, None))
    assert (len(in_merge), len(everywhere)) == (1, 1 + 2)


def test_the_merge_is_all_named_graphs_but_the_alignments_and_shapes_stay_out(
    small: Project,
) -> None:
    store = build(small)
    apart = (DefaultGraph(), NamedNode(ALIGNMENTS_GRAPH))
    assert merge(store) == {quad.triple for quad in store if quad.graph_name not in apart}
    assert ask(store, f"GRAPH <{ALIGNMENTS_GRAPH}> {{ mea:Meeting rdfs:subClassOf schema:Thing }}")
    assert not ask(store, "?anything ?is schema:Thing")
    assert not ask(store, "?shape a <http://www.w3.org/ns/shacl#NodeShape>")


def test_nothing_in_the_merge_comes_from_an_alignment(project: Project, tmp_path: Path) -> None:
    """Or every organisation would be entailed to be what other vocabularies call it too."""
    store = build(project)
    alignments = list(store.quads_for_pattern(None, None, None, NamedNode(ALIGNMENTS_GRAPH)))
    assert NamedNode(RDFS + "subClassOf") in {quad.predicate for quad in alignments}
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "meagraph.ttl").symlink_to(project.ontology / "meagraph.ttl")
    (tmp_path / "ontology" / "concepts").symlink_to(project.ontology / "concepts")
    (tmp_path / "data").symlink_to(project.data)
    without = build(Project(tmp_path))
    assert not ask(without, f"GRAPH <{ALIGNMENTS_GRAPH}> {{ ?s ?p ?o }}")
    assert without_blank_nodes(merge(store)) == without_blank_nodes(merge(without))


def test_entailed_triples_stand_in_their_graph_and_in_the_merge(small: Project) -> None:
    store = build(small)
    for fact in ("meetings:cop-6 a schema:Event", "meetings:cop-6 mea:earliest ?day"):
        assert ask(store, fact)
        assert ask(store, f"GRAPH <{ENTAILED_GRAPH}> {{ {fact} }}")
    assert not ask(store, f"GRAPH <{ENTAILED_GRAPH}> {{ ?m rdfs:label ?label }}")


def test_rdflib_is_not_needed_to_build(small: Project, tmp_path: Path) -> None:
    code = """
        from meagraph.graph import open_graph
        open_graph(PROJECT, STORE)
        assert "rdflib" not in sys.modules
    """
    process = python(code, small.root, tmp_path / "store")
    assert process.wait() == 0, process.stderr and process.stderr.read()


@pytest.mark.parametrize("name", ["ontology/meagraph.ttl", "ontology/concepts/status.ttl", RECORD])
def test_a_file_that_is_not_turtle_is_named_with_its_place_and_changes_nothing(
    small: Project, tmp_path: Path, name: str
) -> None:
    open_graph(small, tmp_path / "store")
    (small.root / name).write_text(HEAD + "meetings:x a nonsense:Thing .")
    with pytest.raises(UnusableInput) as caught:
        open_graph(small, tmp_path / "store")
    assert (caught.value.file, caught.value.line) == (str(small.root / name), 8)
    assert caught.value.column == 14
    assert labels(Store.read_only(str(tmp_path / "store/current"))) == ["COP-6"]


def test_a_vocabulary_file_that_is_not_utf8_is_named_with_its_line(small: Project) -> None:
    path = small.root / "ontology/meagraph.ttl"
    path.write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(UnusableInput) as caught:
        build(small)
    assert (caught.value.file, caught.value.line) == (str(path), 2)


def test_inputs_are_what_the_store_is_made_of(small: Project) -> None:
    (small.root / "data/meetings/.#cop-6.ttl").write_text("an editor's lock")
    found = {str(path.relative_to(small.root)) for path in inputs(small)}
    assert found == {name for name in FILES if not name.startswith("shapes")}


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("shapes")])
def test_a_changed_byte_of_any_input_changes_the_fingerprint(small: Project, name: str) -> None:
    before = fingerprint(small)
    path = small.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert fingerprint(small) != before


def test_a_renamed_file_changes_the_fingerprint_and_a_shape_does_not(small: Project) -> None:
    before = fingerprint(small)
    (small.root / "shapes/meeting.ttl").write_text("")
    assert fingerprint(small) == before
    (small.root / RECORD).rename(small.root / "data/meetings/cop-7.ttl")
    assert fingerprint(small) != before
