"""Files of an export, written and taken away all together or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from meagraph.errors import UnusableInput

Progress = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and of what."""

Files = Mapping[str, Callable[[], bytes]]
"""Paths below a folder, with “/” between their parts, and what makes the bytes of each."""


def write_files(
    files: Files, folder: Path, progress: Progress | None = None, remove: Iterable[Path] = ()
) -> list[Path]:
    """Write the files of an export.

    Args:
        files: what to write; made one after the other, in this order.
        folder: where to write; made if it is missing; other files in it are left alone.
        progress: told of each file that is made.
        remove: files in the folder to take away, and the folders that are empty without them.

    Returns:
        The files, in the order given.

    Raises:
        UnusableInput: the folder cannot be written to; no file in it has been changed.
    """
    change = _Change(folder)
    try:
        for done, (name, make) in enumerate(files.items()):
            if progress:
                progress(done, len(files), name)
            change.prepare(folder / name, make())
        change.carry_out(remove)
    except OSError as error:
        raise UnusableInput(
            f"nothing can be written to {folder}: {_reason(error, folder)}",
            hint="Name with -o a folder that you may write to and that has room.",
        ) from None
    finally:
        change.end()
    return [folder / name for name in files]


class _Change:
    """A change of several files that can be undone until it ends.

    Args:
        folder: where the files are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new: dict[Path, Path] = {}  # what will stand at a path, where it waits
        self._old: dict[Path, Path] = {}  # what stood at a path, where it is kept
        self._changed: list[Path] = []
        self._made: list[Path] = []
        self._emptied: set[Path] = set()
        self._carried_out = False

    def prepare(self, path: Path, content: bytes) -> None:
        """Write a file beside its place."""
        self._make_folder(path.parent)
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder", str(path))
        self._new[path] = waiting = self._beside(path)
        waiting.write_bytes(content)

    def carry_out(self, remove: Iterable[Path]) -> None:
        """Take files away, and put the new ones in their places."""
        removed = list(remove)
        for path in (*removed, *self._new):
            if os.path.lexists(path):
                self._keep(path)
        # Removed first: where case is not told apart, a new name may be that of the old file.
        for path in removed:
            path.unlink(missing_ok=True)
            self._changed.append(path)
            self._emptied |= set(path.relative_to(self._folder).parents) - {Path()}
        for path, waiting in self._new.items():
            waiting.replace(path)
            self._changed.append(path)
        self._carried_out = True

    def end(self) -> None:
        """Undo what was not carried out whole, and clear away what the work needed."""
        if not self._carried_out:
            for path in reversed(self._changed):
                self._put_back(path)
        for needed in (*self._new.values(), *self._old.values()):
            _remove(needed)
        empty = [self._folder / one for one in self._emptied] if self._carried_out else self._made
        for folder in sorted(empty, reverse=True):
            _remove(folder)

    def _put_back(self, path: Path) -> None:
        if path not in self._old:
            _remove(path)
            return
        kept = self._old.pop(path)  # so that it is not cleared away if it cannot be put back
        try:
            kept.replace(path)
        except OSError:
            return
        _remove(kept)  # two names of one file are not moved onto each other

    def _make_folder(self, folder: Path) -> None:
        missing = []
        for each in (folder, *folder.parents):
            if each.exists():
                break
            missing.append(each)
        for each in reversed(missing):
            each.mkdir()
            self._made.append(each)
        if not folder.is_dir():
            raise NotADirectoryError(0, "it is a file, no folder", str(folder))

    def _keep(self, path: Path) -> None:
        """Give what stands at a path a second name, or a copy where files have but one."""
        self._old[path] = kept = self._beside(path)
        try:
            os.link(path, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(path, kept, follow_symlinks=False)

    def _beside(self, path: Path) -> Path:
        # In the same folder, or it could not be moved at once; short, as names may not be long.
        number = len(self._new) + len(self._old)
        return path.with_name(f".meagraph-{os.getpid()}-{number}")


def _remove(path: Path) -> None:
    """Remove a file or an empty folder; what has gone, or holds something, is as it should be."""
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return


def _reason(error: OSError, folder: Path) -> str:
    """What went wrong, with the file where that is one that the reader knows."""
    said = error.strerror or str(error)
    place = Path(os.fsdecode(error.filename)) if error.filename else folder
    known = place not in (folder, *folder.parents) and not place.name.startswith(".meagraph-")
    return f"{place}: {said}" if known else said
