"""The verbs query, questions, describe and evidence, from the words to what is printed."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.namespaces import BASE, PREFIXES

CHECKOUT = Path(__file__).parent.parent.parent
QUESTION = """\
#+ summary = "Which meetings did an actor attend?"
#+ description = "Each once; 100% of them."
#+ empty = "It attended none."
#+ [parameters.agent]
#+ label = "Actor"
#+ class = "mea:Organisation"
#+ required = true
#+ [parameters.from]
#+ label = "Not before"
#+ datatype = "xsd:date"
#+ bound = "lower"
#+ [columns.meeting]
#+ label = "Meeting"
#+ [columns.passages]
#+ label = "Stated in"
#+ evidence = true
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?meeting (GROUP_CONCAT(DISTINCT STR(?passage); separator=" ") AS ?passages) WHERE {
  VALUES ?agent { <https://w3id.org/meagraph/organisations/minamata-secretariat> }
  VALUES ?from { "2020-01-01"^^xsd:date }
  GRAPH ?passage { ?act mea:hasParticipation ?part ; mea:event ?meeting . ?part mea:agent ?agent }
  ?passage a mea:Passage . ?meeting mea:earliest ?earliest FILTER(?earliest >= ?from)
} GROUP BY ?meeting
"""
FILES = {
    "organisations/minamata-secretariat": (
        "organisations:minamata-secretariat a mea:Secretariat ; rdfs:label 'The secretariat'@en ;"
        " mea:acronym 'MS' ."
    ),
    "organisations/oecd": "organisations:oecd a mea:Organisation ; rdfs:label 'OECD'@en .",
    "meetings/committee": "meetings:committee a mea:Meeting ; rdfs:label 'The committee'@en .",
    "documents/note/index": (
        "documents:note a mea:SourceDocument ; mea:shortTitle 'A note' ; "
        "schema:url <https://example.org/note> . "
        f"<{BASE}documents/note/annex/1> a mea:Passage ; mea:label 'annex/1' ; mea:order 1 ."
    ),
    "documents/note/annex/1": (
        "this:act a mea:Activity ; rdfs:label 'Taking part'@en ; mea:event meetings:committee ; "
        "mea:hasParticipation this:p . this:p a mea:Participation ; mea:role role:observer ; "
        "mea:agent organisations:minamata-secretariat . "
        "meetings:committee mea:when '2024-06-11'^^edtf:EDTF ."
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("graph")
    shutil.copytree(CHECKOUT / "ontology", root / "ontology")
    (root / "shapes").mkdir()
    (root / "queries" / "meetings").mkdir(parents=True)
    (root / "queries" / "meetings" / "attended.rq").write_text(QUESTION, encoding="utf-8")
    for path, turtle in FILES.items():
        file = root / "data" / f"{path}.ttl"
        file.parent.mkdir(parents=True, exist_ok=True)
        this = BASE + path.removesuffix("/index") + "#"
        used = {**PREFIXES, "this": this}
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in used.items())
        file.write_text(head + turtle, encoding="utf-8")
    return root


@pytest.fixture(autouse=True)
def place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEAGRAPH_ROOT", str(root))
    monkeypatch.setenv("MEAGRAPH_CACHE", str(root.parent / "cache"))
    monkeypatch.delenv("MEAGRAPH_SOURCES", raising=False)
    monkeypatch.setenv("COLUMNS", "100")


Printed = pytest.CaptureFixture[str]


def test_a_stored_question_is_answered_with_labels_and_passages(capsys: Printed) -> None:
    assert main(["query", "attended", "--agent", "MS"]) == 0
    out, err = capsys.readouterr()
    assert "The committee  A note annex/1\n" in out
    assert "--from is not given" in err and "2020-01-01" in err


def test_a_given_default_is_not_noted_and_an_empty_answer_is_no_fault(capsys: Printed) -> None:
    assert main(["query", "attended", "--agent", "MS", "--from", "2025"]) == 0
    assert capsys.readouterr() == ("According to A note: it attended none.\n", "")


def test_an_empty_answer_is_told_in_each_format(capsys: Printed) -> None:
    asked = ["query", "attended", "--agent", "MS", "--from", "2025", "--format"]
    said = "According to A note: it attended none."
    assert main([*asked, "json"]) == 0
    assert json.loads(capsys.readouterr().out)["empty"] == said
    assert main([*asked, "markdown"]) == 0
    assert capsys.readouterr().out == f"{said}\n"
    assert main([*asked, "csv"]) == 0
    out, err = capsys.readouterr()
    assert out == "meeting,passages\n" and said in err
    main(["query", "attended", "--agent", "MS", "--from", "2024", "--format", "json"])
    assert "empty" not in json.loads(capsys.readouterr().out)


def test_evidence_stands_below_the_table(capsys: Printed) -> None:
    assert main(["query", "attended", "--agent", "MS", "--evidence"]) == 0
    out = capsys.readouterr().out
    assert "A note annex/1  https://example.org/note\n" in out
    assert out.endswith("  [text not at hand: set MEAGRAPH_SOURCES]\n")


def test_json_holds_the_answer_and_the_evidence(capsys: Printed) -> None:
    assert main(["query", "attended", "--agent", "MS", "--format", "json", "--evidence"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["parameters"] == {"agent": ["MS"]}
    assert told["rows"][0]["meeting"]["label"] == "The committee"
    assert told["rows"][0]["passages"][0]["label"] == "A note annex/1"
    assert told["evidence"][0]["passage"] == BASE + "documents/note/annex/1"


def test_what_is_explained_is_a_query_that_gives_the_same_answer(
    capsys: Printed, tmp_path: Path
) -> None:
    main(["query", "attended", "--agent", "MS", "--from", "2024", "--format", "csv"])
    answer = capsys.readouterr().out
    assert main(["query", "attended", "--agent", "MS", "--from", "2024", "--explain"]) == 0
    file = tmp_path / "q.rq"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    given = ["--agent", "MS", "--from", "2024"]
    assert main(["query", "--file", str(file), "--format", "csv", *given]) == 0
    assert capsys.readouterr().out == answer
    assert "The committee" not in answer.splitlines()[0] and "The committee" in answer


def test_help_of_a_question_shows_its_parameters(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["query", "attended", "--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "Which meetings did an actor attend?" in out and "100% of them" in out
    assert "--agent" in out and "Actor (mea:Organisation): required" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["attended"], "--agent (Actor, mea:Organisation) is not given"),
        (["attended", "--agent", "MS", "--actor", "x"], "no parameter --actor"),
        (["attended", "--agent", "MS", "oecd"], "takes one value, not 2"),
        (["attended", "--agent", "meetings:committee"], "meeting"),
        (["attended", "--agent", "MS", "--from", "2024-13-01"], "2024-13-01"),
        (["atended"], "Did you mean attended?"),
        ([], "no question is named"),
        (["--agent", "MS", "attended"], "the name stands before its parameters"),
        (["SELECT * { ?s ?p }"], "query:1:12"),
        (["--file", "missing.rq"], "missing.rq"),
        (["attended", "--agent", "MS", "--evidence", "--format", "csv"], "does not fit into csv"),
    ],
)
def test_unusable_input_ends_with_status_2(words: list[str], said: str, capsys: Printed) -> None:
    assert main(["query", *words]) == 2
    out, err = capsys.readouterr()
    assert said in err and out == ""


def test_free_sparql_needs_no_prefixes_and_is_printed_in_each_form(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["query", "SELECT ?m { ?m a mea:Meeting }", "--format", "csv"]) == 0
    assert capsys.readouterr().out == f"m,mLabel\n{BASE}meetings/committee,The committee\n"
    assert main(["query", "ASK { ?m a mea:Meeting }"]) == 0
    assert capsys.readouterr().out == "yes\n"
    text = "CONSTRUCT { ?m a mea:Meeting } WHERE { ?m a mea:Meeting }"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["query", "--file", "-"]) == 0
    assert "meetings:committee a mea:Meeting ." in capsys.readouterr().out


def test_questions_are_listed_and_explained(capsys: Printed) -> None:
    assert main(["questions"]) == 0
    out = capsys.readouterr().out
    assert "meetings\n  attended --agent [--from]\n      Which meetings" in out
    assert main(["questions", "attended"]) == 0
    out = capsys.readouterr().out
    assert "organisations:oecd  OECD" in out
    assert "Example: meagraph query attended --agent organisations:minamata-secretariat" in out


def test_a_thing_is_described_with_origins(capsys: Printed) -> None:
    assert main(["describe", "MS"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "The secretariat"
    assert out[-2] == "Its part in activities"
    assert out[-1].split("  ")[0] == "observer"
    assert "Taking part" in out[-1] and "A note annex/1" in out[-1]


def test_many_lines_of_a_property_are_cut_unless_all_are_wanted(
    capsys: Printed, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "graph"
    shutil.copytree(root, copy)
    monkeypatch.setenv("MEAGRAPH_ROOT", str(copy))
    file = copy / "data" / "documents" / "note" / "annex" / "1.ttl"
    names = " , ".join(f"'Form {number}'" for number in range(10, 20))
    more = f"\norganisations:oecd mea:statedAs {names} .\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    main(["describe", "OECD"])
    out = capsys.readouterr().out
    assert "Form 17" in out and "Form 18" not in out and "… and 2 more: --all\n" in out
    main(["describe", "OECD", "--all"])
    assert "Form 19" in capsys.readouterr().out


def test_a_description_is_also_json_and_turtle(capsys: Printed) -> None:
    main(["describe", "meetings:committee", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    found = {fact["property"]["iri"].rpartition("#")[2]: fact for fact in told["facts"]}
    assert found["when"]["origins"][0]["name"] == "A note annex/1"
    assert found["earliest"]["origins"][0]["entailed"] is True
    main(["describe", "meetings:committee", "--format", "turtle"])
    turtle = capsys.readouterr().out
    assert "\nmeetings:committee " in turtle and "mea:Meeting" in turtle


def test_evidence_lists_the_passages_and_what_they_state(capsys: Printed) -> None:
    assert main(["evidence", "The secretariat"]) == 0
    out = capsys.readouterr().out
    assert "A note annex/1  https://example.org/note\n" in out
    assert "  - Taking part · agent · it (observer)\n" in out
    assert main(["evidence", "oecd"]) == 0
    assert "No passage states anything of it." in capsys.readouterr().out


def test_names_that_the_graph_never_uses_are_told_where_nothing_answers(capsys: Printed) -> None:
    assert main(["query", "SELECT ?x { ?x a mea:Activty ; mea:event meetings:commitee }"]) == 0
    said = capsys.readouterr().err
    assert "mea:Activty occurs nowhere in the graph; did you mean mea:Activity?" in said
    assert "meetings:commitee occurs nowhere in the graph; did you mean meetings:committee?" in said
    assert main(["query", "SELECT ?x { ?x a mea:Activity ; mea:event meetings:committee }"]) == 0
    assert capsys.readouterr().err == ""
