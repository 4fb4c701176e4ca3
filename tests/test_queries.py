"""Stored questions: headers, parameters, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, CONCEPTS, ONTOLOGY, RDF, RDFS, SKOS
from meagraph.project import Project
from meagraph.queries import (
    ask,
    bind,
    defaults_used,
    example,
    load_question,
    load_questions,
    read_question,
    standalone,
)

QUESTION = """\
#+ summary = "Who?"
#+ description = '''VALUES ?agent { in the header }'''
#+ [parameters.agent]
#+ label = "Actor"
#+ class = "mea:Organisation"
#+ required = true
#+ many = true
#+ [parameters.status]
#+ scheme = "status"
#+ [parameters.word]
#+ datatype = "xsd:string"
#+ [parameters.since]
#+ datatype = "xsd:date"
#+ bound = "lower"
#+ [parameters.until]
#+ datatype = "xsd:date"
#+ bound = "upper"
#+ [parameters.count]
#+ datatype = "xsd:integer"
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
# a comment with VALUES ?agent { comment }
SELECT ?agent ?word ?since ?until ?count ?status ("VALUES ?agent { text }" AS ?text) WHERE {
  VALUES ?agent { mea:nobody }
  VALUES ?status { UNDEF } VALUES ?word { "default } # word" } VALUES ?since { UNDEF }
  VALUES ?until { UNDEF } VALUES ?count { 7 }
  { values $agent { mea:nobody } ?agent rdfs:label ?label }
}
"""


def node(path: str) -> NamedNode:
    return NamedNode(BASE + path)


@pytest.fixture
def store() -> Store:
    store = Store()
    label, kind = NamedNode(RDFS + "label"), NamedNode(RDF + "type")
    for number in range(15):
        thing = node(f"organisations/org-{number:02}")
        store.add(Quad(thing, kind, NamedNode(ONTOLOGY + "Organisation"), DefaultGraph()))
        store.add(Quad(thing, label, Literal(f"Org {number:02}", language="en"), DefaultGraph()))
    meeting = node("meetings/cop")
    store.add(Quad(meeting, kind, NamedNode(ONTOLOGY + "Meeting"), DefaultGraph()))
    store.add(Quad(meeting, label, Literal("The COP", language="en"), DefaultGraph()))
    held = NamedNode(CONCEPTS + "status/held")
    scheme = NamedNode(CONCEPTS + "status")
    store.add(Quad(held, NamedNode(SKOS + "inScheme"), scheme, DefaultGraph()))
    preferred = Literal("held", language="en")
    store.add(Quad(held, NamedNode(SKOS + "prefLabel"), preferred, DefaultGraph()))
    return store


@pytest.fixture
def queries(tmp_path: Path) -> Project:
    folder = tmp_path / "queries" / "people"
    folder.mkdir(parents=True)
    (folder / "who.rq").write_text(QUESTION, encoding="utf-8")
    return Project(tmp_path)


def answer(store: Store, **values: list[str]) -> list[dict[str, object]]:
    question = read_question(QUESTION, "who.rq", "who")
    found = ask(store, bind(question, store, values))
    return [dict(zip(found.variables, row, strict=True)) for row in found.rows]


def refusal(store: Store, **values: list[str]) -> str:
    with pytest.raises(UnusableInput) as caught:
        answer(store, **values)
    return str(caught.value)


# --- files and headers -------------------------------------------------------------------------


def test_a_header_is_read(queries: Project) -> None:
    question = load_question(queries, "who")
    assert (question.name, question.theme, question.summary) == ("who", "people", "Who?")
    assert question.parameters["agent"].default == "mea:nobody"
    assert question.parameters["word"].default == '"default } # word"'
    assert question.parameters["agent"].many and question.parameters["agent"].required
    assert load_questions(queries) == {"who": question}


def test_reading_one_question_does_not_read_another(queries: Project) -> None:
    (queries.queries / "people" / "broken.rq").write_bytes(b"#+ \xff")
    assert load_question(queries, "who").name == "who"
    with pytest.raises(UnusableInput, match=r"broken\.rq"):
        load_questions(queries)


def test_two_questions_of_one_name_are_refused(queries: Project) -> None:
    (queries.queries / "meetings").mkdir()
    (queries.queries / "meetings" / "who.rq").write_text(QUESTION, encoding="utf-8")
    for load in (load_questions, lambda project: load_question(project, "who")):
        with pytest.raises(UnusableInput, match="another theme"):
            load(queries)


def test_an_unknown_question_brings_near_names(queries: Project) -> None:
    with pytest.raises(UnusableInput, match=r"Did you mean who\?"):
        load_question(queries, "whoo")


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (['summary = "x', 'tags = ["a"]'], 1, "not TOML"),
        (['summary = "x"', "tags = nope"], 2, "not TOML"),
        (['summary = "x"', 'sumary = "y"'], 2, "sumary"),
        (['summary = "x"', "[parameters.b]", 'class = "mea:Body"'], 2, r"VALUES \?b"),
        (['summary = "x"', "[parameters.a]", 'datatype = "xsd:gYear"'], 2, "gYear"),
        (['summary = "x"', "[parameters.a]", 'label = "A"'], 2, "class or a datatype"),
        (['summary = "x"', "[parameters.a]", 'class = "foo:A"'], 2, "foo:A"),
        (['summary = "x"', "[parameters.a]", "requred = true"], 3, "requred"),
        (['summary = "x"', "[parameters.a]", 'class = "mea:A"', 'many = "y"'], 4, "true or false"),
        (['summary = "x"', "[parameters.root]", 'class = "mea:Body"'], 2, "--root"),
        (['summary = "x"', "[columns.a]", "unit = 5"], 3, "in quotes"),
    ],
)
def test_a_faulty_header_is_told_with_its_line(lines: list[str], line: int, words: str) -> None:
    head = "".join(f"#+ {text}\n" for text in lines)
    body = "SELECT * { VALUES ?a { UNDEF } VALUES ?root { UNDEF } }"
    with pytest.raises(UnusableInput, match=words) as caught:
        read_question(head + body, "q.rq", "q")
    assert caught.value.line == line


# --- parameters --------------------------------------------------------------------------------


def test_values_are_put_into_every_group_and_nowhere_else(store: Store) -> None:
    question = read_question(QUESTION, "who.rq", "who")
    bound = bind(question, store, {"agent": ["Org 01", "organisations:org-02"]})
    assert bound.count("organisations/org-01>") == 2
    for kept in ("{ in the header }", "{ comment }", "{ text }"):
        assert kept in bound
    rows = answer(store, agent=["Org 01", "organisations:org-02"])
    assert [row["agent"] for row in rows] == [
        node("organisations/org-01"),
        node("organisations/org-02"),
    ]
    assert rows[0]["word"] == Literal("default } # word")


def test_any_lifts_an_optional_restriction_only(store: Store) -> None:
    rows = answer(store, agent=["org-01"], word=["any"], count=["any"])
    assert rows[0]["word"] is None and rows[0]["count"] is None
    assert "cannot be “any”" in refusal(store, agent=["any"])


def test_concepts_are_found_by_scheme(store: Store) -> None:
    rows = answer(store, agent=["org-01"], status=["held"])
    assert rows[0]["status"] == NamedNode(CONCEPTS + "status/held")
    assert "status:held" in refusal(store, agent=["org-01"], status=["organisations:org-02"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-06-11", "2024-06-11", "2024-06-11"),
    ],
)
def test_a_month_or_year_is_its_first_or_last_day(
    store: Store, text: str, first: str, last: str
) -> None:
    row = answer(store, agent=["org-01"], since=[text], until=[text])[0]
    assert (row["since"].value, row["until"].value) == (first, last)  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["2024-13-01", "2023-02-29", "24", "0000", "2024-6-1", "soon"])
def test_a_day_that_does_not_exist_is_refused(store: Store, text: str) -> None:
    said = refusal(store, agent=["org-01"], since=[text])
    assert text in said and "2024-06-11" in said


def test_only_a_bounded_date_may_be_a_year(store: Store) -> None:
    text = QUESTION.replace('#+ bound = "lower"\n', "")
    with pytest.raises(UnusableInput, match="is not a day"):
        bind(read_question(text), store, {"agent": ["org-01"], "since": ["2024"]})


def test_a_missing_parameter_is_told_with_what_it_accepts(store: Store) -> None:
    said = refusal(store)
    assert "--agent (Actor, mea:Organisation) is not given" in said
    assert said.count("organisations:org-") >= 12
    assert "and 3 more" in said
    assert "Example: meagraph query who --agent" in said


def test_what_does_not_fit_is_refused(store: Store) -> None:
    assert "this question has no parameter --agnt" in refusal(store, agnt=["x"])
    assert "Meeting" in refusal(store, agent=["meetings:cop"])
    assert "takes one value, not 2" in refusal(store, agent=["org-01"], count=["1", "2"])
    assert "“1.5”" in refusal(store, agent=["org-01"], count=["1.5"])


def test_defaults_that_restrict_are_told() -> None:
    question = read_question(QUESTION, "", "who")
    used = defaults_used(question, {"agent": ["x"]})
    assert used == {"word": '"default } # word"', "count": "7"}
    assert example(question) == "meagraph query who --agent mea:nobody"


@pytest.mark.parametrize(
    "text",
    ['" } SERVICE <http://x/> { ?s ?p ?o } #', "'''", '\\" } #', "} UNION { ?s ?p ?o", "\n#"],
)
def test_a_hostile_text_stays_a_text(store: Store, text: str) -> None:
    rows = answer(store, agent=["org-01"], word=[text])
    assert [row["word"] for row in rows] == [Literal(text)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_a_text(text: str) -> None:
    question = read_question(
        '#+ summary = "s"\n#+ [parameters.w]\n#+ datatype = "xsd:string"\n#+ required = true\n'
        "SELECT ?w ?x { VALUES ?w { 'a' } VALUES ?x { 1 } }"
    )
    if text != "any":
        found = ask(Store(), bind(question, Store(), {"w": [text]}))
        assert [row[0] for row in found.rows] == [Literal(text)]


@pytest.mark.parametrize("text", ["<http://x/> } #", "http://a> <b", "mea:x } UNION {", "> } #"])
def test_a_hostile_name_is_refused(store: Store, text: str) -> None:
    assert "Accepted" in refusal(store, agent=[text])


# --- free queries ------------------------------------------------------------------------------


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


def test_rows_without_order_are_sorted_numbers_by_value() -> None:
    found = ask(Store(), "SELECT ?x { VALUES ?x { 10 'b' 9 <http://a/> UNDEF 'a' } }")
    shown = [str(row[0]) if row[0] is None else row[0].value for row in found.rows]
    assert shown == ["None", "9", "10", "a", "b", "http://a/"]


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


def test_a_header_that_was_read_before_is_not_read_again_unless_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tomllib

    from meagraph.queries.headers import parse_header

    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path))
    assert parse_header('summary = "Which?"') == {"summary": "Which?"}
    with monkeypatch.context() as patch:
        patch.setattr(tomllib, "loads", lambda text: pytest.fail("read again"))
        assert parse_header('summary = "Which?"') == {"summary": "Which?"}
    assert parse_header('summary = "Who?"') == {"summary": "Who?"}
    for kept in (tmp_path / "headers").iterdir():
        kept.write_bytes(b"damaged")
    assert parse_header('summary = "Which?"') == {"summary": "Which?"}
    with pytest.raises(ValueError, match="Invalid value"):
        parse_header("summary = ")


@pytest.mark.parametrize("form", ["SELECT *", "select distinct *"])
def test_all_variables_come_in_the_order_in_which_they_are_written(store: Store, form: str) -> None:
    assert ask(store, f"{form} {{ ?s ?p ?o }}").variables == ("s", "p", "o")
    inner = f"SELECT ?o ?b {{ {{ {form} {{ ?s ?p ?o }} }} BIND (1 AS ?b) }}"
    assert ask(store, inner).variables == ("o", "b")


def test_a_parameter_may_take_things_of_any_class_but_only_known_ones(store: Store) -> None:
    text = (
        '#+ summary = "?"\n#+ [parameters.thing]\n#+ class = "rdfs:Resource"\n'
        "SELECT ?thing { VALUES ?thing { UNDEF } }"
    )
    question = read_question(text, "any.rq", "any")
    for name, path in (("The COP", "meetings/cop"), ("Org 03", "organisations/org-03")):
        found = ask(store, bind(question, store, {"thing": [name]}))
        assert found.rows == [(node(path),)]
    with pytest.raises(UnusableInput, match="nothing in the graph is called"):
        bind(question, store, {"thing": ["https://w3id.org/meagraph/meetings/nowhere"]})
