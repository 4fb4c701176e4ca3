"""The graph as a researcher holds it, asked of the product's own data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

import meagraph
from meagraph.errors import UnusableInput
from meagraph.project import Project

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def graph() -> meagraph.KnowledgeGraph:
    return meagraph.open(CHECKOUT)


def test_a_stored_question_gives_a_table_with_labels(graph: meagraph.KnowledgeGraph) -> None:
    table = graph.query("meetings-attended", agent="BRS secretariat", from_=2019)
    frame = table.to_pandas()
    assert len(frame) == len(table) > 0
    assert set(frame["agentLabel"]) == {table.shown(table.column("agent")[0])}
    assert list(frame.columns[:2]) == ["agent", "agentLabel"]


def test_names_iris_and_lists_of_them_ask_the_same(graph: meagraph.KnowledgeGraph) -> None:
    iri = graph.resolve("BRS secretariat")
    by_name = graph.query("meetings-attended", agent="BRS secretariat")
    assert graph.query("meetings-attended", agent=iri).rows == by_name.rows
    both = graph.query("meetings-attended", agent=[iri, "minamata-secretariat"])
    assert set(by_name.column("meeting")) < set(both.column("meeting"))


def test_sparql_of_ones_own_needs_no_prefixes(graph: meagraph.KnowledgeGraph) -> None:
    table = graph.query("SELECT ?body { ?body a mea:Body } ORDER BY ?body", limit=3)
    assert len(table) == 3
    assert all(table.shown(row[0]) for row in table)
    assert graph.query("ASK { ?body a mea:Body }").rows[0][0].value == "true"
    triples = graph.query("CONSTRUCT { ?b a mea:Body } WHERE { ?b a mea:Body }", limit=2)
    assert [column.name for column in triples.columns] == ["subject", "predicate", "object"]


def test_the_sparql_of_a_question_stands_alone(
    graph: meagraph.KnowledgeGraph, peer: rdflib.Dataset
) -> None:
    text = graph.sparql("decisions-cited", session="minamata-cop-5")
    assert "VALUES ?session { <https://w3id.org/meagraph/meetings/minamata-cop-5> }" in text
    assert len(list(peer.query(text))) == len(graph.query(text)) > 0


def test_every_question_is_listed(graph: meagraph.KnowledgeGraph) -> None:
    files = {path.stem for path in (CHECKOUT / "queries").glob("*/*.rq")}
    assert {cell.value for cell in graph.questions().column("question")} == files


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda graph: graph.query("meetings-atended"), "Did you mean meetings-attended"),
        (lambda graph: graph.query("meetings-attended", agnt="x"), "Did you mean --agent"),
        (lambda graph: graph.query("meetings-attended"), "is not given"),
        (lambda graph: graph.query("SELECT ?x { ?x a mea:Body", limit=5), "no partner"),
        (lambda graph: graph.query("ASK { ?x a mea:Body }", limit=0), "less than 1"),
        (lambda graph: graph.query("ASK { ?x a mea:Body }", timeout=0), "not more than 0"),
        (lambda graph: graph.describe("nothing of this name"), "nothing in the graph is called"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    graph: meagraph.KnowledgeGraph,
    asked: object,
    words: str,
) -> None:
    with pytest.raises(UnusableInput, match=words):
        asked(graph)  # type: ignore[operator]


def test_a_time_limit_gives_the_same_answer(graph: meagraph.KnowledgeGraph) -> None:
    free = graph.query("defects")
    limited = graph.query("defects", timeout=60)
    assert (limited.rows, limited.labels) == (free.rows, free.labels)


def test_full_text_search_ranks_what_the_words_are_about(graph: meagraph.KnowledgeGraph) -> None:
    found = graph.search("gold mining", limit=5)
    assert len(found) == 5
    assert found.shown(found.column("thing")[0]) == "gold mining"
    assert graph.index is graph.index
    assert len(graph.search("zzzz")) == 0


def test_one_thing_is_described_in_each_shape(graph: meagraph.KnowledgeGraph) -> None:
    portrait = graph.describe("BRS secretariat")
    assert portrait.iri == "https://w3id.org/meagraph/organisations/brs-secretariat"
    assert portrait.label in str(portrait)
    page = portrait._repr_html_()
    assert portrait.label in page and "<details>" in page
    assert len(portrait.table()) == sum(len(g.rows) for s in portrait.sections for g in s.groups)


def test_evidence_is_passages_with_what_they_state(
    graph: meagraph.KnowledgeGraph, sources: Path
) -> None:
    account = graph.evidence("BRS secretariat", "Minamata secretariat", source=str(sources))
    assert account.stated and all(account.texts[e.citation.passage].text for e in account.stated)
    page = account._repr_html_()
    first = account.stated[0].citation
    assert f'<a href="{first.passage}">{first.name}</a>' in page
    assert page.count("<details>") == len(account.stated)
    table = account.table()
    assert len(table) == sum(len(each.statements) for each in account.stated)


def test_markup_in_what_the_graph_says_stays_text(tmp_path: Path) -> None:
    from html.parser import HTMLParser

    from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

    from meagraph.evidence.account import account
    from meagraph.evidence.portrait import portrait
    from meagraph.namespaces import BASE, RDFS

    store = Store()
    thing = NamedNode(BASE + "organisations/x")
    passage = NamedNode(BASE + "documents/note/1")
    label = Literal("<script>alert(1)</script>", language="en")
    for graph_name in (DefaultGraph(), passage):
        store.add(Quad(thing, NamedNode(RDFS + "label"), label, graph_name))
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            found.append(tag)

    Tags().feed(portrait(store, thing.value)._repr_html_())
    Tags().feed(account(store, [thing.value])._repr_html_())
    assert found and "script" not in found


def test_a_passage_without_its_text_says_why(
    graph: meagraph.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEAGRAPH_SOURCES", raising=False)
    account = graph.evidence("BRS secretariat", "Minamata secretariat")
    page = account._repr_html_()
    assert "<details>" not in page
    assert page.count("text not at hand") == len(account.stated)


def test_a_network_counts_units_once(graph: meagraph.KnowledgeGraph) -> None:
    """As named, or rolled up and then without the units, as in the picture."""
    post = graph.resolve("Executive Secretary of the Minamata Convention")
    pair = graph.resolve("Minamata secretariat"), graph.resolve("BRS secretariat")
    named, rolled_up = graph.to_networkx(), graph.to_networkx(roll_up=True)
    assert post in named and post not in rolled_up
    assert named.edges[pair]["weight"] == named.edges[pair]["asNamed"]
    assert rolled_up.edges[pair]["weight"] == rolled_up.edges[pair]["rolledUp"]
    assert rolled_up.edges[pair]["weight"] > named.edges[pair]["weight"]
    alone = graph.to_networkx(agent="BRS secretariat")
    assert all(pair[1] in edge for edge in alone.edges)


def test_the_whole_graph_goes_to_rdflib(graph: meagraph.KnowledgeGraph) -> None:
    dataset = graph.to_rdflib()
    named = sum(len(each) for each in dataset.graphs() if each != dataset.default_graph)
    assert len(dataset.default_graph) + named == len(graph.store)  # type: ignore[arg-type]


def test_a_name_that_was_given_up_is_followed_with_a_warning(
    tmp_path: Path, project: Project
) -> None:
    from copies import copied
    from meagraph.cli import main

    root = copied(project, tmp_path)
    words = ["bodies:minamata-cop", "bodies:minamata-conference", "--root", str(root)]
    assert main(["rename", *words]) == 0
    graph = meagraph.open(root)
    with pytest.warns(UserWarning, match="was given up for bodies:minamata-conference"):
        assert graph.resolve("bodies:minamata-cop").endswith("bodies/minamata-conference")


def test_a_folder_without_a_graph_and_two_places_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="holds no graph"):
        meagraph.open(tmp_path)
    with pytest.raises(UnusableInput, match="both a store and an endpoint"):
        meagraph.open(CHECKOUT, store=tmp_path / "s", endpoint="http://127.0.0.1:1/")
    with pytest.raises(UnusableInput, match="without an endpoint"):
        meagraph.open(CHECKOUT, default_graph="https://example.org/")


def test_importing_meagraph_imports_nothing_else() -> None:
    program = (
        "import sys, meagraph; meagraph.open; "
        "heavy = {'rdflib', 'pandas', 'networkx', 'matplotlib', 'SPARQLWrapper', 'sqlite3', "
        "'pyshacl', 'dataclasses', 'inspect'}; print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
