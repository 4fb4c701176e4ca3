"""A record withdrawn: its name stays, with the reason, and nothing that mentions it is orphaned."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from meagraph.entries import read_entries
from meagraph.entries.merging import merging
from meagraph.entries.renaming import renaming
from meagraph.entries.replacement import replace_together
from meagraph.entries.withdrawing import Withdrawal, withdrawing
from meagraph.errors import UnusableInput
from meagraph.graph import build
from meagraph.names import given_up, resolve
from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES, RDFS, SKOS, expand
from meagraph.project import Project

LATER = date(2999, 1, 1)
NAME, REASON = "plans:stray", "Recorded by mistake: no passage speaks of it."
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
PASSAGE = "documents/minamata-cop6-cooperation-activities/annex-1/8"


@pytest.fixture
def graph(project: Project, tmp_path: Path) -> Project:
    """The product's own graph, with a record that nothing mentions."""
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(project.root / folder, tmp_path / folder)
    record = f'{NAME} a mea:Plan ; rdfs:label "A stray plan"@en ; mea:acronym "STRAY" .\n'
    (tmp_path / "data" / "plans" / "stray.ttl").write_text(HEAD + record)
    return Project(tmp_path)


def withdraw(graph: Project, name: str = NAME, reason: str = REASON) -> Withdrawal:
    found = withdrawing(graph, name, reason, LATER)
    replace_together(found.changes)
    return found


def snapshot(graph: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in graph.root.rglob("*") if path.is_file()}


def test_the_record_keeps_its_names_and_the_reason(graph: Project) -> None:
    before = snapshot(graph)
    found = withdraw(graph)
    after = snapshot(graph)
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {graph.data / "plans" / "stray.ttl", graph.data / "register.ttl"}
    entry = next(e for e in read_entries(graph.data) if e.graph == str(expand(NAME)))
    node = f"<{expand(NAME)}>"
    assert {str(triple) for triple in entry.triples} == {
        f'{node} <{RDFS}label> "A stray plan"@en',
        f'{node} <{SKOS}altLabel> "STRAY"',
        f'{node} <{PREFIXES["owl"]}deprecated> "true"^^<{PREFIXES["xsd"]}boolean>',
        f'{node} <{ONTOLOGY}remark> "{REASON}"@en',
    }
    assert [str(triple.object) for triple in found.dropped] == [f"<{ONTOLOGY}Plan>"]


def test_the_name_still_means_it_and_says_why_it_went(graph: Project) -> None:
    withdraw(graph)
    store, told = build(graph), []
    for name in (NAME, "stray", "STRAY", "a stray plan"):
        assert resolve(store, name, told.append) == expand(NAME)
    assert {str(gone) for gone in told} == {f"plans:stray was withdrawn: {REASON}"}


def test_what_was_replaced_by_it_says_that_it_went(graph: Project) -> None:
    replace_together(renaming(graph, NAME, "plans:strayed", LATER).changes)
    withdraw(graph, "plans:strayed")
    gone = given_up(build(graph), str(expand(NAME)))
    assert str(gone) == f"plans:stray was given up for plans:strayed, which was withdrawn: {REASON}"


def test_every_place_that_mentions_it_is_listed(graph: Project) -> None:
    passage = graph.data / f"{PASSAGE}.ttl"
    passage.write_text(f"{passage.read_text()}\n<#act> mea:about <{expand(NAME)}> .\n")
    question = graph.queries / "meetings" / "of-one-plan.rq"
    question.write_text(f"SELECT ?act {{ ?act mea:about\n  {NAME} }}\n")
    before = snapshot(graph)
    with pytest.raises(UnusableInput, match="is mentioned here and in 1 more") as raised:
        withdraw(graph)
    line = passage.read_text().splitlines().index(f"<#act> mea:about <{expand(NAME)}> .") + 1
    assert (raised.value.file, raised.value.line) == (str(passage), line)
    assert f"{question}:2" in str(raised.value.hint)
    assert snapshot(graph) == before


@pytest.mark.parametrize(
    ("name", "reason", "why"),
    [
        ("plans:strai", REASON, "nothing is called"),
        ("organisations:oecd", REASON, "is mentioned here"),
        ("mea:Plan", REASON, "has no record"),
        (f"{BASE}{PASSAGE}#act", REASON, "has no record"),
        ("documents:minamata-cop4-brs-joint-report", REASON, "passages are in the graph"),
        (NAME, " ", "says nothing"),
        (NAME, "?", "says nothing"),
    ],
)
def test_what_cannot_be_withdrawn_is_refused(
    graph: Project, name: str, reason: str, why: str
) -> None:
    with pytest.raises(UnusableInput, match=why) as raised:
        withdrawing(graph, name, reason, LATER)
    assert raised.value.hint


def test_what_was_withdrawn_stays_so(graph: Project) -> None:
    withdraw(graph)
    for attempt in (
        lambda: withdrawing(graph, NAME, REASON, LATER),
        lambda: renaming(graph, NAME, "plans:found", LATER),
        lambda: merging(graph, NAME, "plans:minamata-gender-roadmap", LATER),
        lambda: merging(graph, "plans:minamata-gender-roadmap", NAME, LATER),
    ):
        with pytest.raises(UnusableInput, match="was withdrawn"):
            attempt()
    with pytest.raises(UnusableInput, match="exists already"):
        renaming(graph, "plans:minamata-gender-roadmap", NAME, LATER)


def test_a_comment_that_would_be_lost_stops_it(graph: Project) -> None:
    path = graph.data / "plans" / "stray.ttl"
    path.write_text(path.read_text() + "# why\n")
    with pytest.raises(UnusableInput, match="a comment would be lost"):
        withdraw(graph)
