"""All entries of a graph against a folder of source texts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from meagraph.entries import Entry, graph_kind, read_entries
from meagraph.errors import UnusableInput
from meagraph.project import Project
from meagraph.verification.faults import Fault, Verification
from meagraph.verification.forms import examine_passage_graph
from meagraph.verification.indexes import document_slug, examine_index, read_indexes


def verify(project: Project, folder: Path, labels: Collection[str] | None = None) -> list[Fault]:
    """Compare the entries with the texts in a folder; see `examine`."""
    return examine(project, folder, labels).faults


def examine(
    project: Project,
    folder: Path,
    labels: Collection[str] | None = None,
    files: Collection[Path] | None = None,
) -> Verification:
    """Compare the entries with the texts in a folder.

    Args:
        project: the graph's files.
        folder: where the source documents are, each named by its document's slug.
        labels: only the passages with these labels; all of them if ``None``.
        files: only these data files; all of them if ``None``.

    Raises:
        UnusableInput: an entry or a source document cannot be read, or one of ``files`` is no
            data file.
    """
    entries = read_entries(project.data)
    wanted = None if files is None else {file.resolve() for file in files}
    _refuse_strangers(entries, files)
    documents = {doc.slug: doc for doc in read_indexes(entries, folder)}
    parts = []
    for entry in entries:
        if wanted is not None and entry.path.resolve() not in wanted:
            continue
        document = documents.get(document_slug(entry.graph))
        if document and entry is document.listing:
            parts.append(examine_index(document, labels))
        elif graph_kind(entry.graph) != "supplied":
            parts.append(examine_passage_graph(entry, document, labels))
    return Verification(
        [fault for part in parts for fault in part.faults],
        sum(part.passages for part in parts),
        sum(part.forms for part in parts),
    )


def _refuse_strangers(entries: list[Entry], files: Collection[Path] | None) -> None:
    known = {entry.path.resolve() for entry in entries}
    for file in files or ():
        if file.resolve() not in known:
            raise UnusableInput(
                "this is not a data file of the graph",
                file=file,
                hint="Name files under data/, or none to verify all of them.",
            )
