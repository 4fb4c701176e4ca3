"""What the comments in the ontology's own files say: headings of terms, reasons of alignments.

Comments are no triples; they are read where they stand, so that nothing is written twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meagraph.entries import read_vocabulary
from meagraph.entries.turtle import scan
from meagraph.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from pathlib import Path

    from meagraph.entries.turtle import Statement
    from meagraph.project import Project


class Commentary(NamedTuple):
    """What the comments say.

    Args:
        headings: each term that the ontology's file speaks of, in its order, and the heading above.
        reasons: the comment above the alignments that stand together, by their triples, as text.
    """

    headings: dict[str, str]
    reasons: dict[str, str]


def commentary(project: Project) -> Commentary:
    """Read the comments of ``ontology/meagraph.ttl`` and ``ontology/alignments.ttl``.

    Raises:
        UnusableInput: a file is there and cannot be read.
    """
    headings: dict[str, str] = {}
    lines, statements = _read(project.ontology / "meagraph.ttl", ONTOLOGY_GRAPH)
    titles = _headings(lines)
    for statement in statements:
        above = [number for number in titles if number < statement.subject[0]]
        subject = getattr(statement.triple.subject, "value", "")
        headings.setdefault(subject, titles[above[-1]] if above else "")
    reasons: dict[str, str] = {}
    lines, statements = _read(project.ontology / "alignments.ttl", ALIGNMENTS_GRAPH)
    for statement in statements:
        if reason := _reason(lines, statement.subject[0]):
            reasons[str(statement.triple)] = reason
    return Commentary(headings, reasons)


def _read(path: Path, graph: str) -> tuple[list[str], tuple[Statement, ...]]:
    if not path.is_file():
        return [], ()
    text = read_vocabulary(path, graph).text
    return text.split("\n"), scan(text, graph).statements


def _headings(lines: list[str]) -> dict[int, str]:
    """Headings by line, from 1: a comment between two that say nothing."""
    return {
        number: lines[number - 1].lstrip("# ").strip()
        for number in range(2, len(lines))
        if lines[number - 2] == lines[number] == "#" and lines[number - 1].startswith("# ")
    }


def _reason(lines: list[str], line: int) -> str:
    """The comment at the head of the statements that a line stands among, up to an empty line."""
    first = line - 1
    while first > 0 and lines[first - 1].strip():
        first -= 1
    found = []
    for text in lines[first:line]:
        if not text.startswith("#"):
            break
        found.append(text.lstrip("# ").strip())
    return " ".join(found)
