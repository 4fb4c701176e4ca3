"""A report written to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from meagraph.entries.replacement import check_file, replace_together
from meagraph.errors import UnusableInput


def check_target(file: Path, kept: Iterable[Path] = ()) -> None:
    """See that a report can be written to a file, before the work that makes it.

    Args:
        file: where the report goes.
        kept: files, and folders in which nothing is written: what is validated.

    Raises:
        UnusableInput: the file's folder is missing; the file is kept or stands in a folder that
            is; or it is a folder, a link or a device.
    """
    if any(file.resolve().is_relative_to(folder.resolve()) for folder in kept):
        raise UnusableInput(
            "the findings cannot be written among the files that are validated",
            file=file,
            hint="Name a file in another folder. To validate this file, name it without --output.",
        )
    check_file(file)


def save(text: str, file: Path) -> None:
    """Write a report in UTF-8: whole, or not at all.

    Raises:
        UnusableInput: the file cannot be written; it is as it was.
    """
    replace_together({file: text})
