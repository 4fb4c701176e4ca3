"""The scanner finds the triples that the parser finds, and where they stand."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from graphs import GRAPH, GRAPHS
from hypothesis import given, settings

from meagraph.entries.nameless import Numbering
from meagraph.entries.turtle import scan
from meagraph.entries.writer import write
from meagraph.namespaces import BASE, ONTOLOGY, RDFS

PREFIXES = f"""PREFIX mea: <{ONTOLOGY}>
@prefix rdfs: <{RDFS}> .
PREFIX meetings: <{BASE}meetings/>
prefix this:<{GRAPH}#>
PREFIX : <#>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def parsed(text: str) -> set[ox.Triple]:
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=GRAPH)
    return {quad.triple for quad in quads}


def scanned(text: str) -> set[ox.Triple]:
    return {statement.triple for statement in scan(text, GRAPH).statements}


@settings(deadline=None)
@given(GRAPHS)
def test_the_scanner_finds_the_triples_of_every_canonical_file(triples: set[ox.Triple]) -> None:
    assert scanned(write(GRAPH, tuple(triples))) == triples


@pytest.mark.parametrize(
    "written",
    [
        "this:a a mea:Meeting;mea:when '2024'^^edtf:EDTF,\"2025\"^^<http://other.org/dt>.",
        "this:a mea:ordinal 4, +4, -0.5, .5, 1e3, 1.5E-2, true, false .",
        "this:a mea:ordinal 4.this:b mea:ordinal 5.",
        'this:a rdfs:label """a "quoted" word\nand ""two""\\""""@en-GB, \'\'\'it\'s\'\'\' .',
        r'this:a rdfs:label "tab \t quote \" slash \\ \u00e9 \U0001F30D" .',
        "this:a rdfs:label '# no comment', \"<no> iri\", 'a . ; , b' .",
        "meetings:unep-mc-cop.6-inf-29 mea:of meetings:2024-02-06.a , meetings:a\\,b .",
        "meetings:a%2Cb mea:of meetings:a-.-b , meetings:a:b .",
        "<> mea:of <#x>, <y>, </z>, <../up>, <?q=1>, <//host/p>, <urn:x:y> .",
        "this:a ; .".replace(" ; ", " a mea:X ;; ; "),
        ":a :b :c . : : : .",
        "@base <http://other.org/base/> . <x> <y> <z> . PREFIX b: <b#> b:a b:b b:c .",
        "BASE <http://other.org/base/> <x> a <z> .",
        "this:é mea:of this:naïve-name , this:_x , this:0 .",
        "a:a a:a a:a .".replace("a:", "this:"),
        "this:true mea:of true, this:a .",
        "this:a mea:of this:b, # a comment . ; 'x\n this:c . # <end>",
        "this:a\r\n\tmea:of\r\n\tthis:b\r\n.",
    ],
)
def test_the_scanner_finds_the_triples_of_files_written_by_hand(written: str) -> None:
    text = PREFIXES + written
    assert scanned(text) == parsed(text) != set()


def test_terms_are_placed_by_line_and_column() -> None:
    text = 'PREFIX this: <#>\nthis:é this:p 1 ,\n  "a\\nb" ; this:q """x\ny""", this:o .'
    places = [statement[1:] for statement in scan(text, GRAPH).statements]
    assert places == [
        ((2, 1), (2, 8), (2, 15)),
        ((2, 1), (2, 8), (3, 3)),
        ((2, 1), (3, 12), (3, 19)),
        ((2, 1), (3, 12), (4, 7)),
    ]


def test_comments_and_blank_nodes_are_placed_and_what_follows_is_still_found() -> None:
    text = (
        "PREFIX this: <#> # one\n"
        "this:a this:p [ this:q ( 1 2 ) ; this:r [] ] ; this:s 'x # no' .\n"
        "_:b this:p this:c . # two\n"
        "[ this:p 1 ] this:q 2 .\n"
        "this:a this:t this:d ."
    )
    found = scan(text, GRAPH)
    assert found.comments == ((1, 18), (3, 21))
    assert found.blanks == ((2, 15), (2, 24), (2, 41), (3, 1), (4, 1))
    assert [item.object for item in found.statements if item.triple[1].value == f"{GRAPH}#t"] == [
        (5, 15)
    ]


BLANK = """
this:a this:p [ this:q [ this:r 1 ] ; this:s 2 ] , [ this:s 3 ] , ( 1 [ this:q 2 ] ( 3 ) () ) .
[ this:p [] , [ this:q 1 ] ] this:q _:x . _:x this:p [] . [] this:p _:nameless0 .
( this:a ) this:p () . _:x this:q _:x . [ this:p 1 ] .
"""


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (BLANK, ox.RdfFormat.TURTLE),
        (
            f"this:g {{ this:a this:p [ this:q 1 ] }} GRAPH this:h {{ {BLANK} }} {BLANK}"
            "graph _:x { [ this:p 1 ] } [] { this:a this:p this:b . this:c this:p 1 } { }",
            ox.RdfFormat.TRIG,
        ),
    ],
)
def test_the_scanner_finds_the_triples_of_blank_nodes_too(written: str, form: ox.RdfFormat) -> None:
    text = PREFIXES + written
    read = [quad.triple for quad in ox.parse(text.encode(), form, base_iri=GRAPH)]
    found = scan(text, GRAPH)
    labels = {
        term
        for item in found.statements
        for term in item.triple
        if isinstance(term, ox.BlankNode) and term not in found.nameless
    }
    made_up = {t for triple in read for t in triple if isinstance(t, ox.BlankNode)} - labels
    numbering = Numbering()
    scanned_keys = numbering.keys([item.triple for item in found.statements], found.nameless)
    assert sorted(map(str, scanned_keys)) == sorted(map(str, numbering.keys(read, made_up)))
    assert made_up and labels == {ox.BlankNode("x"), ox.BlankNode("nameless0")}


def test_a_graph_name_ends_a_statement_of_n_quads() -> None:
    text = "<urn:a> <urn:p> _:b <urn:g> .\n_:b <urn:p> 'x' _:g .\n_:b <urn:p> <urn:c> .\n"
    assert [item.object for item in scan(text, GRAPH).statements] == [(1, 17), (2, 13), (3, 13)]


def test_declarations_are_placed() -> None:
    (first, second) = scan("PREFIX a: <x#>\n  @prefix b: <#> .", BASE + "meetings/y").declarations
    assert first == ("a", BASE + "meetings/x#", (1, 1))
    assert second == ("b", BASE + "meetings/y#", (2, 3))
