"""Entries that do not stand in the graph yet are validated as if they did."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import FILES, HEAD, Small

from meagraph.entries import Entry
from meagraph.entries.arrival import Illegible, arrival
from meagraph.errors import UnusableInput
from meagraph.namespaces import ONTOLOGY
from meagraph.project import Project
from meagraph.validation import Finding, validate

ONE = "documents/note/annex-1/1.ttl"
TWO = "documents/note/annex-1/2.ttl"
SIX = "meetings/cop-6.ttl"
FIVE = "meetings/cop-5.ttl"
INDEX = "documents/note/index.ttl"
READING = "readings/note/annex-1/2.ttl"

ORDINAL = f"<{ONTOLOGY}ordinal>"
PROPERTIES = {
    "Meeting": {
        "minCount": "rdfs:label ; sh:minCount 1",
        "maxCount": "rdfs:label ; sh:maxCount 1",
        "minLength": "rdfs:label ; sh:minLength 3",
        "maxLength": "rdfs:label ; sh:maxLength 12",
        "disjoint": "rdfs:label ; sh:disjoint skos:altLabel",
        "datatype": "mea:ordinal ; sh:datatype xsd:integer",
        "minInclusive": "mea:ordinal ; sh:minInclusive 1",
        "maxExclusive": "mea:ordinal ; sh:maxExclusive 100",
        "in": "mea:status ; sh:in ( status:held status:planned )",
        "languageIn": 'skos:altLabel ; sh:languageIn ( "en" )',
        "uniqueLang": "skos:altLabel ; sh:uniqueLang true",
        "pattern": 'dcterms:identifier ; sh:pattern "^C/"',
        "derived": 'mea:latest ; sh:maxInclusive "2026-12-31"^^xsd:date',
        "lessThan": "mea:order ; sh:lessThan mea:ordinal",
        "equals": "mea:statedAs ; sh:equals mea:acronym",
        "inverse": "[ sh:inversePath mea:event ] ; sh:maxCount 2",
        "qualified": "[ sh:inversePath mea:event ] ; sh:qualifiedValueShape meash:Held ; "
        "sh:qualifiedMaxCount 1",
    },
    "Activity": {
        "class": "mea:event ; sh:class mea:Meeting",
        "nodeKind": "mea:event ; sh:nodeKind sh:IRI",
        "sequence": "( mea:event mea:status ) ; sh:hasValue status:held",
        "deep": "mea:event ; sh:property meash:Deep",
    },
    "Reading": {"node": "mea:concerns ; sh:node meash:Known"},
}
"""The kinds of constraint on a property, by the class whose shape has them."""
SHAPES = f"""
meash:Unique a sh:NodeShape ; sh:targetClass mea:Meeting ; sh:sparql [ sh:select
  "SELECT $this ?value {{ $this {ORDINAL} ?n . ?value {ORDINAL} ?n . FILTER($this != ?value) }}" ] .
meash:Deep a sh:PropertyShape ; sh:path mea:order ; sh:maxCount 1 .
meash:Held a sh:NodeShape ; sh:property [ sh:path mea:status ; sh:hasValue status:held ] .
meash:Known a sh:NodeShape ; sh:or ( [ sh:class mea:Meeting ] [ sh:class mea:Document ] ) .
meash:Xone a sh:NodeShape ; sh:targetClass mea:Activity ; sh:xone (
  [ sh:property [ sh:path mea:event ; sh:minCount 1 ] ]
  [ sh:property [ sh:path mea:concerns ; sh:minCount 1 ] ] ) .
meash:Closed a sh:NodeShape ; sh:targetClass mea:Reading ; sh:closed true ;
  sh:ignoredProperties ( rdf:type mea:readingOf ) ; sh:property [ sh:path mea:concerns ] .
meash:Subject a sh:NodeShape ; sh:targetSubjectsOf mea:when ; sh:not [ sh:class mea:Activity ] .
meash:Object a sh:NodeShape ; sh:targetObjectsOf mea:event ; sh:class mea:Meeting .
meash:Note a sh:NodeShape ; sh:targetNode documents:note ; sh:severity sh:Warning ;
  sh:and ( [ sh:property [ sh:path rdfs:label ; sh:minCount 1 ] ] ) .
