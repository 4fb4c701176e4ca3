"""Versions are read from folders, exports and revisions, and are the same from each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from small_project import FILES, PREFIXES, committed, git, written

from meagraph.changes import Version, comparable, compare, read_project, read_version
from meagraph.changes.versions import PARTS
from meagraph.errors import UnusableInput
from meagraph.export import files_of, write_files
from meagraph.graph import build, vocabulary
from meagraph.project import Project


def read(named: Path | str, project: Path = Path("/nowhere")) -> Version:
    return read_version(str(named), str(project))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return written(tmp_path / "old")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, the first of them a release."""
    root = written(tmp_path / "repository")
    committed(root, "first")
    git(root, "tag", "v0.1.0")
    (root / "data/places/bali.ttl").unlink()
    committed(root, "second")
    return root


def test_a_project_has_all_parts(old: Path) -> None:
    version = read(old)
    assert version.parts == PARTS.keys()
    assert set(version.files.values()) | set(version.shapes) == {
        name for name in FILES if name.endswith(".ttl")
    }
    assert list(version.questions) == ["meetings/all"]


def test_graphs_are_those_that_the_build_makes(project: Project) -> None:
    version = read(project.root)
    names = {graph.value for graph in build(project).named_graphs()}
    assert set(version.graphs) == names - {"https://w3id.org/meagraph/graphs/entailed"}
    for path, graph in vocabulary(project).items():
        assert version.files[graph] == path.relative_to(project.root).as_posix()


def test_files_of_editors_are_passed_over(old: Path) -> None:
    before = read(old)
    (old / "data/.trash").mkdir()
    for name in ("data/places/.geneva.ttl", "data/.trash/x.ttl", "ontology/draft.ttl"):
        (old / name).write_text("no Turtle")
    assert compare(before, read(old)).same


def test_a_folder_of_data_alone_is_compared_with_the_data(old: Path) -> None:
    alone = read(old / "data")
    assert alone.parts == {"data"}
    changes = compare(alone, read(old))
    assert changes.same and changes.missing == ("ontology", "shapes", "questions")


def test_an_export_says_the_same_as_its_project(project: Project, tmp_path: Path) -> None:
    exported = files_of("dumps", build(project), project)
    write_files({"meagraph.nq": exported["meagraph.nq"]}, tmp_path)
    for named in (tmp_path, tmp_path / "meagraph.nq"):
        changes = compare(*comparable(read(named), read_project(project.root)))
        assert changes.same and changes.register == (0, 0)
        assert changes.missing == ("shapes", "questions")


def test_an_export_does_not_keep_how_a_value_was_written(old: Path, tmp_path: Path) -> None:
    (old / "data/meetings/one.ttl").write_text(PREFIXES + "meetings:one mea:ordinal 01 .")
    name = "https://w3id.org/meagraph/"
    line = f'<{name}meetings/one> <{name}ontology#ordinal> "1"^^<http://www.w3.org/2001/XMLSchema#'
    (tmp_path / "meagraph.nq").write_text(f"{line}integer> <{name}meetings/one> .\n")
    changes = compare(*comparable(read(tmp_path), read(old / "data")))
    assert "meetings/one" not in {entry.graph.removeprefix(name) for entry in changes.entries}


def test_the_merge_and_what_is_entailed_are_no_files(tmp_path: Path) -> None:
    triple = "<x:a> <x:b> <x:c>"
    entailed = "<https://w3id.org/meagraph/graphs/entailed>"
    (tmp_path / "meagraph.nq").write_text(f"{triple} .\n{triple} {entailed} .\n{triple} <x:g> .\n")
    assert list(read(tmp_path).graphs) == ["x:g"]


def test_a_file_that_states_nothing_is_no_entry(old: Path) -> None:
    before = read(old)
    (old / "data/places/empty.ttl").write_text(PREFIXES)
    assert compare(before, read(old)).same


def test_revisions_are_read_from_git(repository: Path) -> None:
    for named, there in (("v0.1.0", True), ("HEAD~1", True), ("HEAD", False)):
        version = read(named, repository)
        assert version.name == named and version.parts == PARTS.keys()
        assert ("https://w3id.org/meagraph/places/bali" in version.graphs) is there
    assert not compare(read("v0.1.0", repository), read_project(repository)).same
    assert compare(read("HEAD", repository), read_project(repository)).same
    assert git(repository, "status", "--porcelain") == ""


def test_a_project_may_stand_below_the_root_of_its_repository(tmp_path: Path) -> None:
    below = written(tmp_path / "graphs/ours")
    committed(tmp_path, "first")
    assert compare(read("HEAD", below), read_project(below)).same


def test_what_is_read_of_a_revision_is_what_was_committed(repository: Path) -> None:
    (repository / "data/places/geneva.ttl").write_text("changed since")
    assert "https://w3id.org/meagraph/places/geneva" in read("HEAD", repository).graphs


def test_an_old_revision_need_not_keep_the_rules_of_today(tmp_path: Path) -> None:
    files = {"data/cities/oslo.ttl": "PREFIX places: <x:> places:oslo a places:City ."}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    assert list(read(tmp_path).graphs) == ["https://w3id.org/meagraph/cities/oslo"]


