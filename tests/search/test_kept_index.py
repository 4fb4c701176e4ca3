"""The index in the folder of a build: made once, whole or not there, and made again if damaged."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from searched import FILES, names, project

from meagraph.errors import UnusableInput
from meagraph.graph import open_or_build
from meagraph.graph.cache import Opened
from meagraph.search import Index, search, storage


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return open_or_build(project(tmp_path / "project"), tmp_path / "store")


def file_of(opened: Opened) -> Path:
    assert opened.folder
    return Path(opened.folder) / "current" / storage.FILE


def found(opened: Opened, text: str = "gold mining") -> list[str]:
    return names(search(opened.store, text, folder=opened.folder))


def test_the_index_is_made_at_the_first_search_and_used_at_the_next(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not file_of(opened).exists()
    first = found(opened)
    assert first == names(search(opened.store, "gold mining"))  # as in memory
    assert file_of(opened).exists()
    monkeypatch.setattr(storage, "gather", lambda store: pytest.fail("made again"))
    assert found(opened) == first


def test_nothing_else_is_left_and_the_graph_still_opens(opened: Opened, tmp_path: Path) -> None:
    build = file_of(opened).parent
    before = set(os.listdir(build))
    found(opened)
    assert set(os.listdir(build)) == {*before, storage.FILE}
    again = open_or_build(project(tmp_path / "project"), tmp_path / "store")
    assert not again.built
    assert len(again.store) == len(opened.store)
    assert file_of(again).exists()


def test_a_changed_graph_has_an_index_of_its_own(opened: Opened, tmp_path: Path) -> None:
    found(opened)
    files = {**FILES, "data/places/yaounde.ttl": 'places:yaounde rdfs:label "Goldmine"@en .'}
    newer = open_or_build(project(tmp_path / "project", files), tmp_path / "store")
    assert found(newer, "goldmine") == ["https://w3id.org/meagraph/places/yaounde"]
    assert found(newer, "yaounde") == found(newer, "goldmine")  # its slug


def test_an_index_stays_with_the_build_that_was_opened(opened: Opened, tmp_path: Path) -> None:
    index = Index(opened.store, opened.folder)
    build = file_of(opened).parent.resolve()
    files = {**FILES, "data/places/yaounde.ttl": 'places:yaounde rdfs:label "Goldmine"@en .'}
    newer = open_or_build(project(tmp_path / "project", files), tmp_path / "store")
    assert index.search("goldmine") == []
    assert (build / storage.FILE).exists()
    assert not file_of(newer).exists()


def test_an_index_is_made_of_the_build_and_not_of_the_store_at_hand(
    opened: Opened, tmp_path: Path
) -> None:
    """A process that has an older graph open must not leave its texts in a newer build."""
    files = {**FILES, "data/places/yaounde.ttl": 'places:yaounde rdfs:label "Goldmine"@en .'}
    newer = open_or_build(project(tmp_path / "project", files), tmp_path / "store")
    search(opened.store, "gold", folder=opened.folder)
    assert found(newer, "goldmine") == ["https://w3id.org/meagraph/places/yaounde"]


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _overwrite_head(content: bytes) -> bytes:
    return b"not a database" + content[14:]


def _overwrite_pages(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * (len(content) - 4096)


def _date_back(content: bytes) -> bytes:
    return content[:60] + b"\0\0\0\1" + content[64:]  # its user version


@pytest.mark.parametrize(
    "damage",
    [_cut, _overwrite_head, _overwrite_pages, _date_back, lambda content: b""],
    ids=["cut", "head", "pages", "old format", "empty"],
)
def test_a_damaged_or_older_index_is_made_again(opened: Opened, damage: object) -> None:
    expected = found(opened)
    whole = file_of(opened).read_bytes()
    file_of(opened).write_bytes(damage(whole))  # type: ignore[operator]
    assert found(opened) == expected
    with sqlite3.connect(file_of(opened)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM words").fetchone()[0] > 20


def test_an_index_damaged_in_the_midst_is_made_again_at_the_search_that_meets_it(
    opened: Opened,
) -> None:
    """Each page in turn is spoiled: the answer is right, whichever it is."""
    expected = found(opened)
    whole = file_of(opened).read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    for start in range(size, len(whole), size):
        spoiled = whole[:start] + b"\xa5" * size + whole[start + size :]
        file_of(opened).write_bytes(spoiled)
        assert found(opened) == expected, start


def test_a_folder_that_cannot_be_written_to_is_done_without(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = names(search(opened.store, "gold mining"))
    file_of(opened).mkdir()  # even root cannot put a file there
    assert found(opened) == expected


def test_a_build_that_was_removed_meanwhile_is_done_without(opened: Opened, tmp_path: Path) -> None:
    index = Index(opened.store, opened.folder)
    build = file_of(opened).parent.resolve()
    build.rename(tmp_path / "removed")
    assert index.search("gold mining") == search(opened.store, "gold mining")
    assert not build.exists()


def _python(code: str, *words: object) -> subprocess.Popen[str]:
    start = """
        import os, signal, sys
        from meagraph.graph import open_or_build
        from meagraph.project import Project
        from meagraph.search import search, storage
        opened = open_or_build(Project(sys.argv[1]), sys.argv[2])
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(start) + textwrap.dedent(code), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


SEARCH = 'print(*(h.iri for h in search(opened.store, "gold mining", folder=opened.folder)))'


def test_processes_that_search_at_once_all_find(opened: Opened, tmp_path: Path) -> None:
    processes = [_python(SEARCH, tmp_path / "project", tmp_path / "store") for _ in range(4)]
    said = [process.communicate() for process in processes]
    expected = " ".join(names(search(opened.store, "gold mining"))) + "\n"
    assert [out for out, _ in said] == [expected] * 4, said
    assert [name for name in os.listdir(file_of(opened).parent) if "search" in name] == [
        storage.FILE
    ]


@pytest.mark.parametrize(
    "moment", ["storage._insert", "os.fsync", "os.replace"], ids=["filling", "writing", "naming"]
)
def test_a_process_killed_while_it_makes_the_index_leaves_none(
    opened: Opened, tmp_path: Path, moment: str
) -> None:
    code = f"{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n{SEARCH}"
    process = _python(code, tmp_path / "project", tmp_path / "store")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not file_of(opened).exists()
    assert found(opened) == names(search(opened.store, "gold mining"))


def test_a_full_disk_is_done_without(opened: Opened, tmp_path: Path) -> None:
    limit = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n{SEARCH}"
    out, err = _python(limit, tmp_path / "project", tmp_path / "store").communicate()
    assert out.split() == names(search(opened.store, "gold mining")), err
    assert not file_of(opened).exists()


def test_a_path_with_signs_of_addresses_in_it_is_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = open_or_build(project(tmp_path / "project"), tmp_path / "a b?mode=rw#%41ü")
    expected = names(search(odd.store, "gold mining"))
    monkeypatch.setattr(storage, "in_memory", lambda store: pytest.fail("not kept"))
    assert found(odd) == found(odd) == expected
    assert file_of(odd).exists()


def test_sqlite_without_full_text_search_is_told(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_MODULE", "a_module_that_sqlite_lacks")
    for folder in (opened.folder, None):
        with pytest.raises(UnusableInput, match="no full-text search") as caught:
            search(opened.store, "gold", folder=folder)
        assert "FTS5" in (caught.value.hint or "")


def test_a_python_without_sqlite_is_told(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(UnusableInput, match="no full-text search"):
        search(opened.store, "gold", folder=opened.folder)
