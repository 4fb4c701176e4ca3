"""Entries that do not stand in ``data/`` yet: which files they are, and where each would go.

Which graph an arriving file holds is told by the path that the curator names for it; else by its
line ``PREFIX this: <graph#>``; else, where it describes one record, by that record's IRI.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from meagraph.entries.canonical import refusals
from meagraph.entries.files import Entry, decoded, locate, parse_entry
from meagraph.entries.limits import refuse_deep
from meagraph.entries.mistakes import syntax_mistake
from meagraph.entries.paths import REGISTER, entry_path, graph_iri
from meagraph.entries.selection import content, is_within, turtle_files
from meagraph.entries.turtle import Declaration, scan
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, KINDS, ONTOLOGY, OWL, PREFIXES, RDF, compact

GUIDANCE = "#:"
"""What a comment of meagraph's own templates begins with: it says what to fill in, and is dropped
when the entry arrives. Any other comment is the curator's."""

_UNTOLD = BASE + "documents/DOCUMENT/PASSAGE"
"""Stands for the graph of a file until that is known."""
_TYPE = RDF + "type"
_TYPING = (_TYPE, OWL + "deprecated")
_PASSAGE = NamedNode(ONTOLOGY + "Passage")
_HOW_TO_SAY = (
    "Name its path with --as, such as --as documents/DOCUMENT/PASSAGE.ttl, or write the line "
    f"PREFIX this: <{_UNTOLD}#> at its top. Only a record's file need not say it."
)


class Arrival(NamedTuple):
    """An entry on its way: what the file holds, under the name it was given, and where it goes.

    The entry's text is without the lines of guidance, which leave empty lines. ``destination`` is
    a path under ``data/``, where a file may stand already.
    """

    entry: Entry
    destination: Path


class Illegible(NamedTuple):
    """A file that was to arrive and cannot be used: why, and its text, empty if that is unknown."""

    mistake: UnusableInput
    text: str


class Arrivals(NamedTuple):
    """What arrives, and what cannot."""

    usable: list[Arrival]
    illegible: list[Illegible]


def read_arrivals(
    named: Sequence[Path],
    data: Path,
    destination: str | None = None,
    standard_input: BinaryIO | None = None,
) -> Arrivals:
    """Read the files that are to arrive.

    Args:
        named: files, folders, for all Turtle files in them, and `STANDARD_INPUT`.
        data: the folder ``data/`` that they would go to.
        destination: the path under ``data/`` that the only file is to have.
        standard_input: what `STANDARD_INPUT` is read from.

    Raises:
        UnusableInput: a folder holds no Turtle file or cannot be read; two files would be the same
            graph; a destination is named for more than one file, or is none.
    """
    files = turtle_files(named)
    if destination is not None and len(files) != 1:
        raise UnusableInput(
            f"--as names the path of one file, and {len(files)} are given",
            hint="Give them one by one, or write PREFIX this: <graph#> at the top of each.",
        )
    path_under_data = None if destination is None else _path_under_data(destination, data)
    found = Arrivals([], [])
    for path in files:
        text = ""
        try:
            raw = content(path, standard_input)
            text = raw.decode("utf-8-sig", "replace")
            found.usable.append(arrival(path, raw, data, path_under_data))
        except UnusableInput as mistake:
            found.illegible.append(Illegible(mistake, text))
    refuse_two_of_one_graph(found.usable)
    return found


def _path_under_data(named: str, data: Path) -> PurePosixPath:
    """The path under ``data/`` that ``--as`` names, with or without that folder's name."""
    path = PurePosixPath(Path(named).as_posix())
    if path.is_absolute():
        real, folder = os.path.realpath(named), os.path.realpath(data)
        if not is_within(real, folder):
            raise UnusableInput(
                f"--as {named} does not stand under {data}",
                hint="Name a path under data/, such as meetings/cbd-cop-16-1.ttl.",
            )
        path = PurePosixPath(Path(real).relative_to(folder).as_posix())
    elif path.parts[:1] == ("data",):
        path = path.relative_to("data")
    _refuse_register(graph_iri(path), Path(named))
    return path


def arrival(
    path: Path, raw: bytes, data: Path, path_under_data: PurePosixPath | None = None
) -> Arrival:
    """Make an entry of what a file holds, and find out where it goes.

    Args:
        path: what to call the file in messages.
        raw: its bytes.
        data: the folder ``data/``.
        path_under_data: where it goes, if that has been said.

    Raises:
        UnusableInput: the file is empty, not UTF-8 or not Turtle, nested too deep, holds a
            character that no text has, or binds a prefix twice or to something else than all other
            files; or nothing says which graph it is.
    """
    text = decoded(path, raw)
    if not text.strip():
        raise UnusableInput("the file is empty", file=path, hint="Was it saved?")
    refuse_deep(path, text)
    graph = graph_iri(path_under_data) if path_under_data else _told_graph(path, text)
    entry = parse_entry(path, graph, text.encode())
    _refuse_unusable(entry)
    _refuse_prefixes(entry)
    entry = entry._replace(text=_without_guidance(entry))
    if path_under_data:
        return Arrival(entry, data.joinpath(*path_under_data.parts))
    return Arrival(entry, destination(entry, data))


def destination(entry: Entry, data: Path) -> Path:
    """The file that holds an entry's graph, or would hold it: an index where it lists passages.

    Args:
        entry: the entry.
        data: the folder ``data/``.
    """
    if any(t.object == _PASSAGE and t.predicate.value == _TYPE for t in entry.triples):
        return data.joinpath(*entry.graph.removeprefix(BASE).split("/"), "index.ttl")
    return entry_path(entry.graph, data)


# --- which graph -------------------------------------------------------------------------------


