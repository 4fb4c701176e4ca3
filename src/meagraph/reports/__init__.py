"""What validation found, in each format: for a reader, for an editor, for a program."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meagraph.reports.saving import check_target, save

if TYPE_CHECKING:
    from meagraph.validation import Report

__all__ = ["FORMATS", "Format", "check_target", "format_of", "render", "save"]


class Format(NamedTuple):
    """A format: its module here, the ending of its files, and what its files are relative to.

    ``seen_from`` is "graph", the folder of the graph's files; "reader", the current folder; or
    "repository", the folder that a code host shows.
    """

    module: str
    ending: str
    seen_from: str


FORMATS = {
    "text": Format("text", ".txt", "reader"),
    "json": Format("json", ".json", "graph"),
    "sarif": Format("sarif", ".sarif", "repository"),
    "github": Format("github", ".log", "repository"),
    "turtle": Format("turtle", ".ttl", "graph"),
    "html": Format("html", ".html", "graph"),
}
"""The formats by their names; a next one is a module with ``render`` and a line here."""


def format_of(file: Path) -> str:
    """The format that the ending of a file's name stands for; text where it stands for none."""
    ending = file.suffix.lower()
    return next((name for name, one in FORMATS.items() if one.ending == ending), "text")


def render(report: Report, name: str, base: Path) -> str:
    """Show what validation found.

    Args:
        report: what it found.
        name: one of `FORMATS`.
        base: the folder that files are named from, whole.
    """
    module = import_module(f"meagraph.reports.{FORMATS[name].module}")
    shown: Callable[[Report, Path], str] = module.render
    return shown(report, base)
