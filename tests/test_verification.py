"""What entries say of a text is found there, or is reported with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.cli.paragraphs import index_triples
from meagraph.errors import UnusableInput
from meagraph.project import Project
from meagraph.sources import read_document
from meagraph.verification import Fault, examine, verify

TEXT = """\
## Annex I

1. The secretariat sent a report to the “fifth meeting of the committee that looks after all of the
small rivers and their banks” on 6–8 February 2024, and it was
the first of all of the reports that the secretariat has ever sent anywhere.

2. Another meeting was held in Geneva.
"""
HEAD = (
    "@prefix mea: <https://w3id.org/meagraph/ontology#> .\n"
    "@prefix meetings: <https://w3id.org/meagraph/meetings/> .\n"
    "@prefix status: <https://w3id.org/meagraph/concepts/status/> .\n"
)


@pytest.fixture
def graph(tmp_path: Path) -> Project:
    """A graph with one document whose index is right, and its text in ``sources``."""
    texts = tmp_path / "sources"
    texts.mkdir()
    (texts / "report.txt").write_text(TEXT, encoding="utf-8")
    home = tmp_path / "data" / "documents" / "report"
    home.mkdir(parents=True)
    index = index_triples(read_document(texts / "report.txt"))
    (home / "index.ttl").write_text(index, encoding="utf-8")
    return Project(tmp_path)


def texts(graph: Project) -> Path:
    return graph.root / "sources"


def write(graph: Project, path: str, statements: str) -> Path:
    file = graph.data / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + statements, encoding="utf-8")
    return file


def only_fault(graph: Project) -> Fault:
    (fault,) = verify(graph, texts(graph))
    return fault


def test_right_entries_give_no_fault_and_are_counted(graph: Project) -> None:
    write(
        graph,
        "documents/report/annex-1/1.ttl",
        'meetings:a mea:statedAs "\\"fifth meeting" ; mea:whenAsStated "6-8 February 2024" ;\n'
        "  mea:status status:held .\n",
    )
    write(graph, "readings/report/annex-1/2.ttl", 'meetings:b mea:asWritten "in Geneva." .\n')
    found = examine(graph, texts(graph))
    assert found == ([], 3, 3)


@pytest.mark.parametrize(
    ("form", "message", "hint"),
    [
        ("sixth meeting", "does not stand in annex-1/1", "annex-1/1"),
        ("held in Geneva", "does not stand", "stands in annex-1/2"),
        ("The Secretariat sent", "does not stand", "“The secretariat sent”"),
        ("port", "part of a longer word", "whole words"),
        ("8 February 202", "part of a longer word", "whole words"),
        ("", "empty", "leave it out"),
    ],
)
@pytest.mark.parametrize("term", ["statedAs", "whenAsStated", "definesAs", "asWritten"])
@pytest.mark.parametrize("folder", ["documents", "readings"])
def test_a_form_that_does_not_stand_in_the_passage_is_a_fault(
    graph: Project, folder: str, term: str, form: str, message: str, hint: str
) -> None:
    file = write(graph, f"{folder}/report/annex-1/1.ttl", f'meetings:a\n  mea:{term} "{form}" .\n')
    fault = only_fault(graph)
    assert (fault.file, fault.line, fault.passage) == (file, 5, "annex-1/1")
    assert f"mea:{term}" in fault.message
    assert message in fault.message
    assert hint in fault.hint


def test_a_form_that_also_stands_as_whole_words_is_right(graph: Project) -> None:
    # “report” stands in “reports” too, further on.
    write(graph, "documents/report/annex-1/1.ttl", 'meetings:a mea:statedAs "report" .\n')
    assert verify(graph, texts(graph)) == []


@pytest.mark.parametrize(
    ("form", "severities"),
    [
        ("first of all of the reports that the secretariat has ever sent anywhere", ["warning"]),
        ("first of all of the reports that the secretariat has ever sent", []),
        ("The secretariat sent a report to the “fifth meeting of the committee that looks", []),
        ("fifth meeting of the committee that looks after all of the small rivers", []),
    ],
)
def test_a_long_form_is_reported_unless_it_is_a_name_or_a_title(
    graph: Project, form: str, severities: list[str]
) -> None:
    path = "documents/report/annex-1/1.ttl"
    write(graph, path, f'<#a> mea:statedAs "{form}" .\n')
    assert [fault.severity for fault in verify(graph, texts(graph))] == severities
    write(graph, path, f'meetings:a mea:statedAs "{form}" .\n')
    assert verify(graph, texts(graph)) == []


def test_two_statuses_of_one_node_in_one_passage_are_a_fault(graph: Project) -> None:
    one = "documents/report/annex-1/1.ttl"
    write(graph, one, "meetings:a mea:status status:held .\n")
    write(graph, "documents/report/annex-1/2.ttl", "meetings:a mea:status status:planned .\n")
    assert verify(graph, texts(graph)) == []
    write(graph, one, "meetings:a mea:status status:held ,\n  status:planned .\n")
    fault = only_fault(graph)
    assert fault.line == 5
    assert "meetings/a has 2 values of mea:status" in fault.message


def test_a_path_that_names_no_passage_is_a_fault(graph: Project) -> None:
    write(graph, "documents/report/annex-1/22.ttl", "meetings:a mea:status status:held .\n")
    fault = only_fault(graph)
    assert "annex-1/22" in fault.message
    assert "annex-1/2" in fault.hint
    (texts(graph) / "report.txt").unlink()
    assert [fault.severity for fault in verify(graph, texts(graph))] == ["fault", "note"]


def test_a_passage_of_a_document_without_index_is_a_fault(graph: Project) -> None:
    write(graph, "readings/repot/annex-1/1.ttl", "meetings:a mea:status status:held .\n")
    assert "there is no document repot" in only_fault(graph).message


def test_a_changed_text_is_a_fault_of_the_document_and_of_the_passage(graph: Project) -> None:
    path = texts(graph) / "report.txt"
    path.write_text(TEXT.replace("Geneva", "Nairobi"), encoding="utf-8")
    faults = verify(graph, texts(graph))
    assert [fault.passage for fault in faults] == ["", "annex-1/2"]
    assert all("mea:sha256" in fault.message and fault.line for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('mea:label "annex-1/2"', 'mea:label "annex-1/3"', "mea:label of annex-1/2 is annex-1/3"),
        ("mea:order 3", "mea:order 4", "mea:order of annex-1/2 is 4; the text gives 3"),
        ("mea:order 3", 'mea:remark "x"', "mea:order of annex-1/2 is missing"),
        ('report> ;\n    mea:label "annex-1/2"', 'other> ;\n    mea:label "annex-1/2"', "isPartOf"),
        ("annex-1/2> a mea:Passage", "annex-1/2> a mea:Footnote", "does not list the passage"),
    ],
)
def test_an_index_that_differs_from_the_text_is_a_fault(
    graph: Project, old: str, new: str, message: str
) -> None:
    index = graph.data / "documents" / "report" / "index.ttl"
    text = index.read_text(encoding="utf-8")
    assert text.count(old) == 1
    index.write_text(text.replace(old, new), encoding="utf-8")
    assert message in only_fault(graph).message


def test_a_passage_that_the_text_does_not_have_is_a_fault(graph: Project) -> None:
    index = graph.data / "documents" / "report" / "index.ttl"
    iri = "https://w3id.org/meagraph/documents/report/annex-1/9"
    with index.open("a", encoding="utf-8") as file:
        file.write(f'\n<{iri}> a mea:Passage ; mea:label "annex-1/9" .\n')
    assert "the text does not have" in only_fault(graph).message


def test_a_text_that_is_absent_is_noted(graph: Project) -> None:
    (texts(graph) / "report.txt").unlink()
    fault = only_fault(graph)
    assert fault.severity == "note"
    assert "report.txt" in fault.message


def test_labels_and_files_narrow_what_is_verified(graph: Project) -> None:
    first = write(graph, "documents/report/annex-1/1.ttl", 'meetings:a mea:statedAs "no" .\n')
    write(graph, "documents/report/annex-1/2.ttl", 'meetings:a mea:statedAs "not" .\n')
    assert [f.passage for f in verify(graph, texts(graph), ["annex-1/2"])] == ["annex-1/2"]
    found = examine(graph, texts(graph), files=[first])
    assert [fault.passage for fault in found.faults] == ["annex-1/1"]
    assert (found.passages, found.forms) == (0, 1)
    with pytest.raises(UnusableInput, match="not a data file"):
        examine(graph, texts(graph), files=[texts(graph) / "report.txt"])


def checkout(graph: Project) -> str:
    """Make the folder one that ``--root`` accepts."""
    for folder in ("ontology", "shapes", "queries"):
        (graph.root / folder).mkdir()
    (graph.root / "ontology" / "meagraph.ttl").touch()
    return str(graph.root)


def test_the_verb_prints_place_hint_and_counts(
    graph: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = checkout(graph)
    options = ["verify", "--root", root, "--source", str(texts(graph))]
    assert main(options) == 0
    assert capsys.readouterr().out == "3 passages, 0 literal forms checked; nothing to report\n"
    file = write(graph, "documents/report/annex-1/1.ttl", 'meetings:a mea:statedAs "no" .\n')
    assert main(options) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{file}:4: mea:statedAs “no”")
    assert second.startswith("    ")
    assert last == "3 passages, 1 literal form checked; 1 fault"
    shutil.rmtree(file.parent)
    (texts(graph) / "report.txt").unlink()
    assert main(options) == 0
    assert "1 note" in capsys.readouterr().out


def test_without_texts_the_verb_says_what_to_set(
    graph: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MEAGRAPH_SOURCES", raising=False)
    assert main(["verify", "--root", checkout(graph)]) == 2
    assert "MEAGRAPH_SOURCES" in capsys.readouterr().err


def test_paragraphs_are_listed_shown_and_written_as_triples(
    graph: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(texts(graph) / "report.txt")
    assert main(["paragraphs", file]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[1] for row in rows] == ["label", "annex-1", "annex-1/1", "annex-1/2"]
    assert main(["paragraphs", file, "--paragraph", "annex-1/2"]) == 0
    assert capsys.readouterr().out == "Another meeting was held in Geneva.\n"
    assert main(["paragraphs", file, "--format", "json"]) == 0
    assert '"order": 3' in capsys.readouterr().out
    assert main(["paragraphs", file, "--paragraph", "annex-1/7"]) == 2
    assert "annex-1/2" in capsys.readouterr().err


def test_the_triples_of_a_footnote_name_the_passage_of_its_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "with-note.txt"
    path.write_text("1. One matter1 is known.\n\n1 Elsewhere.\n", encoding="utf-8")
    assert main(["paragraphs", str(path), "--format", "turtle"]) == 0
    turtle = capsys.readouterr().out
    assert "/fn/1> a mea:Footnote , mea:Passage ;" in turtle
    assert "mea:noteOf <https://w3id.org/meagraph/documents/with-note/note/1>" in turtle


def test_the_graph_agrees_with_the_source_documents(project: Project, sources: Path) -> None:
    faults = verify(project, sources)
    assert [fault for fault in faults if fault.severity != "note"] == []
