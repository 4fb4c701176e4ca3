"""A name that was given up is used no more, and whoever uses it is told what to write instead."""

from __future__ import annotations

import pytest
from small_graph import FIRST, Small

from meagraph.validation import validate

PASSAGE = "data/documents/note/annex-1/2.ttl"
OLDER = """meetings:cop-6th rdfs:label "COP 6"@en ; owl:deprecated true ;
    dcterms:isReplacedBy meetings:cop-6 ."""
WITHDRAWN = """meetings:cop-7 rdfs:label "COP 7"@en ; owl:deprecated true ;
    mea:remark "It was never planned."@en ."""


@pytest.fixture
def given_up(small: Small) -> Small:
    """The small graph with a record that was replaced and one that was withdrawn."""
    for path, more in (
        ("ontology/meagraph.ttl", "mea:remark a owl:DatatypeProperty ."),
        ("ontology/meagraph.ttl", "dcterms:isReplacedBy a owl:ObjectProperty ."),
    ):
        file = small.root / path
        file.write_text(f"{file.read_text(encoding='utf-8')}{more}\n", encoding="utf-8")
    small.write("data/meetings/cop-6th.ttl", OLDER)
    small.write("data/meetings/cop-7.ttl", WITHDRAWN)
    return small


def test_the_records_themselves_break_no_rule(given_up: Small) -> None:
    assert validate(given_up).findings == ()


def test_a_record_may_lead_to_one_that_was_withdrawn(given_up: Small) -> None:
    seventh = OLDER.replace("cop-6th", "cop-7th").replace("meetings:cop-6 ", "meetings:cop-7 ")
    given_up.write("data/meetings/cop-7th.ttl", seventh)
    assert validate(given_up).findings == ()


@pytest.mark.parametrize(
    ("statement", "column", "remedy"),
    [
        ('meetings:cop-6th mea:statedAs "COP 6" .', 1, "Write meetings:cop-6 instead"),
        ("<#x> a mea:Activity ; mea:event meetings:cop-6th .", 33, "Write meetings:cop-6 instead"),
        ("<#x> a mea:Activity ; mea:event meetings:cop-7 .", 33, "Nothing replaces it"),
    ],
)
def test_a_name_that_was_given_up_is_found_where_it_is_used(
    given_up: Small, statement: str, column: int, remedy: str
) -> None:
    path = given_up.write(PASSAGE, statement)
    (found,) = validate(given_up).findings
    assert (found.rule, found.severity) == ("meash:Name-in-use", "violation")
    assert found.places == ((path, FIRST, column),)
    # What to do stands in the remedy; where there is none, with the cause.
    assert remedy in (getattr(found, "remedy", "") or found.cause)
