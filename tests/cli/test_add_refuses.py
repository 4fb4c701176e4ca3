"""What ``meagraph add`` refuses, and what stops it: nothing has changed then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from drafts_desk import HEAD, PASSAGE, PLACE, Said, add, draft, validate

from copies import snapshot, stop_replacing
from meagraph.namespaces import BASE

CHECKOUT = Path(__file__).parents[2]

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
    replaced = stop_replacing(monkeypatch, root, after, stop)
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
