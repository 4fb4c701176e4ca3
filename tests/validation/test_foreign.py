"""Shapes and data of others: in any format, told in sentences, with lines."""

from __future__ import annotations

import pytest

from foreign_desk import MEETING, Desk, at, told
from meagraph.validation.foreign import validate_foreign

SENTENCES = {
    "sh:path ex:date ; sh:minCount 1": "at least 1 value of ex:date is needed; there is none",
    "sh:path ex:day ; sh:minCount 3": "at least 3 values of ex:day are needed; there are 2",
    "sh:path ex:day ; sh:maxCount 1": "at most 1 value of ex:day is allowed; there are 2",
    "sh:path ex:day ; sh:maxCount 0": "no value of ex:day is allowed; there are 2",
    "sh:path ex:city ; sh:class ex:City": "ex:geneva is not an instance of ex:City",
    "sh:path ex:no ; sh:datatype xsd:string": '"6"^^xsd:integer does not have the datatype '
    "xsd:string",
    "sh:path ex:bad ; sh:datatype xsd:integer": '"six" is no legal value of xsd:integer',
    "sh:path ex:city ; sh:nodeKind sh:BlankNodeOrLiteral": "ex:geneva is not a blank node or a "
    "literal",
    "sh:path ex:no ; sh:minExclusive 6": '"6"^^xsd:integer is not more than "6"^^xsd:integer',
    "sh:path ex:no ; sh:minInclusive 7": '"6"^^xsd:integer is not "7"^^xsd:integer or more',
    "sh:path ex:no ; sh:maxExclusive 6": '"6"^^xsd:integer is not less than "6"^^xsd:integer',
    "sh:path ex:no ; sh:maxInclusive 5": '"6"^^xsd:integer is not "5"^^xsd:integer or less',
    "sh:path ex:code ; sh:minLength 4": '"COP" has fewer than "4"^^xsd:integer characters',
    "sh:path ex:code ; sh:maxLength 2": '"COP" has more than "2"^^xsd:integer characters',
    'sh:path ex:code ; sh:pattern "^[a-z]+$"': '"COP" does not match the pattern "^[a-z]+$"',
    'sh:path ex:title ; sh:languageIn ( "en" "ru" )': '"réunion"@fr is in none of the languages '
    "en, ru",
    "sh:path ex:label ; sh:uniqueLang true": "ex:label has two values in one language",
    "sh:path ex:no ; sh:equals ex:bad": '"6"^^xsd:integer is a value of one of ex:no and ex:bad '
    "only, which must have the same",
    "sh:path ex:city ; sh:disjoint ex:place": "ex:geneva is a value of both ex:city and ex:place, "
    "which must share none",
    "sh:path ex:no ; sh:lessThan ex:least": '"6"^^xsd:integer is not less than each value of '
    "ex:least",
    "sh:path ex:no ; sh:lessThanOrEquals ex:least": '"6"^^xsd:integer is more than a value of '
    "ex:least, or not comparable",
    "sh:path ex:code ; sh:not [ sh:minLength 1 ]": '"COP" conforms to the shape of sh:not and must '
    "not",
    "sh:path ex:code ; sh:and ( ex:Long [ sh:minLength 1 ] )": '"COP" does not conform to the 2 '
    "shapes of sh:and, to each of which it must",
    "sh:path ex:code ; sh:or ( ex:Long ex:Longer )": '"COP" conforms to none of ex:Long, ex:Longer',
    "sh:path ex:code ; sh:xone ( ex:Long ex:Longer )": '"COP" does not conform to exactly one of '
    "ex:Long, ex:Longer",
    "sh:path ex:code ; sh:node ex:Long": '"COP" does not conform to ex:Long',
    "sh:path ex:day ; sh:qualifiedValueShape ex:Long ; sh:qualifiedMinCount 1": "at least 1 value "
    "of ex:day must conform to ex:Long",
    "sh:path ex:city ; sh:hasValue ex:rome": "ex:city must have the value ex:rome",
    'sh:path ex:city ; sh:in ( ex:rome "x" )': 'ex:geneva is not one of ex:rome, "x"',
}


