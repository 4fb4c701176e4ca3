"""Data files read: each is one named graph, parsed by pyoxigraph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from meagraph.entries.mistakes import encoding_mistake, prefix_mistake, syntax_mistake
from meagraph.entries.paths import data_files, graph_iri
from meagraph.entries.turtle import Place, Scan, scan
from meagraph.errors import UnusableInput
from meagraph.namespaces import PREFIXES

Progress = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and of what."""


class Entry(NamedTuple):
    """One data file.

    ``path`` is the file as it was named, ``graph`` the IRI of its graph, ``text`` what it holds
    (without a byte order mark, lines ended by a line feed), ``triples`` each triple once, in the
    order of the file and with the literals as they are written.
    """

    path: Path
    graph: str
    text: str
    triples: tuple[pyoxigraph.Triple, ...]


class Positions:
    """Where the terms of an entry stand: line and column, both from 1."""

    def __init__(self, found: Scan) -> None:
        """Index what the scanner found."""
        self.comments = found.comments
        self.blanks = found.blanks
        self._mentions = found.mentions
        self._triples: dict[pyoxigraph.Triple, Place] = {}
        self._nodes: dict[str, Place] = {}
        self._predicates: dict[tuple[str, str], Place] = {}
        for statement in found.statements:
            subject, predicate = str(statement.triple[0]), str(statement.triple[1])
            self._triples.setdefault(statement.triple, statement.object)
            self._nodes.setdefault(subject, statement.subject)
            self._predicates.setdefault((subject, predicate), statement.predicate)

    def triple(self, triple: pyoxigraph.Triple) -> Place | None:
        """The object of the triple, where it is first stated."""
        return self._triples.get(triple)

    def node(self, iri: str) -> Place | None:
        """The first place where the node is a subject, else the first that mentions it."""
        return self._nodes.get(f"<{iri}>") or self.mention(iri)

    def mention(self, iri: str) -> Place | None:
        """The first place that names the IRI, as subject, predicate, object or datatype."""
        return self._mentions.get(iri)

    def predicate(self, subject: str, predicate: str) -> Place | None:
        """The predicate, where it is first said of the subject; both are IRIs."""
        return self._predicates.get((f"<{subject}>", f"<{predicate}>"))


def read_entry(path: Path, data: Path) -> Entry:
    """Read one data file.

    Args:
        path: the file.
        data: the folder ``data/`` that it stands in.

    Raises:
        UnusableInput: the path gives no legal IRI; the file is missing, not UTF-8 or not Turtle;
            it binds ``this:`` or one of our prefixes to something else.
    """
    return _read(path, graph_iri(path.relative_to(data)))


def read_entries(data: Path, progress: Progress | None = None) -> list[Entry]:
    """Read every file under ``data/``, in the order of their paths.

    Raises:
        UnusableInput: a file cannot be read (see `read_entry`), or two would be the same graph.
    """
    files = data_files(data)
    entries = []
    for done, (path, iri) in enumerate(files.items()):
        if progress:
            progress(done, len(files), str(path.relative_to(data)))
        entries.append(_read(path, iri))
    if progress:
        progress(len(files), len(files), "entries")
    return entries


def locate(entry: Entry) -> Positions:
    """Find where the terms of an entry stand in its file."""
    return Positions(scan(entry.text, entry.graph))


def _read(path: Path, iri: str) -> Entry:
    text = _text(path)
    parser = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=iri)
    try:
        triples = tuple(dict.fromkeys(quad.triple for quad in parser))
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, iri) from None
    for prefix, namespace in parser.prefixes.items():
        right = iri + "#" if prefix == "this" else PREFIXES.get(prefix, namespace)
        if namespace != right:
            raise prefix_mistake(prefix, right, path, scan(text, iri))
    return Entry(path, iri, text, triples)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnusableInput(
            f"the file cannot be read: {error.strerror}", file=path, hint="Correct its name."
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise encoding_mistake(error, path, raw) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
