"""JSON: our own, and that of the SPARQL recommendation."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)
from tabled import BIDI, CONTROLS, FULL, LONG, MARKUP, MEETING, PASSAGES, of, table, typed

from meagraph.tables import Column, as_json, as_sparql_json


def test_json_tells_types_languages_and_what_is_missing() -> None:
    columns = (Column("a", "A", "what", "t"), Column("b"), Column("c"), Column("p", evidence=True))
    row = (MEETING, Literal("né", language="en"), None, PASSAGES[:1])
    told = json.loads(as_json(table(row, columns=columns, question="q"), evidence=[]))
    assert told["question"] == "q"
    assert told["columns"][0] == {"name": "a", "label": "A", "meaning": "what", "unit": "t"}
    cells = told["rows"][0]
    assert cells["a"] == {"type": "uri", "value": MEETING.value, "label": "CBD COP 16"}
    assert cells["b"]["lang"] == "en" and cells["b"]["value"] == "né"
    assert cells["c"] is None
    assert [cell["label"] for cell in cells["p"]] == ["note 2"]
    assert told["evidence"] == []


@pytest.mark.parametrize("text", [CONTROLS, BIDI, LONG, MARKUP, "a\tb\nc\r", ""])
def test_both_kinds_of_json_keep_any_text(text: str) -> None:
    assert json.loads(as_json(of(Literal(text))))["rows"][0]["x"]["value"] == text
    told = json.loads(as_sparql_json(of(Literal(text))))
    assert told["results"]["bindings"] == [{"x": {"type": "literal", "value": text}}]


def test_the_engine_reads_the_terms_back_from_the_standards_form() -> None:
    arabic = Literal(BIDI, language="ar", direction=BaseDirection.RTL)
    terms = [
        *(MEETING, BlankNode("b1"), Literal("x"), Literal(""), Literal("né", language="fr")),
        *(typed("5", "integer"), typed("2024-10-21", "date"), arabic),
        Triple(MEETING, NamedNode("http://example.org/p"), Literal("x", language="en")),
    ]
    text = as_sparql_json(of(*terms, None))
    read = parse_query_results(text.encode(), format=QueryResultsFormat.JSON)
    assert [variable.value for variable in read.variables] == ["x", "xLabel"]
    rows = list(read)
    assert [row["x"] for row in rows] == [*terms, None]
    assert [row["xLabel"] for row in rows] == [Literal("CBD COP 16"), *[None] * len(terms)]


def test_passages_are_the_literal_that_the_query_gave_and_their_names() -> None:
    read = parse_query_results(as_sparql_json(FULL).encode(), format=QueryResultsFormat.JSON)
    first = next(iter(read))
    assert first["passages"] == Literal(" ".join(one.value for one in PASSAGES))
    assert first["passagesLabel"] == Literal("note 2; note 4")


def test_an_empty_answer_keeps_its_variables() -> None:
    told = json.loads(as_sparql_json(FULL.head(0)))
    assert told["head"]["vars"] == ["meeting", "days", "first", "remark", "passages"]
    assert told["results"]["bindings"] == []
