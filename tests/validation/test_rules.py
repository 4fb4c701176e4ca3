"""Each rule about files is broken once, and is reported where it is broken."""

from __future__ import annotations

import pytest
from small_graph import FIRST, Small

from meagraph.validation import Finding, validate

PASSAGE = "data/documents/note/annex-1/2.ttl"
"""A file that the tests may write anew: nothing else depends on it."""


def only(project: Small) -> Finding:
    (finding,) = validate(project).findings
    return finding


def at(finding: Finding, project: Small) -> list[str]:
    return [
        f"{place.file.relative_to(project.root)}:{place.line - FIRST + 1}:{place.column}"
        for place in finding.places
    ]


def test_a_valid_graph_has_no_findings(small: Small) -> None:
    report = validate(small)
    assert report.findings == ()
    assert report.summary() == "6 files, 18 triples: valid"


@pytest.mark.parametrize(
    ("statement", "column", "message", "near"),
    [
        ('meetings:cop-6 mea:wen "2025"^^edtf:EDTF .', 16, "mea:wen is not a term", "mea:when"),
        ("<#x> a mea:Activty .", 8, "mea:Activty is not a term", "mea:Activity"),
        ("meetings:cop-6 mea:status status:hold .", 27, "status:hold is not a concept", "held"),
        ("<#x> a mea:Activity ; mea:event meetings:cop-66 .", 33, "meetings:cop-66", "cop-6"),
        ("<#x> a mea:Activity ; mea:event bodies:cop-6 .", 33, "bodies:cop-6", "meetings:cop-6"),
        ("<#x> a mea:Activity ; mea:event <1#vist> .", 33, "1#vist", "1#visit"),
        ("<#x> a mea:Activity ; mea:event <3> .", 33, "annex-1/3", "index.ttl"),
        ("<#x> mea:event meetings:cop-6 .", 1, "2#x", "with its type"),
        ("<#x> a mea:Activity ; mea:event <../../../dataset#all> .", 33, "dataset#all", "dataset"),
    ],
)
def test_a_name_that_nothing_defines(
    small: Small, statement: str, column: int, message: str, near: str
) -> None:
    small.write(PASSAGE, statement)
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Name-defined", "violation")
    assert at(found, small) == [f"{PASSAGE}:1:{column}"]
    assert message in found.message
    assert near in found.remedy


def test_a_name_that_was_given_up_stands_in_the_ontology_and_nowhere_else(small: Small) -> None:
    given_up = "status:past owl:deprecated true ; dcterms:isReplacedBy status:held .\n"
    concepts = small.root / "ontology" / "concepts" / "status.ttl"
    concepts.write_text(concepts.read_text(encoding="utf-8") + given_up, encoding="utf-8")
    assert validate(small).findings == ()
    small.write(
        "data/documents/note/annex-1/1.ttl",
        "meetings:cop-6 mea:status status:past .\n"
        '<#visit> a mea:Activity ; rdfs:label "A visit"@en .',
    )
    found = only(small)
    assert found.rule == "meash:Name-in-use"
    assert "status:past was given up" in found.message
    assert "status:held" in found.remedy


def test_every_file_that_uses_an_undefined_name_is_listed(small: Small) -> None:
    small.write(PASSAGE, "meetings:cop-6 mea:status status:hold .")
    small.write("data/meetings/cop-5.ttl", "meetings:cop-5 a mea:Meetin .")
    assert [at(found, small) for found in validate(small).findings] == [
        [f"{PASSAGE}:1:27"],
        ["data/meetings/cop-5.ttl:1:18"],
    ]


def test_every_file_that_cannot_be_read_is_listed_and_nothing_else_checked(small: Small) -> None:
    small.write(PASSAGE, "meetings:cop-6 mea:status status:hold")
    small.write("data/meetings/cop-5.ttl", "meetings:cop-5 a .")
    small.write("shapes/meeting.ttl", "meash:Meeting a sh:NodeShape")
    report = validate(small)
    assert {found.rule for found in report.findings} == {"meash:Readable"}
    assert [place.file.name for found in report.findings for place in found.places] == [
        "2.ttl",
        "cop-5.ttl",
        "meeting.ttl",
    ]
    assert report.summary() == "3 files cannot be used: nothing else was checked"


