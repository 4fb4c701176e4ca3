"""What exports wrote to a folder, so that a later one takes away what it no longer makes.

The record is a hidden file of the folder: JSON, for each kind of export the paths of its files and
the SHA-256 of each. Nobody need trust it: a file goes only if it lies in the folder itself, without
a link on the way, and is byte for byte what was written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meagraph.export.writing import write_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.export.writing import Files, Progress

RECORD = ".meagraph-export"
"""The name of the record."""

_SHA256 = re.compile("[0-9a-f]{64}")
_Digests = dict[str, dict[str, str]]


class Left(NamedTuple):
    """A file that an earlier export wrote and that is not ours to take away.

    Args:
        path: the file.
        why: why it was left, in a reader's words.
    """

    path: Path
    why: str


class Outcome(NamedTuple):
    """What an export did to a folder.

    Args:
        written: its files, in the order of their making.
        removed: files of an earlier export that this one no longer makes.
        left: those of them that were left.
        fault: what is wrong with the record, so that nothing was removed; empty if nothing is.
    """

    written: list[Path]
    removed: list[Path]
    left: list[Left]
    fault: str


def write_kinds(
    kinds: Mapping[str, Files], folder: Path, progress: Progress | None = None
) -> Outcome:
    """Write the files of kinds of export and remove those that they no longer make.

    Files of other kinds, files that no export wrote, and files that someone has changed since stay.

    Args:
        kinds: the files of each kind.
        folder: where to write; made if it is missing.
        progress: told of each file that is made.

    Raises:
        UnusableInput: the folder cannot be written to; no file in it has been changed.
    """
    before, fault = _read(folder)
    digests: _Digests = {kind: files for kind, files in before.items() if kind not in kinds}
    others = {name for files in digests.values() for name in files}
    made = {name for files in kinds.values() for name in files}
    stale = {
        name: digest
        for kind in kinds
        for name, digest in before.get(kind, {}).items()
        if name not in made | others
    }
    removed, left = _told_apart(stale, folder)
    files: dict[str, Callable[[], bytes]] = {}
    for kind, of in kinds.items():
        digests[kind] = {}
        for name, make in of.items():
            files[name] = _noting(make, name, digests[kind])
    written = write_files({**files, RECORD: lambda: _bytes(digests)}, folder, progress, removed)
    return Outcome(written[:-1], removed, left, fault)


def _noting(make: Callable[[], bytes], name: str, digests: dict[str, str]) -> Callable[[], bytes]:
    def noting() -> bytes:
        content = make()
        digests[name] = hashlib.sha256(content).hexdigest()
        return content

    return noting


def _bytes(digests: _Digests) -> bytes:
    return (json.dumps(digests, indent=1, sort_keys=True) + "\n").encode()


def _read(folder: Path) -> tuple[_Digests, str]:
    """What the record says, and what is wrong with it; then it counts for nothing."""
    path = folder / RECORD
    if not os.path.lexists(path):
        return {}, ""
    try:
        if path.is_symlink() or not path.is_file():
            raise ValueError("it is no plain file")
        read = json.loads(path.read_text(encoding="utf-8"))
        _check(read)
    except OSError as error:
        return {}, f"it cannot be read: {error.strerror or error}"
    except json.JSONDecodeError as error:
        return {}, f"it is no JSON: line {error.lineno}, column {error.colno}"
    except (UnicodeDecodeError, RecursionError):
        return {}, "it is no JSON"
    except ValueError as error:
        return {}, str(error)
    return read, ""


def _check(read: object) -> None:
    """Raises `ValueError` if what was read is no record."""
    kinds = list(read.values()) if isinstance(read, dict) else [None]
    for files in kinds:
        if not isinstance(files, dict):
            raise ValueError("it is not as an export writes it")
        for name, digest in files.items():
            if not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
                raise ValueError(f"it has no SHA-256 for {name!a}")
            # What leads elsewhere on any system, whichever this is, or steers a terminal.
            parts = re.split(r"[/\\]", name)
            if {"", ".", ".."} & set(parts) or ":" in name or not name.isprintable():
                raise ValueError(f"it names {name!a}, which is no file of this folder")


def _told_apart(stale: Mapping[str, str], folder: Path) -> tuple[list[Path], list[Left]]:
    """The files that are as an export wrote them, and the others that are there."""
    ours, left = [], []
    for name, digest in sorted(stale.items()):
        path = folder / name
        if not os.path.lexists(path):
            continue
        if _leads_away(path, folder):
            left.append(Left(path, "a link leads there"))
        elif not path.is_file() or _digest(path) != digest:
            left.append(Left(path, "it was changed since"))
        else:
            ours.append(path)
    return ours, left


def _leads_away(path: Path, folder: Path) -> bool:
    """Whether a link stands between a folder and a file in it, or the file is one."""
    between = path.relative_to(folder).parents
    return any((folder / one).is_symlink() for one in between if one != Path()) or path.is_symlink()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
