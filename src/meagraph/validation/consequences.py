"""What arriving entries break elsewhere: findings that the graph without them does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from meagraph.entries import Entry
from meagraph.entries.arrival import destination
from meagraph.entries.paths import graph_iri
from meagraph.errors import UnusableInput
from meagraph.validation.corpus import Reading
from meagraph.validation.findings import Finding


def with_arriving(entries: Sequence[Entry], arriving: Sequence[Entry], data: Path) -> list[Entry]:
    """The data files as they would be with some added, each for the file that has its graph.

    They come in the order of the paths that they would have: of two labels of a node, findings
    show the one that is stated first.
    """
    graphs = {entry.graph for entry in arriving}
    places = [(entry.path, entry) for entry in entries if entry.graph not in graphs]
    places += [(destination(entry, data), entry) for entry in arriving]
    return [entry for _, entry in sorted(places, key=lambda place: place[0])]


def without_replaced(read: Reading, arriving: Collection[Entry], data: Path) -> Reading:
    """What was read, without the mistakes in files that arriving entries take the place of."""
    graphs = {entry.graph for entry in arriving}
    return read._replace(
        mistakes=[mistake for mistake in read.mistakes if _graph(mistake, data) not in graphs]
    )


def _graph(mistake: UnusableInput, data: Path) -> str:
    """The graph of the data file that cannot be read; empty for a file of the ontology."""
    file = Path(mistake.file or "")
    return graph_iri(file.relative_to(data)) if file.is_relative_to(data) else ""


def new(after: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    """The findings that were none before, marked as standing elsewhere.

    A finding is the same as another of the same rule on the same node, property and value: what
    its message adds, such as the names most like a wrong one, may have changed.
    """
    known = {_same(one) for one in before}
    return [one._replace(elsewhere=True) for one in after if _same(one) not in known]


def _same(one: Finding) -> tuple[str, ...]:
    return one.rule, one.focus, one.path, one.value
