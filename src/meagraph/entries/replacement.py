"""Files written whole, or not at all, and several of them together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from meagraph.errors import UnusableInput


def check_file(file: Path) -> None:
    """See that a file can be written, before the work that makes what goes into it.

    Raises:
        UnusableInput: its folder is missing, or it is a folder, a link or a device.
    """
    if not file.parent.is_dir():
        raise UnusableInput(
            f"the folder {file.parent} does not exist",
            file=file,
            hint="Make it first, or name a file in another folder.",
        )
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise UnusableInput("this is no ordinary file", file=file, hint="Name another file.")


def replace_together(changes: Mapping[Path, str | bytes | None]) -> None:
    """Write all contents to their files, or leave every file as it was.

    All are first written beside their files, under hidden names; only then are the files
    replaced, in the order of the mapping. A file that cannot be replaced, or an interruption,
    puts back those that were.

    Only the end of the process itself, between two replacements, leaves some files new and some
    old. The hidden files ``.<name>.<process>`` that remain then hold the new texts of the old
    ones: moving each over the file that it is named after completes the change, and nothing is
    lost. (Back to what was committed leads ``git restore``, which also takes other changes back.)

    Args:
        changes: the content of each file (texts in UTF-8), ``None`` for one that goes; folders
            exist.

    Raises:
        UnusableInput: a file cannot be written; all are as they were.
    """
    texts = {path: text for path, text in changes.items() if text is not None}
    waiting = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in texts}
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in texts.items():
            waiting[path].write_bytes(text.encode() if isinstance(text, str) else text)
        try:
            for path in changes:
                before[path] = path.read_bytes() if path.exists() else None
                if path in waiting:
                    waiting[path].replace(path)
                else:
                    path.unlink(missing_ok=True)
        except BaseException:
            _put_back(before)
            raise
    except OSError as error:
        raise UnusableInput(
            f"the file cannot be written: {error.strerror}",
            file=path,
            hint="Nothing has been changed. Give yourself the right to write in its folder.",
        ) from None
    finally:
        for hidden in waiting.values():
            hidden.unlink(missing_ok=True)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
