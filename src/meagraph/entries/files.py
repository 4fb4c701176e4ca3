"""Data files read: each is one named graph, parsed by pyoxigraph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from meagraph.entries.limits import read_bounded, refuse_deep
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
        UnusableInput: the path gives no legal IRI; the file is missing, too large, nested too deep,
            not UTF-8 or not Turtle; it binds ``this:`` or one of our prefixes to something else.
    """
    return parse_entry(path, graph_iri(path.relative_to(data)), read_bounded(path))


def read_entries(data: Path, progress: Progress | None = None) -> list[Entry]:
    """Read every file under ``data/``, in the order of their paths.

    Raises:
        UnusableInput: a file cannot be read (see `read_entry`), or two would be the same graph.
    """
    entries, mistakes = readable_entries(data, progress)
    for mistake in mistakes:
        raise mistake
    return entries


def readable_entries(
    data: Path, progress: Progress | None = None
) -> tuple[list[Entry], list[UnusableInput]]:
    """Read every file under ``data/`` that can be read, and say what is wrong with the others.

    Raises:
        UnusableInput: a path gives no legal IRI, or two files would be the same graph.
    """
    files = data_files(data)
    entries, mistakes = [], []
    for done, (path, iri) in enumerate(files.items()):
        if progress:
            progress(done, len(files), str(path.relative_to(data)))
        try:
            entries.append(parse_entry(path, iri, read_bounded(path)))
        except UnusableInput as mistake:
            mistakes.append(mistake)
    if progress:
        progress(len(files), len(files), "entries")
    return entries, mistakes


def locate(entry: Entry) -> Positions:
    """Find where the terms of an entry stand in its file."""
    return Positions(scan(entry.text, entry.graph))


def parse_entry(path: Path, graph: str, raw: bytes) -> Entry:
    """Make an entry of what a file holds, wherever it comes from.

    Args:
        path: what to call the file in messages.
        graph: the IRI of the graph that it holds, or would hold.
        raw: its bytes.

    Raises:
        UnusableInput: they are not UTF-8 or not Turtle, nested too deep, or bind ``this:`` or one
            of our prefixes to something else.
    """
    text = decoded(path, raw)
    refuse_deep(path, text)
    parser = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=graph)
    try:
        triples = tuple(dict.fromkeys(quad.triple for quad in parser))
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, graph) from None
    for prefix, namespace in parser.prefixes.items():
        right = graph + "#" if prefix == "this" else PREFIXES.get(prefix, namespace)
        if namespace != right:
            raise prefix_mistake(prefix, right, path, scan(text, graph))
    return Entry(path, graph, text, triples)


def read_vocabulary(path: Path, graph: str) -> Entry:
    """Read a file of the ontology, of the concepts or of the shapes.

    Such files may have blank nodes; no two files share one.

    Args:
        path: the file.
        graph: the IRI of its graph.

    Raises:
        UnusableInput: the file cannot be read, is not UTF-8 or not Turtle.
    """
    text = decoded(path, read_bounded(path))
    found = pyoxigraph.parse(
        text.encode(), pyoxigraph.RdfFormat.TURTLE, base_iri=graph, rename_blank_nodes=True
    )
    try:
        return Entry(path, graph, text, tuple(dict.fromkeys(quad.triple for quad in found)))
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, graph) from None


def decoded(path: Path, raw: bytes) -> str:
    """The text of a file, without a byte order mark and with lines ended by a line feed.

    Raises:
        UnusableInput: it is not UTF-8.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise encoding_mistake(error, path, raw) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
