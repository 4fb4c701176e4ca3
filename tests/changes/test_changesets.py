"""The change sets make the new graphs of the old, in any reader of Turtle, and say of what."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse
from small_project import FILES, ONTOLOGY, PREFIXES, committed, git, written

from copies import copied
from meagraph.changes import (
    Naming,
    Version,
    comparable,
    compare,
    naming_of,
    read_project,
    read_version,
)
from meagraph.changes.changesets import as_turtle
from meagraph.changes.statements import Statements, statements
from meagraph.cli import main
from meagraph.namespaces import BASE
from meagraph.project import Project

ASK = """
PREFIX cs: <http://purl.org/vocab/changeset/schema#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
SELECT """
STATEMENTS = (
    "?graph ?s ?p ?o WHERE { [] a cs:ChangeSet ; %s [ a rdf:Statement ; rdf:subject ?s ; "
    "rdf:predicate ?p ; rdf:object ?o ; dcterms:isPartOf [ a sd:NamedGraph ; sd:name ?graph ] ] }"
)
NOTHING = Statements()
GRAPHS = [BASE + name for name in ("places/a", "documents/c/note/1", "ontology")]
nodes = st.sampled_from(
    [*map(NamedNode, GRAPHS), *(BlankNode(f"c14n{number}") for number in range(3))]
)
values = st.sampled_from(
    [
        Literal("x", language="en"),
        Literal(7),
        Literal("a\n@prefix \u2028@prefix \x85\x0b\x0c\"'\\{}é"),
    ]
)
properties = st.sampled_from([NamedNode(f"{BASE}ontology#{name}") for name in ("p", "q")])
graphs = st.dictionaries(
    st.sampled_from(GRAPHS),
    st.lists(st.builds(Triple, nodes, properties, nodes | values), max_size=8),
)


def version(found: dict[str, list[Triple]]) -> Version:
    graphs = {name: statements(triples) for name, triples in found.items()}
    return Version("version", frozenset(["data", "ontology"]), graphs, {}, {}, {})


def turtle(old: Version, new: Version) -> str:
    changes = compare(old, new)
    return as_turtle(changes, naming_of(changes, [new, old]), old, new)


def loaded(text: str) -> Store:
    store = Store()
    store.load(text, format=RdfFormat.TURTLE)
    return store


def rows(store: Store, question: str) -> list[tuple[str, ...]]:
    found = store.query(ASK + question)
    return sorted(tuple(getattr(cell, "value", "") for cell in row) for row in found)  # type: ignore[union-attr]


def of_each_graph(store: Store, side: str) -> dict[str, Statements]:
    found: dict[str, list[Triple]] = {}
    for graph, *terms in store.query(ASK + STATEMENTS % f"cs:{side}"):  # type: ignore[union-attr, misc]
        found.setdefault(graph.value, []).append(Triple(*terms))
    return {name: statements(triples) for name, triples in found.items()}


def applied(store: Store, old: Version) -> dict[str, Statements]:
    """The graphs of a version after what is said to be removed went, and what was added came."""
    gone, come = (of_each_graph(store, side) for side in ("removal", "addition"))
    found = {}
    for name in {*old.graphs, *gone, *come}:
        was = old.graphs.get(name, NOTHING)
        went, came = gone.get(name, NOTHING), come.get(name, NOTHING)
        assert went.triples <= was.triples and not came.triples & was.triples, name
        assert Counter(went.nameless) <= Counter(was.nameless), name
        nameless = Counter(was.nameless) - Counter(went.nameless) + Counter(came.nameless)
        triples = (was.triples - went.triples) | came.triples
        found[name] = Statements(triples, tuple(sorted(nameless.elements())))
    return {name: one for name, one in found.items() if one != NOTHING}


def stated(version: Version) -> dict[str, Statements]:
    return {name: one for name, one in version.graphs.items() if one != NOTHING}


def through_rdflib(text: str) -> Store:
    import rdflib

    store = Store()
    written = rdflib.Graph().parse(data=text, format="turtle").serialize(format="nt")
    store.load(written, format=RdfFormat.N_TRIPLES)
    return store


@given(graphs, graphs)
def test_change_sets_make_the_new_graphs_of_the_old(
    before: dict[str, list[Triple]], after: dict[str, list[Triple]]
) -> None:
    old, new = version(before), version(after)
    assert applied(loaded(turtle(old, new)), old) == stated(new)


@given(graphs, graphs)
def test_each_change_set_is_of_one_thing_and_its_statements_are_of_one_graph(
    before: dict[str, list[Triple]], after: dict[str, list[Triple]]
) -> None:
    store = loaded(turtle(version(before), version(after)))
    sets = rows(store, "?set WHERE { ?set a cs:ChangeSet }")
    assert len(rows(store, "?set ?thing WHERE { ?set cs:subjectOfChange ?thing }")) == len(sets)
    with_graph = "?set cs:addition|cs:removal [ dcterms:isPartOf [ sd:name ?graph ] ]"
    assert len(rows(store, f"DISTINCT ?set ?graph WHERE {{ {with_graph} }}")) == len(sets)
    strange = "?set cs:subjectOfChange ?thing ; cs:addition|cs:removal [ rdf:subject ?s ] "
    other = rows(store, f"?s WHERE {{ {strange} FILTER(isIRI(?s) && ?s != ?thing) }}")
    nameless = [group for found in (before, after) for group in version(found).graphs.values()]
    assert not other or any(one.nameless for one in nameless)


@given(graphs, graphs, st.randoms(use_true_random=False))
def test_the_same_difference_is_written_alike(
    before: dict[str, list[Triple]], after: dict[str, list[Triple]], chance: object
) -> None:
    text = turtle(version(before), version(after))
    for triples in (*before.values(), *after.values()):
        chance.shuffle(triples)  # type: ignore[attr-defined]
    assert turtle(version(before), version(after)) == text


@pytest.fixture
def edited(project: Project, tmp_path: Path) -> tuple[Version, Version]:
    """The graph as it stands, and after what curators and ontologists do to it."""
    root = copied(project, tmp_path / "clone")
    day = ("--date", "2999-11-03", "--root", str(root))
    assert main(["rename", "organisations:oecd", "organisations:oecd-new", *day]) == 0
    (root / "data/places/oslo.ttl").write_text(PREFIXES + 'places:oslo rdfs:label "Oslo"@en .')
    ontology = root / "ontology/meagraph.ttl"
    text = ontology.read_text()
    assert text.count("owl:members") > 1
    start = text.index("(", text.index("owl:members"))
    end = text.index(")", start)
    ontology.write_text(
        f"{text[:start]}( {' '.join(text[start + 1 : end].split()[1:])} {text[end:]}"
    )
    for passage in sorted((root / "data/documents").rglob("[1-9].ttl"))[:5]:
        passage.unlink()
    return read_project(project.root), read_project(root)


def test_change_sets_of_the_graph_itself_make_the_new_of_the_old(
    edited: tuple[Version, Version], capsys: pytest.CaptureFixture[str]
) -> None:
    for old, new in (edited, edited[::-1]):
        text = turtle(old, new)
        assert any(one.nameless for one in of_each_graph(loaded(text), "addition").values())
        for store in (loaded(text), through_rdflib(text)):
            assert applied(store, old) == stated(new)


def test_change_sets_of_an_export_make_the_project_of_it(
    project: Project, edited: tuple[Version, Version], tmp_path: Path
) -> None:
    assert main(["export", "dumps", "-o", str(tmp_path), "--root", str(project.root)]) == 0
    old, new = comparable(read_version(str(tmp_path), ""), edited[1])
    assert applied(loaded(turtle(old, new)), old) == stated(new)


def small(tmp_path: Path, **changed: str | None) -> Store:
    old, new = written(tmp_path / "old"), written(tmp_path / "new", **changed)
    return loaded(turtle(*(read_version(str(each), "") for each in (old, new))))


def test_what_became_of_each_thing_is_told(tmp_path: Path) -> None:
    note = FILES["data/documents/report/note/1.ttl"]
    store = small(
        tmp_path,
        oslo='places:oslo a mea:City ; rdfs:label "Oslo"@en .',
        bali=None,
        geneva='places:geneva owl:deprecated true ; mea:remark "Why."@en ; '
        "dcterms:isReplacedBy places:genf .",
        genf='places:genf a mea:City ; rdfs:label "Geneva"@en .',
        one='meetings:one a mea:Meeting ; rdfs:label "Meeting, first"@en .',
        meagraph=ONTOLOGY + "mea:Region a owl:Class .",
        register="<https://w3id.org/meagraph/places/geneva.ttl> mea:sha256 'another' .",
        **{"1": note.replace("places:geneva", "places:genf")},
    )
    told = "?thing ?why WHERE { ?set cs:subjectOfChange ?thing ; cs:changeReason ?why }"
    assert {(thing.removeprefix(BASE), why) for thing, why in rows(store, told)} == {
        ("meetings/one", "changed"),  # in its record
        ("meetings/one", "follows new names"),  # in the passage
        ("ontology#Region", "added"),
        ("places/bali", "removed"),
        ("places/geneva", "renamed"),
        ("places/geneva.ttl", "register"),
        ("places/genf", "renamed"),
        ("places/oslo", "added"),
    }
    assert rows(
        store,
        "?old ?new ?why WHERE { ?one a schema:ReplaceAction ; schema:replacee ?old ; "
        "schema:replacer ?new ; schema:description ?why }",
    ) == [(BASE + "places/geneva", BASE + "places/genf", "Why.")]
    passage = f"sd:name <{BASE}documents/report/note/1>"
    assert rows(
        store,
        "?label ?name ?why WHERE { ?set rdfs:label ?label ; cs:changeReason ?why ; "
        f"cs:addition [ dcterms:isPartOf [ rdfs:label ?name ; {passage} ] ] }}",
    ) == [("Meeting, first", "Report note/1", "follows new names")]


def test_a_list_without_a_name_is_told_of_the_ontology(tmp_path: Path) -> None:
    store = small(tmp_path, meagraph=ONTOLOGY.replace("Meeting mea:City", "City mea:Meeting"))
    things = rows(store, "?thing WHERE { [] cs:subjectOfChange ?thing }")
    assert things == [(BASE + "ontology",)]
    assert rows(store, "(COUNT(?s) AS ?n) WHERE { [] cs:removal ?s }") == [("6",)]


def test_the_versions_say_which_they_are(tmp_path: Path) -> None:
    root = written(tmp_path / "repository")
    said = 'PREFIX dcat: <http://www.w3.org/ns/dcat#> <%sdataset#x> dcat:version "0.%s.0" .'
    dataset = root / "data/dataset.ttl"
    dataset.write_text(said % (BASE, 1))
    committed(root, "first")
    commit = git(root, "rev-parse", "HEAD").strip()
    dataset.write_text(said % (BASE, 2))
    (root / "data/register.ttl").write_text(
        PREFIXES
        + "".join(
            f'<{BASE}places/{name}.ttl> dcterms:modified "2026-01-0{day}"^^'
            "<http://www.w3.org/2001/XMLSchema#date> ."
            for name, day in (("bali", 3), ("geneva", 2))
        )
    )
    old, new = read_version("HEAD", str(root)), read_project(root)
    store = loaded(turtle(old, new))
    asked = "?label ?version ?id ?day WHERE { %s dcterms:isVersionOf ?dataset ; "
    asked += "rdfs:label ?label ; dcat:version ?version . OPTIONAL { %s dcterms:identifier ?id } "
    asked += "OPTIONAL { %s dcterms:modified ?day } ?new dcterms:replaces ?old . "
    asked += "?whole prov:wasDerivedFrom ?old, ?new FILTER(?old != ?new) }"
    assert rows(store, asked.replace("%s", "?old")) == [
        ("HEAD", "0.1.0", f"swh:1:rev:{commit}", "")
    ]
    assert rows(store, asked.replace("%s", "?new")) == [
        ("the project as it stands", "0.2.0", "", "2026-01-03")
    ]


def test_differences_can_stand_in_one_store(tmp_path: Path) -> None:
    store = small(tmp_path / "1", bali=None)
    one = len(store)
    for quad in small(tmp_path / "2", geneva=None):
        store.add(quad)
    assert len(store) > one + 10
    assert len(rows(store, "?difference WHERE { ?difference prov:wasDerivedFrom ?v }")) == 4


def test_nothing_is_said_of_passages_and_things(tmp_path: Path) -> None:
    """A name denotes a passage, a meeting, a class: what is told is told of nodes of its own."""
    store = small(tmp_path, bali=None, meagraph=ONTOLOGY + "mea:Region a owl:Class .")
    subjects = {getattr(quad.subject, "value", "_") for quad in store}
    assert {name.partition("#")[0].rpartition("/")[0] for name in subjects} == {BASE + "changes"}


def test_two_that_say_the_same_have_no_change_set(tmp_path: Path) -> None:
    store = small(tmp_path)
    assert rows(store, "?set WHERE { ?set a cs:ChangeSet }") == []
    assert len(rows(store, "?v WHERE { ?whole prov:wasDerivedFrom ?v }")) == 2


def test_prefixes_are_those_in_use_and_sorted(tmp_path: Path) -> None:
    old, new = (Version(name, frozenset(), {}, {}, {}, {}) for name in ("a", "b\n@prefix x: <y> ."))
    text = as_turtle(compare(old, new), Naming({}, {}), old, new)
    heads = [line for line in text.splitlines() if line.startswith("@prefix ")]
    assert heads == sorted(heads)
    assert [head.split()[1] for head in heads] == ["dcterms:", "prov:", "rdf:", "rdfs:", "this:"]
    assert list(parse(text, format=RdfFormat.TURTLE))
