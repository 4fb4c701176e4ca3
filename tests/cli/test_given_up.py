"""``meagraph merge`` and ``withdraw``, and what other verbs say of a name that was given up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copies import copied, snapshot, stop_replacing
from meagraph.cli import main
from meagraph.project import Project

OLD, INTO = "plans:digital-strategy", "plans:unep-mts-2022-2025"
GONE, REASON = "plans:stray", "Recorded by mistake: no passage speaks of it."
RECORD = """PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX plans: <https://w3id.org/meagraph/plans/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

plans:stray
    a mea:Plan ;
    rdfs:label "A stray plan"@en ;
.
"""
MERGED = f"note: {OLD} was given up for {INTO}: One plan.\n"
WITHDRAWN = f"note: {GONE} was withdrawn: {REASON}\n"


def strayed(project: Project, root: Path) -> Path:
    """The product's own graph with a record that nothing mentions."""
    (copied(project, root) / "data" / "plans" / "stray.ttl").write_text(RECORD)
    return root


KEPT = ("agreement.ttl", "meeting.ttl", "plan.ttl", "prefixes.ttl", "tombstone.ttl")


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Path:
    """With the shapes that these tests are about: all of them take ten seconds at each merging."""
    for shape in (strayed(project, tmp_path) / "shapes").iterdir():
        if shape.name not in KEPT:
            shape.unlink()
    return tmp_path


