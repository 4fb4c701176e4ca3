"""What Python gives for a parameter, as the texts that the question takes."""

from __future__ import annotations

from datetime import date, datetime

import numpy
import pandas
import pyoxigraph
import pytest
import rdflib

from meagraph.errors import UnusableInput
from meagraph.knowledge.values import given_values, texts
from meagraph.queries import read_question

QUESTION = read_question(
    '#+ summary = "?"\n'
    "#+ [parameters.from]\n#+ datatype = 'xsd:date'\n"
    "#+ [parameters.agent]\n#+ class = 'mea:Agent'\n#+ many = true\n"
    "SELECT * { VALUES ?from { UNDEF } VALUES ?agent { UNDEF } }"
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("BRS secretariat", ["BRS secretariat"]),
        (2024, ["2024"]),
        (date(2024, 6, 11), ["2024-06-11"]),
        (datetime(2024, 6, 11, 12), ["2024-06-11"]),
        (pandas.Timestamp("2024-06-11"), ["2024-06-11"]),
        (pyoxigraph.NamedNode("https://example.org/a"), ["https://example.org/a"]),
        (rdflib.URIRef("https://example.org/a"), ["https://example.org/a"]),
        (["minamata", "basel"], ["minamata", "basel"]),
        (pandas.Series(["minamata", "basel"]), ["minamata", "basel"]),
        (numpy.array([1, 2]), ["1", "2"]),
        (True, ["true"]),
        (None, []),
        ([], []),
    ],
)
def test_values_are_taken_as_python_has_them(value: object, expected: list[str]) -> None:
    assert texts(value) == expected


@pytest.mark.parametrize("value", [b"bytes", {"a": 1}])
def test_what_is_no_value_is_refused(value: object) -> None:
    with pytest.raises(UnusableInput, match="is no value for a parameter"):
        texts(value)


def test_a_reserved_word_takes_an_underscore_and_none_is_not_given() -> None:
    assert given_values(QUESTION, {"from_": 2024, "agent": None}) == {"from": ["2024"]}
