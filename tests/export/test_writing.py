"""The files of an export: all are written or none is, whatever goes wrong on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from meagraph.errors import UnusableInput
from meagraph.export import export, write_files
from meagraph.project import Project


def making(**texts: str) -> dict[str, Callable[[], bytes]]:
    """Files by name, “__” for “/”."""
    return {name.replace("__", "/"): text.encode for name, text in texts.items()}


def there(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def test_files_are_written_in_folders_and_named_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert write_files(making(z="1", c__d="2"), folder) == [folder / "z", folder / "c" / "d"]
    assert there(folder) == {"z": "1", "c": "", "c/d": "2"}


def test_what_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    def fails() -> bytes:
        raise UnusableInput("it cannot be made")

    with pytest.raises(UnusableInput, match="cannot be made"):
        write_files({**making(a__b__c="new"), "d": fails}, tmp_path / "new" / "folder")
    assert there(tmp_path) == {}


def test_an_error_in_the_program_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("earlier")
    with pytest.raises(ZeroDivisionError):
        write_files({**making(a="new", b__c="new"), "d": lambda: bytes(1 // 0)}, tmp_path)
    assert there(tmp_path) == {"a": "earlier"}


def test_a_move_that_fails_is_undone_with_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a table is open in a program that locks it."""
    for name in ("a", "b", "old"):
        (tmp_path / name).write_text("earlier")
    move = Path.replace

    def locked(path: Path, target: Path) -> Path:
        if target.name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(UnusableInput, match="Permission denied"):
        write_files(making(a="new", n__m="new", b="new"), tmp_path, remove=[tmp_path / "old"])
    assert there(tmp_path) == dict.fromkeys(("a", "b", "old"), "earlier")


def test_where_files_have_but_one_name_copies_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*args: object, **more: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    test_a_move_that_fails_is_undone_with_those_before_it(tmp_path, monkeypatch)


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "a").symlink_to(tmp_path / "mine")
    write_files(making(a="new"), tmp_path / "dist")
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (tmp_path / "dist" / "a").is_symlink()


@pytest.mark.parametrize(
    ("in_the_way", "said"),
    [("tables", r"tables: it is a file, no folder"), ("tables/a/b", r"tables.a: it is a folder")],
)
def test_what_stands_in_the_way_is_named(tmp_path: Path, in_the_way: str, said: str) -> None:
    path = tmp_path / in_the_way
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text("mine")
    with pytest.raises(UnusableInput, match=said):
        write_files(making(first="new", tables__a="new"), tmp_path)
    assert path.read_text() == "mine"
    assert not (tmp_path / "first").exists()


@pytest.mark.parametrize("place", ["ontology", "data/meetings", "queries"])
def test_no_export_writes_among_the_files_of_the_graph(tmp_path: Path, place: str) -> None:
    from pyoxigraph import Store

    (tmp_path / place).mkdir(parents=True)
    (tmp_path / "ontology").mkdir(exist_ok=True)
    truth = tmp_path / "ontology" / "meagraph.ttl"
    truth.write_text("the ontology")
    with pytest.raises(UnusableInput, match="built from"):
        export("dumps", Store(), Project(tmp_path), tmp_path / place)
    assert truth.read_text() == "the ontology"
    assert export("dumps", Store(), Project(tmp_path), tmp_path / "ontology-2").written


def test_a_link_is_no_way_among_the_files_of_the_graph(tmp_path: Path) -> None:
    from pyoxigraph import Store

    (tmp_path / "ontology").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "ontology")
    with pytest.raises(UnusableInput, match="built from"):
        export("dumps", Store(), Project(tmp_path), tmp_path / "dist")
