"""A later export takes away what it no longer makes, and nothing else."""

from __future__ import annotations

import hashlib
import json
import shutil
from argparse import ArgumentParser
from pathlib import Path

import pytest
from test_writing import making, there

from meagraph.cli.export import arguments, run, told
from meagraph.errors import UnusableInput
from meagraph.export import KINDS, export, files_of
from meagraph.export.record import RECORD, Outcome, write_kinds
from meagraph.namespaces import BASE
from meagraph.project import Project
from small_export import PREFIX, built, small

MINE = hashlib.sha256(b"mine").hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What an export of two kinds wrote."""
    folder = tmp_path / "dist"
    write_kinds({"one": making(a="1", b__c="1", b__d="1"), "two": making(e="2")}, folder)
    return folder


def named(folder: Path) -> list[str]:
    return sorted(name for name in there(folder) if name != RECORD)


def test_a_file_that_is_no_longer_made_goes_and_its_empty_folder_with_it(folder: Path) -> None:
    outcome = write_kinds({"one": making(a="new")}, folder)
    assert outcome == Outcome([folder / "a"], [folder / "b" / name for name in "cd"], [], "")
    assert named(folder) == ["a", "e"]


def test_only_the_kind_that_is_exported_loses_files(folder: Path) -> None:
    assert write_kinds({"two": {}}, folder).removed == [folder / "e"]
    assert named(folder) == ["a", "b", "b/c", "b/d"]
    assert write_kinds({"one": {}}, folder).removed == [
        folder / name for name in ("a", "b/c", "b/d")
    ]
    assert named(folder) == []


def test_a_file_that_another_kind_makes_now_stays(folder: Path) -> None:
    assert write_kinds({"one": {}, "two": making(a="2")}, folder).removed == [
        folder / name for name in ("b/c", "b/d", "e")
    ]
    assert there(folder)["a"] == "2"


def test_a_file_that_another_kind_made_too_stays(folder: Path) -> None:
    write_kinds({"three": making(a="3")}, folder)
    write_kinds({"one": {}}, folder)
    assert there(folder)["a"] == "3"
    assert write_kinds({"three": {}}, folder).removed == [folder / "a"]


def test_foreign_files_stay_and_so_does_the_folder_that_holds_them(folder: Path) -> None:
    (folder / "b" / "mine").write_text("mine")
    (folder / "empty").mkdir()
    write_kinds({"one": {}}, folder)
    assert named(folder) == ["b", "b/mine", "e", "empty"]


def test_a_file_that_was_changed_since_stays_and_that_is_told_once(folder: Path) -> None:
    (folder / "a").write_text("changed")
    outcome = write_kinds({"one": {}}, folder)
    assert [(left.path, left.why) for left in outcome.left] == [
        (folder / "a", "it was changed since")
    ]
    assert "b" not in named(folder)
    said = told(Outcome([], *outcome[1:]), folder)
    assert "Removed 2 files that are no longer made: b/c, b/d\n" in said
    assert "Left, though it is no longer made: a (it was changed since)\n" in said
    assert write_kinds({"one": {}}, folder).left == []
    assert there(folder)["a"] == "changed"


def test_a_file_that_has_gone_is_not_missed(folder: Path) -> None:
    shutil.rmtree(folder / "b")
    assert write_kinds({"one": {}}, folder) == Outcome([], [folder / "a"], [], "")


def test_a_folder_in_the_place_of_a_file_stays(folder: Path) -> None:
    (folder / "a").unlink()
    (folder / "a").mkdir()
    assert [left.path for left in write_kinds({"one": {}}, folder).left] == [folder / "a"]
    assert (folder / "a").is_dir()


def test_no_link_is_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "b").rename(tmp_path / "away")
    (folder / "b").symlink_to(tmp_path / "away")
    (tmp_path / "mine").write_text("1")
    (folder / "a").unlink()
    (folder / "a").symlink_to(tmp_path / "mine")
    outcome = write_kinds({"one": {}}, folder)
    assert outcome.removed == []
    assert {left.why for left in outcome.left} == {"a link leads there"}
    assert there(tmp_path / "away") == {"c": "1", "d": "1"}
    assert (folder / "a").is_symlink()


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"null",
        b'{"one": ["a"]}',
        b'{"one": {"a": 1}}',
        b'{"one": {"a": "1"}}',
        *(
            json.dumps({"one": {"a": hashlib.sha256(b"1").hexdigest(), name: MINE}}).encode()
            for name in (
                "../mine",
                "b/../../mine",
                "b/./c",
                "b//c",
                "",
                "/etc/hostname",
                "C:/mine",
                "C:mine",
                "\\\\host\\mine",
                "..\\mine",
                "a\0b",
                "a\ud800",
                "\x1b[2J",
            )
        ),
    ],
    ids=lambda record: repr(record)[:40],
)
def test_a_record_that_is_not_as_it_was_written_removes_nothing_and_that_is_told(
    folder: Path, tmp_path: Path, record: bytes
) -> None:
    (tmp_path / "mine").write_text("mine")
    (folder / RECORD).write_bytes(record)
    outcome = write_kinds({"one": making(new="1")}, folder)
    assert outcome.removed == []
    assert outcome.fault
    said = told(Outcome([], *outcome[1:]), folder)
    assert said.count("\n") == 2
    assert RECORD in said
    assert said.replace("\n", "").isprintable()
    assert named(folder) == ["a", "b", "b/c", "b/d", "e", "new"]
    assert (tmp_path / "mine").read_text() == "mine"
    assert write_kinds({"one": {}}, folder).removed == [folder / "new"]


def test_an_absolute_path_to_a_file_of_ours_removes_nothing(folder: Path) -> None:
    path = folder / "a"
    (folder / RECORD).write_text(json.dumps({"one": {str(path): hashlib.sha256(b"1").hexdigest()}}))
    assert write_kinds({"one": {}}, folder).fault
    assert path.exists()


def test_a_record_that_is_a_link_is_not_read_and_not_written_through(
    folder: Path, tmp_path: Path
) -> None:
    (folder / RECORD).rename(tmp_path / "elsewhere")
    (folder / RECORD).symlink_to(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere").read_text()
    outcome = write_kinds({"one": {}}, folder)
    assert (outcome.removed, outcome.fault) == ([], "it is no plain file")
    assert (tmp_path / "elsewhere").read_text() == before
    assert not (folder / RECORD).is_symlink()


def test_what_cannot_be_written_removes_nothing(folder: Path) -> None:
    before = there(folder)
    (folder / "in-the-way").mkdir()
    with pytest.raises(UnusableInput):
        write_kinds({"one": {**making(a="new"), "in-the-way": bytes}}, folder)
    assert there(folder) == before | {"in-the-way": ""}


def test_the_record_is_the_same_bytes_in_any_folder(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write_kinds({"two": making(e="2")}, other)
    write_kinds({"one": making(b__d="1", b__c="1", a="1")}, other)
    assert (other / RECORD).read_bytes() == (folder / RECORD).read_bytes()
    assert str(tmp_path) not in (folder / RECORD).read_text()


def test_no_two_kinds_make_one_file(project: Project, tmp_path: Path) -> None:
    graph = small(project, tmp_path / "project", nasty=False)
    store = built(graph)
    names = [name for kind in KINDS for name in files_of(kind, store, graph)]
    assert sorted(names) == sorted(set(names))
    assert names == list(files_of("all", store, graph))


def test_the_document_of_a_thing_that_was_renamed_goes(project: Project, tmp_path: Path) -> None:
    graph = small(project, tmp_path / "project", nasty=False)
    out = tmp_path / "out"
    export("all", built(graph), graph, out)
    first = set(there(out))
    old = graph.data / "meetings" / "undated.ttl"
    old.unlink()
    (graph.data / "meetings" / "renamed.ttl").write_text(
        f'{PREFIX}<{BASE}meetings/renamed> a mea:Meeting ; rdfs:label "Renamed"@en .'
    )
    outcome = export("all", built(graph), graph, out)
    assert {str(path.relative_to(out)) for path in outcome.removed} == {
        "meetings/undated.jsonld",
        "schema/meetings/undated.jsonld",
    }
    assert outcome.left == []
    assert first - set(there(out)) == {"meetings/undated.jsonld", "schema/meetings/undated.jsonld"}
    assert set(there(out)) == {str(p.relative_to(out)) for p in outcome.written} | {
        str(above.relative_to(out))
        for path in outcome.written
        for above in path.parents
        if out in above.parents
    } | {RECORD}


def test_the_verb_tells_what_it_removed_in_one_line(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path / "cache"))
    graph = small(project, tmp_path / "project", nasty=False)
    parser = ArgumentParser()
    arguments(parser)
    words = ["jsonld", "--root", str(graph.root), "-o", str(tmp_path / "out")]
    assert run(parser.parse_args(words)) == 0
    assert "Removed" not in capsys.readouterr().out
    for name in ("undated", "last"):
        (graph.data / "meetings" / f"{name}.ttl").unlink()
    assert run(parser.parse_args(words)) == 0
    (line,) = (one for one in capsys.readouterr().out.splitlines() if "Removed" in one)
    assert line == (
        "Removed 4 files that are no longer made: meetings/last.jsonld, meetings/undated.jsonld, "
        "schema/meetings/last.jsonld and 1 more"
    )
