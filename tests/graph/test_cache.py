"""The built graph kept in a folder."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from tiny import labels, python, relabel

from meagraph import graph as room
from meagraph.errors import UnusableInput
from meagraph.graph import build, open_graph, open_or_build
from meagraph.project import Project


def test_a_graph_that_is_up_to_date_is_opened_and_not_built(small: Project) -> None:
    assert open_or_build(small).built
    again = open_or_build(small)
    assert not again.built
    assert set(again.store) == set(open_or_build(small).store)
    assert {quad.triple for quad in again.store} == {quad.triple for quad in build(small)}


def test_a_changed_file_is_seen_at_the_next_call(small: Project) -> None:
    open_graph(small)
    relabel(small, "Sixth meeting")
    assert labels(open_graph(small)) == ["Sixth meeting"]


def test_an_opened_graph_cannot_be_written_to(small: Project) -> None:
    store = open_graph(small)
    quad = Quad(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal("c"))
    with pytest.raises(RuntimeError):
        store.add(quad)


def test_other_tools_open_current(small: Project, tmp_path: Path) -> None:
    open_graph(small, tmp_path / "store")
    assert labels(Store.read_only(str(tmp_path / "store/current"))) == ["COP-6"]


def test_the_previous_build_is_kept_and_older_ones_are_removed(
    small: Project, tmp_path: Path
) -> None:
    made = []
    for label in ("one", "two", "three"):
        relabel(small, label)
        open_graph(small, tmp_path / "store")
        made.append((tmp_path / "store/current").readlink().name)
    kept = {path.name for path in (tmp_path / "store/builds").iterdir()} - {".lock"}
    assert kept == set(made[1:])


def test_files_that_are_again_as_before_make_the_earlier_build_current(
    small: Project, tmp_path: Path
) -> None:
    for label, built in (("one", True), ("two", True), ("one", False)):
        relabel(small, label)
        assert open_or_build(small, tmp_path / "store").built is built
        assert labels(Store.read_only(str(tmp_path / "store/current"))) == [label]


def test_a_reader_keeps_its_graph_while_others_build(small: Project) -> None:
    reader = open_graph(small)
    for label in ("one", "two", "three"):
        relabel(small, label)
        open_graph(small)
    assert labels(reader) == ["COP-6"]


def test_leftovers_of_killed_builds_go_after_an_hour(small: Project, tmp_path: Path) -> None:
    open_graph(small, tmp_path / "store")
    builds = tmp_path / "store/builds"
    (builds / ".unfinished-old").mkdir()
    (builds / ".unfinished-link-1").symlink_to("nowhere")
    (builds / ".unfinished-new").mkdir()
    for name in (".unfinished-old", ".unfinished-link-1"):
        os.utime(builds / name, (1, 1), follow_symlinks=False)
    relabel(small, "Sixth meeting")
    open_graph(small, tmp_path / "store")
    left = {path.name for path in builds.iterdir() if path.name.startswith(".unfinished")}
    assert left == {".unfinished-new"}


@pytest.mark.parametrize("damage", ["CURRENT", "*.sst", "MANIFEST-*"])
def test_a_damaged_build_is_built_again(small: Project, tmp_path: Path, damage: str) -> None:
    open_graph(small, tmp_path / "store")
    for path in (tmp_path / "store/current").resolve().glob(damage):
        path.unlink()
    assert labels(open_graph(small, tmp_path / "store")) == ["COP-6"]
    assert not open_or_build(small, tmp_path / "store").built


def test_each_root_has_a_cache_of_its_own(small: Project, tmp_path: Path, cache: Path) -> None:
    open_graph(small)
    other = tmp_path / "other"
    small.root.rename(other)
    assert open_or_build(Project(other)).built
    assert len(list(cache.iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_done_without(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MEAGRAPH_CACHE", str(tmp_path / "file"))
    opened = open_or_build(small)
    assert (labels(opened.store), opened.folder) == (["COP-6"], None)


def test_a_store_that_cannot_be_written_is_unusable(small: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for store in (tmp_path / "file", tmp_path / "file/store"):
        with pytest.raises(UnusableInput, match="cannot be kept"):
            open_graph(small, store)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["thesis.txt", "builds/thesis/text.txt", "current/text.txt"])
def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(
    small: Project, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "store" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(UnusableInput, match="not empty"):
        open_graph(small, tmp_path / "store")
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == [file]


def test_files_that_change_while_they_are_read_do_not_get_a_wrong_fingerprint(
    small: Project, tmp_path: Path
) -> None:
    changes = iter(["during the build"])

    def change(done: int, total: int, what: str) -> None:
        for label in changes:
            relabel(small, label)

    open_graph(
        small, tmp_path / "store", lambda *step: change(*step) if step[2] == "merging" else None
    )
    assert labels(open_graph(small, tmp_path / "store")) == ["during the build"]
    relabel(small, "COP-6")
    assert labels(open_graph(small, tmp_path / "store")) == ["COP-6"]


def test_processes_that_build_at_once_all_succeed(small: Project, tmp_path: Path) -> None:
    code = """
        from meagraph.graph import open_graph
        print(len(open_graph(PROJECT, STORE)))
    """
    processes = [python(code, small.root, tmp_path / "store") for _ in range(4)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    assert {out for out, _ in said} == {f"{len(build(small))}\n"}


MOMENTS = {
    "before the merge": "cache.build = die",
    "before it is written": "cache._keep = die",
    "before it is closed": "cache._lock = die",
    "before it is named": "os.rename = die",
    "after it is named": "cache._make_current = die",
    "before the link is made": "os.symlink = die",
    "before the link is current": "os.replace = die",
    "before old builds are removed": "cache._sweep = die",
    "while old builds are removed": "import shutil; shutil.rmtree = die",
}


def test_files_are_read_again_only_when_the_file_system_says_that_they_changed(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    monkeypatch.setattr(room.cache, "_GRAIN", 0)
    relabel(small, "one")
    open_graph(small, store)
    open_graph(small, store)
    with monkeypatch.context() as patch:
        patch.setattr(room.cache, "fingerprint", lambda project: pytest.fail("read again"))
        assert labels(open_graph(small, store)) == ["one"]
    changed = [path for path in (small.root / "data").rglob("*.ttl") if "one" in path.read_text()]
    times = [path.stat().st_mtime_ns for path in changed]
    relabel(small, "two")  # of the same length, and dated back
    for path, time in zip(changed, times, strict=True):
        os.utime(path, ns=(time, time))
    assert labels(open_graph(small, store)) == ["two"]


def test_a_file_changed_within_the_clocks_grain_is_noticed(small: Project, tmp_path: Path) -> None:
    store = tmp_path / "store"
    relabel(small, "one")
    open_graph(small, store)
    open_graph(small, store)
    assert not (store / "builds" / ".listing").exists()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed_leaves_the_old_graph_or_the_new_one(
    small: Project, tmp_path: Path, moment: str
) -> None:
    store = tmp_path / "store"
    for label in ("older", "old"):
        relabel(small, label)
        open_graph(small, store)
    relabel(small, "new")
    code = f"from meagraph.graph import cache\n{MOMENTS[moment]}\ncache.open_graph(PROJECT, STORE)"
    assert python(code, small.root, store).wait() == -9
    assert labels(Store.read_only(str(store / "current"))) in (["old"], ["new"])
    assert labels(open_graph(small, store)) == ["new"]
    assert labels(Store.read_only(str(store / "current"))) == ["new"]


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4])
def test_a_build_killed_at_any_time_leaves_the_old_graph_or_the_new_one(
    small: Project, tmp_path: Path, delay: float
) -> None:
    store = tmp_path / "store"
    relabel(small, "old")
    open_graph(small, store)
    relabel(small, "new")
    code = f"""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # its default is to end the process at once
        from meagraph.graph import open_graph
        signal.setitimer(signal.ITIMER_REAL, {delay})
        open_graph(PROJECT, STORE)
    """
    assert python(code, small.root, store).wait() in (0, -14)
    assert labels(Store.read_only(str(store / "current"))) in (["old"], ["new"])
    assert labels(open_graph(small, store)) == ["new"]


def test_a_full_disk_is_done_without_or_named(small: Project, tmp_path: Path) -> None:
    code = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
        from meagraph.errors import UnusableInput
        from meagraph.graph import open_graph, open_or_build
        assert open_or_build(PROJECT).folder is None
        try:
            open_graph(PROJECT, STORE)
        except UnusableInput as error:
            print(error.message)
    """
    assert resource.RLIMIT_FSIZE  # the limit stands in for a disk that is full
    out, err = python(code, small.root, tmp_path / "store").communicate()
    assert "cannot be kept in" in out, err
    assert labels(open_graph(small, tmp_path / "store")) == ["COP-6"]