def test_an_iri_of_no_known_kind(small: Small) -> None:
    small.write(
        PASSAGE, "<#x> a mea:Activity ; mea:event <https://w3id.org/meagraph/meeting/cop-6> ."
    )
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Iri-kind", "violation")
    assert at(found, small) == [f"{PASSAGE}:1:33"]
    assert "Did you mean meetings?" in found.remedy


def test_a_slash_in_a_slug_makes_an_iri_of_no_known_kind(small: Small) -> None:
    small.write(
        PASSAGE, "<#x> a mea:Activity ; mea:event <https://w3id.org/meagraph/meetings/cop/6> ."
    )
    assert only(small).rule == "meash:Iri-kind"


def test_a_term_of_another_vocabulary_that_is_not_declared(small: Small) -> None:
    small.write(PASSAGE, 'meetings:cop-6 dcterms:identifer "COP/6" .')
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Term-declared", "warning")
    assert at(found, small) == [f"{PASSAGE}:1:16"]
    assert "dcterms:identifier" in found.remedy


def test_a_term_that_only_the_alignments_declare(small: Small) -> None:
    """They are links to other vocabularies, not a choice of terms for the data."""
    small.write("ontology/alignments.ttl", "org:Organization a owl:Class .")
    small.write("data/organisations/who.ttl", "organisations:who a org:Organization .")
    assert only(small).rule == "meash:Term-declared"


@pytest.mark.parametrize(("said", "column"), [("a mea:Document", 18), ('rdfs:label "COP"@en', 27)])
def test_identity_stated_outside_the_record(small: Small, said: str, column: int) -> None:
    small.write(PASSAGE, f"meetings:cop-6 {said} .")
    found = only(small)
    assert found.rule == "meash:Record-identity"
    assert at(found, small) == [f"{PASSAGE}:1:{column}"]
    assert "data/meetings/cop-6.ttl" in found.remedy


def test_a_passage_typed_outside_its_index(small: Small) -> None:
    small.write(PASSAGE, "<> a mea:Passage .")
    found = only(small)
    assert found.rule == "meash:Record-identity"
    assert "data/documents/note/index.ttl" in found.remedy


def test_a_claim_described_in_another_file(small: Small) -> None:
    small.write(PASSAGE, "\n<1#visit> mea:status status:held .")
    found = only(small)
    assert found.rule == "meash:Claim-home"
    assert at(found, small) == [f"{PASSAGE}:2:1"]
    assert found.label == "A visit"


def test_a_record_that_describes_another_thing(small: Small) -> None:
    record = "data/meetings/cop-5.ttl"
    small.write(
        record,
        'meetings:cop-5 a mea:Meeting ; rdfs:label "Fifth COP" .\nmeetings:cop-6 mea:ordinal 6 .',
    )
    found = only(small)
    assert found.rule == "meash:Record-subject"
    assert at(found, small) == [f"{record}:2:1"]


def test_a_reading_that_asserts_what_it_concludes(small: Small) -> None:
    reading = "data/readings/note/annex-1/2.ttl"
    small.write(reading, "meetings:cop-6 mea:ordinal 6 .")
    found = only(small)
    assert found.rule == "meash:Reading-subject"
    assert at(found, small) == [f"{reading}:1:1"]
    assert found.passage == "https://w3id.org/meagraph/documents/note/annex-1/2"


def test_a_date_that_a_record_supplies_without_a_source(small: Small) -> None:
    record = "data/meetings/cop-5.ttl"
    said = 'meetings:cop-5 a mea:Meeting ; rdfs:label "Fifth COP"@en ; mea:when "2023"^^edtf:EDTF'
    small.write(record, f"{said} .")
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Record-date", "violation")
    assert at(found, small) == [f"{record}:1:69"]
    assert "without mea:takenFrom and mea:checked" in found.message
    small.write(record, f'{said} ; mea:takenFrom "A report" .')
    assert "without mea:checked" in only(small).message
    # The source of a date stands in its own file, for whoever reads only that.
    small.write(PASSAGE, 'meetings:cop-5 mea:checked "2026-11-21"^^xsd:date .')
    assert only(small).rule == "meash:Record-date"
    small.write(record, f'{said} ; mea:takenFrom "A" ; mea:checked "2026-11-21"^^xsd:date .')
    assert validate(small).findings == ()


