"""What no entry need carry: ``coverage/<document>.toml``, kept by hand, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from meagraph.errors import UnusableInput

_KEYS = {"passage", "text", "reason"}
_FORM = '[[allowed]] with passage = "…", reason = "…", and text = "…" unless it is a whole passage.'


class Allowance(NamedTuple):
    """Something that a passage names and no entry has to carry.

    ``text`` is as `coverage` reports it; where it is empty, the whole passage needs no entry.
    """

    file: Path
    passage: str
    text: str
    reason: str


def read_allowances(folder: Path, slug: str) -> list[Allowance]:
    """What is allowed of one document; nothing where there is no file.

    Raises:
        UnusableInput: the file is not TOML in UTF-8, or one of its entries is not whole.
    """
    path = folder / f"{slug}.toml"
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # of TOML and of UTF-8 alike
        raise UnusableInput(f"this is not TOML: {error}", file=path, hint=_FORM) from None
    allowed = content.pop("allowed", [])
    if content or not isinstance(allowed, list):
        what = next(iter(content), "allowed")
        raise UnusableInput(f"“{what}” is not understood here", file=path, hint=_FORM)
    return [_allowance(path, number, row) for number, row in enumerate(allowed, start=1)]


def refuse_strangers(folder: Path, slugs: Collection[str]) -> None:
    """Refuse a file of allowances that belongs to no document.

    Raises:
        UnusableInput: there is one.
    """
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in slugs:
            raise UnusableInput(
                f"there is no document {path.stem}",
                file=path,
                hint="Name the file after a folder of data/documents/.",
            )


def _allowance(path: Path, number: int, row: object) -> Allowance:
    given = row if isinstance(row, dict) else {}
    values = {key: value for key, value in given.items() if isinstance(value, str) and value}
    if (
        not {"passage", "reason"} <= values.keys()
        or len(values) < len(given)
        or given.keys() - _KEYS
    ):
        raise UnusableInput(f"entry {number} is not whole", file=path, hint=_FORM)
    return Allowance(path, values["passage"], values.get("text", ""), values["reason"])
