"""Citations, texts, and what passages and readings say of one thing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from meagraph.errors import UnusableInput
from meagraph.evidence import cite, is_passage, tabulate, texts_of
from meagraph.evidence.description import describe
from meagraph.evidence.statements import readings_about, stated_about, stated_between
from meagraph.graph import open_graph
from meagraph.namespaces import BASE, ENTAILED_GRAPH, PREFIXES, SCHEMA, XSD
from meagraph.project import Project
from meagraph.queries import ask, read_question

SECRETARIAT = BASE + "organisations/minamata-secretariat"
MEETING = BASE + "meetings/committee-2024"
NOTE = BASE + "documents/note/"

GRAPHS = {
    "ontology": "mea:event rdfs:label 'event'@en . mea:Meeting rdfs:label 'meeting'@en .",
    "organisations/minamata-secretariat": (
        "organisations:minamata-secretariat a mea:Secretariat ; rdfs:label 'The secretariat'@en ."
    ),
    "meetings/committee-2024": (
        "meetings:committee-2024 a mea:Meeting ; rdfs:label 'Committee 2024'@en ."
    ),
    "documents/note": (
        "documents:note mea:shortTitle 'COP-6 note' ; schema:url <https://example.org/note> ."
        f"<{NOTE}annex-1/9> a mea:Passage ; mea:label 'annex-1/9' ; mea:order 9 ."
        f"<{NOTE}annex-1/14> a mea:Passage ; mea:label 'annex-1/14' ; mea:order 14 ."
    ),
    "documents/note/annex-1/14": (
        "this:act a mea:Activity ; rdfs:label 'Taking part'@en ; mea:event meetings:committee-2024 "
        "; mea:hasParticipation this:p . this:p a mea:Participation ; mea:role role:observer ; "
        "mea:agent organisations:minamata-secretariat . "
        "meetings:committee-2024 mea:when '2024-06'^^edtf:EDTF ."
    ),
    "documents/note/annex-1/9": "meetings:committee-2024 mea:status status:planned .",
    "readings/note/annex-1/14": (
        "this:r a mea:SourceDefect ; mea:concerns meetings:committee-2024 ; mea:reason 'Because.' ."
    ),
}


@pytest.fixture
def store() -> Store:
    store = Store()
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    for path, turtle in GRAPHS.items():
        text = f"{head}PREFIX this: <{BASE}{path}#>\n{turtle}"
        store.load(text, format=RdfFormat.TURTLE, to_graph=NamedNode(BASE + path))
        store.load(text, format=RdfFormat.TURTLE)
    day = Literal("2024-06-01", datatype=NamedNode(XSD + "date"))
    earliest = NamedNode(PREFIXES["mea"] + "earliest")
    for graph in (NamedNode(ENTAILED_GRAPH), DefaultGraph()):
        store.add(Quad(NamedNode(MEETING), earliest, day, graph))
    return store


def test_passages_are_cited_in_the_order_of_the_document(store: Store) -> None:
    cited = cite(store, [NOTE + "annex-1/14", BASE + "elsewhere", NOTE + "annex-1/9"])
    assert [one.name for one in cited.values()] == [
        "COP-6 note annex-1/9",
        "COP-6 note annex-1/14",
        "elsewhere",
    ]
    first = cited[NOTE + "annex-1/9"]
    assert (first.url, first.order) == ("https://example.org/note", 9)


def test_a_document_without_index_is_cited_by_its_path(store: Store) -> None:
    cited = cite(store, [BASE + "documents/other/fn/4"])
    assert [one.name for one in cited.values()] == ["other fn/4"]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("documents/note/fn/4", True), ("documents/note", False), ("documents/note/1#act", False)],
)
def test_a_passage_is_told_from_a_document_and_a_claim(path: str, is_one: bool) -> None:
    assert is_passage(BASE + path) is is_one


def test_what_passages_state_is_listed_with_participations_folded(store: Store) -> None:
    stated = stated_about(store, SECRETARIAT)
    assert [one.citation.label for one in stated] == ["annex-1/14"]
    (statement,) = stated[0].statements
    assert statement.subject == NamedNode(NOTE + "annex-1/14#act")
    assert statement.object == NamedNode(SECRETARIAT)
    assert statement.roles == (NamedNode(PREFIXES["role"] + "observer"),)
    assert [one.citation.label for one in stated_about(store, MEETING)] == [
        "annex-1/9",
        "annex-1/14",
    ]


def test_readings_come_with_reason_class_and_passage(store: Store) -> None:
    (reading,) = readings_about(store, MEETING)
    assert reading.reason == "Because."
    assert reading.kinds == (NamedNode(PREFIXES["mea"] + "SourceDefect"),)
    assert reading.citation.name == "COP-6 note annex-1/14"


def test_a_description_tells_where_each_fact_comes_from(store: Store) -> None:
    description = describe(store, MEETING)
    origins = {
        fact.statement.predicate.value.rpartition("#")[2]: [str(one) for one in fact.origins]
        for fact in description.facts
    }
    assert origins["label"] == ["record"]
    assert origins["status"] == ["COP-6 note annex-1/9"]
    assert origins["when"] == ["COP-6 note annex-1/14"]
    assert origins["earliest"] == ["entailed from COP-6 note annex-1/14"]
    referred = {
        description.shown(fact.statement.subject): [str(one) for one in fact.origins]
        for fact in description.references
    }
    assert referred["Taking part"] == ["COP-6 note annex-1/14"]
    assert ["reading of COP-6 note annex-1/14"] in referred.values()
    assert [description.shown(kind) for kind in description.kinds] == ["meeting"]


def test_an_activity_is_described_with_its_agents_and_roles(store: Store) -> None:
    facts = describe(store, NOTE + "annex-1/14#act").facts
    agents = [fact.statement for fact in facts if fact.statement.roles]
    assert [(one.object, *one.roles) for one in agents] == [
        (NamedNode(SECRETARIAT), NamedNode(PREFIXES["role"] + "observer"))
    ]


def test_an_answers_passages_are_split_sorted_and_named(store: Store) -> None:
    question = read_question(
        "#+ [columns.passages]\n#+ evidence = true\n"
        'SELECT ?m (GROUP_CONCAT(STR(?g); separator=" ") AS ?passages)'
        "{ { SELECT ?m ?g { GRAPH ?g { ?m mea:status|mea:when ?x } ?g a mea:Passage } "
        "ORDER BY ?g } } GROUP BY ?m"
    )
    table, cited = tabulate(question, {}, store, ask(store, question.text))
    assert [one.label for one in cited.values()] == ["annex-1/9", "annex-1/14"]
    assert table.shown(table.rows[0][1]) == "COP-6 note annex-1/9, COP-6 note annex-1/14"


def test_a_column_of_evidence_that_holds_no_iris_is_refused(store: Store) -> None:
    question = read_question("#+ [columns.p]\n#+ evidence = true\nSELECT ('no iri' AS ?p) {}")
    with pytest.raises(UnusableInput, match="no IRI"):
        tabulate(question, {}, store, ask(store, question.text))


def test_a_text_that_is_not_at_hand_is_told(store: Store, tmp_path: Path) -> None:
    cited = cite(store, [NOTE + "annex-1/9"])
    assert "set MEAGRAPH_SOURCES" in texts_of(cited.values(), None)[NOTE + "annex-1/9"].note
    missing = texts_of(cited.values(), tmp_path)[NOTE + "annex-1/9"]
    assert missing.text is None and "has no note" in missing.note


def test_a_text_is_read_from_the_source_and_a_changed_one_is_told(
    sources: Path, store: Store
) -> None:
    from meagraph.sources import read_document

    path = min(sources.glob("*.txt"))
    passage = next(one for one in read_document(path).passages if one.kind == "paragraph")
    iri = f"{BASE}documents/{path.stem}/{passage.label}"
    sha256 = NamedNode(PREFIXES["mea"] + "sha256")

    def said(digest: str) -> tuple[str | None, str]:
        only = Store()
        only.add(Quad(NamedNode(iri), sha256, Literal(digest), DefaultGraph()))
        return tuple(texts_of(cite(only, [iri]).values(), sources)[iri])  # type: ignore[return-value]

    assert said(hashlib.sha256(passage.text.encode()).hexdigest()) == (passage.text, "")
    text, note = said("0" * 64)
    assert text == passage.text and "not the text" in note


def test_the_official_address_is_the_documents(store: Store) -> None:
    assert PREFIXES["schema"] == SCHEMA
    assert {one.url for one in cite(store, [NOTE + "annex-1/14"]).values()} == {
        "https://example.org/note"
    }


def test_a_date_of_its_own_is_traced_to_the_passage_that_gives_it(project: Project) -> None:
    description = describe(open_graph(project), BASE + "meetings/minamata-cop-4-resumed")
    facts = {description.shown(fact.statement.predicate): fact for fact in description.facts}
    assert [str(one) for one in facts["earliest"].origins] == ["entailed from COP-4 report fn/star"]


def test_a_date_that_a_part_has_from_its_whole_is_traced_to_what_dates_the_whole() -> None:
    store = Store()
    part, whole = NamedNode(BASE + "meetings/part"), NamedNode(BASE + "meetings/whole")
    record = NamedNode(BASE + "meetings/part")
    passage = NamedNode(BASE + "documents/a-note/annex-1/7")
    earliest = NamedNode(PREFIXES["mea"] + "earliest")
    day = Literal("2024-06-11", datatype=NamedNode(XSD + "date"))
    when = Literal("2024-06-11", datatype=NamedNode(PREFIXES["edtf"] + "EDTF"))
    for merge in (None, DefaultGraph()):
        store.add(Quad(part, NamedNode(SCHEMA + "superEvent"), whole, merge or record))
        store.add(Quad(whole, NamedNode(PREFIXES["mea"] + "when"), when, merge or passage))
        for meeting in (part, whole):
            store.add(Quad(meeting, earliest, day, merge or NamedNode(ENTAILED_GRAPH)))
    description = describe(store, part.value)
    (fact,) = [each for each in description.facts if each.statement.predicate == earliest]
    assert [(origin.kind, origin.entailed) for origin in fact.origins] == [
        ("passage", True),
        ("record", True),
    ]


def test_cooperation_is_traced_to_the_passages_of_its_activities(project: Project) -> None:
    store = open_graph(project)
    unep, oecd = BASE + "organisations/unep", BASE + "organisations/oecd"
    with_whom = {
        fact.statement.object: [str(one) for one in fact.origins]
        for fact in describe(store, unep).facts
        if fact.statement.predicate.value == PREFIXES["mea"] + "cooperatesWith"
    }
    assert with_whom[NamedNode(oecd)] == ["entailed from COP-6 note annex-1/23"]
    (stated,) = stated_between(store, unep, oecd)
    assert stated.citation.name == "COP-6 note annex-1/23"
    assert {statement.object for statement in stated.statements} == {
        NamedNode(unep),
        NamedNode(oecd),
    }
    assert stated_between(store, oecd, unep) == [stated]
    cooperation = f"{ENTAILED_GRAPH}#organisations.oecd--organisations.unep"
    assert stated_about(store, cooperation) == [stated]
    assert [kind.value for kind in describe(store, cooperation).kinds] == [
        PREFIXES["mea"] + "Cooperation"
    ]


def test_cooperation_is_told_once_of_each_of_the_two(project: Project) -> None:
    description = describe(open_graph(project), BASE + "organisations/unep")
    cooperates = PREFIXES["mea"] + "cooperatesWith"
    told = [fact for fact in description.facts if fact.statement.predicate.value == cooperates]
    assert told
    assert not any(f.statement.predicate.value == cooperates for f in description.references)


def test_cooperation_of_units_alone_is_traced_to_what_makes_them_units(project: Project) -> None:
    store = open_graph(project)
    brs, unep = BASE + "organisations/brs-secretariat", BASE + "organisations/unep"
    names = [stated.citation.name for stated in stated_between(store, brs, unep)]
    assert "COP-4 report annex/2-a/1" in names  # the statement with the Law Division
    assert "COP-4 report annex/2-e/1" in names  # that it is a division of UNEP
    assert stated_between(store, unep, BASE + "places/cali") == []
