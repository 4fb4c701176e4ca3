"""A folder written whole, or not at all, with the sums of its files."""

from __future__ import annotations

import filecmp
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from meagraph.export.writing import Files, Progress

SUMS = "SHA256SUMS"
"""The file with the SHA-256 of every other, as ``sha256sum --check`` reads it."""

_FEW = 3


def write_folder(files: Files, folder: Path, progress: Progress | None = None) -> bool:
    """Write files and their sums to a folder that appears when all are there.

    Args:
        files: what to write, made in this order.
        folder: the folder, which must not be there, or hold just these files.
        progress: told of each file that is made.

    Returns:
        Whether it was written; it is not where it is there already, byte for byte.

    Raises:
        UnusableInput: the folder is there with other content, or cannot be written; nothing has
            been changed.
    """
    made: list[Path] = []
    waiting = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        _make_parents(folder.parent, made)
        shutil.rmtree(waiting, ignore_errors=True)  # left by a process of that number, long ago
        waiting.mkdir()
        _fill(waiting, files, progress)
        if os.path.lexists(folder):
            _refuse_other(waiting, folder)
            return False
        waiting.replace(folder)
        made.clear()
    except OSError as error:
        raise UnusableInput(
            f"the release cannot be written to {folder}: {error.strerror or error}",
            hint="Name with -o a folder that you may write to and that has room.",
        ) from None
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
        for parent in reversed(made):
            parent.rmdir()
    return True


def _make_parents(folder: Path, made: list[Path]) -> None:
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir()
            made.append(each)


def _fill(folder: Path, files: Files, progress: Progress | None) -> None:
    sums = {}
    for done, (name, make) in enumerate(files.items()):
        if progress:
            progress(done, len(files), name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = make()
        path.write_bytes(content)
        sums[name] = sha256(content).hexdigest()
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    (folder / SUMS).write_bytes(lines.encode())


def _refuse_other(new: Path, there: Path) -> None:
    differing = sorted(
        str(path)
        for path in _below(new) | _below(there)
        if not (new / path).is_file()
        or not (there / path).is_file()
        or not filecmp.cmp(new / path, there / path, shallow=False)
    )
    if differing or not there.is_dir():
        more = f" and {len(differing) - _FEW:,} more" if len(differing) > _FEW else ""
        raise UnusableInput(
            f"{there} is there, with other content",
            hint=f"A release never changes. Give this one another version. Other are: "
            f"{', '.join(differing[:_FEW])}{more}.",
        )


def _below(folder: Path) -> set[Path]:
    """Whatever is in a folder but folders, by the path below it."""
    return {
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
