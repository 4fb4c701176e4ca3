"""A version of the graph, read from a folder, an export or a revision.

It is read as it was: the rules of today, on prefixes and the names of folders, need not have held.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, parse

from meagraph.changes.revisions import revision_files
from meagraph.changes.statements import Statements, as_stored, statements
from meagraph.entries import decoded
from meagraph.entries.limits import read_bounded, refuse_deep
from meagraph.entries.mistakes import syntax_mistake
from meagraph.entries.paths import TOP_FILES, TOP_FOLDERS
from meagraph.errors import UnusableInput
from meagraph.namespaces import ALIGNMENTS_GRAPH, BASE, CONCEPTS, ENTAILED_GRAPH, ONTOLOGY_GRAPH

PARTS = {
    "data": "data",
    "ontology": "ontology",
    "shapes": "shapes",
    "questions": "queries",
}
"""What a version may hold, and the folder of each part."""

DUMP = "meagraph.nq"
"""The file of an export that holds every graph."""

_ONTOLOGY_FILES = {
    "ontology/meagraph.ttl": ONTOLOGY_GRAPH,
    "ontology/alignments.ttl": ALIGNMENTS_GRAPH,
}


_NOTHING = Statements()


class Version(NamedTuple):
    """A version of the graph.

    Args:
        name: what the reader calls it.
        parts: which of `PARTS` it holds.
        graphs: what each graph of the data and of the ontology states.
        shapes: what each file of shapes states, by its path.
        questions: the text of each stored question, by theme and name.
        files: the path of each graph's file, from the project's root; empty for an export.
        stored: whether it comes from an engine, which writes values in its own way.
        commit: the hash of the commit, of a revision.
    """

    name: str
    parts: frozenset[str]
    graphs: Mapping[str, Statements]
    shapes: Mapping[str, Statements]
    questions: Mapping[str, str]
    files: Mapping[str, str]
    stored: bool = False
    commit: str = ""

    def through_engine(self) -> Version:
        """The same with values as an engine writes them, to be compared with an export."""
        graphs = {name: as_stored(found) for name, found in self.graphs.items()}
        return self._replace(graphs=graphs, stored=True)


def is_vocabulary(graph: str) -> bool:
    """Whether a graph belongs to the ontology: its terms, its concepts, its alignments."""
    return graph in (ONTOLOGY_GRAPH, ALIGNMENTS_GRAPH) or graph.startswith(CONCEPTS)


def differing(old: Version, new: Version) -> Iterator[tuple[str, Statements, Statements]]:
    """Each graph that says something else, and what it said and says, in the order of names.

    Only graphs of parts that both versions hold are compared; the register's is one of them.
    """
    both = old.parts & new.parts
    for graph in sorted({*old.graphs, *new.graphs}):
        before, after = old.graphs.get(graph, _NOTHING), new.graphs.get(graph, _NOTHING)
        if before != after and ("ontology" if is_vocabulary(graph) else "data") in both:
            yield graph, before, after


def read_version(named: str, project: str) -> Version:
    """Read the version that a reader names.

    Args:
        named: what exists as a folder (or is a file of N-Quads) is taken for that: the folder of
            a graph's files, a ``data`` folder, or an export with `DUMP`. All else is a revision.
        project: the folder of the project, whose revisions they are.

    Raises:
        UnusableInput: it is neither, holds no graph, or a file of it cannot be read.
    """
    path = Path(os.path.expanduser(named))  # which leaves the name of a stranger as it is
    if named and path.is_dir():
        return _folder(path, named)
    if path.is_file():
        return _dump(path, named)
    commit, files = revision_files(named, project, tuple(PARTS.values()))
    version = _version(named, files, {name: Path(f"{named}:{name}") for name in files})
    if not version.parts:
        raise UnusableInput(
            f"the revision {named} holds no graph in {project}",
            hint="Name a later one: git log -- data",
        )
    return version._replace(commit=commit)


def read_project(folder: Path) -> Version:
    """Read a project as it stands.

    Raises:
        UnusableInput: a file of it cannot be read.
    """
    return _folder(folder, "the project as it stands")


def _folder(folder: Path, named: str) -> Version:
    data, terms = (folder / "data").is_dir(), (folder / "ontology" / "meagraph.ttl").is_file()
    if (folder / DUMP).is_file() and not (data and terms):
        return _dump(folder / DUMP, named)  # an export may hold forms of the ontology beside it
    roots = []
    if data or terms:
        roots = [(folder / each, each) for each in PARTS.values()]
    elif any((folder / name).exists() for name in (*TOP_FILES, *TOP_FOLDERS)):
        roots = [(folder, PARTS["data"])]
    paths = {
        f"{name}/{path.relative_to(root).as_posix()}": path
        for root, name in roots
        for path in _walked(root)
    }
    paths = {name: path for name, path in paths.items() if _part(name)}
    if not paths:
        raise UnusableInput(
            f"the folder {named} holds no graph",
            hint=f"Name a folder with data/ and ontology/, a data folder, or one with {DUMP}, "
            "which meagraph export writes.",
        )
    return _version(named, {name: read_bounded(path) for name, path in paths.items()}, paths)


def _walked(root: Path) -> Iterator[Path]:
    """The files of a folder, if it is there; what cannot be read is no file that went."""
    if not root.exists():
        return
    for folder, folders, names in os.walk(root, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names)


def _refuse(error: OSError) -> NoReturn:
    raise UnusableInput(
        f"the folder cannot be read: {error.strerror}",
        file=error.filename,
        hint="Ask for the right to read it, or name another.",
    ) from None


def _part(name: str) -> str | None:
    """The part that a file belongs to, told by its path from the root; ``None`` for no part."""
    folder, *below = name.split("/")
    if not below or any(each.startswith(".") for each in below):
        return None
    if folder == "queries":
        return "questions" if name.endswith(".rq") else None
    if not name.endswith(".ttl") or folder not in PARTS:
        return None
    if folder == "ontology" and name not in _ONTOLOGY_FILES:
        return "ontology" if below[0] == "concepts" and len(below) == 2 else None
    return folder


def _graph(name: str) -> str:
    """The IRI of the graph in a file, told by its path; see `meagraph.entries.graph_iri`."""
    if name in _ONTOLOGY_FILES:
        return _ONTOLOGY_FILES[name]
    stem = name.removesuffix(".ttl")
    if stem.startswith("ontology/concepts/"):
        return CONCEPTS + stem.removeprefix("ontology/concepts/")
    return BASE + stem.removeprefix("data/").removesuffix("/index")


def _version(named: str, contents: Mapping[str, bytes], paths: Mapping[str, Path]) -> Version:
    graphs: dict[str, Statements] = {}
    shapes: dict[str, Statements] = {}
    questions: dict[str, str] = {}
    files: dict[str, str] = {}
    parts = set()
    for name in sorted(contents):
        part = _part(name)
        if part is None:
            continue
        parts.add(part)
        if part == "questions":
            key = name.removeprefix("queries/").removesuffix(".rq")
            questions[key] = decoded(paths[name], contents[name])
            continue
        graph = _graph(name)
        found = _parsed(paths[name], contents[name], graph)
        if part == "shapes":
            shapes[name] = found
        elif graph in graphs:
            raise UnusableInput(
                f"this file and {files[graph]} are both the graph {graph}",
                file=paths[name],
                hint="Move the statements of one into the other.",
            )
        else:
            graphs[graph], files[graph] = found, name
    return Version(named, frozenset(parts), graphs, shapes, questions, files)


def _parsed(path: Path, raw: bytes, graph: str) -> Statements:
    text = decoded(path, raw)
    refuse_deep(path, text)
    try:
        quads = parse(text.encode(), format=RdfFormat.TURTLE, base_iri=graph)
        return statements(quad.triple for quad in quads)
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, graph) from None
    except ValueError:
        raise UnusableInput(
            "the path gives no legal name of a graph",
            file=path,
            hint="Use letters, digits, “.” and “-” in the names of files and folders.",
        ) from None


def _dump(path: Path, named: str) -> Version:
    """An export. The merge and what is entailed are made of the other graphs, and left out."""
    graphs: dict[str, list[Triple]] = {}
    try:
        for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
            elif not isinstance(quad.graph_name, DefaultGraph):
                raise UnusableInput("a graph of it has no name", file=path, hint="Name its graphs.")
    except SyntaxError as error:
        raise UnusableInput(
            f"the file stops being N-Quads: {error.msg}",
            file=path,
            line=error.lineno,
            hint=f"Name a folder, a revision, or a {DUMP} that meagraph export has written.",
        ) from None
    except OSError as error:
        raise UnusableInput(f"the file cannot be read: {error.strerror}", file=path) from None
    graphs.pop(ENTAILED_GRAPH, None)
    if not graphs:
        raise UnusableInput(
            "the file holds no named graph", file=path, hint="meagraph export writes one."
        )
    read = {name: statements(triples) for name, triples in graphs.items()}
    held = {"ontology" if is_vocabulary(name) else "data" for name in read}
    return Version(named, frozenset(held), read, {}, {}, {}, stored=True)