@pytest.mark.parametrize("constraint", SENTENCES)
def test_each_constraint_without_a_message_is_told_in_a_sentence(
    desk: Desk, constraint: str
) -> None:
    shapes = f"{MEETING} sh:property [ {constraint} ] . ex:Long sh:minLength 40 . "
    data = (
        'ex:cop a ex:Meeting ; ex:no 6 ; ex:day 1 , 2 ; ex:code "COP" ; ex:title "réunion"@fr ;\n'
        ' ex:label "a"@en , "b"@en ; ex:city ex:geneva ; ex:place ex:geneva ; ex:least 5 ;\n'
        ' ex:bad "six"^^xsd:integer .'
    )
    found = told(desk.check(shapes + "ex:Longer sh:minLength 50 .", data))
    path = constraint.split()[1]
    assert (f"ex:Meeting/{path}", SENTENCES[constraint]) in found


def test_a_closed_shape_points_to_what_it_does_not_allow(desk: Desk) -> None:
    report = desk.check(f"{MEETING} sh:closed true ; sh:ignoredProperties ( rdf:type ex:name ) .")
    (found,) = report.findings
    assert found.message == "ex:venue may not be said of this node: its shape is closed"
    assert at(found) == ["data.ttl:2:58"]


def test_the_message_of_a_shape_is_told_whole_with_names_for_iris(desk: Desk) -> None:
    shapes = (
        f"{MEETING} sh:property ex:Meeting-name . ex:Meeting-name sh:path ex:name ; sh:maxLength 3"
        ' ; sh:message "Trop long"@fr , "{?value} of {$this} is long. Use: an acronym"@en .'
    )
    (found,) = desk.check(shapes).findings
    assert (found.rule, found.message) == (
        "ex:Meeting-name",
        '"Sixth meeting" of ex:cop is long. Use: an acronym',
    )
    assert (found.cause, found.remedy) == ("", "")


def test_a_query_of_a_shape_is_asked_and_its_message_filled(desk: Desk) -> None:
    shapes = (
        f'{MEETING} sh:sparql [ sh:message "{{$this}} is called {{?value}}" ; sh:select "SELECT '
        '$this ?value { $this <http://example.org/name> ?value }" ] .'
    )
    (found,) = desk.check(shapes, 'ex:cop a ex:Meeting ;\n ex:name "C:\\\\dir" .').findings
    assert found.message == r"ex:cop is called C:\dir"
    assert at(found) == ["data.ttl:3:10"]


def test_why_a_node_does_not_conform_to_another_shape_is_told(desk: Desk) -> None:
    shapes = (
        f"{MEETING} sh:property [ sh:path ex:venue ; sh:node ex:Venue ] . "
        "ex:Venue sh:property [ sh:path ex:country ; sh:minCount 1 ] ."
    )
    (found,) = desk.check(shapes).findings
    assert found.message == "_:b1 does not conform to ex:Venue"
    assert found.cause == "At least 1 value of ex:country is needed; there is none."
    assert at(found) == ["data.ttl:2:58"]


def test_a_nameless_shape_is_called_by_what_holds_it_or_what_it_is_about(desk: Desk) -> None:
    (found,) = desk.check(
        "[] sh:targetClass ex:Meeting ; sh:property [ sh:path ( ex:venue ex:city ) ; sh:in () ] ."
    ).findings
    assert found.rule == "[ex:Meeting]/ex:venue/ex:city"
    assert at(found) == ["data.ttl:2:68"]


def test_subclasses_count_and_nothing_else_is_inferred(desk: Desk) -> None:
    shapes = f"{MEETING} sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:class ex:Name ] ."
    data = (
        "ex:Session rdfs:subClassOf ex:Meeting . ex:oewg a ex:Session . "
        "ex:title rdfs:subPropertyOf ex:name ; rdfs:range ex:Name . ex:oewg ex:title ex:t ."
    )
    assert told(desk.check(shapes, data)) == [
        ("ex:Meeting/ex:name", "at least 1 value of ex:name is needed; there is none")
    ]


