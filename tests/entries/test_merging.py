"""Two records made one: every mention follows, nothing is lost, and what is doubtful is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from copies import copied, snapshot
from meagraph.entries import read_entries
from meagraph.entries.merging import Merging, merging
from meagraph.entries.renaming import renaming
from meagraph.entries.replacement import replace_together
from meagraph.errors import UnusableInput
from meagraph.graph import build
from meagraph.names import resolve
from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES, RDFS, SKOS, expand
from meagraph.project import Project

LATER = date(2999, 1, 1)
OLD, INTO = "plans:digital-strategy", "plans:unep-mts-2022-2025"
LABEL = "Digital strategy named with decision MC-5/16"
PASSAGE = "documents/minamata-cop6-cooperation-activities/annex-1/8"
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture
def graph(project: Project, tmp_path: Path) -> Project:
    """The product's own graph, to be changed."""
    return Project(copied(project, tmp_path))


def merge(graph: Project, old: str = OLD, into: str = INTO, reason: str = "") -> Merging:
    found = merging(graph, old, into, LATER, reason)
    replace_together(found.changes)
    return found


def iri(name: str) -> str:
    return name if name.startswith(BASE) else str(expand(name))


def add(graph: Project, name: str, statements: str) -> Path:
    """Write more statements to a file of the graph, or a new file."""
    path = graph.data / f"{name}.ttl"
    text = path.read_text() if path.exists() else ""
    path.write_text(f"{HEAD}{text}\n{statements}\n")
    return path


def stated(graph: Project, old: str = "", new: str = "") -> dict[str, set[str]]:
    """The triples of each graph of ``data/`` but the register, with one name for another."""

    def text(term: object) -> str:
        return str(term).replace(f"<{iri(old)}>", f"<{iri(new)}>") if old else str(term)

    return {
        entry.graph: {text(triple) for triple in entry.triples}
        for entry in read_entries(graph.data)
        if entry.graph != BASE + "register"
    }


def test_every_mention_follows_and_nothing_is_lost(graph: Project) -> None:
    before = stated(graph, OLD, INTO)
    found = merge(graph, reason="One plan under two names.")
    after = stated(graph)
    went, stayed = before.pop(iri(OLD)), before.pop(iri(INTO))
    stub, record = after.pop(iri(OLD)), after.pop(iri(INTO))
    assert after == before
    label = f'<{iri(INTO)}> <{RDFS}label> "{LABEL}"@en'
    assert record == stayed | went - {label} | {label.replace(RDFS + "label", SKOS + "altLabel")}
    assert [str(triple) for triple in found.kept] == sorted(record - stayed)
    assert stub == {
        f'<{iri(OLD)}> <{RDFS}label> "{LABEL}"@en',
        f'<{iri(OLD)}> <{PREFIXES["owl"]}deprecated> "true"^^<{PREFIXES["xsd"]}boolean>',
        f"<{iri(OLD)}> <{PREFIXES['dcterms']}isReplacedBy> <{iri(INTO)}>",
        f'<{iri(OLD)}> <{ONTOLOGY}remark> "One plan under two names."@en',
    }


def test_every_name_of_what_went_leads_to_what_stayed(graph: Project) -> None:
    add(
        graph, "plans/digital-strategy", f'{OLD} mea:acronym "DSTRAT" ; skos:altLabel "E-plan"@en .'
    )
    merge(graph)
    store = build(graph)
    for name in (OLD, iri(OLD), "digital-strategy", LABEL, "DSTRAT", "E-plan"):
        assert resolve(store, name) == iri(INTO), name


def test_names_given_up_before_lead_to_the_end_at_once(graph: Project) -> None:
    replace_together(renaming(graph, OLD, "plans:e-plan", LATER).changes)
    merge(graph, "plans:e-plan")
    for name in (OLD, "plans:e-plan"):
        assert f"isReplacedBy> <{iri(INTO)}>" in "".join(stated(graph)[iri(name)])


def test_a_stored_question_asks_for_what_stayed(graph: Project) -> None:
    file = graph.queries / "meetings" / "of-one-plan.rq"
    text = "SELECT ?act { VALUES ?plan { %s } ?act mea:implements ?plan }\n"
    file.write_text(text % OLD)
    merge(graph)
    assert file.read_text() == text % INTO


def test_the_register_keeps_both_files_and_dates_the_change(graph: Project) -> None:
    merge(graph)
    entry = next(e for e in read_entries(graph.data) if e.graph == BASE + "register")
    changed = {
        triple.subject.value.removeprefix(BASE)
        for triple in entry.triples
        if isinstance(triple.object, ox.Literal)
        and isinstance(triple.subject, ox.NamedNode)
        and triple.object.value == LATER.isoformat()
    }
    readings = PASSAGE.replace("documents", "readings", 1)
    assert changed == {
        *("plans/digital-strategy.ttl", "plans/unep-mts-2022-2025.ttl"),
        *(f"{PASSAGE}.ttl", f"{readings}.ttl"),
    }