""" + "\n".join(
    f"meash:{node}-{kind} a sh:PropertyShape ; sh:path {constraint} . "
    f"meash:{node} a sh:NodeShape ; sh:targetClass mea:{node} ; sh:property meash:{node}-{kind} ."
    for node, kinds in PROPERTIES.items()
    for kind, constraint in kinds.items()
)
"""A shape of each kind of constraint, and of each kind of target."""

GIVEN = {
    **FILES,
    "shapes/kinds.ttl": SHAPES,
    f"data/{TWO}": 'meetings:cop-6 mea:when "2025"^^edtf:EDTF ; mea:ordinal 6 .',
}


def made(folder: Path, files: Mapping[str, str]) -> Small:
    project = Small(folder)
    for name, statements in files.items():
        project.write(name, statements)
    project.queries.mkdir()
    return project


def arriving(project: Project, folder: Path, files: Mapping[str, str]) -> list[Entry]:
    """The entries of files that stand outside the graph, each told its path."""
    folder.mkdir(exist_ok=True)
    found = []
    for number, (name, text) in enumerate(files.items()):
        path = folder / f"{number}.ttl"
        path.write_text(text, encoding="utf-8")
        found.append(arrival(path, path.read_bytes(), project.data, PurePosixPath(name)).entry)
    return found


def key(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.focus, finding.path, finding.value


def plain(finding: Finding, names: Mapping[Path, str], root: Path) -> Finding:
    """A finding with the places that its files have in the graph, and without what tells them."""
    places = [
        place._replace(
            file=Path(names[place.file])
            if place.file in names
            else place.file.relative_to(
                root / "data" if root / "data" in place.file.parents else root
            )
        )
        for place in finding.places
    ]
    return finding._replace(
        places=tuple(sorted(places)), passage="", passage_name="", elsewhere=False
    )


def as_if_they_stood_there(
    project: Project, scratch: Path, files: Mapping[str, str], before: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Validate with entries that arrive, and see that a copy in which they stand says the same.

    Args:
        project: a graph.
        scratch: a folder to work in.
        files: path under ``data/`` and text of each entry.
        before: what is wrong with the graph as it is.

    Returns:
        What was found.
    """
    entries = arriving(project, scratch / "drafts", files)
    found = validate(project, arriving=entries).findings
    copy = Project(scratch / "copy")
    for folder in ("ontology", "data", "shapes"):
        shutil.copytree(project.root / folder, copy.root / folder)
    for name, text in files.items():
        path = copy.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    known = {key(finding) for finding in before}
    after = [plain(finding, {}, copy.root) for finding in validate(copy).findings]
    arrived = {Path(name) for name in files}
    inside = {one for one in after if any(place.file in arrived for place in one.places)}
    expected = inside | {one for one in after if key(one) not in known}
    names = {entry.path: name for entry, name in zip(entries, files, strict=True)}
    assert {plain(one, names, project.root) for one in found} == expected
    for one in found:
        stands_here = any(place.file in names for place in one.places)
        assert one.elsewhere != stands_here
        assert not stands_here or one.places[0].file in names
    return found


VISIT = '<#visit> a mea:Activity ; rdfs:label "A visit"@en ; mea:event '