FORMATS = {
    "data.ttl": ("ex:cop a ex:Meeting ;\n ex:name 6 .", "3:10"),
    "data.trig": ("ex:g { ex:cop a ex:Meeting }\nex:h { ex:cop ex:name 6 }", "3:23"),
    "data.nt": (
        "<http://example.org/cop> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        '<http://example.org/Meeting> .\n<http://example.org/cop> <http://example.org/name> "6"'
        "^^<http://www.w3.org/2001/XMLSchema#integer> .",
        "2:52",
    ),
    "data.nq": (
        "<http://example.org/cop> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://example.org/Meeting> <urn:g> .\n<http://example.org/cop> "
        '<http://example.org/name> "6"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:h> .',
        "2:52",
    ),
    "data.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:ex="http://example.org/">\n<ex:Meeting rdf:about="http://example.org/cop">\n'
        ' <ex:name rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">6</ex:name>\n'
        "</ex:Meeting>\n</rdf:RDF>",
        "3:2",
    ),
    "data.jsonld": (
        '{"@context": {"ex": "http://example.org/"},\n "@id": "ex:cop", "@type": "ex:Meeting",\n'
        ' "ex:name": 6}',
        "3:13",
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_validated_and_placed(desk: Desk, name: str) -> None:
    text, place = FORMATS[name]
    shapes = f"{MEETING} sh:property [ sh:path ex:name ; sh:datatype xsd:string ] ."
    (found,) = desk.check(shapes, text, name).findings
    assert found.message == '"6"^^xsd:integer does not have the datatype xsd:string'
    assert at(found) == [f"{name}:{place}"]


def test_data_may_stand_in_several_files_and_folders(desk: Desk) -> None:
    (desk.folder / "more").mkdir()
    files = [
        desk.write("a.ttl", "ex:cop a ex:Meeting ; ex:seat _:x . _:x ex:no 1 ."),
        desk.write("b.ttl", "ex:cop ex:name 1 . _:x ex:no 2 ."),
    ]
    desk.write("more/c.ttl", "ex:cop ex:name 1 , 2 .")
    shapes = desk.write("s.ttl", f"{MEETING} sh:property [ sh:path ex:name ; sh:maxCount 1 ] .")
    report = validate_foreign([shapes], [*files, desk.folder / "more"])
    (found,) = report.findings
    assert at(found) == ["b.ttl:2:16", "c.ttl:2:16", "c.ttl:2:20"]
    assert found.message.endswith("there are 2")
    assert (report.files, report.triples) == (3, 7)
    seats = desk.write(
        "seats.ttl",
        f"{MEETING} sh:property [ sh:path ( ex:seat ex:no ) ; sh:maxCount 1 ] .",
    )
    assert validate_foreign([seats], [*files]).findings == ()


def test_what_is_not_done_is_noted(desk: Desk) -> None:
    report = desk.check(
        f"{MEETING} sh:rule [ sh:subject sh:this ; sh:predicate ex:p ; sh:object 1 ] .\n"
        "<> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/> ."
    )
    assert [(one.severity, one.message, at(one)) for one in report.findings] == [
        ("info", "sh:rule is passed over", ["shapes.ttl:2:66"]),
        ("info", "owl:imports is passed over", ["shapes.ttl:3:44"]),
    ]
    assert not report.fails()


def test_shapes_that_meet_no_node_are_noted(desk: Desk) -> None:
    misspelt = "<http://example.com/cop> a <http://example.com/Meeting> ."
    (found,) = desk.check(MEETING + ".", misspelt).findings
    assert (found.severity, found.message) == ("info", "no shape applies to any node of the data")
    assert "<http://example.com/Meeting>" in found.remedy
    subclass = "ex:Session rdfs:subClassOf ex:Meeting . ex:oewg a ex:Session ."
    assert desk.check(MEETING + ".", subclass).findings == ()


def test_findings_are_the_same_at_every_call(desk: Desk) -> None:
    shapes = f"{MEETING} sh:property [ sh:path ex:venue ; sh:class ex:V ; sh:nodeKind sh:IRI ] ."
    data = "ex:cop a ex:Meeting ; ex:venue [ ex:no 1 ] , [ ex:no 2 ] , _:x ."
    assert desk.check(shapes, data) == desk.check(shapes, data)


def test_a_long_list_among_the_values_costs_no_more_than_reading_it(desk: Desk) -> None:
    shapes = f"{MEETING} sh:property [ sh:path ex:name ; sh:nodeKind sh:Literal ] ."
    members = " ".join(map(str, range(6000)))
    (found,) = desk.check(shapes, f"ex:cop a ex:Meeting ; ex:name ( {members} ) .").findings
    assert at(found) == ["data.ttl:2:31"]