def test_a_reporting_period_in_an_index_needs_no_other_source(small: Small) -> None:
    small.write(
        "data/documents/letter/index.ttl",
        'documents:letter a mea:Document ; rdfs:label "A letter"@en .\n'
        '<#period> a mea:Document ; rdfs:label "Its period"@en ; mea:when "2023"^^edtf:EDTF .',
    )
    assert validate(small).findings == ()


def test_what_only_the_build_concludes_stated_in_a_file(small: Small) -> None:
    small.write(PASSAGE, '<#x> a mea:Activity ; mea:earliest "2025-11-01"^^xsd:date .')
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Term-derived", "violation")
    assert at(found, small) == [f"{PASSAGE}:1:36"]
    assert "mea:earliest is derived at build" in found.message


def test_two_records_with_one_label(small: Small) -> None:
    small.write(
        "data/meetings/cop-5.ttl", 'meetings:cop-5 a mea:Meeting ; rdfs:label "sixth  COP" .'
    )
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Label-unique", "warning")
    assert at(found, small) == ["data/meetings/cop-5.ttl:1:43", "data/meetings/cop-6.ttl:1:43"]


def test_a_replaced_record_may_keep_its_label(small: Small) -> None:
    small.write(
        "data/meetings/cop-5.ttl",
        'meetings:cop-5 a mea:Meeting ; rdfs:label "Sixth COP"@en ; owl:deprecated true .',
    )
    assert validate(small).findings == ()


def test_two_records_with_one_symbol(small: Small) -> None:
    small.write(PASSAGE, 'meetings:cop-6 dcterms:identifier "C/1" .')
    small.write("data/documents/note/annex-1/1.ttl", 'meetings:cop-5 dcterms:identifier "C/1" .')
    found = only(small)
    assert (found.rule, found.severity) == ("meash:Identifier-unique", "violation")
    assert len(found.places) == 2


def test_one_record_may_have_its_symbol_stated_twice(small: Small) -> None:
    small.write(PASSAGE, 'meetings:cop-6 dcterms:identifier "C/1" .')
    small.write("data/documents/note/annex-1/1.ttl", 'meetings:cop-6 dcterms:identifier "C/1" .')
    assert validate(small).findings == ()


def test_times_that_exclude_each_other(small: Small) -> None:
    small.write(PASSAGE, 'meetings:cop-6 mea:when "2024-12"^^edtf:EDTF .')
    found = only(small)
    assert (found.rule, found.severity) == ("meash:When-agrees", "violation")
    assert at(found, small) == ["data/documents/note/annex-1/1.ttl:1:25", f"{PASSAGE}:1:25"]
    assert "2024-12, 2025-11" in found.message


def test_a_time_that_is_not_edtf(small: Small) -> None:
    small.write(PASSAGE, 'meetings:cop-6 mea:when "2025-11-31"^^edtf:EDTF .')
    found = only(small)
    assert found.rule == "meash:Time-edtf"
    assert at(found, small) == [f"{PASSAGE}:1:25"]
    assert "there is no day 2025-11-31" in found.message
    assert found.value == '"2025-11-31"^^edtf:EDTF'


def test_a_passage_that_the_index_does_not_list(small: Small) -> None:
    small.write("data/documents/note/annex-1/9.ttl", "meetings:cop-6 mea:ordinal 6 .")
    found = only(small)
    assert found.rule == "meash:Passage-listed"
    assert [(p.file.name, p.line, p.column) for p in found.places] == [("9.ttl", 1, 1)]
    assert "does not list the passage annex-1/9" in found.message


def test_a_reading_of_a_document_without_an_index(small: Small) -> None:
    small.write("data/readings/letter/1.ttl", "<#x> a mea:Reading .")
    found = only(small)
    assert found.rule == "meash:Passage-listed"
    assert "has no data/documents/letter/index.ttl" in found.message


def test_the_register_may_speak_of_every_file(small: Small) -> None:
    small.write("data/register.ttl", "<meetings/cop-6.ttl> a mea:Document ; mea:order 1 .")
    assert validate(small).findings == ()
