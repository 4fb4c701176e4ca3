"""Values of parameters: what they may be, and that they never become part of the query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import QUESTION, answer, node, people, refusal
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import CONCEPTS, ONTOLOGY, RDF, RDFS
from meagraph.queries import (
    ask,
    bind,
    defaults_used,
    example,
    read_question,
)


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


@pytest.mark.parametrize(
    ("datatype", "given_", "kept"),
    [
        ("xsd:integer", "-12", "-12"),
        ("xsd:integer", "+007", "7"),
        ("xsd:decimal", "-1.50", "-1.5"),
        ("xsd:decimal", "+012.", "12"),
        ("xsd:decimal", ".5", "0.5"),
        ("xsd:decimal", "-0.0", "0"),
        ("xsd:boolean", "Yes", "true"),
        ("xsd:boolean", "0", "false"),
    ],
)
def test_numbers_and_truths_are_written_as_the_store_writes_them(
    datatype: str, given_: str, kept: str
) -> None:
    question = read_question(
        f'#+ [parameters.v]\n#+ datatype = "{datatype}"\nSELECT ?v {{ VALUES ?v {{ UNDEF }} }}'
    )
    bound = bind(question, Store(), {"v": [given_]})
    assert f'"{kept}"^^' in bound
    stored = Store()
    term = ask(stored, bound).rows[0][0]
    assert isinstance(term, Literal)
    stored.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), term, DefaultGraph()))
    assert [quad.object for quad in stored] == [term]


@pytest.mark.parametrize(
    ("datatype", "text"),
    [
        ("xsd:decimal", "."),
        ("xsd:decimal", "1,5"),
        ("xsd:decimal", "1e3"),
        ("xsd:decimal", "٣"),
        ("xsd:decimal", "1" * 19),
        ("xsd:boolean", "maybe"),
        ("xsd:integer", "--1"),
        ("xsd:integer", "1 } #"),
    ],
)
def test_what_is_no_number_and_no_truth_is_refused(datatype: str, text: str) -> None:
    question = read_question(
        f'#+ [parameters.v]\n#+ datatype = "{datatype}"\nSELECT ?v {{ VALUES ?v {{ UNDEF }} }}'
    )
    with pytest.raises(UnusableInput, match="is not"):
        bind(question, Store(), {"v": [text]})


def test_a_thousand_values_are_the_most_and_each_counts_once(store: Store) -> None:
    text = (
        '#+ [parameters.v]\n#+ datatype = "xsd:integer"\n#+ many = true\n'
        "SELECT ?v { VALUES ?v { UNDEF } }"
    )
    question = read_question(text)
    values = [str(number) for number in range(1000)]
    assert len(ask(store, bind(question, store, {"v": values * 2})).rows) == 1000
    with pytest.raises(UnusableInput, match="at most 1,000 values, not 10,000"):
        bind(question, store, {"v": [str(number) for number in range(10_000)]})
    assert len(ask(store, bind(question, store, {"v": ["7", "07", "+7"]})).rows) == 1


def test_one_thing_under_two_names_is_asked_for_once(store: Store) -> None:
    rows = answer(store, agent=["Org 01", "organisations:org-01", "org 01"])
    assert [row["agent"] for row in rows] == [node("organisations/org-01")]


@pytest.mark.parametrize("name", ["timeout", "limit", "columns", "output", "endpoint", "labels"])
def test_no_parameter_has_the_name_of_an_option(name: str) -> None:
    text = (
        f'#+ [parameters.{name}]\n#+ datatype = "xsd:integer"\n'
        f"SELECT * {{ VALUES ?{name} {{ UNDEF }} }}"
    )
    with pytest.raises(UnusableInput, match=f"--{name} is an option"):
        read_question(text)


# --- names of several things -------------------------------------------------------------------


def named(store: Store, path: str, kind: str, name: str, how: str = RDFS + "label") -> None:
    """Add a thing of a class with a name."""
    thing = node(path)
    store.add(Quad(thing, NamedNode(RDF + "type"), NamedNode(ONTOLOGY + kind), DefaultGraph()))
    store.add(Quad(thing, NamedNode(how), Literal(name, language="en"), DefaultGraph()))


def test_a_name_of_several_things_means_the_one_that_fits(store: Store) -> None:
    named(store, "meetings/org-03", "Meeting", "Org 03")
    named(store, "bodies/three", "Body", "Org 03", ONTOLOGY + "acronym")
    for name in ("Org 03", "org 03", "org-03"):
        rows = answer(store, agent=[name])
        assert [row["agent"] for row in rows] == [node("organisations/org-03")]


def test_a_less_telling_name_of_what_fits_wins_over_a_label_of_what_does_not(store: Store) -> None:
    named(store, "places/geneva", "Place", "Geneva")
    named(store, "organisations/network", "Organisation", "The network")
    named(store, "organisations/network", "Organisation", "Geneva", ONTOLOGY + "statedAs")
    rows = answer(store, agent=["Geneva"])
    assert [row["agent"] for row in rows] == [node("organisations/network")]


def test_an_acronym_of_three_that_fit_says_which_three(store: Store) -> None:
    for number in range(3):
        path = f"organisations/org-{number:02}"
        named(store, path, "Organisation", "OEWG", ONTOLOGY + "acronym")
    named(store, "meetings/oewg-1", "Meeting", "OEWG", ONTOLOGY + "acronym")
    for name in ("OEWG", "oewg"):
        said = refusal(store, agent=[name])
        assert f"--agent (Actor, mea:Organisation): “{name}” may mean 3 things" in said
        assert "an acronym of each" in said
        lines = [line.strip() for line in said.splitlines() if "organisations:" in line]
        assert lines == [f"organisations:org-{number:02}  (Org {number:02})" for number in range(3)]
        assert "meetings:oewg-1" not in said


def test_a_name_of_several_things_of_which_none_fits_is_told(store: Store) -> None:
    for path in ("meetings/a", "bodies/b"):
        named(store, path, "Body", "Twin")
    said = refusal(store, agent=["Twin"])
    assert "none of which is of the class mea:Organisation" in said
    assert "meetings:a" in said and "bodies:b" in said and "Accepted:" in said


def test_near_names_are_those_that_fit_first(store: Store) -> None:
    for number in range(5):
        named(store, f"meetings/m-{number}", "Meeting", f"Meeting of Organisations {number}")
    named(store, "organisations/far", "Organisation", "Organisation of Meetings, the other")
    near = refusal(store, agent=["Meeting of Organisatoins 2"]).split("Accepted:")[0]
    assert near.index("organisations:far") < near.index("meetings:m-2")


def test_near_concepts_are_found_too(store: Store) -> None:
    near = refusal(store, agent=["org-01"], status=["hedl"]).split("Accepted:")[0]
    assert "status:held" in near


def test_a_name_that_is_spelled_exactly_is_found_without_a_walk(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meagraph.names import lookup

    named(store, "meetings/org-04", "Meeting", "Org 04")
    monkeypatch.setattr(lookup, "_names", lambda _: pytest.fail("it walked"))
    for name in ("Org 04", "org-04", "organisations:org-04"):
        rows = answer(store, agent=[name])
        assert [row["agent"] for row in rows] == [node("organisations/org-04")]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_a_known_thing_or_refused(text: str) -> None:
    question, store = read_question(QUESTION, "who.rq", "who"), people()
    try:
        bound = bind(question, store, {"agent": [text]})
    except UnusableInput:
        return
    found = {row[0] for row in ask(store, bound).rows}
    assert found <= {node(f"organisations/org-{number:02}") for number in range(15)}
