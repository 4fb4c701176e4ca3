"""What breaks a shape is reported in the shape's words, with every place that states it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_graph import FIRST, Small

from meagraph.errors import UnusableInput
from meagraph.project import Project
from meagraph.validation import Finding, validate
from meagraph.validation.findings import Terms

ONE = "data/documents/note/annex-1/1.ttl"
TWO = "data/documents/note/annex-1/2.ttl"
RECORD = "data/meetings/cop-6.ttl"
SHAPE = (
    "meash:Meeting a sh:NodeShape ; sh:targetClass mea:Meeting ; sh:property meash:Meeting-x .\n"
)


def shaped(project: Small, body: str) -> list[Finding]:
    """The findings with one property shape on meetings."""
    project.write("shapes/meeting.ttl", f"{SHAPE}meash:Meeting-x {body} .")
    return list(validate(project).findings)


def at(finding: Finding, project: Small) -> list[str]:
    return [
        f"{place.file.relative_to(project.root)}:{place.line - FIRST + 1}:{place.column}"
        for place in finding.places
    ]


def test_a_bad_value_is_found_where_it_stands(small: Small) -> None:
    small.write(TWO, 'meetings:cop-6 mea:when "2025"^^edtf:EDTF ;\n  mea:ordinal "six" .')
    (found,) = shaped(
        small,
        'sh:path mea:ordinal ; sh:datatype xsd:integer ; sh:message "An ordinal is a number, not '
        '{?value}. Probably the word was copied: write it in digits."@en',
    )
    assert found == Finding(
        rule="meash:Meeting-x",
        severity="violation",
        message='An ordinal is a number, not "six".',
        cause="Probably the word was copied.",
        remedy="Write it in digits.",
        focus="https://w3id.org/meagraph/meetings/cop-6",
        label="Sixth COP",
        path="mea:ordinal",
        value='"six"',
        places=found.places,
        passage="https://w3id.org/meagraph/documents/note/annex-1/2",
        passage_name="note annex-1/2",
        terms=Terms(
            shape="<https://w3id.org/meagraph/shapes#Meeting-x>",
            component="<http://www.w3.org/ns/shacl#DatatypeConstraintComponent>",
            focus="<https://w3id.org/meagraph/meetings/cop-6>",
            path="<https://w3id.org/meagraph/ontology#ordinal>",
            value='"six"',
        ),
    )
    assert at(found, small) == [f"{TWO}:2:15"]


def test_a_value_that_breaks_two_constraints_of_a_rule_is_found_once(small: Small) -> None:
    small.write(TWO, 'meetings:cop-6 mea:ordinal "six" .')
    (found,) = shaped(
        small,
        "sh:path mea:ordinal ; sh:datatype xsd:integer ; sh:minInclusive 1 ; "
        'sh:message "An ordinal is a number from 1."@en',
    )
    assert found.terms.component == "<http://www.w3.org/ns/shacl#DatatypeConstraintComponent>"


def test_a_missing_value_is_found_at_the_record(small: Small) -> None:
    small.write(RECORD, '\nmeetings:cop-6\n  a mea:Meeting ; rdfs:label "Sixth COP"@en .')
    found = shaped(small, "sh:path mea:ordinal ; sh:minCount 1 ; sh:severity sh:Warning")
    assert [(f.focus.rpartition("/")[2], f.severity) for f in found] == [
        ("cop-5", "warning"),
        ("cop-6", "warning"),
    ]
    assert at(found[1], small) == [f"{RECORD}:2:1"]
    assert found[1].passage == ""


def test_a_triple_of_two_files_is_listed_in_both(small: Small) -> None:
    small.write(ONE, "meetings:cop-6 mea:status status:planned .")
    small.write(TWO, "\nmeetings:cop-6 mea:status status:planned .")
    (found,) = shaped(small, "sh:path mea:status ; sh:in ( status:held )")
    assert at(found, small) == [f"{ONE}:1:27", f"{TWO}:2:27"]
    assert found.value == "status:planned"


def test_too_many_values_are_all_listed(small: Small) -> None:
    (found,) = shaped(small, "sh:path mea:when ; sh:maxCount 1")
    assert at(found, small) == [f"{ONE}:1:25", f"{TWO}:1:25"]


def test_literals_are_validated_as_the_files_write_them(small: Small) -> None:
    small.write(TWO, "meetings:cop-6 mea:ordinal 06 .")
    (found,) = shaped(small, 'sh:path mea:ordinal ; sh:pattern "^[1-9]"')
    assert found.value == '"06"^^xsd:integer'
    assert at(found, small) == [f"{TWO}:1:28"]


def test_a_derived_value_is_found_where_its_premise_stands(small: Small) -> None:
    small.write(TWO, "meetings:cop-5 mea:ordinal 5 .")
    (found,) = shaped(
        small,
        'sh:path mea:latest ; sh:maxInclusive "2024-12-31"^^xsd:date ; sh:nodeKind sh:Literal',
    )
    assert at(found, small) == [f"{ONE}:1:25"]
    assert found.value == '"2025-11-30"^^xsd:date'


def test_a_derived_type_is_validated_and_an_inverse_path_is_located(small: Small) -> None:
    small.write("data/meetings/cop-7.ttl", 'meetings:cop-7 a mea:Resumption ; rdfs:label "7" .')
    small.write(TWO, "<#x> a mea:Activity ; mea:event meetings:cop-7 .")
    found = shaped(small, "sh:path [ sh:inversePath mea:event ] ; sh:maxCount 0")
    assert [f.label for f in found] == ["Sixth COP", "7"]
    assert found[1].path == "^mea:event"
    assert at(found[1], small) == [f"{TWO}:1:33"]


def test_a_shape_without_a_name_is_named_by_the_nearest_one(small: Small) -> None:
    small.write(
        "shapes/meeting.ttl",
        "meash:Meeting a sh:NodeShape ; sh:targetClass mea:Meeting ;\n"
        "  sh:property [ sh:path mea:when ; sh:maxCount 1 ] .",
    )
    (found,) = validate(small).findings
    assert (found.rule, found.path) == ("meash:Meeting", "mea:when")


def test_details_below_a_result_are_no_findings(small: Small) -> None:
    small.write(
        "shapes/meeting.ttl",
        "meash:Meeting a sh:NodeShape ; sh:targetNode meetings:cop-6 ; sh:node meash:Dated .\n"
        "meash:Dated a sh:NodeShape ; sh:property meash:Dated-when .\n"
        "meash:Dated-when sh:path mea:when ; sh:maxCount 1 .",
    )
    (found,) = validate(small).findings
    assert found.rule == "meash:Meeting"
    assert at(found, small) == [f"{RECORD}:1:1"]


def test_a_sparql_constraint_speaks_in_names_and_points_to_the_value(small: Small) -> None:
    small.write(
        "shapes/activity.ttl",
        "meash:Activity a sh:NodeShape ; sh:targetClass mea:Activity ; sh:sparql [\n"
        "  sh:prefixes <https://w3id.org/meagraph/shapes> ;\n"
        '  sh:message "{$this} is at {?value}, which has {?time}. A slip of the pen." ;\n'
        '  sh:select "SELECT $this ?value ?time { $this mea:event ?value . ?value mea:when ?time .'
        ' FILTER(STRLEN(STR(?time)) = 7) }" ] .',
    )
    (found,) = validate(small).findings
    assert found.rule == "meash:Activity"
    assert found.message == "“A visit” is at meetings:cop-6, which has 2025-11."
    assert found.cause == "A slip of the pen."
    assert at(found, small) == [f"{ONE}:3:63"]


def test_findings_come_by_severity_then_file_then_line(small: Small) -> None:
    small.write(
        "data/meetings/cop-5.ttl", 'meetings:cop-5 a mea:Meeting ; rdfs:label "Sixth COP" .'
    )
    small.write(TWO, 'meetings:cop-6 mea:when "x"^^edtf:EDTF ;\n mea:ordinal "a" , "b" .')
    first = shaped(small, "sh:path mea:ordinal ; sh:datatype xsd:integer")
    assert [(f.severity, f.rule, f.value) for f in first] == [
        ("violation", "meash:Time-edtf", '"x"^^edtf:EDTF'),
        ("violation", "meash:Meeting-x", '"a"'),
        ("violation", "meash:Meeting-x", '"b"'),
        ("warning", "meash:Label-unique", '"Sixth COP"'),
    ]
    assert list(validate(small).findings) == first


def test_only_the_findings_of_the_named_files_are_reported(small: Small) -> None:
    small.write(ONE, 'meetings:cop-6 mea:ordinal "six" .')
    small.write(TWO, 'meetings:cop-6 mea:ordinal "sixth" .')
    assert len(shaped(small, "sh:path mea:ordinal ; sh:datatype xsd:integer")) == 2
    report = validate(small, files=[small.root / TWO])
    assert [finding.value for finding in report.findings] == ['"sixth"']
    assert (report.files, report.triples) == (1, 1)
    assert len(validate(small, files=[small.data / "documents"]).findings) == 2
    assert validate(small, files=[small.data / "meetings"]).findings == ()


def test_a_file_outside_the_graph_is_refused(small: Small, tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no file of the graph"):
        validate(small, files=[tmp_path / "nowhere.ttl"])


def test_an_ill_typed_literal_is_a_finding_and_nothing_else_is_printed(
    small: Small, capfd: pytest.CaptureFixture[str]
) -> None:
    small.write(TWO, 'meetings:cop-6 mea:ordinal "six"^^xsd:integer .')
    (found,) = shaped(small, "sh:path mea:ordinal ; sh:datatype xsd:integer")
    assert found.value == '"six"^^xsd:integer'
    assert capfd.readouterr() == ("", "")


def test_a_finding_on_the_ontology_points_into_its_file(small: Small) -> None:
    small.write(
        "shapes/style.ttl",
        "meash:Class a sh:NodeShape ; sh:targetNode mea:Activity ; sh:property meash:Class-x .\n"
        "meash:Class-x sh:path rdfs:label ; sh:minCount 1 .",
    )
    (found,) = validate(small).findings
    assert [place.file.name for place in found.places] == ["meagraph.ttl"]


def test_a_broken_shape_is_unusable(small: Small) -> None:
    with pytest.raises(UnusableInput, match="the shapes cannot be used"):
        shaped(small, "sh:path mea:when ; sh:maxCount 1 , 2")


def test_a_sparql_constraint_is_asked_for_each_node_alone(small: Small) -> None:
    small.write(
        TWO,
        "<#a> a mea:Activity ; mea:event meetings:cop-5 .\n"
        "<#b> a mea:Activity ; mea:event meetings:cop-6 .\n"
        "<#c> a mea:Activity ; mea:event meetings:cop-5 .",
    )
    small.write(
        "shapes/activity.ttl",
        "meash:Activity a sh:NodeShape ; sh:targetClass mea:Activity ; sh:sparql meash:Asked .\n"
        'meash:Asked sh:message "Not there." ; sh:select "SELECT $this ?value WHERE {'
        " $this <https://w3id.org/meagraph/ontology#event> ?value ."
        " FILTER(STRENDS(STR(?value), '5')) }\" .",
    )
    found = validate(small).findings
    assert [(f.focus.rpartition("#")[2], f.value) for f in found] == [
        ("a", "meetings:cop-5"),
        ("c", "meetings:cop-5"),
    ]
    assert [at(finding, small) for finding in found] == [[f"{TWO}:1:33"], [f"{TWO}:3:33"]]


def test_the_real_shapes_can_be_used_on_the_real_graph(project: Project) -> None:
    report = validate(project)
    assert report.triples > report.files > 0
    assert all(finding.rule.startswith("meash:") for finding in report.findings)
    assert all(finding.places for finding in report.findings)
