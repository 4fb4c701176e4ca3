"""Which files would change if every entry were in canonical form and the register up to date."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from meagraph.entries.canonical import refusals
from meagraph.entries.files import Progress, read_entry
from meagraph.entries.paths import REGISTER, data_files
from meagraph.entries.register import renewed_register
from meagraph.entries.writer import write
from meagraph.errors import UnusableInput


class Formatting(NamedTuple):
    """What is to be written, and what stands in the way.

    ``changes`` maps each file that changes to its new text, empty where the file goes; ``refused``
    lists every place that keeps a file from being written. Nothing is to be written unless
    ``refused`` is empty.
    """

    changes: dict[Path, str]
    refused: list[UnusableInput]


def formatting(
    data: Path, day: date, named: Iterable[Path] = (), progress: Progress | None = None
) -> Formatting:
    """Work out the canonical form of entries and the register; writes nothing.

    Args:
        data: the folder ``data/``.
        day: the day that the register records for new and changed files.
        named: files and folders under ``data/`` to format; all of ``data/`` where there is none.
        progress: told of each file.

    Raises:
        UnusableInput: a named file or folder is not under ``data/`` or does not exist; a path
            gives no legal IRI.
    """
    files = list(data_files(data))
    chosen = _chosen(files, data, list(named))
    changes: dict[Path, str] = {}
    refused: list[UnusableInput] = []
    register = data / REGISTER
    for done, path in enumerate(chosen):
        if progress:
            progress(done, len(chosen), path.relative_to(data).as_posix())
        if path == register:
            continue
        try:
            entry = read_entry(path, data)
        except UnusableInput as error:
            refused.append(error)
            continue
        found = refusals(entry)
        refused += found
        if not found:
            text = write(entry.graph, entry.triples)
            if path.read_bytes() != text.encode():
                changes[path] = text
    renew_register(register, files, changes, day, refused)
    return Formatting(changes, refused)


def renew_register(
    register: Path,
    files: list[Path],
    changes: dict[Path, str],
    day: date,
    refused: list[UnusableInput],
) -> None:
    """Add the register's new text to the changes, or what is wrong with it to the refusals.

    Args:
        register: the register's file, which may be missing.
        files: every data file as it is to be; new ones are among the changes.
        changes: the new text of each file that changes.
        day: the day to record for new and changed files.
        refused: what is wrong so far; nothing is worked out where anything is.
    """
    known = None
    if register.exists():
        try:
            known = read_entry(register, register.parent)
            refused += refusals(known) if known.triples else []
        except UnusableInput as error:
            refused.append(error)
    if refused:
        return
    contents = {
        path.relative_to(register.parent).as_posix(): (
            changes[path].encode() if path in changes else path.read_bytes()
        )
        for path in files
        if path != register
    }
    text = renewed_register(known.triples if known else (), contents, day)
    before = register.read_bytes() if register.exists() else b""
    if text.encode() != before:
        changes[register] = text


def _chosen(files: list[Path], data: Path, named: list[Path]) -> list[Path]:
    if not named:
        return files
    chosen: set[Path] = set()
    for path in named:
        absolute = data / path.resolve().relative_to(data.resolve()) if _under(path, data) else None
        below = [
            file for file in files if absolute and (file == absolute or absolute in file.parents)
        ]
        if absolute is None or not absolute.exists():
            raise UnusableInput(
                f"{path} " + ("does not exist" if absolute else f"does not stand under {data}"),
                hint="Name files or folders of the graph's data/, or none for all of them.",
            )
        if not below and absolute.is_file():
            raise UnusableInput(
                f"{path} is not a data file", hint="Data files end in .ttl and are not hidden."
            )
        chosen.update(below)
    return sorted(chosen)


def _under(path: Path, data: Path) -> bool:
    return path.resolve().is_relative_to(data.resolve())


def write_files(changes: Mapping[Path, str]) -> None:
    """Write each text to its file at one stroke: a reader sees the old file or the new one.

    An empty text removes the file.
    """
    for path, text in changes.items():
        if not text:
            path.unlink()
            continue
        # Named with a dot, so that no reader of data/ takes it for an entry.
        waiting = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            waiting.write_bytes(text.encode())
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)