NAMED = "meetings:cop-5 a mea:Meeting ; rdfs:label "
SEEDS = (
    ("Meeting-minCount", FIVE, "meetings:cop-5 a mea:Meeting ."),
    ("Meeting-maxCount", FIVE, f'{NAMED} "Fifth" , "5th" .'),
    ("Meeting-minLength", FIVE, f'{NAMED} "5" .'),
    ("Meeting-maxLength", FIVE, f'{NAMED} "The fifth meeting" .'),
    ("Meeting-disjoint", ONE, 'meetings:cop-5 skos:altLabel "Fifth COP"@en .'),
    ("Meeting-datatype", ONE, 'meetings:cop-6 mea:ordinal "six" .'),
    ("Meeting-minInclusive", ONE, "meetings:cop-6 mea:ordinal 0 ."),
    ("Meeting-maxExclusive", ONE, "meetings:cop-6 mea:ordinal 100 ."),
    ("Meeting-in", ONE, "meetings:cop-5 mea:status status:past ."),
    ("Meeting-languageIn", ONE, 'meetings:cop-5 skos:altLabel "CdP"@fr .'),
    ("Meeting-uniqueLang", ONE, 'meetings:cop-5 skos:altLabel "a"@en ; mea:acronym "b"@en .'),
    ("Meeting-pattern", ONE, 'meetings:cop-5 dcterms:identifier "D/1" .'),
    ("Meeting-derived", ONE, 'meetings:cop-5 mea:when "2027"^^edtf:EDTF .'),
    ("Meeting-lessThan", ONE, "meetings:cop-6 mea:order 6 ."),
    ("Meeting-equals", ONE, 'meetings:cop-5 mea:statedAs "x" .'),
    ("Meeting-inverse", ONE, "<#a> a mea:Activity ; mea:event meetings:cop-6 . "
     "<#b> a mea:Activity ; mea:event meetings:cop-6 . <#c> mea:event meetings:cop-6 ."),
    ("Meeting-qualified", ONE, "<#a> mea:event meetings:cop-6 ; mea:status status:held . "
     "<#b> mea:event meetings:cop-6 ; mea:status status:held ."),
    ("Activity-class", ONE, f"{VISIT} documents:note ."),
    ("Activity-nodeKind", ONE, f'{VISIT} meetings:cop-6 , "x" .'),
    ("Activity-sequence", ONE, f"{VISIT} meetings:cop-6 . meetings:cop-6 mea:order 1 ."),
    ("Deep", ONE, f"{VISIT} meetings:cop-6 . "
     "meetings:cop-6 mea:order 1 , 2 ; mea:status status:held ."),
    ("Reading-node", READING, "<#doubt> a mea:Reading ; mea:concerns <#doubt> ."),
    ("Unique", ONE, "meetings:cop-5 mea:ordinal 6 ."),
    ("Xone", ONE, f"{VISIT} meetings:cop-6 ; mea:concerns meetings:cop-6 ."),
    ("Closed", READING, "<#doubt> a mea:Reading ; mea:order 1 ."),
    ("Subject", ONE, f'{VISIT} meetings:cop-6 ; mea:when "2025"^^edtf:EDTF .'),
    ("Object", SIX, 'meetings:cop-6 a mea:Document ; rdfs:label "Sixth COP" .'),
    ("Note", INDEX, "documents:note a mea:Document ."),
    ("Label-unique", FIVE, f'{NAMED} "Sixth COP" .'),
    ("Identifier-unique", ONE, "meetings:cop-6 dcterms:identifier 'C/1' . "
     "meetings:cop-5 dcterms:identifier 'C/1' ."),
    ("Name-defined", ONE, f"{VISIT} meetings:cop-66 ."),
    ("Iri-kind", ONE, f"{VISIT} <https://w3id.org/meagraph/meeting/cop-6> ."),
    ("Term-declared", ONE, 'meetings:cop-6 dcterms:title "x" .'),
    ("Record-identity", ONE, "meetings:cop-6 a mea:Meeting ."),
    ("Claim-home", TWO, "<1#visit> mea:order 1 ."),
    ("Record-subject", FIVE, "meetings:cop-6 mea:order 1 ."),
    ("Reading-subject", READING, "meetings:cop-6 mea:order 1 ."),
    ("Passage-listed", "documents/note/annex-1/9.ttl", "meetings:cop-6 mea:order 1 ."),
    ("Time-edtf", ONE, 'meetings:cop-6 mea:when "x"^^edtf:EDTF .'),
    ("When-agrees", ONE, 'meetings:cop-6 mea:when "2024"^^edtf:EDTF .'),
)  # fmt: skip
"""Each rule, a file that breaks it by standing where it is, and what the file says."""


def test_the_graph_that_the_others_break_is_valid(tmp_path: Path) -> None:
    assert validate(made(tmp_path / "project", GIVEN)).findings == ()


@pytest.mark.parametrize(("rule", "name", "said"), SEEDS, ids=[seed[0] for seed in SEEDS])
def test_each_kind_of_constraint_is_found_as_in_the_whole_graph(
    rule: str, name: str, said: str, tmp_path: Path
) -> None:
    project = made(tmp_path / "project", GIVEN)
    found = as_if_they_stood_there(project, tmp_path, {name: HEAD + said}, ())
    assert f"meash:{rule}" in {finding.rule for finding in found}


STATEMENTS = (
    "meetings:cop-6 a mea:Meeting .",
    'meetings:cop-6 rdfs:label "Sixth COP"@en .',
    'meetings:cop-5 a mea:Meeting ; rdfs:label "Fifth COP"@en .',
    'meetings:cop-7 a mea:Resumption ; rdfs:label "Sixth COP"@en .',
    "meetings:cop-5 owl:deprecated true ; dcterms:isReplacedBy meetings:cop-6 .",
    "documents:note a mea:Document .",
    'documents:note rdfs:label "A note"@en .',
    *(
        f"<https://w3id.org/meagraph/documents/note/annex-1/{n}> a mea:Passage ; mea:order {n} ."
        for n in range(1, 4)
    ),
    f"{VISIT} meetings:cop-6 .",
    f"{VISIT} meetings:cop-7 ; mea:status status:held .",
    "<#doubt> a mea:Reading ; mea:concerns meetings:cop-6 .",
    "<#doubt> mea:concerns documents:note .",
    *(said for _, _, said in SEEDS),
)
PATHS = (ONE, TWO, SIX, FIVE, INDEX, READING, "meetings/cop-7.ttl", "documents/note/annex-1/3.ttl")
CONTENTS = st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5).map("\n".join)


