"""Queries: what is refused, how a mistake is told, and the order of an answer."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from meagraph.errors import UnusableInput
from meagraph.queries import (
    ask,
    standalone,
    without_header,
)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "select * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1/> { ?a ?b ?c } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
        "SELECT * { ?s ?p 1.e0SERVICE <http://127.0.0.1/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p ?a FILTER(?a<'>')SERVICE<http://127.0.0.1/>{?x ?y ?z} FILTER(?a='') }",
        "BASE <http://x/> SELECT * { ?s <'> ?o SERVICE <http://127.0.0.1/> {} ?s <'> ?o }",
        r"PREFIX e: <http://x/> SELECT * { ?s e:a\#b ?o SERVICE <http://127.0.0.1/> {} }",
        "SELECT * { ?s ?p ?o } # \nVALUES ?s { UNDEF } INSERT DATA { }",
        "SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1/> { ?s ?p ?o }",
        "INSERT DATA { <http://x/> <http://x/> <http://x/> }",
        "LOAD <http://127.0.0.1/>",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "SELECT * " + "{" * 3000 + "}" * 3000,
    ],
)
def test_what_leaves_the_machine_or_writes_is_refused(sparql: str) -> None:
    with pytest.raises(UnusableInput):
        ask(Store(), sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ('SERVICE FROM' AS ?x) {}  # SERVICE <http://x/>",
        "SELECT (<http://example.org/SERVICE#FROM> AS ?x) {}",
        "SELECT ?service { BIND('''it's \"SERVICE\"''' AS ?service) }",
        "SELECT ?x { BIND(1<2&&3>2 AS ?x) }",
        "SELECT ?x { BIND(<http://example.org/it's> AS ?x) }",
    ],
)
def test_the_words_may_stand_in_texts_iris_comments_and_names(sparql: str) -> None:
    assert len(ask(Store(), sparql).rows) == 1


@pytest.mark.parametrize(
    ("sparql", "line", "column", "words"),
    [
        ("SELECT ?s\nWHERE { ?s a mee:Meeting }", 2, 14, r"Did you mean mea:\?"),
        ("SELECT ?s {\n ?s ?p ?o . FILTR(?o) }", 2, 13, "Did you mean FILTER"),
        ("SELECT ?s {\n ?s ?p ?o ", 1, 11, "no partner"),
        ("SELECT ?s { ?s ?p 'abc }", 1, 19, "does not end"),
        ("SELECT ?s { ?s ?p ?o } }", 1, 24, "no partner"),
        ("SELECT ?s {\n ?s ?p ?o .\n ?s ?p }", 3, 2, "cannot be read"),
        ("hello there", 1, 1, "hello"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", 1, 40, "GROUP BY"),
    ],
)
def test_a_mistake_is_shown_in_its_line_with_its_cause(
    sparql: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(UnusableInput, match=words) as caught:
        ask(Store(), sparql)
    assert (caught.value.line, caught.value.column) == (line, column)
    shown, caret = str(caught.value.hint).split("\n")[:2]
    assert shown == sparql.split("\n")[line - 1]
    assert caret == "  " + " " * (column - 1) + "^"


@pytest.mark.parametrize(
    ("before", "after"), [("", "y" * 500), ("x" * 500, ""), ("x" * 500, "y" * 500), ("", "")]
)
def test_of_a_long_line_the_place_and_what_is_around_it_are_shown(before: str, after: str) -> None:
    sparql = f"SELECT * {{\n '{before}' FILTR '{after}' }}"
    with pytest.raises(UnusableInput, match="Did you mean FILTER") as caught:
        ask(Store(), sparql)
    shown, caret = str(caught.value.hint).split("\n")[:2]
    assert len(shown) <= 160
    assert shown[caret.index("^") - 2 :].startswith("FILTR")
    assert (shown[0] == "…", shown[-1] == "…") == (bool(before), bool(after))
    assert (caught.value.line, caught.value.column) == (2, len(before) + 5)


def test_a_long_word_is_not_repeated_in_full() -> None:
    with pytest.raises(UnusableInput, match="no word of SPARQL") as caught:
        ask(Store(), "SELECT * { " + "x" * 80_000)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("part", ["1+", "?a<?b&&", "#\n"])
def test_the_slow_parser_is_not_asked_about_a_long_query(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take a minute of a server for 80,000 characters of a stranger."""
    from rdflib.plugins.sparql import parser

    asked: list[int] = []
    monkeypatch.setattr(parser, "parseQuery", lambda text: asked.append(len(text)))
    with pytest.raises(UnusableInput, match="cannot be read"):
        ask(Store(), f"SELECT * {{ FILTER({part * (80_000 // len(part))}) }}")
    assert not asked
    with pytest.raises(UnusableInput, match="cannot be read"):
        ask(Store(), f"SELECT * {{ FILTER({part}) }}")
    assert asked, "it is asked about a short one"


