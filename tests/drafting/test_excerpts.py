"""The lines that describe a node are found in any layout."""

from __future__ import annotations

from meagraph.drafting.excerpts import excerpts

BASE = "https://w3id.org/meagraph/x"
HEAD = "PREFIX a: <urn:a:>\n"


def test_a_node_has_all_its_lines_up_to_the_full_stop() -> None:
    text = HEAD + 'a:x a a:K ;\n    a:p "1. 2." , """long\n. text""" ;\n.\n\na:y a a:K .\n'
    found = excerpts(text, BASE)
    assert found["urn:a:x"] == [(2, 'a:x a a:K ;\n    a:p "1. 2." , """long\n. text""" ;\n.')]
    assert found["urn:a:y"] == [(7, "a:y a a:K .")]


def test_statements_in_two_places_are_two_excerpts() -> None:
    found = excerpts(HEAD + "a:x a a:K .\na:y a a:K .\na:x a:p 1.5 .\n", BASE)
    assert [excerpt.line for excerpt in found["urn:a:x"]] == [2, 4]


def test_what_stands_in_brackets_ends_no_statement() -> None:
    text = HEAD + "a:x a:p [ a:q 1 ] ;\n    a:r ( a:y\n a:z ) .\na:z a a:K .\n"
    text = text.replace("a:x a:p", "a:x a a:K ; a:p")
    found = excerpts(text, BASE)
    assert found["urn:a:x"][0].text.endswith("a:z ) .")
