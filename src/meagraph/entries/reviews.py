"""Second readings, recorded in the register: when, of which bytes, with how many corrections."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from meagraph.entries.files import read_entry
from meagraph.entries.formatting import formatting
from meagraph.entries.paths import REGISTER, data_files, graph_iri
from meagraph.entries.register import file_iri
from meagraph.entries.writer import write
from meagraph.errors import UnusableInput
from meagraph.namespaces import ONTOLOGY, XSD

_REVIEWED = NamedNode(ONTOLOGY + "reviewed")
_REVIEWED_SHA256 = NamedNode(ONTOLOGY + "reviewedSha256")
_CORRECTIONS = NamedNode(ONTOLOGY + "corrections")
_OF_A_REVIEW = (_REVIEWED, _REVIEWED_SHA256, _CORRECTIONS)


class Unread(NamedTuple):
    """A file whose bytes nobody read a second time; ``reviewed`` is the day of an older reading.

    ``reviewed`` is ``None`` for a file that was never read again.
    """

    path: Path
    reviewed: str | None


def review(
    data: Path, day: date, named: Iterable[Path], corrections: int | None = None
) -> tuple[list[Path], str]:
    """Work out the register that records a second reading of entries; writes nothing.

    A file has one such record, of its latest reading.

    Args:
        data: the folder ``data/``.
        day: the day of the reading.
        named: the files that were read, or their folders; at least one.
        corrections: how many statements the reading corrected, in each of the files.

    Returns:
        The files that were read, and the text of the register.

    Raises:
        UnusableInput: a file does not exist or cannot be read, or is not in canonical form: to
            write it so would change the bytes that were read.
    """
    named = list(named)
    changes, refused = formatting(data, day, named)
    for error in refused:
        raise error
    register = data / REGISTER
    text = changes.pop(register, None)
    for path in changes:
        raise UnusableInput(
            "the file is not in canonical form", file=path, hint="Run meagraph fmt before."
        )
    files = _entries(data, named)
    if text is None:
        text = register.read_bytes().decode()
    graph = graph_iri(REGISTER)
    parsed = pyoxigraph.parse(text.encode(), RdfFormat.TURTLE, base_iri=graph)
    nodes = {NamedNode(file_iri(path.relative_to(data).as_posix())): path for path in files}
    triples = [
        quad.triple
        for quad in parsed
        if quad.subject not in nodes or quad.predicate not in _OF_A_REVIEW
    ]
    for node, path in nodes.items():
        triples += (
            Triple(node, _REVIEWED, Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))),
            Triple(node, _REVIEWED_SHA256, Literal(_sha256(path))),
        )
        if corrections is not None:
            number = Literal(str(corrections), datatype=NamedNode(XSD + "integer"))
            triples.append(Triple(node, _CORRECTIONS, number))
    return files, write(graph, tuple(triples))


def unread(data: Path, named: Iterable[Path] = ()) -> list[Unread]:
    """The entries that were never read a second time, and those that changed since they were.

    Args:
        data: the folder ``data/``.
        named: files and folders to look at; all of ``data/`` where there is none.

    Raises:
        UnusableInput: one does not exist, or the register cannot be read.
    """
    register = data / REGISTER
    known = read_entry(register, data).triples if register.exists() else ()
    said = {(str(t.subject), t.predicate): t.object for t in known}
    found = []
    for path in _entries(data, list(named)):
        node = f"<{file_iri(path.relative_to(data).as_posix())}>"
        if said.get((node, _REVIEWED_SHA256)) != Literal(_sha256(path)):
            day = said.get((node, _REVIEWED))
            found.append(Unread(path, day.value if isinstance(day, Literal) else None))
    return found


def _entries(data: Path, named: list[Path]) -> list[Path]:
    """The entries that are named, by themselves or by a folder; all where none is."""
    files = [path for path in data_files(data) if path != data / REGISTER]
    if not named:
        return files
    resolved = {path: path.resolve() for path in files}
    chosen: set[Path] = set()
    for name in named:
        wanted = name.resolve()
        found = [path for path in files if resolved[path].is_relative_to(wanted)]
        if not found:
            raise UnusableInput(
                f"{name} is no entry and holds none",
                hint="Name files or folders of the graph's data/.",
            )
        chosen.update(found)
    return sorted(chosen)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
