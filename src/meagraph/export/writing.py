"""The files of an export, written all together or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from meagraph.errors import UnusableInput

Progress = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and of what."""

Files = Mapping[str, Callable[[], bytes]]
"""Paths below a folder, with “/” between their parts, and what makes the bytes of each."""


def write_files(files: Files, folder: Path, progress: Progress | None = None) -> list[Path]:
    """Write the files of an export.

    Args:
        files: what to write.
        folder: where to write; made if it is missing; other files in it are left alone.
        progress: told of each file that is made.

    Returns:
        The files, in the order given.

    Raises:
        UnusableInput: the folder cannot be written to; no file in it has been changed.
    """
    unfinished: dict[Path, Path] = {}
    try:
        for done, (name, make) in enumerate(files.items()):
            if progress:
                progress(done, len(files), name)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(None, f"{name} is a folder there")
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            unfinished[temporary] = path
            temporary.write_bytes(make())
        for temporary, path in unfinished.items():
            temporary.replace(path)
    except OSError as error:
        raise UnusableInput(
            f"nothing can be written to {folder}: {error.strerror or error}",
            hint="Name with -o a folder that you may write to and that has room.",
        ) from None
    finally:
        for temporary in unfinished:
            _remove(temporary)
    return list(unfinished.values())


def _remove(temporary: Path) -> None:
    """Remove what is left of an unfinished file; in a folder that went away nothing is left."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return
