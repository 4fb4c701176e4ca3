"""The proof: the files read, HermiT asked, and the causes sought where it finds a contradiction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from meagraph.entries import Entry, read_entries
from meagraph.errors import UnusableInput
from meagraph.namespaces import ALIGNMENTS_GRAPH, CONCEPTS, ONTOLOGY, ONTOLOGY_GRAPH
from meagraph.project import Project
from meagraph.reasoning.causes import class_clashes, thing_clashes, value_clashes
from meagraph.reasoning.hermit import find_java, verdict
from meagraph.reasoning.statements import Clash, Told

Progress = Callable[[int, int, str], None]
"""Told of progress: how many are done, of how many, and of what."""


@dataclass(frozen=True)
class Proof:
    """What HermiT says of ``terms`` terms of the ontology and, with data, of ``things``."""

    terms: int
    things: int
    consistent: bool
    unsatisfiable: tuple[str, ...]
    """IRIs of the classes that nothing can belong to, sorted."""
    clashes: tuple[Clash, ...]


def prove(
    project: Project,
    *,
    data: bool = False,
    alignments: bool = False,
    progress: Progress | None = None,
) -> Proof:
    """Ask HermiT whether the ontology, alone or with more, contradicts itself.

    Args:
        project: where the files are.
        data: take the concepts and the data in as well, their types and their properties.
        alignments: take the links to other vocabularies in as well, and what these say themselves.
        progress: told of the progress.

    Raises:
        UnusableInput: Java or owlready2 is missing; a file cannot be read or is not Turtle.
    """
    tell = progress or (lambda done, total, what: None)
    java = find_java()
    entries = [_read(project.ontology / "meagraph.ttl", ONTOLOGY_GRAPH)]
    if alignments:
        entries.append(_read(project.ontology / "alignments.ttl", ALIGNMENTS_GRAPH))
    if data:
        folder = project.ontology / "concepts"
        entries += [_read(path, CONCEPTS + path.stem) for path in sorted(folder.glob("*.ttl"))]
        entries += read_entries(project.data, progress)
    told = Told(entries)
    tell(1, 2, "HermiT")
    consistent, unsatisfiable = verdict(told, java)
    clashes = class_clashes(told, unsatisfiable)
    if not consistent:
        clashes += thing_clashes(told) + value_clashes(told)
    tell(2, 2, "HermiT")
    return Proof(
        told.terms(ONTOLOGY),
        told.things() if data else 0,
        consistent,
        tuple(unsatisfiable),
        tuple(clashes),
    )


def _read(path: Path, graph: str) -> Entry:
    from meagraph.entries.mistakes import syntax_mistake

    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(
            f"the file cannot be read: {error}", file=path, hint="Restore it, in UTF-8."
        ) from None
    parser = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE, base_iri=graph)
    try:
        return Entry(path, graph, text, tuple(quad.triple for quad in parser))
    except SyntaxError as error:
        raise syntax_mistake(error, path, text, graph) from None
