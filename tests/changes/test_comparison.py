"""What differs is found: all of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple
from small_project import FILES, ONTOLOGY, written

from meagraph.changes import Changes, Version, as_update, compare, read_version
from meagraph.changes.statements import statements
from meagraph.namespaces import BASE

GRAPHS = [BASE + name for name in ("places/a", "meetings/b", "documents/c/note/1")]
THINGS = [NamedNode(name) for name in (*GRAPHS, GRAPHS[2] + "#act")]
PROPERTIES = [NamedNode(f"{BASE}ontology#{name}") for name in ("p", "q")]
VALUES = [
    *THINGS,
    Literal("x"),
    Literal("x", language="en"),
    Literal(7),
    Literal("a\n\u2028\x85\x0b\r\"'\\{}é"),
]

Quads = set[tuple[str, Triple]]
quads = st.sets(
    st.tuples(
        st.sampled_from(GRAPHS),
        st.builds(
            Triple, st.sampled_from(THINGS), st.sampled_from(PROPERTIES), st.sampled_from(VALUES)
        ),
    ),
    max_size=12,
)


def version(found: Quads) -> Version:
    graphs = {name: statements(t for graph, t in found if graph == name) for name in GRAPHS}
    return Version("version", frozenset(["data"]), graphs, {}, {}, {})


def told(changes: Changes) -> tuple[Quads, Quads]:
    """The statements that went and came, as the difference tells of them."""
    went, came = set[tuple[str, Triple]](), set[tuple[str, Triple]]()
    for entry in changes.entries:
        for thing in entry.things:
            for change in thing.properties:
                for side, values in ((went, change.removed), (came, change.added)):
                    side |= {
                        (entry.graph, Triple(thing.thing, change.predicate, value))  # type: ignore[arg-type]
                        for value in values
                    }
    return went, came


def between(tmp_path: Path, **changed: str | None) -> Changes:
    """What differs when files of the small project have changed."""
    old, new = written(tmp_path / "old"), written(tmp_path / "new", **changed)
    return compare(*(read_version(str(each), str(tmp_path)) for each in (old, new)))


@given(quads, quads, quads)
def test_random_edits_are_found_all_and_only(kept: Quads, gone: Quads, new: Quads) -> None:
    before, after = kept | gone, (kept - gone) | new
    changes = compare(version(before), version(after))
    assert told(changes) == (before - after, after - before)
    assert changes.same == (before == after)
    assert len({entry.graph for entry in changes.entries}) == len(changes.entries)
    for entry in changes.entries:
        was, now = ({t for g, t in side if g == entry.graph} for side in (before, after))
        assert entry.kind == ("changed" if was and now else "added" if now else "removed")
        assert entry.statements == len(was ^ now)


@given(quads, quads)
def test_the_update_makes_the_new_graphs_of_the_old(before: Quads, after: Quads) -> None:
    store = Store()
    store.extend(Quad(*triple, NamedNode(graph)) for graph, triple in before)
    store.update(as_update(version(before), version(after)))
    assert {(q.graph_name.value, q.triple) for q in store} == after  # type: ignore[union-attr]


def test_form_never_counts(tmp_path: Path) -> None:
    old = written(tmp_path / "old")
    new = written(
        tmp_path / "new",
        geneva='# a remark\nplaces:geneva rdfs:label "Geneva"@en ; rdf:type mea:City .',
        all="#+ summary = 'All'\n# why\nSELECT ?m\nWHERE {\n  ?m a mea:Meeting\n}\n",
        city="meash:City sh:property _:x ; a sh:NodeShape . _:x sh:path rdfs:label .",
        meagraph="_:l a owl:AllDisjointClasses ; owl:members _:m .\n"
        + "\n".join(reversed(ONTOLOGY.splitlines()[:-1]))
        + "_:m <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> mea:Meeting ; "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ( mea:City ) .",
        register="<https://w3id.org/meagraph/places/geneva.ttl> mea:sha256 'another' .",
    )
    geneva = new / "data/places/geneva.ttl"
    geneva.write_text(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
        + geneva.read_text().replace("places:", "p:").replace("\n", "\r\n")
    )
    changes = compare(*(read_version(str(each), str(tmp_path)) for each in (old, new)))
    assert changes.same
    assert changes.register == (1, 1)


def test_terms_shapes_and_questions_are_told_by_name(tmp_path: Path) -> None:
    changes = between(
        tmp_path,
        meagraph=ONTOLOGY.replace("mea:Meeting mea:City", "mea:City mea:Meeting").replace(
            '"number"', '"ordinal"'
        )
        + "mea:Region a owl:Class .",
        city="meash:City a sh:NodeShape ; sh:property [ sh:path rdfs:comment ] .",
        all=FILES["queries/meetings/all.rq"].replace("?m", "?meeting"),
    )
    mea = BASE + "ontology#"
    assert changes.ontology.added == (mea + "Region",)
    assert changes.ontology.changed == (mea + "ordinal",)
    assert changes.ontology.nameless == (1, 1)
    assert changes.shapes.changed == (BASE + "shapes#City",)
    assert changes.questions.changed == ("meetings/all",)
    assert not changes.entries and not changes.same


@pytest.mark.parametrize("stem", ["city", "all"])
def test_shapes_and_questions_that_went_are_told(tmp_path: Path, stem: str) -> None:
    changes = between(tmp_path, **{stem: None})
    assert (changes.shapes.removed, changes.questions.removed) == {
        "city": ((BASE + "shapes#City",), ()),
        "all": ((), ("meetings/all",)),
    }[stem] or changes.missing


TOMBSTONE = 'places:geneva rdfs:label "Geneva"@en ; owl:deprecated true ; mea:remark "Why."@en'
MENTION = FILES["data/documents/report/note/1.ttl"]


def test_a_renamed_record_is_one_change_and_what_follows_is_told_apart(tmp_path: Path) -> None:
    (record, note) = between(
        tmp_path,
        geneva=f"{TOMBSTONE} ; dcterms:isReplacedBy places:genf .",
        genf='places:genf a mea:City ; rdfs:label "Genf"@en .',
        **{"1": MENTION.replace("places:geneva", "places:genf")},
    ).entries[::-1]
    assert (record.kind, record.graph) == ("renamed", BASE + "places/geneva")
    assert (record.successor, record.reason) == (BASE + "places/genf", "Why.")
    assert record.file == "data/places/genf.ttl"
    (thing,) = record.things
    (label,) = thing.properties
    assert label[1:] == ((Literal("Geneva", language="en"),), (Literal("Genf", language="en"),))
    assert (note.kind, note.follows) == ("changed", True)
    assert note.statements == 2


def test_what_changes_beside_a_new_name_is_told(tmp_path: Path) -> None:
    (record, note) = between(
        tmp_path,
        geneva=f"{TOMBSTONE} ; dcterms:isReplacedBy places:genf .",
        genf='places:genf a mea:City ; rdfs:label "Geneva"@en .',
        **{"1": MENTION.replace("places:geneva", "places:genf").replace("1 ;", "2 ;")},
    ).entries[::-1]
    assert not record.things and not note.follows
    (thing,) = note.things
    assert [change.predicate.value for change in thing.properties] == [BASE + "ontology#ordinal"]


def test_a_name_that_a_file_still_has_did_not_change_there(tmp_path: Path) -> None:
    changes = between(
        tmp_path,
        geneva=f"{TOMBSTONE} ; dcterms:isReplacedBy places:genf .",
        genf='places:genf a mea:City ; rdfs:label "Geneva"@en .',
        **{"1": MENTION.replace('"first"', '"1st"')},
    )
    (thing,) = changes.entries[0].things
    assert [change.predicate.value for change in thing.properties] == [BASE + "ontology#statedAs"]


def test_records_merged_and_withdrawn_are_told_as_such(tmp_path: Path) -> None:
    (bali, geneva) = between(
        tmp_path,
        geneva=f"{TOMBSTONE} ; dcterms:isReplacedBy places:bali .",
        bali='places:bali a mea:City ; rdfs:label "Bali"@en, "Geneva"@en .',
    ).entries
    assert (bali.kind, bali.statements) == ("changed", 1)
    assert (geneva.kind, geneva.successor) == ("merged", BASE + "places/bali")
    (geneva,) = between(tmp_path / "2", geneva=f"{TOMBSTONE} .").entries
    assert (geneva.kind, geneva.successor, geneva.reason) == ("withdrawn", "", "Why.")


def test_a_chain_of_new_names_leads_to_the_last(tmp_path: Path) -> None:
    gone = 'rdfs:label "Geneva"@en ; owl:deprecated true ; dcterms:isReplacedBy'
    changes = between(
        tmp_path,
        geneva=f"places:geneva {gone} places:genf .",
        genf=f"places:genf {gone} places:ginevra .",
        ginevra='places:ginevra a mea:City ; rdfs:label "Geneva"@en .',
    )
    kinds = {entry.graph.removeprefix(BASE): entry.kind for entry in changes.entries}
    assert kinds == {"places/geneva": "renamed", "places/genf": "added"}
    assert changes.entries[0].successor == BASE + "places/ginevra"


def test_a_term_given_up_is_told_with_its_successor(tmp_path: Path) -> None:
    term = "mea:number a owl:DatatypeProperty ."
    gone = "mea:ordinal owl:deprecated true ; dcterms:isReplacedBy mea:number ."
    (given,) = between(tmp_path, meagraph=f"{ONTOLOGY}{term}{gone}").ontology.given_up
    assert (given.iri, given.how) == (BASE + "ontology#ordinal", "renamed")
    assert given.successor == BASE + "ontology#number"


def test_statements_about_things_without_names_are_counted(tmp_path: Path) -> None:
    bali = 'places:bali a mea:City ; rdfs:label "Bali"@en ; mea:when [ mea:x 1 ] .'
    (entry,) = between(tmp_path, bali=bali).entries
    assert (entry.nameless, entry.statements, entry.things) == ((0, 1), 1, ())


def test_the_update_carries_blank_nodes_and_the_register(tmp_path: Path) -> None:
    old = read_version(str(written(tmp_path / "old")), "")
    new = read_version(
        str(
            written(
                tmp_path / "new",
                meagraph=ONTOLOGY.replace("mea:Meeting mea:City", "mea:City mea:Meeting"),
                register="<https://w3id.org/meagraph/places/bali.ttl> a mea:EntryFile .",
                bali=None,
            )
        ),
        "",
    )
    store = Store()
    for name, found in old.graphs.items():
        store.extend(Quad(*triple, NamedNode(name)) for triple in found.all_triples())
    store.update(as_update(old, new))
    for name in {*old.graphs, *new.graphs}:
        after = statements(q.triple for q in store.quads_for_pattern(*[None] * 3, NamedNode(name)))
        assert after == new.graphs.get(name, statements([])), name


def test_the_update_is_one_for_rdflib_too(tmp_path: Path) -> None:
    import rdflib

    old = read_version(str(written(tmp_path / "old")), "")
    new = read_version(
        str(written(tmp_path / "new", bali=None, geneva='places:geneva rdfs:label "G\\n{é"@en .')),
        "",
    )
    dataset = rdflib.Dataset()
    for name, found in old.graphs.items():
        lines = "\n".join(f"{triple} ." for triple in found.triples)
        dataset.graph(rdflib.URIRef(name)).parse(data=lines, format="nt")
    dataset.update(as_update(old, new))
    for name in old.graphs.keys() - {BASE + "ontology"}:
        now = new.graphs.get(name, statements([]))
        assert len(dataset.graph(rdflib.URIRef(name))) == len(now.triples), name
    assert (rdflib.URIRef(BASE + "places/geneva"), None, rdflib.Literal("G\n{é", "en")) in (
        dataset.graph(rdflib.URIRef(BASE + "places/geneva"))
    )


def test_the_subject_of_an_entry_is_told_first(tmp_path: Path) -> None:
    more = "this:act mea:ordinal 3 . <https://w3id.org/meagraph/agreements/a> mea:ordinal 4 ."
    own = f"<{BASE}documents/report/note/1> mea:ordinal 5 ."
    (entry,) = between(tmp_path, **{"1": MENTION + more + own}).entries
    names = [str(thing.thing)[1:-1].removeprefix(BASE) for thing in entry.things]
    assert names == ["documents/report/note/1", "agreements/a", "documents/report/note/1#act"]


def test_what_arrived_is_told_where_the_old_name_has_no_record(tmp_path: Path) -> None:
    """The name that was given up is told in another entry, and its own graph says nothing new."""
    act = f"<{BASE}documents/report/note/1#act>"
    changes = between(
        tmp_path,
        oslo='places:oslo a mea:City ; rdfs:label "Oslo"@en .',
        **{"1": f"{MENTION} {act} owl:deprecated true ; dcterms:isReplacedBy places:oslo ."},
    )
    kinds = {entry.graph.removeprefix(BASE): entry.kind for entry in changes.entries}
    assert kinds == {"documents/report/note/1": "changed", "places/oslo": "added"}
