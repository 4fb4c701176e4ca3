"""Ontology, concepts, data and what follows from them, loaded into one store.

Each file is a named graph, and its triples also stand in the default graph: the merge, a set, which
the questions ask. Entailed triples stand in `namespaces.ENTAILED_GRAPH` and in the merge. Shapes
stay out. The alignments are a named graph and not in the merge: with their axioms there, everything
would be entailed to be what other vocabularies call it too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Store, serialize

from meagraph import __version__
from meagraph.errors import UnusableInput
from meagraph.namespaces import ALIGNMENTS_GRAPH, CONCEPTS, ENTAILED_GRAPH, ONTOLOGY_GRAPH
from meagraph.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from meagraph.entries import Entry

Progress = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and of what."""

_ROOMS_THAT_DECIDE = ("namespaces", "times", "entries", "entailment", "graph")
"""Our own code that decides what the store holds: a changed rule makes a changed store."""

_MERGE_FILES = (
    "INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } "
    f"FILTER (?graph != <{ALIGNMENTS_GRAPH}>) }}"
)
_MERGE_ENTAILED = f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH <{ENTAILED_GRAPH}> {{ ?s ?p ?o }} }}"
"""They copy triples to the default graph within the engine: through Python would be slower."""


def inputs(project: Project) -> list[Path]:
    """The files that the store is made of, in the order of their paths under the root.

    They are ``ontology/meagraph.ttl``, ``ontology/alignments.ttl``, ``ontology/concepts/*.ttl`` and
    ``data/**/*.ttl``; files and folders whose names begin with a dot belong to editors.
    """
    return [project.root / relative for relative in sorted(_relative_inputs(project.folder))]


def fingerprint(project: Project) -> str:
    """What tells one state of the graph from another.

    Returns:
        SHA-256, hexadecimal, over the paths and bytes of all inputs, the code that makes the store
        of them, and the version of the engine whose files it is kept in.

    Raises:
        UnusableInput: a file cannot be read.
    """
    from hashlib import sha256

    digest = sha256(_versions().encode())
    for relative, path in _deciding(project):
        try:
            with open(path, "rb", buffering=0) as file:
                content = file.read()
        except OSError as error:
            raise _unreadable(path, error) from None
        digest.update(f"\0{relative}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def listing(project: Project) -> tuple[str, int]:
    """What the file system says of the files whose fingerprint is asked, without reading them.

    While the listing stays the same, so do the files: their names, sizes, numbers and times of
    change. The exception is a file changed within the clock's grain after the listing was made,
    for which the second value is there.

    Returns:
        The listing, and the newest time of change in it, in nanoseconds since 1970.
    """
    lines, newest = [_versions()], 0
    for relative, path in _deciding(project):
        try:
            found = os.stat(path)
        except OSError as error:
            raise _unreadable(path, error) from None
        newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
        lines.append(
            f"{found.st_size} {found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns} {relative}"
        )
    return "\n".join(lines), newest


def _versions() -> str:
    return f"{__version__} {pyoxigraph.__version__}"


def _deciding(project: Project) -> Iterator[tuple[str, str]]:
    """The files that decide what the store holds: relative path and path, in order."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder, found in (
        (package, _code(package)),
        (project.folder, _relative_inputs(project.folder)),
    ):
        for relative in sorted(found):
            yield relative, f"{folder}/{relative}"


def _unreadable(path: str, error: OSError) -> UnusableInput:
    return UnusableInput(
        f"the file cannot be read: {error.strerror}",
        file=path,
        hint="Give yourself the right to read it, or take it out of the folder.",
    )


def _walk(root: str, folder: str, suffix: str, *, deep: bool) -> Iterator[str]:
    """Paths relative to the root. Without pathlib: it runs at every call of a verb."""
    try:
        entries = os.scandir(f"{root}/{folder}")
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if name.endswith(suffix):
                yield f"{folder}/{name}"
            elif deep and entry.is_dir(follow_symlinks=False):
                yield from _walk(root, f"{folder}/{name}", suffix, deep=True)


def _relative_inputs(root: str) -> Iterator[str]:
    for path in _walk(root, "ontology", ".ttl", deep=False):
        if path in ("ontology/meagraph.ttl", "ontology/alignments.ttl"):
            yield path
    yield from _walk(root, "ontology/concepts", ".ttl", deep=False)
    yield from _walk(root, "data", ".ttl", deep=True)


def _code(package: str) -> Iterator[str]:
    modules = {f"./{room}.py" for room in _ROOMS_THAT_DECIDE}
    yield from (path for path in _walk(package, ".", ".py", deep=False) if path in modules)
    for room in _ROOMS_THAT_DECIDE:
        yield from _walk(package, room, ".py", deep=True)


def build(
    project: Project,
    progress: Progress | None = None,
    entries: Sequence[Entry] | None = None,
) -> Store:
    """Build the graph in memory.

    Args:
        project: where the files are.
        progress: told of the progress.
        entries: the data files as they are to be taken; by default as they stand in ``data/``.

    Raises:
        UnusableInput: a file cannot be read or is not Turtle (with file, line and column), or its
            path gives no legal name of a graph.
    """
    from meagraph.entailment import entail
    from meagraph.entries import read_entries

    tell = progress or (lambda done, total, what: None)
    store = Store()
    files = vocabulary(project)
    for done, (path, graph) in enumerate(files.items()):
        tell(done, len(files), str(path.relative_to(project.root)))
        _load_vocabulary(store, path, graph)
    if entries is None:
        entries = read_entries(project.data, progress) if project.data.is_dir() else []
    for done, entry in enumerate(entries):
        tell(done, len(entries), "loading")
        # Parsed again, by the engine itself: twice as fast as passing each triple through Python.
        store.load(
            entry.text.encode(),
            RdfFormat.TURTLE,
            base_iri=entry.graph,
            to_graph=NamedNode(entry.graph),
        )
    tell(0, 2, "merging")
    store.update(_MERGE_FILES)
    tell(1, 2, "entailment")
    # As text, which the engine reads much faster than Python hands it quads; this would
    # rename blank nodes, but nothing is concluded about them.
    concluded = BytesIO()
    serialize(entail(store), concluded, RdfFormat.N_TRIPLES)
    store.load(concluded.getvalue(), RdfFormat.N_TRIPLES, to_graph=NamedNode(ENTAILED_GRAPH))
    store.update(_MERGE_ENTAILED)
    tell(2, 2, "entailment")
    return store


def vocabulary(project: Project) -> dict[Path, str]:
    """Each file of the ontology, its alignments and the concepts, and the IRI of its graph."""
    files = {
        project.ontology / "meagraph.ttl": ONTOLOGY_GRAPH,
        project.ontology / "alignments.ttl": ALIGNMENTS_GRAPH,
    }
    found = {path: graph for path, graph in files.items() if path.is_file()}
    for path in sorted((project.ontology / "concepts").glob("[!.]*.ttl")):
        found[path] = CONCEPTS + path.stem
    return found


def _load_vocabulary(store: Store, path: Path, graph: str) -> None:
    from meagraph.entries import decoded
    from meagraph.entries.limits import read_bounded
    from meagraph.entries.mistakes import syntax_mistake

    text = decoded(path, read_bounded(path))
    try:
        store.load(text.encode(), RdfFormat.TURTLE, base_iri=graph, to_graph=NamedNode(graph))
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, graph) from None
