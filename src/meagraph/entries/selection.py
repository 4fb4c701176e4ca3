"""Which files a reader means by the files, folders and standard input that were named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from meagraph.entries.limits import read_bounded, read_stream
from meagraph.errors import UnusableInput
from meagraph.project import Project

STANDARD_INPUT = Path("<stdin>")
"""What messages call the standard input; on the command line it is ``-``."""


def standing(project: Project, named: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Tell the files and folders of the graph from those elsewhere.

    Args:
        project: the graph's files.
        named: files and folders; standard input is elsewhere.

    Returns:
        Those in ``data/`` or ``ontology/``, or around them; and the others.
    """
    homes = [os.path.realpath(home) for home in (project.data, project.ontology)]
    here: list[Path] = []
    elsewhere: list[Path] = []
    for path in named:
        real = os.path.realpath(path)
        within = path != STANDARD_INPUT and any(
            is_within(real, home) or is_within(home, real) for home in homes
        )
        (here if within else elsewhere).append(path)
    return here, elsewhere


def is_within(path: str, folder: str) -> bool:
    """Whether a path is a folder or below it; both are real paths."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def turtle_files(named: Sequence[Path]) -> list[Path]:
    """The files that are named, whatever they are called, and the Turtle files of named folders.

    Each comes once, under the first name that leads to it.

    Raises:
        UnusableInput: a folder holds no Turtle file or cannot be read.
    """
    files: dict[str, Path] = {}
    for path in named:
        if path != STANDARD_INPUT and os.path.isdir(path):  # is_dir may raise
            for file in _below(path):
                files.setdefault(os.path.realpath(file), file)
        else:
            key = str(path) if path == STANDARD_INPUT else os.path.realpath(path)
            files.setdefault(key, path)
    return list(files.values())


def _below(folder: Path) -> list[Path]:
    """The Turtle files of a folder and those in it; what begins with a dot belongs to editors."""

    def refuse(error: OSError) -> None:
        raise UnusableInput(
            f"the folder cannot be read: {error.strerror}",
            file=error.filename,
            hint="Give yourself the right to read it, or name the files.",
        )

    found = []
    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, n) for n in files if n.endswith(".ttl") and not n.startswith(".")]
    if not found:
        raise UnusableInput(
            "no Turtle file stands in this folder",
            file=folder,
            hint="The files of entries end in .ttl; a file with another name is named itself.",
        )
    return sorted(found)


def content(path: Path, standard_input: BinaryIO | None = None) -> bytes:
    """The bytes of a file, or of the standard input.

    Args:
        path: the file, or `STANDARD_INPUT`.
        standard_input: what to read then.

    Raises:
        UnusableInput: it cannot be read, or is too large.
    """
    if path != STANDARD_INPUT:
        return read_bounded(path)
    if standard_input is None:
        raise UnusableInput("there is no standard input", hint="Name a file.")
    return read_stream(standard_input, path)