def _told_graph(path: Path, text: str) -> str:
    """The graph that a file says it is.

    Raises:
        UnusableInput: it is not Turtle, or does not say it.
    """
    parser = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE, base_iri=_UNTOLD)
    try:
        triples = [quad.triple for quad in parser]
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, _UNTOLD) from None
    bound = parser.prefixes.get("this")
    if bound is not None and bound != f"{_UNTOLD}#":
        lines = [item for item in scan(text, _UNTOLD).declarations if item.prefix == "this"]
        return _graph_of_prefix(path, lines[-1])
    records = _records(triples)
    if len(records) == 1:
        return _legal(records[0], path)
    if records:
        named = ", ".join(compact(record) for record in records[:3])
        more = f" and {len(records) - 3} more" if len(records) > 3 else ""
        raise UnusableInput(
            f"several records are described here: {named}{more}",
            file=path,
            hint="A record has a file of its own: write one for each.",
        )
    if not triples:
        return _UNTOLD  # which is refused for that
    raise UnusableInput("nothing says which graph this is", file=path, hint=_HOW_TO_SAY)


def _records(triples: Sequence[Triple]) -> list[str]:
    """The entities that are given a type, or said to be replaced; passages are none."""
    found: dict[str, None] = {}
    for triple in triples:
        node = triple.subject
        if isinstance(node, NamedNode) and triple.predicate.value in _TYPING:
            folder, _, slug = node.value.removeprefix(BASE).partition("/")
            if node.value.startswith(BASE) and folder in KINDS and not {*slug} & {"/", "#"}:
                found[node.value] = None
    return list(found)


def _graph_of_prefix(path: Path, line: Declaration) -> str:
    """The graph whose name and ``#`` the prefix ``this:`` stands for."""
    graph = line.namespace.removesuffix("#")
    if graph == line.namespace or not graph.startswith(BASE):
        raise UnusableInput(
            f"the prefix this: stands for <{line.namespace}> here",
            file=path,
            line=line.place[0],
            column=line.place[1],
            hint=f"It stands for the file's own graph: PREFIX this: <{_UNTOLD}#>",
        )
    return _legal(graph, path, line)


def _legal(graph: str, path: Path, line: Declaration | None = None) -> str:
    """The graph, if a file under ``data/`` can have it."""
    row, column = line.place if line else (None, None)
    try:
        legal = graph_iri(f"{graph.removeprefix(BASE)}.ttl")
    except UnusableInput as error:
        message = f"{graph} cannot be a graph of data/: {error.message}"
        raise UnusableInput(message, file=path, line=row, column=column, hint=error.hint) from None
    if legal != graph:
        message = f"{graph} cannot be a graph of data/"
        hint = f"Write: PREFIX this: <{legal}#>"
        raise UnusableInput(message, file=path, line=row, column=column, hint=hint)
    _refuse_register(graph, path)
    return graph


def _refuse_register(graph: str, path: Path) -> None:
    if graph == graph_iri(REGISTER):
        raise UnusableInput(
            "the register is no entry", file=path, hint="meagraph fmt and meagraph add keep it."
        )


# --- what no entry may hold --------------------------------------------------------------------


def _refuse_prefixes(entry: Entry) -> None:
    """Stop where a prefix is bound to two things, or one of ours to something else."""
    first: dict[str, str] = {}
    for prefix, namespace, (line, column) in scan(entry.text, entry.graph).declarations:
        right = f"{entry.graph}#" if prefix == "this" else PREFIXES.get(prefix)
        if right not in (None, namespace):
            raise UnusableInput(
                f"the prefix {prefix}: stands for <{namespace}> here",
                file=entry.path,
                line=line,
                column=column,
                hint=f"Write: PREFIX {prefix}: <{right}>",
            )
        if first.setdefault(prefix, namespace) != namespace:
            raise UnusableInput(
                f"the prefix {prefix}: is declared twice, for <{first[prefix]}> and <{namespace}>",
                file=entry.path,
                line=line,
                column=column,
                hint="Keep one of them, or give one another name.",
            )


def _refuse_unusable(entry: Entry) -> None:
    """Stop at what can be parsed and neither validated nor written."""
    if not entry.triples:
        raise UnusableInput("the file states nothing", file=entry.path, hint="Was it saved?")
    if any(isinstance(triple.object, Triple) for triple in entry.triples):
        raise refusals(entry)[0]
    for triple in entry.triples:
        if isinstance(triple.object, Literal) and "\0" in triple.object.value:
            line, column = locate(entry).triple(triple) or (None, None)
            raise UnusableInput(
                "this string holds the character NUL, which no text has",
                file=entry.path,
                line=line,
                column=column,
                hint="Delete it, or write the string anew.",
            )


def _without_guidance(entry: Entry) -> str:
    """The text with an empty line for each line of guidance, so that all others keep their place.

    A line of a string that begins like guidance is none.
    """
    if GUIDANCE not in entry.text:
        return entry.text
    lines = entry.text.split("\n")
    for line, column in locate(entry).comments:
        before, comment = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        if comment.startswith(GUIDANCE) and not before.strip():
            lines[line - 1] = before
    return "\n".join(lines)


def refuse_two_of_one_graph(arrivals: Sequence[Arrival]) -> None:
    """Stop where two files would be the same graph.

    Raises:
        UnusableInput: two would.
    """
    first: dict[str, Path] = {}
    for entry, _ in arrivals:
        other = first.setdefault(entry.graph, entry.path)
        if other != entry.path:
            raise UnusableInput(
                f"this file and {other} would both be the graph {entry.graph}",
                file=entry.path,
                hint="Move the statements of one into the other, or name another graph.",
            )
