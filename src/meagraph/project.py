"""Where the graph's own files are: ``ontology/``, ``data/``, ``shapes/`` and ``queries/``."""

from __future__ import annotations

import os
from pathlib import Path

from meagraph.errors import UnusableInput

_MARK = os.path.join("ontology", "meagraph.ttl")
_FOLDERS = ("ontology", "data", "shapes", "queries")


class Project:
    """The folder that holds the four folders of a graph.

    Args:
        root: that folder.
    """

    # No dataclass: their module takes longer to import than a question takes to answer.
    __slots__ = ("root",)

    def __init__(self, root: Path) -> None:
        self.root = root

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


def find_project(root: str | os.PathLike[str] | None = None) -> Project:
    """Find the graph's files.

    Looked for in this order: ``root``; the environment's ``MEAGRAPH_ROOT``; the current folder and
    the folders above it; the checkout that this package runs from; the copy inside the package.

    Raises:
        UnusableInput: ``root`` or ``MEAGRAPH_ROOT`` names a folder that holds no graph.
    """
    named = root or os.environ.get("MEAGRAPH_ROOT")
    if named:
        path = Path(named).expanduser().absolute()
        missing = [name for name in _FOLDERS if not (path / name).is_dir()]
        if missing or not (path / _MARK).is_file():
            raise UnusableInput(
                f"{named} holds no graph: {', '.join(missing) or _MARK} is missing",
                hint="Name the folder that holds ontology/, data/, shapes/ and queries/.",
            )
        return Project(path)
    here = Path.cwd()
    package = Path(__file__).absolute().parent
    for folder in (here, *here.parents, package.parent.parent, package / "content"):
        if (folder / _MARK).is_file() and all((folder / name).is_dir() for name in _FOLDERS):
            return Project(folder)
    raise UnusableInput(
        "this installation of meagraph carries no graph",
        hint="Install it again, or name the graph's folder with --root or MEAGRAPH_ROOT.",
    )


def sources_folder(named: str | None = None) -> Path | None:
    """The folder of the source documents: ``named``, else ``MEAGRAPH_SOURCES``, else ``None``.

    Raises:
        UnusableInput: the folder that is named does not exist.
    """
    given = named or os.environ.get("MEAGRAPH_SOURCES")
    if not given:
        return None
    path = Path(given).expanduser()
    if not path.is_dir():
        raise UnusableInput(
            f"the folder of source documents {given} does not exist",
            hint="Correct --source or MEAGRAPH_SOURCES, or leave it out to work without the texts.",
        )
    return path
