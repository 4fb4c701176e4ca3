"""The folder of a release: what is in it, the same bytes each time, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from copies import snapshot
from meagraph.errors import UnusableInput
from meagraph.project import Project
from meagraph.releases import Wanted, release
from meagraph.releases.writing import write_folder
from small_release import HEAD, PLACE, checkout, formatted, released, stating

SITE = "https://example.org/meagraph"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return checkout(tmp_path / "checkout")


def test_a_release_has_all_that_belongs_to_it(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = released(monkeypatch, project, tmp_path / "releases", site=SITE)
    assert done.folder == tmp_path / "releases" / "0.1.0" and done.is_new
    names = {path.relative_to(done.folder).as_posix() for path in done.folder.rglob("*")}
    assert names >= {
        *("meagraph.nq", "meagraph.ttl", "catalogue.ttl", "void.ttl", "places/here.jsonld"),
        *(f"queries/places.{form}" for form in ("rq", "csv", "json", "html")),
        *("shapes/place.ttl", "CITATION.cff", "LICENSE", "LICENSE-queries"),
        *("README.md", "index.html", "SHA256SUMS"),
        *("w3id/meagraph/.htaccess", "w3id/meagraph/README.md"),
    }
    assert "data" in (done.folder / "LICENSE").read_text()
    assert "code" in (done.folder / "LICENSE-queries").read_text()
    assert "Released on 2026-12-01" in (done.folder / "README.md").read_text()
    files = [path for path in done.folder.rglob("*") if path.is_file()]
    assert (done.files, done.size) == (len(files), sum(path.stat().st_size for path in files))


def test_the_sums_cover_every_other_file_and_are_right(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = released(monkeypatch, project, tmp_path, site=SITE).folder
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    listed = [line[66:] for line in lines]
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert listed == sorted(listed) and {*listed, "SHA256SUMS"} == there
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    (folder / "void.ttl").write_text("other")
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder)
    assert done.returncode == 1


def test_questions_are_as_they_are_and_answered_with_the_values_that_stand_in_them(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = released(monkeypatch, project, tmp_path).folder / "queries"
    stored = project.queries / "places" / "places.rq"
    assert (folder / "places.rq").read_bytes() == stored.read_bytes()
    here = "https://w3id.org/meagraph/places/here"
    assert (folder / "places.csv").read_text() == f"place,placeLabel\n{here},here\n"
    answer = json.loads((folder / "places.json").read_text())
    assert answer["version"] == "0.1.0"
    assert answer["address"] == "https://w3id.org/meagraph/releases/0.1.0/queries/places"
    assert answer["parameters"] == {"place": ["places:here"]}
    assert f'href="{here}"' in (folder / "places.html").read_text()


def test_a_release_is_the_same_bytes_from_process_to_process(
    project: Project, tmp_path: Path
) -> None:
    for name in ("a", "bb"):
        words = [sys.executable, "-m", "meagraph", "release", "0.1.0", "--root", project.folder]
        subprocess.run(
            [*words, "-o", str(tmp_path / name), "--site", SITE],
            env={
                "MEAGRAPH_CACHE": str(tmp_path / f"cache-{name}"),
                "PYTHONHASHSEED": str(len(name)),
            },
            check=True,
            capture_output=True,
        )
    one, other = (
        {path.relative_to(tmp_path / name): content for path, content in found.items()}
        for name in ("a", "bb")
        for found in [snapshot(tmp_path / name)]
    )
    assert one == other


def test_no_page_names_a_folder_of_this_machine(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(monkeypatch, project, tmp_path / "old")
    later = checkout(tmp_path / "later", "0.1.1", new=PLACE.format("new"))
    old = str(tmp_path / "old" / "0.1.0")
    folder = released(monkeypatch, later, tmp_path / "to", "0.1.1", previous=old).folder
    for path in folder.rglob("*"):
        if path.is_file():
            assert str(tmp_path).encode() not in path.read_bytes(), path


def test_what_changed_since_the_last_release_is_there_in_four_forms(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyoxigraph import RdfFormat, Store

    old = released(monkeypatch, project, tmp_path / "releases").folder
    assert not list(old.glob("changes.*"))
    later = checkout(tmp_path / "later", "0.1.1", new=PLACE.format("new"))
    done = released(monkeypatch, later, tmp_path / "releases", "0.1.1", previous=str(old))
    assert done.previous == "0.1.0" and done.step and done.step.level == "minor"
    assert "0.1.0 → 0.1.1" in (done.folder / "changes.md").read_text()
    assert "data/places/new.ttl" in (done.folder / "changes.md").read_text()
    assert json.loads((done.folder / "changes.json").read_text())
    assert "a record or a claim is new" in (done.folder / "README.md").read_text()
    Store().load(path=str(done.folder / "changes.ttl"), format=RdfFormat.TURTLE)
    store = Store()
    store.load(path=str(old / "meagraph.nq"), format=RdfFormat.N_QUADS)
    store.update((done.folder / "changes.ru").read_text())
    now = Store()
    now.load(path=str(done.folder / "meagraph.nq"), format=RdfFormat.N_QUADS)
    assert set(store) == set(now)


def test_the_same_release_again_changes_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(monkeypatch, project, tmp_path / "to")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "to").rglob("*")}
    assert not released(monkeypatch, project, tmp_path / "to").is_new
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "to").rglob("*")} == before


@pytest.mark.parametrize("change", ["other", "foreign", "missing", "file"])
def test_a_release_that_is_there_is_never_changed(
    change: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "to" / "0.1.0"
    if change == "file":
        folder.parent.mkdir()
        folder.write_text("mine")
    else:
        released(monkeypatch, project, tmp_path / "to")
    if change == "other":
        (folder / "void.ttl").write_text("other")
    elif change == "foreign":
        (folder / "mine.txt").write_text("mine")
    elif change == "missing":
        (folder / "void.ttl").unlink()
    before = snapshot(tmp_path / "to")
    with pytest.raises(UnusableInput, match="is there, with other content") as refusal:
        released(monkeypatch, project, tmp_path / "to")
    if change != "file":
        name = "mine.txt" if change == "foreign" else "void.ttl"
        assert name in str(refusal.value)
    assert snapshot(tmp_path / "to") == before


def test_a_full_disk_leaves_nothing_behind(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "index.html":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UnusableInput, match="No space left on device"):
        released(monkeypatch, project, tmp_path / "new" / "to")
    assert not (tmp_path / "new").exists()


def test_a_stop_while_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    def stopped() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder({"a": lambda: b"", "b/c": stopped}, tmp_path / "to" / "1.0.0")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UnusableInput, match=re.escape(str(tmp_path / "file"))):
        released(monkeypatch, project, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_no_release_lands_among_the_files_of_the_graph(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(project.root)
    with pytest.raises(UnusableInput, match="among the files that the graph is built from"):
        released(monkeypatch, project, project.data / "places")
    assert snapshot(project.root) == before


def test_a_draft_is_of_what_is_unreleased_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "checkout", day="unreleased")
    with pytest.raises(
        UnusableInput, match=r"CHANGELOG\.md: version 0\.1\.0 is unreleased"
    ) as refusal:
        released(monkeypatch, project, tmp_path / "to")
    assert "ontology/meagraph.ttl: status is " in str(refusal.value)
    assert not (tmp_path / "to").exists()
    folder = released(monkeypatch, project, tmp_path / "to", draft=True).folder
    assert "A draft" in (folder / "README.md").read_text()
    assert "(draft)" in (folder / "index.html").read_text()


@pytest.mark.parametrize(
    ("file", "what", "said"),
    [
        ("CITATION.cff", ("version: 0.1.0", "version: 0.0.9"), "CITATION.cff: version is 0.0.9"),
        ("CHANGELOG.md", ("## 0.1.0", "## 0.0.9"), "CHANGELOG.md: there is no heading"),
        ("data/dataset.ttl", ('version "0.1.0"', 'version "1"'), "data/dataset.ttl: version is 1"),
        ("data/dataset.ttl", ("ontology/0.1.0", "ontology/1"), "data/dataset.ttl: conformsTo is"),
        ("ontology/meagraph.ttl", ('Info "0.1.0"', 'Info "1"'), "versionInfo is 1"),
        ("ontology/meagraph.ttl", ("Version 0.1.0.", "Version 1."), "bibliographicCitation"),
        ("ontology/meagraph.ttl", ("2026-12-01", "2026-12-02"), "issued is 2026-12-02"),
    ],
)
def test_each_file_that_says_another_version_is_named(
    file: str,
    what: tuple[str, str],
    said: str,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = project.root / file
    text = path.read_text()
    assert what[0] in text
    path.write_text(text.replace(*what))
    with pytest.raises(UnusableInput, match=re.escape(said)):
        released(monkeypatch, project, tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_the_package_is_named_where_it_is_of_another_version(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stating(monkeypatch, "9.9.9")
    with pytest.raises(UnusableInput, match=r"src/meagraph/__init__.py: __version__ is 9\.9\.9"):
        release(project, Wanted("0.1.0", tmp_path / "to"))


@pytest.mark.parametrize("name", ["CHANGELOG.md", "CITATION.cff", "LICENSE", "data/LICENSE"])
def test_what_a_release_takes_with_it_must_be_there(
    name: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / name).unlink()
    with pytest.raises(UnusableInput, match=f"takes {re.escape(name)} with it"):
        released(monkeypatch, project, tmp_path / "to")


def test_data_that_break_a_rule_are_not_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "checkout", bare="places:bare a mea:Place .\n")
    with pytest.raises(UnusableInput, match="not valid: 1 violation"):
        released(monkeypatch, project, tmp_path / "to")
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize("change", ["form", "register"])
def test_data_that_are_not_in_canonical_form_are_not_released(
    change: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.data / "places" / "here.ttl"
    if change == "form":
        path.write_text(path.read_text() + "\n\n")
    else:
        path.write_text(HEAD + PLACE.format("here").replace('"here"', '"Here"'))
        formatted(project.root)
        register = project.data / "register.ttl"
        register.write_text(register.read_text().replace("2026-01-01", "2025-01-01", 1))
        path.write_text(path.read_text().replace('"Here"', '"There"'))
    with pytest.raises(UnusableInput, match="not in canonical form"):
        released(monkeypatch, project, tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_folders_above_are_made_and_kept(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    released(monkeypatch, project, Path("a/b"))
    assert sorted(os.listdir("a/b")) == ["0.1.0"]
