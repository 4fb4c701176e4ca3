"""A placeholder of a template is found wherever it was left, and nothing else is said of it."""

from __future__ import annotations

import pytest
from small_graph import FIRST, Small

from meagraph.validation import validate

PASSAGE = "data/documents/note/annex-1/2.ttl"
FILL_IN = "<https://w3id.org/meagraph/fill-in>"


@pytest.mark.parametrize(
    ("statement", "column", "named"),
    [
        ('meetings:cop-6 mea:when "FILL IN"^^edtf:EDTF .', 25, "mea:when"),
        ('meetings:cop-6 mea:ordinal "FILL IN"^^xsd:integer .', 28, "mea:ordinal"),
        (f"meetings:cop-6 mea:status {FILL_IN} .", 27, "mea:status"),
        (f"meetings:cop-6 mea:status {FILL_IN[:-1]}-2> .", 27, "mea:status"),
        ('<#x> a mea:Activity ; rdfs:label "FILL IN"@en .', 34, "rdfs:label"),
    ],
)
def test_a_value_that_was_not_filled_in(
    small: Small, statement: str, column: int, named: str
) -> None:
    small.write(PASSAGE, statement)
    (found,) = validate(small).findings
    assert (found.rule, found.severity) == ("meash:Filled-in", "violation")
    assert found.message == f"{named} is still to be filled in"
    assert [(p.line - FIRST + 1, p.column) for p in found.places] == [(1, column)]


def test_a_name_that_was_not_filled_in_is_found_once(small: Small) -> None:
    small.write(PASSAGE, "<#fill-in-visit> a mea:Activity ;\n    mea:event meetings:cop-6 .")
    (found,) = validate(small).findings
    assert found.rule == "meash:Filled-in"
    assert "#fill-in-visit is still to be filled in" in found.message


def test_two_unfilled_labels_are_not_said_to_be_the_same(small: Small) -> None:
    for name in ("cop-7", "cop-8"):
        small.write(
            f"data/meetings/{name}.ttl",
            f'meetings:{name} a mea:Meeting ; rdfs:label "FILL IN"@en .',
        )
    assert {found.rule for found in validate(small).findings} == {"meash:Filled-in"}


def test_a_shape_says_nothing_of_a_placeholder(small: Small) -> None:
    small.write(
        "shapes/meeting.ttl",
        "meash:Meeting a sh:NodeShape ; sh:targetClass mea:Meeting ; sh:property meash:Of .\n"
        'meash:Of sh:path mea:event ; sh:class mea:Document ; sh:message "No. Why: do." .',
    )
    small.write("data/meetings/cop-5.ttl", 'meetings:cop-5 a mea:Meeting ; rdfs:label "C"@en .')
    small.write(PASSAGE, f"meetings:cop-5 mea:event {FILL_IN} , meetings:cop-6 .")
    found = [(one.rule, one.value) for one in validate(small).findings]
    assert sorted(found) == [("meash:Filled-in", FILL_IN), ("meash:Of", "meetings:cop-6")]


@pytest.mark.parametrize("name", ["refill-in", "fill-inn"])
def test_other_names_are_no_placeholders(small: Small, name: str) -> None:
    small.write(f"data/meetings/{name}.ttl", f'meetings:{name} a mea:Meeting ; rdfs:label "C"@en .')
    assert validate(small).findings == ()