@settings(max_examples=30)
@given(
    standing=st.dictionaries(st.sampled_from(PATHS), CONTENTS, max_size=4),
    files=st.dictionaries(st.sampled_from(PATHS), CONTENTS, min_size=1, max_size=3),
)
def test_arriving_entries_are_found_as_in_the_whole_graph(
    standing: dict[str, str], files: dict[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        given_files = GIVEN | {f"data/{name}": said for name, said in standing.items()}
        project = made(scratch / "project", given_files)
        drafts = {name: HEAD + said for name, said in files.items()}
        as_if_they_stood_there(project, scratch, drafts, validate(project).findings)


def test_entries_of_the_real_graph_are_found_as_in_the_whole(
    project: Project, tmp_path: Path
) -> None:
    """A record with another type, one with another's label, and a passage that says less."""
    record = "meetings/prtr-round-table-4.ttl"
    passage = "documents/minamata-cop6-cooperation-activities/annex-1/10.ttl"
    series = "meetings/prtr-round-table.ttl"
    said = {
        name: (project.data / name).read_text(encoding="utf-8")
        for name in (record, passage, series)
    }
    files = {
        record: said[record].replace("a mea:Meeting", "a mea:Body"),
        passage: said[passage].replace("a mea:Participation ;", "a mea:Activity ;", 1),
        "meetings/prtr-round-tables.ttl": said[series].replace("round-table", "round-tables"),
    }
    found = as_if_they_stood_there(project, tmp_path, files, validate(project).findings)
    assert {finding.elsewhere for finding in found} == {True, False}
    assert "meash:Label-unique" in {finding.rule for finding in found}


# --- one by one ---------------------------------------------------------------------------------


@pytest.fixture
def kinds(tmp_path: Path) -> Small:
    return made(tmp_path / "project", GIVEN)


@pytest.mark.parametrize("only", [None, "Deep", "Note"])
def test_what_was_wrong_before_is_not_laid_to_what_arrives(
    only: str | None, kinds: Small, tmp_path: Path
) -> None:
    seeds = [seed for seed in SEEDS if only in (None, seed[0])]
    for file in {name for _, name, _ in seeds}:
        kinds.write(f"data/{file}", "\n".join(said for _, name, said in seeds if name == file))
    wrong = {finding.rule for finding in validate(kinds).findings}
    made_good = {"Activity-sequence", "Meeting-disjoint", "Meeting-minCount"}
    made_good |= {"Unique", "When-agrees"}
    assert wrong >= {f"meash:{rule}" for rule, _, _ in seeds if rule not in made_good}
    # Named like what a seed names in vain: the advice on it changes, the fault is the same.
    record = f'{HEAD}meetings:cop-666 a mea:Meeting ; rdfs:label "Another"@en .'
    entries = arriving(kinds, tmp_path / "drafts", {"meetings/cop-666.ttl": record})
    assert validate(kinds, arriving=entries).findings == ()


def test_an_entry_takes_the_place_of_a_file_that_cannot_be_read(
    kinds: Small, tmp_path: Path
) -> None:
    (kinds.data / ONE).write_text("<<<<<<< ours\n", encoding="utf-8")
    entries = arriving(kinds, tmp_path / "drafts", {ONE: HEAD + GIVEN[f"data/{ONE}"]})
    assert validate(kinds, arriving=entries).findings == ()
    worse = arriving(kinds, tmp_path / "drafts", {SIX: HEAD + "meetings:cop-6 a mea:Document ."})
    report = validate(kinds, arriving=worse)
    assert (report.unreadable, [one.rule for one in report.findings]) == (1, ["meash:Readable"])
    both = validate(kinds, arriving=[*worse, *entries])
    assert "meash:Object" in {one.rule for one in both.findings}
    assert both.unreadable == 0


def test_a_finding_begins_with_the_entry_that_arrives(kinds: Small, tmp_path: Path) -> None:
    later = HEAD + 'meetings:cop-6 mea:when "2024"^^edtf:EDTF .'
    (entry,) = arriving(kinds, tmp_path / "zzz", {TWO: later})
    (found,) = validate(kinds, arriving=[entry]).findings
    assert [place.file for place in found.places] == [entry.path, kinds.data / ONE]
    assert found.passage == "https://w3id.org/meagraph/documents/note/annex-1/2"


def test_a_file_that_cannot_arrive_is_reported_with_those_of_the_graph(kinds: Small) -> None:
    (kinds.data / SIX).write_text("<<<<<<< ours\n", encoding="utf-8")
    mistake = UnusableInput("it ends too early", file="<stdin>", line=2, column=1, hint="Go on.")
    report = validate(kinds, illegible=[Illegible(mistake, "one\ntwo\n")])
    assert report.unreadable == 2
    (place,) = next(one.places for one in report.findings if one.remedy == "Go on.")
    assert (str(place.file), report.line(place)) == ("<stdin>", "two")
