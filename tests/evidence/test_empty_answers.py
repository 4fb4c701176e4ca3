"""An answer without rows says according to which documents there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.evidence import tabulate
from meagraph.namespaces import BASE, ONTOLOGY, RDF
from meagraph.project import Project
from meagraph.queries import ask, load_questions, read_question

HEADER = """\
#+ summary = "Who?"
#+ empty = "No passage names anyone."
#+ [parameters.document]
#+ label = "Document"
#+ class = "mea:SourceDocument"
#+ many = true
"""
QUERY = "SELECT ?who { VALUES ?document { UNDEF } ?who a ?document }"


@pytest.fixture
def store() -> Store:
    store = Store()
    for slug, title in (("note", "COP-6 note"), ("report", "COP-4 report")):
        document = NamedNode(f"{BASE}documents/{slug}")
        for predicate, value in (
            (RDF + "type", NamedNode(ONTOLOGY + "SourceDocument")),
            (ONTOLOGY + "shortTitle", Literal(title)),
        ):
            store.add(Quad(document, NamedNode(predicate), value, DefaultGraph()))
    return store


def empty(store: Store, text: str, given: Mapping[str, Sequence[str]] | None = None) -> str:
    question = read_question(text)
    return tabulate(question, given or {}, store, ask(Store(), question.text))[0].empty


def test_all_documents_of_the_graph_are_named_where_none_was_asked_for(store: Store) -> None:
    said = "According to COP-4 report, COP-6 note: no passage names anyone."
    assert empty(store, HEADER + QUERY) == said
    assert empty(store, HEADER + QUERY, {"document": ["any"]}) == said


def test_only_the_document_that_was_asked_for_is_named(store: Store) -> None:
    said = "According to COP-6 note: no passage names anyone."
    assert empty(store, HEADER + QUERY, {"document": ["COP-6 note"]}) == said
    assert empty(store, HEADER + QUERY, {"document": ["documents:note"]}) == said


def test_the_documents_of_the_questions_own_values_are_named(store: Store) -> None:
    query = QUERY.replace("UNDEF", "documents:report")
    assert empty(store, HEADER + query).startswith("According to COP-4 report: ")
    query = QUERY.replace("UNDEF", f"<{BASE}documents/note>")
    assert empty(store, HEADER + query).startswith("According to COP-6 note: ")


def test_a_sentence_may_name_the_documents_itself(store: Store) -> None:
    header = HEADER.replace("No passage names anyone.", "No reading of {documents} names anyone.")
    assert empty(store, header + QUERY) == "No reading of COP-4 report, COP-6 note names anyone."
    assert empty(Store(), header + QUERY) == "No reading of the documents names anyone."


def test_an_acronym_keeps_its_capitals(store: Store) -> None:
    header = HEADER.replace("No passage names anyone.", "IOMC has no member.")
    assert empty(store, header + QUERY).endswith("note: IOMC has no member.")


def test_a_query_without_header_was_not_asked_of_documents(store: Store) -> None:
    assert empty(store, QUERY) == "Nothing in the graph answers this."


def test_no_stored_question_says_in_its_own_words_whom_it_goes_by(project: Project) -> None:
    for name, question in load_questions(project).items():
        assert not question.empty.startswith("According"), name
