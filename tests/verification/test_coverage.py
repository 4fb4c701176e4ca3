"""What a passage names and no entry carries is reported, unless it is allowed with a reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.cli.paragraphs import index_triples
from meagraph.errors import UnusableInput
from meagraph.project import Project
from meagraph.sources import read_document
from meagraph.verification import coverage

TEXT = """\
## Annex I

1. The fourth meeting of the Chemicals Committee was held in Bern, Switzerland, on 6–8 May 2024.
Its ten members met twice. The Committee and the Fund for Rivers shared documents.

2. See decision MC-5/16 and UNEP/MC/COP.6/20, at https://www.example.org/papers.

3. It names nothing.
"""
PREFIXES = (
    "@prefix mea: <https://w3id.org/meagraph/ontology#> .\n"
    "@prefix meetings: <https://w3id.org/meagraph/meetings/> .\n"
)
ONE = "documents/report/annex-1/1.ttl"
TWO = "documents/report/annex-1/2.ttl"
WHOLE = (
    'mea:statedAs "Chemicals Committee" , "Bern" , "Switzerland" , "Fund for Rivers" ;'
    ' mea:whenAsStated "6-8 May 2024" ; mea:ordinal 4 ; mea:statedCount 10 ; mea:times 2'
)
BERNLESS = WHOLE.replace(', "Bern" ', "")
PAPERS = (
    'meetings:a mea:statedAs "decision MC-5/16" , "UNEP/MC/COP.6/20" , '
    '"https://www.example.org/papers" .'
)


@pytest.fixture
def graph(tmp_path: Path) -> Project:
    """A graph with one document, whose text is in ``sources``, and no entry of its passages."""
    for folder in ("sources", "ontology", "shapes", "queries", "data/documents/report"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ontology" / "meagraph.ttl").write_text("")
    text = tmp_path / "sources" / "report.txt"
    text.write_text(TEXT, encoding="utf-8")
    index = index_triples(read_document(text))
    (tmp_path / "data/documents/report/index.ttl").write_text(index, encoding="utf-8")
    return Project(tmp_path)


def write(graph: Project, path: str, statements: str) -> None:
    file = graph.data / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PREFIXES + statements, encoding="utf-8")


def allow(graph: Project, passage: str, text: str | None = None, document: str = "report") -> None:
    graph.coverage.mkdir(exist_ok=True)
    lines = ["[[allowed]]", f'passage = "{passage}"', 'reason = "So that it is allowed."']
    lines += [f'text = "{text}"'] if text else []
    with (graph.coverage / f"{document}.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def gaps(graph: Project, every: bool = False) -> list[tuple[str, str]]:
    found = coverage(graph, graph.root / "sources", every=every)
    return [(gap.kind, gap.text) for gap in found.gaps]


def call(graph: Project, *words: str) -> int:
    texts = ["--source", str(graph.root / "sources")]
    return main(["coverage", "--root", str(graph.root), *texts, *words])


def test_what_no_form_carries_is_reported_in_the_order_of_the_text(graph: Project) -> None:
    write(graph, ONE, "meetings:a mea:ordinal 1 .")
    assert gaps(graph) == [
        ("number", "fourth"),
        ("name", "Chemicals Committee"),
        ("name", "Bern"),
        ("name", "Switzerland"),
        ("date", "6-8 May 2024"),
        ("number", "ten"),
        ("number", "twice"),
        ("name", "Committee and the Fund for Rivers"),
    ]


def test_what_is_named_twice_is_reported_once(graph: Project) -> None:
    path = graph.root / "sources" / "report.txt"
    path.write_text(TEXT.replace("It names nothing.", "For WHO, WHO came."))
    write(graph, "documents/report/annex-1/3.ttl", "meetings:a mea:ordinal 1 .")
    found = coverage(graph, graph.root / "sources")
    assert [(gap.text, gap.context) for gap in found.gaps] == [("WHO", "For WHO, WHO came.")]


def test_what_a_form_or_a_value_carries_is_not_reported(graph: Project) -> None:
    write(graph, ONE, f"meetings:a {WHOLE} .")
    write(graph, TWO, PAPERS)
    found = coverage(graph, graph.root / "sources")
    assert found == ([], [], [], [], 4)


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ('"Chemicals Committee" , ', [("name", "Chemicals Committee"), ("name", "Committee")]),
        (' , "Fund for Rivers"', [("name", "Fund for Rivers")]),
        (' mea:whenAsStated "6-8 May 2024" ;', [("date", "6-8 May 2024")]),
        (" mea:ordinal 4 ;", [("number", "fourth")]),
        (" mea:statedCount 10 ;", [("number", "ten")]),
        (" ; mea:times 2", [("number", "twice")]),
    ],
)
def test_each_form_and_value_is_needed(
    graph: Project, left_out: str, missing: list[tuple[str, str]]
) -> None:
    assert left_out in WHOLE
    write(graph, ONE, f"meetings:a {WHOLE.replace(left_out, '')} .")
    assert gaps(graph) == missing


def test_an_ordinal_carries_no_count_and_a_count_no_ordinal(graph: Project) -> None:
    swapped = WHOLE.replace("mea:ordinal 4", "mea:ordinal 10").replace("Count 10", "Count 4")
    write(graph, ONE, f"meetings:a {swapped} .")
    assert gaps(graph) == [("number", "fourth"), ("number", "ten")]


@pytest.mark.parametrize("form", ["Ber", "LuBern", "Bernese"])
def test_a_form_carries_whole_words_of_its_own_passage_only(graph: Project, form: str) -> None:
    partly = WHOLE.replace("Bern", form).replace('"6-8 May 2024"', '"8 May 2024"')
    write(graph, ONE, f"meetings:a {partly} .")
    write(graph, TWO, PAPERS.replace(" .", ' , "Bern" .'))
    assert gaps(graph) == [("name", "Bern"), ("date", "6-8 May 2024")]


@pytest.mark.parametrize("term", ["statedAs", "definesAs", "whenAsStated", "asWritten"])
@pytest.mark.parametrize("folder", ["documents", "readings"])
def test_stated_and_read_graphs_carry(graph: Project, folder: str, term: str) -> None:
    write(graph, ONE, f"meetings:a {BERNLESS} .")
    write(graph, TWO, PAPERS)
    assert gaps(graph) == [("name", "Bern")]
    if folder == "documents":
        write(graph, ONE, f'meetings:a {BERNLESS} ; mea:{term} "in Bern" .')
    else:
        write(graph, f"readings/{ONE.partition('/')[2]}", f'meetings:a mea:{term} "in Bern" .')
    assert gaps(graph) == []


def test_passages_without_entries_are_named_once_or_listed(graph: Project) -> None:
    write(graph, ONE, f"meetings:a {WHOLE} .")
    found = coverage(graph, graph.root / "sources")
    assert found.gaps == []
    assert found.bare == [("report", "annex-1/2")]
    assert gaps(graph, every=True) == [
        ("number", "Annex I"),
        ("decision", "MC-5/16"),
        ("symbol", "UNEP/MC/COP.6/20"),
        ("address", "https://www.example.org/papers"),
    ]


def test_a_text_that_is_not_at_hand_is_named(graph: Project) -> None:
    (graph.root / "sources" / "report.txt").unlink()
    assert coverage(graph, graph.root / "sources") == ([], [], [], ["report"], 0)


def test_what_is_allowed_is_not_reported(graph: Project) -> None:
    write(graph, ONE, f"meetings:a {BERNLESS} .")
    allow(graph, "annex-1/2")
    allow(graph, "annex-1/1", "Bern")
    assert coverage(graph, graph.root / "sources") == ([], [], [], [], 4)
    assert gaps(graph, every=True) == [("number", "Annex I")]


@pytest.mark.parametrize(
    ("passage", "text"),
    [("annex-1/1", "Bern"), ("annex-1/1", "Basel"), ("annex-1/2", None), ("annex-1/9", "Bern")],
)
def test_what_is_allowed_in_vain_is_reported(
    graph: Project, passage: str, text: str | None
) -> None:
    write(graph, ONE, f"meetings:a {WHOLE} .")
    write(graph, TWO, PAPERS)
    allow(graph, passage, text)
    (stale,) = coverage(graph, graph.root / "sources").stale
    assert (stale.passage, stale.text) == (passage, text or "")


@pytest.mark.parametrize(
    "content",
    [
        "allowed = 3",
        "[[allow]]",
        "[[allowed",
        '[[allowed]]\npassage = "annex-1/1"\ntext = "Bern"',
        '[[allowed]]\nreason = "x"\ntext = "Bern"',
        '[[allowed]]\npassage = "annex-1/1"\nreason = ""',
        '[[allowed]]\npassage = "annex-1/1"\nreason = "x"\ntext = 3',
        '[[allowed]]\npassage = "annex-1/1"\nreason = "x"\nTEXT = "Bern"',
    ],
)
def test_an_allowance_that_is_not_whole_is_refused(graph: Project, content: str) -> None:
    graph.coverage.mkdir()
    (graph.coverage / "report.toml").write_text(content)
    with pytest.raises(UnusableInput, match=r"report\.toml"):
        coverage(graph, graph.root / "sources")


def test_allowances_for_no_document_are_refused(graph: Project) -> None:
    allow(graph, "annex-1/1", "Bern", document="repot")
    with pytest.raises(UnusableInput, match="there is no document repot"):
        coverage(graph, graph.root / "sources")


def test_the_verb_prints_what_is_missing_and_exits_1(
    graph: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    write(graph, ONE, f"meetings:a {BERNLESS} .")
    allow(graph, "annex-1/1", "Basel")
    assert call(graph) == 1
    said = capsys.readouterr().out
    assert "Bern" in said
    assert "held in Bern, Switzerland" in " ".join(said.split())
    assert "report: 1 passage has no entry, though something is named there: annex-1/2" in said
    assert "“Basel” in annex-1/1 is allowed and is not missing" in said
    assert "4 passages compared" in said


def test_the_verb_exits_0_only_where_nothing_is_missing(graph: Project) -> None:
    write(graph, ONE, f"meetings:a {WHOLE} .")
    assert call(graph) == 1  # a passage without entry
    assert call(graph, "annex-1/1") == 0
    write(graph, TWO, PAPERS)
    assert call(graph) == 0
    allow(graph, "annex-1/1", "Bern")
    assert call(graph) == 1  # allowed in vain
    assert call(graph, "annex-1/2") == 0


def test_the_verb_writes_csv_and_json(graph: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write(graph, ONE, f"meetings:a {BERNLESS} .")
    assert call(graph, "--format", "csv") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "document,passage,kind,text,context"
    assert lines[1].startswith("report,annex-1/1,name,Bern,")
    assert len(lines) == 2
    assert call(graph, "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert [gap["text"] for gap in data["gaps"]] == ["Bern"]
    assert data["withoutEntry"] == [{"document": "report", "passage": "annex-1/2"}]


@pytest.mark.parametrize(
    ("word", "passages"),
    [
        ("annex-1/1", ["annex-1/1"]),
        ("report/annex-1/2", ["annex-1/2"]),
        ("annex-1", ["annex-1", "annex-1/1", "annex-1/2"]),
        ("report", ["annex-1", "annex-1/1", "annex-1/2"]),
    ],
)
def test_the_verb_is_restricted_to_passages_and_those_below(
    graph: Project, word: str, passages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    call(graph, word, "--all", "--format", "json")
    data = json.loads(capsys.readouterr().out)
    assert list(dict.fromkeys(gap["passage"] for gap in data["gaps"])) == passages


def test_the_verb_is_restricted_to_data_files(
    graph: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    write(graph, TWO, PAPERS)
    assert call(graph, str(graph.data / TWO)) == 0
    assert "1 passage compared" in capsys.readouterr().out


def test_a_passage_that_is_none_is_refused(
    graph: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(graph, "annex-1/22") == 2
    assert "annex-1/2" in capsys.readouterr().err


def test_without_texts_the_verb_says_what_to_set(
    graph: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MEAGRAPH_SOURCES", raising=False)
    assert main(["coverage", "--root", str(graph.root)]) == 2
    assert "MEAGRAPH_SOURCES" in capsys.readouterr().err


def test_the_entries_carry_what_their_passages_name(project: Project, sources: Path) -> None:
    found = coverage(project, sources)
    assert found.gaps == []
    assert found.stale == []
    assert found.unread == []


def test_a_form_taken_out_of_a_real_entry_is_missed(
    project: Project, sources: Path, tmp_path: Path
) -> None:
    for folder in ("data", "coverage"):
        shutil.copytree(project.root / folder, tmp_path / folder)
    entry = tmp_path / "data/documents/minamata-cop6-cooperation-activities/annex-1/24.ttl"
    lines = entry.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "mea:ordinal 4" not in line and "fourth" not in line.lower()]
    entry.write_text("".join(kept), encoding="utf-8")
    found = coverage(Project(tmp_path), sources)
    assert [(gap.passage, gap.kind, gap.text) for gap in found.gaps] == [
        ("annex-1/24", "number", "fourth"),
        (
            "annex-1/24",
            "name",
            "Global Round Table on Pollutant Release and Transfer Registers",
        ),
    ]