@pytest.fixture(scope="module")
def after(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's own graph after a merging and a withdrawal."""
    root = strayed(project, tmp_path_factory.mktemp("after"))
    assert main(["merge", OLD, INTO, "--reason", "One plan.", "--root", str(root)]) == 0
    assert main(["withdraw", GONE, "--reason", REASON, "--root", str(root)]) == 0
    return root


def verb(root: Path, *words: str) -> int:
    return main([words[0], "--root", str(root), *words[1:]])


def test_merge_lists_what_it_changes_and_what_it_keeps(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    assert verb(copy, "merge", OLD, INTO) == 0
    said = capsys.readouterr().out
    assert f"data/plans/digital-strategy.ttl  deprecated, replaced by {INTO}" in said
    assert "data/plans/unep-mts-2022-2025.ttl  1 statement more" in said
    assert f"{OLD} → {INTO}: 4 mentions in 2 files" in said
    assert f'Said of {INTO} from now on:\n  skos:altLabel "Digital strategy' in said
    after = snapshot(copy)
    changed = {path for path in after if after[path] != before.get(path)}
    listed = {copy / line.split()[0] for line in said.splitlines() if line.startswith("data/")}
    assert changed == listed
    assert not [path for path in after if path.name.startswith(".")]


def test_withdraw_lists_what_it_changes_and_what_it_drops(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(copy, "withdraw", GONE, "--reason", REASON) == 0
    said = capsys.readouterr().out
    assert "data/plans/stray.ttl  withdrawn\ndata/register.ttl  renewed\n" in said
    assert f"Said of {GONE} no more:\n  rdf:type mea:Plan\n" in said


@pytest.mark.parametrize(
    "words",
    [("merge", OLD, INTO), ("withdraw", GONE, "--reason", REASON)],
    ids=lambda words: words[0],
)
def test_a_dry_run_says_the_same_and_writes_nothing(
    copy: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    assert verb(copy, *words, "--dry-run") == 0
    dry = capsys.readouterr().out.splitlines()
    assert snapshot(copy) == before
    assert verb(copy, *words) == 0
    real = capsys.readouterr().out.splitlines()
    assert dry[-1] == "Nothing has been written: this is a dry run."
    assert dry[:-1] == real


@pytest.mark.parametrize(
    "words",
    [
        ("merge", "meetings:minamata-cop-4-resumed", "meetings:minamata-cop-4-in-person"),
        ("withdraw", "organisations:oecd", "--reason", REASON),
        ("withdraw", GONE, "--reason", ""),
    ],
)
def test_what_is_refused_changes_nothing(
    copy: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    assert verb(copy, *words) == 2
    assert capsys.readouterr().err.startswith("meagraph: ")
    assert snapshot(copy) == before


def test_two_records_that_cannot_be_one_are_not_merged(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    assert verb(copy, "merge", "meetings:minamata-cop-5", "meetings:minamata-cop-6") == 1
    said = capsys.readouterr()
    assert "2 violations" in said.out
    assert said.err == "meagraph: nothing has been merged\n"
    assert snapshot(copy) == before


def test_a_failure_while_files_are_replaced_changes_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(copy)
    stop_replacing(monkeypatch, copy, after=3)
    assert verb(copy, "merge", OLD, INTO) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert snapshot(copy) == before


def test_the_graph_is_valid_and_canonical_afterwards(after: Path) -> None:
    assert verb(after, "validate") == 0
    assert verb(after, "fmt", "--check") == 0


@pytest.mark.parametrize("words", [("describe",), ("describe", "--format", "json"), ("evidence",)])
def test_a_merged_name_is_followed_and_the_reader_told(
    after: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(after, *words, INTO) == 0
    plain = capsys.readouterr()
    assert plain.err == ""
    assert verb(after, *words, OLD) == 0
    followed = capsys.readouterr()
    assert followed.out == plain.out
    assert followed.err == MERGED


def test_a_withdrawn_name_is_described_as_such(
    after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(after, "describe", GONE) == 0
    said = capsys.readouterr()
    assert said.err == WITHDRAWN
    assert f"withdrawn · {GONE}" in said.out and REASON in said.out
    assert "deprecated" not in said.out  # the heading says it
    assert verb(after, "evidence", GONE) == 0
    said = capsys.readouterr()
    assert said.err == WITHDRAWN
    assert "No passage states anything of it." in said.out


def test_what_replaced_a_name_says_so(after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verb(after, "describe", INTO) == 0
    assert (
        "replaced by this  Digital strategy named with decision MC-5/16" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("name", "first", "told"),
    [
        ("digital-strategy", INTO, f"former name: digital-strategy ({MERGED[6:-1]})"),
        (OLD, INTO, f"({MERGED[6:-1]})"),
        ("a stray plan", GONE, f"former name ({WITHDRAWN[6:-1]})"),
    ],
)
def test_find_says_where_a_name_went(
    after: Path, name: str, first: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verb(after, "find", name) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert first in line and told in line


def test_a_parameter_follows_a_merged_name(after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = after / "of-a-plan.rq"
    query.write_text(
        '#+ summary = "What implements a plan?"\n'
        '#+ empty = "None."\n'
        "#+ [parameters.plan]\n"
        '#+ label = "Plan"\n'
        '#+ class = "mea:Plan"\n'
        "SELECT ?act { VALUES ?plan { UNDEF } ?act mea:implements ?plan }\n"
    )
    words = ("query", "--file", str(query), "--format", "csv", "--plan")
    assert verb(after, *words, INTO) == 0
    plain = capsys.readouterr()
    assert plain.out.count("\n") > 2 and plain.err == ""
    assert verb(after, *words, OLD) == 0
    followed = capsys.readouterr()
    assert (followed.out, followed.err) == (plain.out, MERGED)
    assert verb(after, *words, GONE) == 2
    assert f"{GONE} was withdrawn: {REASON}" in capsys.readouterr().err


def test_exports_keep_the_records_of_names_that_were_given_up(after: Path, tmp_path: Path) -> None:
    assert verb(after, "export", "dumps", "-o", str(tmp_path)) == 0
    quads = "".join(path.read_text() for path in tmp_path.glob("*.nq"))
    for name in ("plans/digital-strategy", "plans/stray"):
        iri = f"<https://w3id.org/meagraph/{name}>"
        value = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
        assert f"{iri} <http://www.w3.org/2002/07/owl#deprecated> {value} {iri} .\n" in quads


def test_no_stored_question_answers_with_a_name_that_was_given_up(
    after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for word in ("acronyms-of-several", "lists", "possible-identities", "documents-cited"):
        assert verb(after, "query", word, "--format", "json") == 0
        answer = json.dumps(json.loads(capsys.readouterr().out))
        assert "plans/stray" not in answer and "plans/digital-strategy" not in answer
