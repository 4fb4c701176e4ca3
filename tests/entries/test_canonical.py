"""One set of triples has one spelling, and what would be lost is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import GRAPH, GRAPHS
from hypothesis import given, settings

from meagraph.entries import Entry, canonical, refusals
from meagraph.entries.writer import write
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY

HEAD = (
    f"PREFIX mea: <{ONTOLOGY}>\nPREFIX this: <{GRAPH}#>\nPREFIX meetings: <{BASE}meetings/>\n"
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
)


def entry(text: str) -> Entry:
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=GRAPH)
    return Entry(Path("24.ttl"), GRAPH, text, tuple(quad.triple for quad in quads))


@settings(deadline=None)
@given(GRAPHS)
def test_the_canonical_form_has_exactly_the_triples(triples: set[ox.Triple]) -> None:
    text = write(GRAPH, tuple(triples))
    assert set(entry(text).triples) == triples


@settings(deadline=None)
@given(GRAPHS)
def test_the_canonical_form_depends_on_the_triples_alone(triples: set[ox.Triple]) -> None:
    one = write(GRAPH, tuple(triples))
    shuffled = list(triples)
    random.Random(1).shuffle(shuffled)
    assert write(GRAPH, (*shuffled, shuffled[0])) == one
    assert canonical(entry(one)) == one


def test_two_spellings_of_one_value_have_one_order() -> None:
    boolean = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    node = ox.NamedNode(GRAPH + "#a")
    one, two = (ox.Triple(node, node, ox.Literal(form, datatype=boolean)) for form in ("1", "true"))
    assert write(GRAPH, (one, two)) == write(GRAPH, (two, one))


def test_the_canonical_form_is_rdflibs_longturtle() -> None:
    import rdflib

    text = canonical(
        entry(
            HEAD + "this:b mea:of meetings:oecd-2024-02-06 . this:a a mea:Activity ;"
            " mea:times 10, 2 ; mea:share 0.5 ; mea:label 'two'@en, \"it's\", 'one'@en ;"
            " mea:of meetings:cbd-cop-16-1 , this:b , <http://other.org/x/y> ."
        )
    )
    graph = rdflib.Graph(bind_namespaces="none").parse(data=text, format="turtle")
    assert graph.serialize(format="longturtle", canon=True) == text


def test_only_prefixes_in_use_are_declared_and_the_file_ends_in_one_line_feed() -> None:
    text = canonical(entry(HEAD + "this:a mea:of <http://other.org/x> .\n\n\n"))
    assert [line.split()[1] for line in text.splitlines() if line.startswith("PREFIX")] == [
        "mea:",
        "this:",
    ]
    assert text.endswith(".\n") and not text.endswith("\n\n")


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("007", "7"),
        ("+5", "5"),
        ("-0", "0"),
        ("1.0", "1"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("1.5e3", "1500"),
        ("'4'^^xsd:nonNegativeInteger", "4"),
        ("'4'^^xsd:float", "4"),
        ("'many'^^xsd:integer", "a number"),
        ("'1e99999999'^^xsd:double", "fewer digits"),
        ("'INF'^^xsd:double", "a number"),
    ],
)
def test_a_number_in_another_form_is_refused_with_the_right_one(number: str, right: str) -> None:
    (refusal,) = refusals(entry(HEAD + f"this:a mea:x {number} ."))
    assert (refusal.line, refusal.column) == (5, 14)
    assert right in (refusal.hint or "")


@pytest.mark.parametrize("number", ["0", "-7", "12.25", "0.5", "'5'^^xsd:decimal"])
def test_a_number_in_canonical_form_passes_and_survives_a_store(number: str) -> None:
    good = entry(HEAD + f"this:a mea:x {number} .")
    assert refusals(good) == []
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in good.triples)
    assert {quad.triple for quad in store} == set(good.triples)


def test_everything_that_would_be_lost_is_listed_in_the_order_of_lines() -> None:
    text = HEAD + "this:a mea:x [ mea:y (1 2) ] . # why\n_:b mea:x 05 . # two\nthis:a mea:x 05 ."
    found = [(error.line, error.column, error.message) for error in refusals(entry(text))]
    assert [place[:2] for place in found] == [(5, 14), (5, 22), (5, 32), (6, 1), (6, 16), (7, 14)]
    assert "comment" in found[2][2] and "blank node" in found[0][2]
    with pytest.raises(UnusableInput, match="blank node"):
        canonical(entry(text))


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("this:a mea:x 'a'@en--ltr .", (5, 20), "direction"),
        ("this:a mea:x <<( this:a mea:y 1 )>> .", (5, 14), "triple"),
    ],
)
def test_what_rdf_1_2_adds_is_refused(body: str, place: tuple[int, int], message: str) -> None:
    (refusal,) = refusals(entry(HEAD + body))
    assert message in refusal.message
    assert (refusal.line, refusal.column) == place


def test_a_file_that_states_nothing_is_refused() -> None:
    with pytest.raises(UnusableInput, match="states nothing"):
        canonical(entry(HEAD))
