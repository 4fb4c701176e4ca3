"""What the graph holds of each document is counted from the graphs of its passages."""

from __future__ import annotations

import shutil

import pytest

from meagraph.description import DocumentCounts, count
from meagraph.graph import build
from meagraph.namespaces import BASE, PREFIXES
from meagraph.project import Project

FILES = {
    "organisations/ms": "organisations:ms a mea:Secretariat ; rdfs:label 'Secretariat'@en .",
    "meetings/dated": "meetings:dated a mea:Meeting ; rdfs:label 'Dated'@en .",
    "meetings/undated": "meetings:undated a mea:Meeting ; rdfs:label 'Undated'@en .",
    "meetings/elsewhere": "meetings:elsewhere a mea:Meeting ; rdfs:label 'Elsewhere'@en .",
    "documents/paper": (
        "documents:paper a mea:Document ; rdfs:label 'Paper'@en ; "
        "dcterms:identifier 'A/1' , 'B/1' ."
    ),
    "decisions/mc-1-1": (
        "decisions:mc-1-1 a mea:Decision ; rdfs:label 'Decision'@en ; dcterms:identifier 'MC-1/1' ."
    ),
    "documents/note/index": (
        "documents:note a mea:SourceDocument ; rdfs:label 'The whole note'@en ; "
        "mea:shortTitle 'Note' . "
        + "".join(
            f"<{BASE}documents/note/annex/{number}> a mea:Passage ; "
            f"dcterms:isPartOf documents:note ; mea:label 'annex/{number}' . "
            for number in (1, 2, 3)
        )
    ),
    "documents/other/index": (
        "documents:other a mea:SourceDocument ; rdfs:label 'Another'@en . "
        f"<{BASE}documents/other/annex/1> a mea:Passage ; dcterms:isPartOf documents:other ."
    ),
    "documents/note/annex/1": (
        "this:act a mea:CooperationActivity ; mea:event meetings:dated , meetings:undated ; "
        "mea:hasParticipation this:part . "
        "this:part a mea:Participation ; mea:agent organisations:ms ; mea:role role:observer . "
        "this:set a mea:MeetingSet . meetings:dated mea:when '2024-06-11'^^edtf:EDTF ."
    ),
    "documents/note/annex/2": (
        "this:election a mea:Activity ; mea:event meetings:dated . "
        "documents:paper mea:statedAs 'A/1' . this:act mea:hasLegalBasis decisions:mc-1-1 ."
    ),
    "documents/other/annex/1": "meetings:undated mea:when '2024-07'^^edtf:EDTF .",
    "readings/note/annex/1": (
        f"this:fault a mea:SourceDefect ; mea:readingOf <{BASE}documents/note/annex/1> . "
        f"this:link a mea:InferredLink ; mea:readingOf <{BASE}documents/note/annex/1> ."
    ),
    "readings/note/index": "this:whole a mea:SourceDefect ; mea:readingOf documents:note .",
}


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory, project: Project) -> list[DocumentCounts]:
    root = tmp_path_factory.mktemp("graph")
    shutil.copytree(project.ontology, root / "ontology")
    for folder in ("shapes", "queries"):
        (root / folder).mkdir()
    for path, turtle in FILES.items():
        file = root / "data" / f"{path}.ttl"
        file.parent.mkdir(parents=True, exist_ok=True)
        used = {**PREFIXES, "this": BASE + path.removesuffix("/index") + "#"}
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in used.items())
        file.write_text(head + turtle, encoding="utf-8")
    return count(build(Project(root)))


def test_all_is_counted_for_each_document(counts: list[DocumentCounts]) -> None:
    assert counts == [
        DocumentCounts(
            document=f"{BASE}documents/other",
            label="Another",
            passages=1,
            stated=1,
            entities={"meetings": 1},
            meetings_dated=1,
            meetings_undated=0,
            symbols=0,
            activities=0,
            cooperation=0,
            readings=0,
            defects=0,
        ),
        DocumentCounts(
            document=f"{BASE}documents/note",
            label="Note",
            passages=3,
            stated=2,
            entities={"organisations": 1, "meetings": 2, "decisions": 1, "documents": 1},
            meetings_dated=1,
            meetings_undated=1,
            symbols=3,
            activities=2,
            cooperation=1,
            readings=3,
            defects=2,
        ),
    ]


def test_kinds_stand_in_the_order_of_the_records(counts: list[DocumentCounts]) -> None:
    assert list(counts[1].entities) == ["organisations", "meetings", "decisions", "documents"]


def test_the_counts_of_the_graph_are_those_of_its_files(project: Project) -> None:
    from meagraph.entries import read_entries
    from meagraph.namespaces import ONTOLOGY, RDF

    entries = read_entries(project.data)
    counted = count(build(project))
    assert len(counted) == len(list(project.data.glob("documents/*/index.ttl")))
    for each in counted:
        slug = each.document.rpartition("/")[2]
        stated = [e for e in entries if e.graph.startswith(f"{each.document}/")]
        readings = [e for e in entries if f"{e.graph}/".startswith(f"{BASE}readings/{slug}/")]
        assert each.stated == len(stated)
        kinds = [
            (triple.subject, triple.object.value)
            for entry in readings
            for triple in entry.triples
            if triple.predicate.value == RDF + "type"
        ]
        assert each.defects == sum(kind == ONTOLOGY + "SourceDefect" for _, kind in kinds)
        assert each.meetings_dated + each.meetings_undated == each.entities["meetings"]
        assert each.cooperation == len(
            {
                triple.subject
                for entry in stated
                for triple in entry.triples
                if triple.predicate.value == RDF + "type"
                and triple.object.value == ONTOLOGY + "CooperationActivity"
            }
        )
