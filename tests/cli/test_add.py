"""``meagraph add`` and ``meagraph validate FILE``: from drafts to entries in their places."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.namespaces import BASE, PREFIXES
from meagraph.project import Project

CHECKOUT = Path(__file__).parents[2]
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
ONTOLOGY = """<https://w3id.org/meagraph/ontology> a owl:Ontology .
mea:Place a owl:Class . mea:Activity a owl:Class . mea:Passage a owl:Class .
mea:Document a owl:Class . mea:at a owl:ObjectProperty . mea:remark a owl:DatatypeProperty .
mea:EntryFile a owl:Class . mea:sha256 a owl:DatatypeProperty . mea:order a owl:DatatypeProperty .
dcterms:created a owl:DatatypeProperty . dcterms:modified a owl:DatatypeProperty .
dcterms:identifier a owl:DatatypeProperty .
"""
SHAPES = """meash:Place a sh:NodeShape ; sh:targetClass mea:Place ; sh:property meash:Place-label .
meash:Place-label sh:path rdfs:label ; sh:minCount 1 ;
  sh:message "A place has a label. It was left out: add it."@en .
meash:Activity a sh:NodeShape ; sh:targetClass mea:Activity ; sh:property meash:Activity-at .
meash:Activity-at sh:path mea:at ; sh:class mea:Place .
"""
INDEX = f"""documents:note a mea:Document ; rdfs:label "A note"@en .
<{BASE}documents/note/1> a mea:Passage ; mea:order 1 .
<{BASE}documents/note/2> a mea:Passage ; mea:order 2 .
"""
PLACE = 'places:{0} a mea:Place ; rdfs:label "{0}"@en .\n'
PASSAGE = f"PREFIX this: <{BASE}documents/note/1#>\nthis:stay a mea:Activity ; mea:at places:%s .\n"


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A valid graph of one place and one document, formatted and registered."""
    graph = tmp_path / "graph"
    for name, text in {
        "ontology/meagraph.ttl": ONTOLOGY,
        "shapes/place.ttl": SHAPES,
        "data/places/here.ttl": PLACE.format("here"),
        "data/documents/note/index.ttl": INDEX,
    }.items():
        path = graph / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text)
    (graph / "queries").mkdir()
    assert main(["fmt", "--root", str(graph), "--date", "2025-01-01"]) == 0
    capsys.readouterr()
    return graph


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def draft(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(HEAD + text, encoding="utf-8")
    return name


def add(root: Path, *words: str) -> int:
    return main(["add", "--root", str(root), "--date", "2999-01-01", *words])


def validate(root: Path, *words: str) -> int:
    return main(["validate", "--root", str(root), *words])


def snapshot(root: Path) -> dict[Path, bytes | None]:
    """Every file with its bytes, and every folder."""
    return {p: p.read_bytes() if p.is_file() else None for p in root.rglob("*")}


Said = pytest.CaptureFixture[str]


def test_a_record_and_the_passage_that_uses_it_are_added_together(
    root: Path, drafts: Path, capsys: Said
) -> None:
    names = draft(drafts, "1.ttl", PASSAGE % "there"), draft(drafts, "p.ttl", PLACE.format("there"))
    before = snapshot(root)
    assert add(root, names[0]) == 1
    said = capsys.readouterr()
    assert "1.ttl:" in said.out and "meash:Name-defined: places:there is used" in said.out
    assert said.err == "meagraph: nothing has been added\n"
    assert snapshot(root) == before
    assert add(root, *names) == 0
    assert capsys.readouterr().out == (
        "data/documents/note/1.ttl  new, 2 triples\n"
        "data/places/there.ttl  new, 2 triples\n"
        "data/register.ttl  renewed\n"
        "\n"
        "Next: meagraph verify and meagraph coverage compare this with the source texts;\n"
        "when someone else has read it: meagraph reviewed data/documents/note/1.ttl\n"
    )
    after = snapshot(root)
    assert {path.relative_to(root).as_posix() for path in after.keys() - before.keys()} == {
        "data/documents/note/1.ttl",
        "data/places/there.ttl",
    }
    register = (root / "data" / "register.ttl").read_text()
    assert register.count('"2999-01-01"^^xsd:date') == 4
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    assert validate(root) == 0


def test_what_is_added_is_canonical_and_without_guidance(root: Path, drafts: Path) -> None:
    text = (
        "#: a place\nplaces:there rdfs:label 'There'@en ;\n   #: what it is\n a mea:Place ;\n"
        'mea:remark "One\n#: two" .\n'
    ).replace('"One\n#: two"', '"""One\n#: two"""')
    (drafts / "p.ttl").write_bytes(("\ufeff" + HEAD + text).replace("\n", "\r\n").encode())
    assert add(root, "p.ttl") == 0
    assert (root / "data" / "places" / "there.ttl").read_bytes().decode() == (
        f"PREFIX mea: <{PREFIXES['mea']}>\nPREFIX places: <{PREFIXES['places']}>\n"
        f"PREFIX rdfs: <{PREFIXES['rdfs']}>\n\n"
        'places:there\n    a mea:Place ;\n    rdfs:label "There"@en ;\n'
        '    mea:remark "One\\n#: two" ;\n.\n'
    )


def test_a_dry_run_says_the_same_and_writes_nothing(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", PLACE.format("there"))
    before = snapshot(root)
    assert add(root, name, "--dry-run") == 0
    dry = capsys.readouterr().out
    assert snapshot(root) == before
    assert add(root, name) == 0
    assert dry == capsys.readouterr().out + "Nothing has been written: this is a dry run.\n"


def test_an_unchanged_file_is_said_to_be_so(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", PLACE.format("here"))
    before = snapshot(root)
    assert add(root, name) == 0
    said = capsys.readouterr().out
    assert said == "data/places/here.ttl  unchanged: it states the same already\n"
    assert snapshot(root) == before


def test_a_name_that_was_given_up_gets_no_new_record(
    root: Path, drafts: Path, capsys: Said
) -> None:
    tombstone = root / "data/places/gone.ttl"
    tombstone.write_text(HEAD + "places:gone owl:deprecated true .\n")
    before = tombstone.read_bytes()
    name = draft(drafts, "p.ttl", PLACE.format("gone"))
    assert add(root, name, "--replace") == 2
    assert "places:gone was given up, and no name is used again" in capsys.readouterr().err
    assert tombstone.read_bytes() == before


def test_a_file_is_replaced_only_where_that_is_said(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", 'places:here a mea:Place ; rdfs:label "Here, anew"@en .')
    before = snapshot(root)
    for dry in ([], ["--dry-run"]):
        assert add(root, name, *dry) == 2
        said = capsys.readouterr()
        assert "p.ttl: data/places/here.ttl exists already" in said.err
        assert '1 triple would be lost:\n    places:here rdfs:label "here"@en\n' in said.err
        assert "--replace" in said.err
    assert "--- data/places/here.ttl\n+++ data/places/here.ttl\n" in said.out
    assert '-    rdfs:label "here"@en ;\n+    rdfs:label "Here, anew"@en ;\n' in said.out
    assert snapshot(root) == before
    assert add(root, name, "--replace") == 0
    said = capsys.readouterr()
    assert "data/places/here.ttl  replaced, 2 triples, 1 of them new\n" in said.out
    assert '    places:here rdfs:label "here"@en\n' in said.out
    assert '"Here, anew"@en' in (root / "data/places/here.ttl").read_text()


def test_a_record_of_a_document_becomes_an_index(root: Path, drafts: Path, capsys: Said) -> None:
    assert (
        add(root, draft(drafts, "d.ttl", 'documents:plan a mea:Document ; rdfs:label "P" .')) == 0
    )
    index = INDEX.replace("documents/note", "documents/plan").replace(
        "documents:note", "documents:plan"
    )
    index = index.replace("A note", "A plan")
    assert add(root, draft(drafts, "i.ttl", index), "--replace") == 0
    said = capsys.readouterr().out
    assert "data/documents/plan/index.ttl  replaced" in said
    assert "data/documents/plan.ttl  gone: its graph moves\n" in said
    assert not (root / "data/documents/plan.ttl").exists()
    assert "plan.ttl" not in (root / "data/register.ttl").read_text()
    assert main(["fmt", "--check", "--root", str(root)]) == 0


def test_findings_are_shown_as_validate_shows_them(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", "places:there a mea:Place .")
    before = snapshot(root)
    assert validate(root, name) == 1
    shown = capsys.readouterr().out
    assert add(root, name) == 1
    said = capsys.readouterr()
    assert said.out.strip() == shown.strip()
    assert shown.startswith(f"p.ttl:{HEAD.count(chr(10)) + 1}:1: violation meash:Place-label: ")
    assert snapshot(root) == before


def test_what_an_entry_breaks_elsewhere_keeps_it_out(
    root: Path, drafts: Path, capsys: Said
) -> None:
    assert add(root, draft(drafts, "1.ttl", PASSAGE % "here")) == 0
    name = draft(drafts, "p.ttl", 'places:here a mea:Activity ; rdfs:label "here"@en .')
    capsys.readouterr()
    assert add(root, name, "--replace") == 1
    said = capsys.readouterr().out
    assert "graph/data/documents/note/1.ttl:" in said.replace(os.sep, "/")
    assert "violation meash:Activity-at" in said
    assert "elsewhere: This file does not arrive" in said


def test_a_warning_keeps_an_entry_out_only_when_asked(
    root: Path, drafts: Path, capsys: Said
) -> None:
    name = draft(drafts, "p.ttl", 'places:there a mea:Place ; rdfs:label "here"@en .')
    assert add(root, name, "--fail-on", "warning") == 1
    assert not (root / "data/places/there.ttl").exists()
    assert add(root, name) == 0
    assert "warning meash:Label-unique" in capsys.readouterr().out
    assert (root / "data/places/there.ttl").exists()


def test_standard_input_is_read_once(
    root: Path, drafts: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(text: str) -> None:
        raw = io.BytesIO((HEAD + text).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))

    given("places:there a mea:Place .")
    assert validate(root, "-", "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert [place["file"] for place in found["places"]] == ["<stdin>"]
    given("places:there a .")
    assert validate(root, "-", "--as", "places/there.ttl") == 2
    said = capsys.readouterr().out
    assert "<stdin>:" in said and "places:there a ." in said
    given(PLACE.format("there"))
    assert add(root, "-", "--as", "data/places/there.ttl") == 0
    assert add(root, "-", "-") == 2


def test_validate_shows_the_named_files_of_the_graph_beside_those_that_arrive(
    root: Path, drafts: Path, capsys: Said
) -> None:
    (root / "data/places/here.ttl").write_text(HEAD + "places:here a mea:Place .\n")
    name = draft(drafts, "p.ttl", "places:there a mea:Place .")
    assert validate(root, str(root / "data" / "places"), name, "--format", "json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == 2
    assert [found["focus"].rpartition("/")[2] for found in answer["findings"]] in (
        ["here", "there"],
        ["there", "here"],
    )
    assert not any(found["elsewhere"] for found in answer["findings"])
    # What was wrong before is none of what arrives.
    good = draft(drafts, "q.ttl", PLACE.format("there"))
    assert validate(root, good) == 0
    assert add(root, good) == 0


def test_findings_are_never_written_over_a_draft(root: Path, drafts: Path, capsys: Said) -> None:
    name = draft(drafts, "p.ttl", PLACE.format("there"))
    before = snapshot(drafts)
    for named in (name, str(drafts)):
        assert validate(root, named, "--output", str(drafts / name)) == 2
        assert "Name a file in another folder" in capsys.readouterr().err
    assert snapshot(drafts) == before


# --- bad input ----------------------------------------------------------------------------------

BAD = {
    "empty": (b"", "the file is empty"),
    "states nothing": (HEAD.encode(), "states nothing"),
    "latin-1": ((HEAD + PLACE.format("é")).encode("latin-1"), "not UTF-8"),
    "wrong prefix": (
        f"{HEAD}PREFIX mea: <urn:x>\n{PLACE.format('a')}".encode(),
        "mea: stands for",
    ),
    "prefix twice": (
        f"{HEAD}PREFIX x: <urn:x>\nPREFIX x: <urn:y>\n{PLACE.format('a')}".encode(),
        "declared twice",
    ),
    "deep": (f"{HEAD}places:a a mea:Place ; mea:at {'[ mea:at ' * 10_000}".encode(), "brackets"),
    "NUL": (f'{HEAD}places:a a mea:Place ; rdfs:label "\0" .'.encode(), "NUL"),
    "space": (f"{HEAD}places:a a mea:Place ; mea:at <urn:a b> .".encode(), "no space"),
    "untold": (f'{HEAD}places:a rdfs:label "x" .'.encode(), "--as"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_changes_nothing_and_is_explained(
    kind: str, root: Path, drafts: Path, capsys: Said
) -> None:
    raw, message = BAD[kind]
    (drafts / "bad.ttl").write_bytes(raw)
    good = draft(drafts, "good.ttl", PLACE.format("there"))
    before = snapshot(root)
    assert add(root, good, "bad.ttl") == 2
    said = capsys.readouterr()
    assert "meagraph: bad.ttl" in said.err and message in said.err
    assert said.err.endswith("meagraph: nothing has been added\n")
    assert validate(root, good, "bad.ttl") == 2
    said = capsys.readouterr()
    assert "bad.ttl:" in said.out and message in said.out
    assert "1 file cannot be used" in said.out
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("# mine\n", "a comment would be lost"),
        ("places:a mea:at [] .\n", "a blank node"),
        ("places:a mea:order 007 .\n", "Write 7"),
    ],
)
def test_what_fmt_refuses_is_refused(
    said: str, message: str, root: Path, drafts: Path, capsys: Said
) -> None:
    before = snapshot(root)
    assert add(root, draft(drafts, "a.ttl", PLACE.format("a") + said)) == 2
    assert message in capsys.readouterr().err
    assert snapshot(root) == before


def test_what_is_no_draft_is_refused(root: Path, drafts: Path, capsys: Said) -> None:
    (drafts / "empty").mkdir()
    (drafts / "loop.ttl").symlink_to("loop.ttl")
    with (drafts / "large.ttl").open("wb") as large:
        large.truncate(200_000_000)
    before = snapshot(root)
    for name, message in {
        "missing.ttl": "No such file",
        "empty": "no Turtle file stands in this folder",
        "loop.ttl": "symbolic links",
        "large.ttl": "larger than 20 MB",
    }.items():
        for verb in (add, validate):
            assert verb(root, name) == 2
            said = capsys.readouterr()
            assert name in said.out + said.err and message in said.out + said.err
    assert add(root, str(root / "data" / "places" / "here.ttl")) == 2
    assert "stands in the graph already" in capsys.readouterr().err
    assert snapshot(root) == before


def test_a_graph_that_cannot_be_read_lets_nothing_in(
    root: Path, drafts: Path, capsys: Said
) -> None:
    (root / "data" / "places" / "here.ttl").write_text("<<<<<<< ours\n")
    before = snapshot(root)
    assert add(root, draft(drafts, "a.ttl", PLACE.format("a"))) == 2
    assert "here.ttl:1:7: violation meash:Readable" in capsys.readouterr().out
    assert snapshot(root) == before
    assert add(root, draft(drafts, "h.ttl", PLACE.format("here")), "--replace") == 0


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_an_interrupted_write_changes_nothing(
    after: int,
    stop: BaseException,
    root: Path,
    drafts: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
) -> None:
    names = draft(drafts, "1.ttl", PASSAGE % "there"), draft(drafts, "p.ttl", PLACE.format("there"))
    reading = f"PREFIX this: <{BASE}readings/note/1#>\nthis:doubt a mea:Activity .\n"
    names = *names, draft(drafts, "r.ttl", reading)
    before = snapshot(root)
    replace, replaced = Path.replace, []

    def fails(path: Path, target: Path) -> Path:
        if len(replaced) == after and target.is_relative_to(root):
            raise stop
        replaced.append(target)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    assert add(root, *names) == (2 if isinstance(stop, OSError) else 130)
    assert len(replaced) == after
    assert snapshot(root) == before
    monkeypatch.undo()
    monkeypatch.chdir(drafts)
    assert add(root, *names) == 0
    assert (root / "data" / "readings" / "note" / "1.ttl").is_file()


def test_a_folder_that_cannot_be_made_leaves_none_behind(
    root: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    reading = f"PREFIX this: <{BASE}readings/note/1#>\nthis:doubt a mea:Activity .\n"
    name = draft(drafts, "r.ttl", reading)
    before = snapshot(root)
    make = os.mkdir

    def fails(path: str | os.PathLike[str], *words: int) -> None:
        if Path(path).name == "note":
            raise OSError(13, "Permission denied")
        make(path, *words)

    monkeypatch.setattr(os, "mkdir", fails)
    assert add(root, name) == 2
    assert "the folder cannot be made: Permission denied" in capsys.readouterr().err
    assert snapshot(root) == before


def test_what_someone_else_writes_meanwhile_is_not_overwritten(
    root: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    import meagraph.validation

    name = draft(drafts, "p.ttl", PLACE.format("there"))
    theirs = root / "data" / "places" / "there.ttl"
    real = meagraph.validation.validate

    def meanwhile(*words: object, **options: object) -> object:
        report = real(*words, **options)  # type: ignore[arg-type]
        theirs.write_text("theirs")
        return report

    monkeypatch.setattr(meagraph.validation, "validate", meanwhile)
    assert add(root, name) == 2
    assert "changed while the entries were being validated" in capsys.readouterr().err
    assert theirs.read_text() == "theirs"


def test_a_deep_file_does_not_end_the_process(root: Path, drafts: Path) -> None:
    opening, closing = "<<( places:a mea:at " * 100_000, "1 )>>" * 100_000
    name = draft(drafts, "deep.ttl", f"places:a a mea:Place ; mea:at {opening}{closing} .")
    words = [sys.executable, "-m", "meagraph", "add", "--root", str(root), str(drafts / name)]
    ended = subprocess.run(words, check=False, capture_output=True, text=True, cwd=CHECKOUT)
    assert ended.returncode == 2
    assert "brackets are open at once" in ended.stderr


def test_the_real_graph_takes_a_record(project: Project, drafts: Path, capsys: Said) -> None:
    text = (project.data / "meetings" / "prtr-round-table-4.ttl").read_text()
    (drafts / "m.ttl").write_text(text.replace("table-4", "table-40").replace("fourth", "fortieth"))
    assert main(["add", "m.ttl", "--dry-run", "--root", str(project.root)]) == 0
    assert "data/meetings/prtr-round-table-40.ttl  new, 3 triples" in capsys.readouterr().out