def test_a_record_is_merged_into_that_of_a_source_document(graph: Project) -> None:
    into = "documents:minamata-cop4-brs-joint-report"
    add(
        graph,
        "documents/joint-report",
        'documents:joint-report a mea:SourceDocument ; rdfs:label "JR"@en .',
    )
    found = merge(graph, "documents:joint-report", into)
    assert found.records[1].name == "index.ttl"
    assert f'<{iri(into)}> <{SKOS}altLabel> "JR"@en' in stated(graph)[iri(into)]


@pytest.mark.parametrize(
    ("file", "statements", "why"),
    [
        ("plans/digital-strategy", f"{OLD} a mea:Programme .", "type is mea:Programme here"),
        ("plans/digital-strategy", f'{OLD} mea:when "1999" .', 'mea:when is "1999" here'),
        ("plans/digital-strategy", f"{OLD} dcterms:isPartOf {INTO} .", "dcterms:isPartOf links"),
        ("plans/unep-mts-2022-2025", f"{INTO} dcterms:isPartOf {OLD} .", "dcterms:isPartOf links"),
        (PASSAGE, f"<#act> mea:about {OLD} , {INTO} .", "mea:about names both, as two"),
        ("readings/" + PASSAGE[10:], f"<#one> mea:concerns {INTO} , {OLD} .", "names both, as two"),
        ("plans/digital-strategy", "# why\n", "a comment would be lost"),
        ("plans/unep-mts-2022-2025", "# why\n", "a comment would be lost"),
    ],
)
def test_what_contradicts_a_merging_is_refused(
    graph: Project, file: str, statements: str, why: str
) -> None:
    add(graph, "plans/unep-mts-2022-2025", f'{INTO} mea:when "2022/2025"^^edtf:EDTF .')
    path = add(graph, file, statements)
    before = snapshot(graph.root)
    with pytest.raises(UnusableInput, match=why) as raised:
        merge(graph)
    assert raised.value.file == str(path) and raised.value.line
    last = path.read_text().splitlines()[raised.value.line - 1]
    assert last == statements.splitlines()[0]
    assert raised.value.hint
    assert snapshot(graph.root) == before


def test_what_only_one_of_them_says_contradicts_nothing(graph: Project) -> None:
    add(graph, "plans/digital-strategy", f'{OLD} mea:takenFrom "a" ; mea:when "2022"^^edtf:EDTF .')
    add(graph, "plans/unep-mts-2022-2025", f'{INTO} mea:takenFrom "b" .')
    add(graph, PASSAGE, f"<#act> mea:about {OLD} . <#other> mea:about {INTO} .")
    merge(graph)
    record = "".join(stated(graph)[iri(INTO)])
    assert all(value in record for value in ('"a"', '"b"', '"2022"'))


def test_a_possible_identity_is_told_as_what_stands_against_it(project: Project) -> None:
    one, other = "meetings:minamata-cop-4-resumed", "meetings:minamata-cop-4-in-person"
    with pytest.raises(UnusableInput, match="names both, as two") as raised:
        merging(project, one, other, LATER)
    assert str(raised.value.file).endswith("readings/minamata-cop4-brs-joint-report/fn/star.ttl")
    assert "--reason" in str(raised.value.hint)


def test_every_place_that_stands_against_it_is_listed(graph: Project) -> None:
    add(graph, "plans/digital-strategy", f"{OLD} a mea:Programme .")
    path = add(graph, PASSAGE, f"<#act> mea:about {OLD} , {INTO} .")
    with pytest.raises(UnusableInput) as raised:
        merge(graph)
    told = str(raised.value)
    assert "plans/digital-strategy.ttl" in told and f"{path}:" in told


@pytest.mark.parametrize(
    ("old", "into", "why"),
    [
        ("plans:digital-strategie", INTO, "nothing is called"),
        (OLD, "plans:unep-mts-2022-2026", "nothing is called"),
        (OLD, OLD, "is one already"),
        (OLD, "programmes:sip", "of different kinds"),
        (OLD, "mea:Plan", "has no record"),
        ("status:held", "status:done", "has no record"),
        (f"{BASE}{PASSAGE}#a", f"{BASE}{PASSAGE}#b", "has no record"),
        ("digital strategy", INTO, "not a name of the graph"),
        (
            "documents:minamata-cop4-brs-joint-report",
            "documents:one",
            "passages are in",
        ),
    ],
)
def test_what_cannot_be_merged_is_refused(project: Project, old: str, into: str, why: str) -> None:
    with pytest.raises(UnusableInput, match=why) as raised:
        merging(project, old, into, LATER)
    assert raised.value.hint


def test_what_was_given_up_is_not_merged_again(graph: Project) -> None:
    merge(graph)
    for old, into in (
        (OLD, "plans:minamata-gender-roadmap"),
        ("plans:minamata-gender-roadmap", OLD),
    ):
        with pytest.raises(UnusableInput, match="given up before") as raised:
            merging(graph, old, into, LATER)
        assert INTO in str(raised.value.hint)


def test_a_reason_says_something(project: Project) -> None:
    with pytest.raises(UnusableInput, match="says nothing"):
        merging(project, OLD, INTO, LATER, " – ")
