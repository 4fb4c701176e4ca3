"""Shapes and data of others that are broken, endless, or would leave the machine."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest

from foreign_desk import DATA, MEETING, Desk, at
from meagraph.errors import UnusableInput
from meagraph.validation.foreign import validate_foreign


def test_an_endless_pattern_is_stopped_and_its_shape_named(desk: Desk) -> None:
    shapes = desk.write(
        "shapes.ttl", f'{MEETING}\n sh:property [ sh:path ex:name ; sh:pattern "^(a+)+$" ] .'
    )
    data = desk.write("data.ttl", f'ex:cop a ex:Meeting ; ex:name "{"a" * 60}b" .')
    with pytest.raises(UnusableInput) as error:
        validate_foreign([shapes], [data], seconds=1)
    assert str(error.value) == (
        f"{shapes}:3:14: validation was stopped after 1 s while ex:Meeting/ex:name was "
        "checked\n  A pattern or a query in it may never end. More time is given by --timeout."
    )


BROKEN = {
    'sh:maxCount "x"': ('"x"', "sh:maxCount cannot be used so: a whole number is needed"),
    "sh:maxCount 1 , 2": ("2", "a shape has one sh:maxCount, not 2"),
    'sh:pattern "("': ('"("', "sh:pattern cannot be used so: the expression cannot be read"),
    "sh:nodeKind sh:Iri": ("sh:Iri", "sh:nodeKind cannot be used so: it is no kind of node"),
    "sh:in ex:list": ("ex:list", "sh:in cannot be used so: a list is needed"),
    "sh:class 'x'": ("'x'", "sh:class cannot be used so: an IRI is needed"),
    "sh:uniqueLang 'yes'": ("'yes'", "sh:uniqueLang cannot be used so: true or false is needed"),
    "sh:path ex:b": ("ex:b", "a shape has one sh:path, not 2"),
    "sh:node ex:Meeting": ("ex:Meeting", "the shape refers to itself, here or by way of others"),
    "sh:property ex:Wrong": ("ex:Wrong", "sh:property leads to a shape without sh:path"),
    "sh:node [ sh:path ex:c ]": ("[", "sh:node leads to a shape with sh:path"),
    "sh:or ( [ sh:not ex:Meeting ] )": ("ex:Meeting", "the shape refers to itself, here or by"),
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_a_broken_shape_is_named_with_its_file_and_line(desk: Desk, constraint: str) -> None:
    line = f"ex:Meeting-a sh:path ex:a ; {constraint} ."
    report = desk.check(f"{MEETING} sh:property ex:Meeting-a .\n{line}")
    value, said = BROKEN[constraint]
    assert report.unreadable == 1
    (found,) = report.findings
    assert found.message.startswith(said)
    assert at(found) == [f"shapes.ttl:3:{line.rindex(value) + 1}"]
    assert found.rule.startswith("ex:Meeting")
    assert found.remedy


def test_a_shape_that_refers_to_itself_is_refused_and_not_followed(desk: Desk) -> None:
    (found,) = desk.check(f"{MEETING}\n sh:node ex:Meeting .").findings
    assert found.message == "the shape refers to itself, here or by way of others"
    assert at(found) == ["shapes.ttl:3:10"]
    longer = "ex:A sh:targetClass ex:Meeting ; sh:property [ sh:path ex:b ; sh:node ex:B ] .\n"
    (found,) = desk.check(longer + "ex:B sh:property [ sh:path ex:a ; sh:node ex:A ] .").findings
    assert at(found) == ["shapes.ttl:3:43"]
    off = f"{MEETING} sh:node ex:Off . ex:Off sh:deactivated true ; sh:node ex:Off ."
    assert desk.check(off).findings == ()


def test_deep_shapes_that_do_not_refer_to_themselves_are_followed(desk: Desk) -> None:
    chain = " ".join(f"ex:S{n} sh:node ex:S{n + 1} ." for n in range(40))
    report = desk.check(f"ex:S0 sh:targetClass ex:Meeting . {chain} ex:S40 sh:class ex:None .")
    assert [found.rule for found in report.findings] == ["ex:S0"]


@pytest.mark.parametrize(
    "path", ["_:p sh:inversePath _:p", "_:p sh:zeroOrMorePath [ sh:inversePath _:p ]"]
)
def test_a_path_that_leads_back_to_itself_is_refused(desk: Desk, path: str) -> None:
    report = desk.check(f"{MEETING} sh:property [ sh:path _:p ; sh:maxCount 1 ] . {path} .")
    assert "leads back to itself" in report.findings[0].message


def test_a_list_that_returns_to_itself_is_refused(desk: Desk) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    endless = f"_:l <{rdf}first> 1 ;\n <{rdf}rest> _:l ."
    for report in (
        desk.check(f"{MEETING} sh:in _:l . {endless}"),
        desk.check(f"{MEETING} sh:in ( 1 ) .", f"ex:cop a ex:Meeting ; ex:p _:l . {endless}"),
    ):
        assert report.unreadable == 1
        assert report.findings[0].message == "a list returns to itself and never ends"
        assert report.findings[0].places[0].line == 3


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }",
        r"SELECT $this { \\u0053ERVICE SILENT <http://127.0.0.1:9/> { $this ?p ?o } }",
        "SELECT $this { { SELECT $this { serViCe<http://127.0.0.1:9/>{ $this ?p ?o } } } }",
        "SELECT $this FROM <http://127.0.0.1:9/> { $this ?p ?o }",
    ],
)
def test_a_query_that_would_leave_the_machine_is_never_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(socket, "socket", _no_connection)
    monkeypatch.setattr(socket, "create_connection", _no_connection)
    (found,) = desk.check(f'{MEETING}\n sh:sparql [ sh:select "{query}" ] .').findings
    assert "would fetch data from elsewhere" in found.message
    assert at(found) == ["shapes.ttl:3:24"]
    harmless = 'SELECT $this { $this ?p "SERVICE-FROM" . FILTER(?p = <urn:SERVICE>) }'
    report = desk.check(f"{MEETING} sh:sparql [ sh:select '''{harmless}''' ] .")
    assert report.findings == ()


def _no_connection(*words: object, **more: object) -> NoReturn:
    raise AssertionError("a connection was opened")


def test_a_query_that_hides_from_the_scanner_is_stopped_before_it_is_asked() -> None:
    from rdflib.plugins.sparql import prepareQuery

    from meagraph.validation.mending import staying_here

    for query in ("SELECT * FROM <http://x/> {}", "ASK { OPTIONAL { SERVICE <http://x/> {} } }"):
        with pytest.raises(UnusableInput, match="would fetch data from elsewhere"):
            staying_here(prepareQuery(query))


def test_a_query_that_is_no_sparql_is_told_with_its_shape(desk: Desk) -> None:
    said = desk.refuse(MEETING + '\n sh:sparql [ sh:select "SELECT $this { $this" ] .')
    assert said.startswith(f"{desk.folder}/shapes.ttl:2:1: the shapes cannot be used:")
    assert "(ex:Meeting)" in said


def test_data_in_the_place_of_shapes_is_refused(desk: Desk) -> None:
    assert "no shape says what it applies to" in desk.refuse(DATA)


def test_every_file_that_cannot_be_read_is_reported(desk: Desk) -> None:
    files = [
        desk.write("a.ttl", "ex:a ex:b ."),
        desk.write("b.jsonld", '{"@context": "https://schema.org/"}'),
        desk.write("c.rdf", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        desk.write("d.ttl", "ex:a ex:b 1 ."),
    ]
    report = validate_foreign([desk.write("s.ttl", "ex:S sh:path [ .")], files)
    assert report.unreadable == 4
    assert sorted(at(found)[0] for found in report.findings) == [
        "a.ttl:2:11",
        "b.jsonld:1:14",
        "c.rdf:1:1",
        "s.ttl:2:16",
    ]
