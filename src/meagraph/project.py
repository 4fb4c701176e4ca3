"""Where the graph's own files are: ``ontology/``, ``data/``, ``shapes/`` and ``queries/``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from pathlib import Path

_MARK = os.path.join("ontology", "meagraph.ttl")
_FOLDERS = ("ontology", "data", "shapes", "queries")


class Project:
    """The folder that holds the four folders of a graph.

    Args:
        root: that folder.
    """

    # A plain class with a plain text in it: the modules dataclasses and pathlib take longer to
    # import than a stored question takes to answer.
    __slots__ = ("folder",)

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.folder = os.path.abspath(root)

    @property
    def root(self) -> Path:
        """The folder itself."""
        from pathlib import Path

        return Path(self.folder)

    @property
    def ontology(self) -> Path:
        """``meagraph.ttl``, ``alignments.ttl`` and ``concepts/*.ttl``."""
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        """The entries; the path of each is its graph's IRI."""
        return self.root / "data"

    @property
    def shapes(self) -> Path:
        """SHACL shapes, one file a class."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """Stored questions, ``<theme>/<question>.rq``."""
        return self.root / "queries"

    @property
    def wrong_examples(self) -> Path:
        """Files that each break rules on purpose, to explain these; may be missing."""
        return self.root / "tests" / "invalid"

    @property
    def coverage(self) -> Path:
        """What passages name and no entry need carry, ``<document>.toml``; may be missing."""
        return self.root / "coverage"


def find_project(root: str | os.PathLike[str] | None = None) -> Project:
    """Find the graph's files.

    Looked for in this order: ``root``; the environment's ``MEAGRAPH_ROOT``; the current folder and
    the folders above it; the checkout that this package runs from; the copy inside the package.

    Raises:
        UnusableInput: ``root`` or ``MEAGRAPH_ROOT`` names a folder that holds no graph.
    """
    named = root or os.environ.get("MEAGRAPH_ROOT")
    if named:
        path = os.path.expanduser(named)
        missing = [name for name in (*_FOLDERS, _MARK) if not _exists(path, name)]
        if missing:
            raise UnusableInput(
                f"{named} holds no graph: {', '.join(missing)} is missing",
                hint="Name the folder that holds ontology/, data/, shapes/ and queries/.",
            )
        return Project(path)
    package = os.path.dirname(os.path.abspath(__file__))
    checkout = os.path.dirname(os.path.dirname(package))
    for folder in (*_upwards(os.getcwd()), checkout, os.path.join(package, "content")):
        if all(_exists(folder, name) for name in (_MARK, *_FOLDERS)):
            return Project(folder)
    raise UnusableInput(
        "this installation of meagraph carries no graph",
        hint="Install it again, or name the graph's folder with --root or MEAGRAPH_ROOT.",
    )


def _exists(folder: str, name: str) -> bool:
    return os.path.exists(os.path.join(folder, name))


def _upwards(folder: str) -> list[str]:
    """The folder and those above it, nearest first."""
    found = [folder]
    while (above := os.path.dirname(folder)) != folder:
        found.append(folder := above)
    return found


def cache_folder() -> str:
    """Where to keep what can be made again: ``MEAGRAPH_CACHE``, or a folder of the user's cache.

    The user's cache is where the XDG Base Directory Specification puts it.
    """
    named = os.environ.get("MEAGRAPH_CACHE")
    if named:
        return os.path.abspath(named)
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(os.path.abspath(home), "meagraph")


def sources_folder(named: str | None = None) -> Path | None:
    """The folder of the source documents: ``named``, else ``MEAGRAPH_SOURCES``, else ``None``.

    Raises:
        UnusableInput: the folder that is named does not exist.
    """
    given = named or os.environ.get("MEAGRAPH_SOURCES")
    if not given:
        return None
    from pathlib import Path

    path = Path(given).expanduser()
    if not path.is_dir():
        raise UnusableInput(
            f"the folder of source documents {given} does not exist",
            hint="Correct --source or MEAGRAPH_SOURCES, or leave it out to work without the texts.",
        )
    return path


def needed_sources_folder(named: str | None = None) -> Path:
    """The folder of the source documents, for what cannot be done without the texts.

    Raises:
        UnusableInput: no folder is named, or the one that is does not exist.
    """
    folder = sources_folder(named)
    if folder is None:
        raise UnusableInput(
            "the source texts are needed for this",
            hint="Name their folder with --source, or set MEAGRAPH_SOURCES to it.",
        )
    return folder