def test_a_revision_that_does_not_exist_is_told(repository: Path) -> None:
    for named in ("v0.1.1", "--all", "HEAD~99", "", "-h", "HEAD:data"):
        with pytest.raises(UnusableInput, match="neither a folder nor a revision"):
            read(named, repository)
    with pytest.raises(UnusableInput) as told:
        read("v0.1.1", repository)
    assert "Did you mean v0.1.0?" in str(told.value)


def test_without_a_repository_there_are_no_revisions(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="belongs to no git repository"):
        read("HEAD", tmp_path)


def test_without_git_folders_are_named(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnusableInput, match="git, which is not installed"):
        read("HEAD", repository)
    assert read(repository).parts


def test_a_revision_without_a_graph_is_told(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("nothing yet")
    committed(tmp_path, "first")
    with pytest.raises(UnusableInput, match="the revision HEAD holds no graph"):
        read("HEAD", tmp_path)


def test_what_is_wrong_in_a_file_is_told_with_its_line(repository: Path, tmp_path: Path) -> None:
    bad = repository / "data/places/geneva.ttl"
    bad.write_text("PREFIX x: <x:>\nx:a x:b c .\n")
    with pytest.raises(UnusableInput) as told:
        read(repository)
    assert (told.value.file, told.value.line) == (str(bad), 2)
    committed(repository, "broken")
    with pytest.raises(UnusableInput) as told:
        read("HEAD", repository)
    assert (told.value.file, told.value.line) == ("HEAD:data/places/geneva.ttl", 2)
    (tmp_path / "meagraph.nq").write_text("<x:a> <x:b> <x:c> <x:g> .\n<x:a> b\n")
    with pytest.raises(UnusableInput) as told:
        read(tmp_path / "meagraph.nq")
    assert told.value.line == 2


def test_folders_without_a_graph_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="holds no graph"):
        read(tmp_path)
    (tmp_path / "meagraph.nq").write_text("")
    with pytest.raises(UnusableInput, match="no named graph"):
        read(tmp_path)


def test_versions_without_a_part_in_common_are_not_compared(old: Path, tmp_path: Path) -> None:
    only = tmp_path / "only"
    only.mkdir()
    (only / "meagraph.nq").write_text("<x:a> <x:b> <x:c> <https://w3id.org/meagraph/ontology> .\n")
    with pytest.raises(UnusableInput, match="nothing in common"):
        comparable(read(only), read(old / "data"))


def test_what_attributes_hide_or_filter_is_read_as_it_was_committed(repository: Path) -> None:
    """A release may leave files out, and a filter may ask a server for others: neither counts."""
    lines = ("data export-ignore", "*.ttl filter=gone")
    (repository / ".gitattributes").write_text("".join(f"{line}\n" for line in lines))
    for name in ("clean", "smudge"):
        git(repository, "config", f"filter.gone.{name}", "true")
    expected = read(repository)
    git(repository, "add", ".gitattributes")
    git(repository, "commit", "--quiet", "--message", "third")
    assert compare(read("HEAD", repository), expected).same


def test_links_and_submodules_of_a_revision_are_left_out(repository: Path) -> None:
    (repository / "data/places/oslo.ttl").symlink_to("geneva.ttl")
    committed(repository, "a link")
    assert "https://w3id.org/meagraph/places/oslo" not in read("HEAD", repository).graphs


def test_a_shallow_clone_says_how_to_get_what_it_lacks(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), "shallow")
    clone = tmp_path / "shallow"
    assert compare(read("HEAD", clone), read(repository)).same
    for named in ("HEAD~1", "v0.1.0"):
        with pytest.raises(UnusableInput, match="git fetch --unshallow --tags"):
            read(named, clone)


def test_a_clone_without_files_asks_no_server_for_them(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    words = ("clone", "--quiet", "--filter=blob:none", repository.as_uri(), "partial")
    git(tmp_path, *words)
    clone = tmp_path / "partial"
    assert compare(read("HEAD", clone), read(clone)).same, "what is checked out is there"
    with pytest.raises(UnusableInput, match="without all files") as told:
        read("HEAD~1", clone)
    assert "git fetch --refetch --no-filter" in str(told.value)
    git(clone, "fetch", "--quiet", "--refetch", "--no-filter")
    assert "https://w3id.org/meagraph/places/bali" in read("HEAD~1", clone).graphs


def test_the_name_of_a_stranger_is_no_home(repository: Path) -> None:
    with pytest.raises(UnusableInput, match="neither a folder nor a revision"):
        read("~nobody-of-that-name", repository)


def test_an_export_with_the_ontology_beside_it_is_an_export(tmp_path: Path) -> None:
    root = written(tmp_path / "export")
    shutil.rmtree(root / "data")
    (root / "meagraph.nq").write_text("<x:a> <x:b> <x:c> <x:g> .\n")
    assert list(read(root).graphs) == ["x:g"]


def test_a_folder_named_data_may_hold_none(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/table.csv").write_text("a,b\n")
    with pytest.raises(UnusableInput, match="holds no graph"):
        read(tmp_path)


def test_a_folder_that_cannot_be_read_did_not_go(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refusing(folder: str) -> object:
        if str(folder).endswith("places"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(UnusableInput, match=r"places: the folder cannot be read: Permission"):
        read(old)