@pytest.mark.parametrize(
    ("prefix", "word"),
    [("service", "service"), ("myServices", "service"), ("derivedFrom", "from")],
)
def test_a_prefix_that_may_be_a_keyword_is_told_to_be_renamed(prefix: str, word: str) -> None:
    with pytest.raises(UnusableInput, match="two ways") as caught:
        ask(Store(), f"PREFIX {prefix}: <u:> SELECT * {{ ?s {prefix}:x ?o }}")
    assert f"without “{word}”" in str(caught.value.hint)


def test_a_local_name_may_hold_the_words() -> None:
    sparql = "PREFIX ex: <u:> SELECT * { ?s ex:derivedFrom ex:SERVICE ; ex:from ex:service }"
    assert ask(Store(), sparql).rows == []


def test_rows_without_order_are_sorted_numbers_by_value() -> None:
    found = ask(Store(), "SELECT ?x { VALUES ?x { 10 'b' 9 <http://a/> UNDEF 'a' } }")
    shown = [str(row[0]) if row[0] is None else row[0].value for row in found.rows]
    assert shown == ["None", "9", "10", "a", "b", "http://a/"]


def test_what_is_called_no_number_does_not_disturb_the_order_of_numbers() -> None:
    found = ask(Store(), "SELECT ?x { VALUES ?x { 3 'nan' 1 'NaN' 2 } }")
    assert [row[0].value for row in found.rows] == ["1", "2", "3", "NaN", "nan"]


def test_the_order_of_a_query_is_kept_and_that_of_its_inner_query_is_none() -> None:
    values = "VALUES ?x { 2 3 1 }"
    kept = ask(Store(), f"SELECT ?x {{ {values} }} ORDER BY DESC(?x)")
    assert [row[0].value for row in kept.rows] == ["3", "2", "1"]
    inner = ask(Store(), f"SELECT ?x {{ {{ SELECT ?x {{ {values} }} ORDER BY DESC(?x) }} }}")
    assert [row[0].value for row in inner.rows] == ["1", "2", "3"]


def test_each_form_of_query_has_its_answer(store: Store) -> None:
    assert ask(store, "ASK { ?s a mea:Meeting }").boolean is True
    assert ask(store, "ASK { ?s a mea:Body }").boolean is False
    built = ask(store, "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a mea:Meeting ; rdfs:label ?l }")
    assert [triple.object.value for triple in built.triples or ()] == ["The COP"]


def test_a_standalone_query_declares_the_prefixes_that_it_lacks() -> None:
    text = "PREFIX mea: <http://other/>\nSELECT * { ?s a mea:X ; skos:note 'org:x' }"
    skos = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    assert standalone(text) == skos + text


@pytest.mark.parametrize("form", ["SELECT *", "select distinct *"])
def test_all_variables_come_in_the_order_in_which_they_are_written(store: Store, form: str) -> None:
    assert ask(store, f"{form} {{ ?s ?p ?o }}").variables == ("s", "p", "o")
    inner = f"SELECT ?o ?b {{ {{ {form} {{ ?s ?p ?o }} }} BIND (1 AS ?b) }}"
    assert ask(store, inner).variables == ("o", "b")


def test_a_query_is_given_without_its_header() -> None:
    body = "# a remark\nSELECT * { ?s ?p '#+ no header' }\n#+ nor this\n"
    assert without_header('#+ summary = "?"\n\n#+ tags = []\n' + body) == body
    assert without_header(body) == body
