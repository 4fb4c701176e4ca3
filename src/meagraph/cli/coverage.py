"""``meagraph coverage``: what passages name that no entry carries."""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.terminal import width
from meagraph.entries import graph_iri
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.project import find_project, needed_sources_folder
from meagraph.sources import find_document, read_document
from meagraph.verification import Coverage, coverage

if TYPE_CHECKING:
    from meagraph.project import Project
    from meagraph.tables import Table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "passages",
        metavar="PASSAGE",
        nargs="*",
        help="data files, documents or labels of passages, with those below them (default: all)",
    )
    parser.add_argument(
        "--all", action="store_true", help="list what passages without any entry name, too"
    )
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help="how the list is written (default: table)",
    )
    parser.add_argument(
        "--source", metavar="DIR", help="folder of the source texts (default: MEAGRAPH_SOURCES)"
    )
    parser.add_argument("--root", metavar="DIR", help="folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Print what is missing; 1 if anything is, or if something is allowed that is not missing."""
    folder = needed_sources_folder(options.source)
    project = find_project(options.root)
    wanted = _selection(project, folder, options.passages) if options.passages else None
    found = coverage(project, folder, wanted, options.all)
    if options.format == "json":
        output.write(_json(found))
    elif options.format == "csv":
        from meagraph.tables import as_csv

        output.write(as_csv(_table(found)))
    else:
        output.write(_text(found))
    return 1 if found.gaps or found.bare or found.stale else 0


def _selection(project: Project, folder: Path, given: Sequence[str]) -> Callable[[str, str], bool]:
    """Whether a passage is one of those that are named, or stands below one.

    Raises:
        UnusableInput: a name fits no passage.
    """
    homes = sorted(path.parent.name for path in project.data.glob("documents/*/index.ttl"))
    texts = {slug: find_document(folder, slug) for slug in homes}
    known = {
        f"{slug}/{passage.label}"
        for slug, path in texts.items()
        if path
        for passage in read_document(path).passages
    }
    chosen = {path for name in given for path in _named(project, name, known)}
    return lambda slug, label: f"{slug}/{label}" in chosen


def _named(project: Project, name: str, known: set[str]) -> set[str]:
    """The passages, as document and label, that one argument names."""
    asked = name
    if name.endswith(".ttl"):
        path = Path(name).resolve()
        if path.is_relative_to(project.data.resolve()):
            iri = graph_iri(path.relative_to(project.data.resolve()))
            asked = iri.removeprefix(BASE).partition("/")[2]
    found = {
        passage
        for passage in known
        if f"{passage}/".startswith(f"{asked}/")
        or f"{passage.partition('/')[2]}/".startswith(f"{asked}/")
    }
    if found:
        return found
    labels = sorted(known | {passage.partition("/")[2] for passage in known})
    near = get_close_matches(asked, labels, n=3, cutoff=0.5)
    raise UnusableInput(
        f"“{name}” is no passage of a document whose text is at hand",
        hint=f"Near: {', '.join(near)}." if near else "meagraph paragraphs lists the labels.",
    )


def _table(found: Coverage) -> Table:
    from pyoxigraph import Literal

    from meagraph.tables import Column, Table

    names = ("document", "passage", "kind", "text", "context")
    columns = [Column(name, name.capitalize()) for name in names]
    rows = [[Literal(cell) for cell in gap] for gap in found.gaps]
    return Table(columns, rows, {}, empty="Nothing is missing in the passages that have entries.")


def _json(found: Coverage) -> str:
    data = {
        "passages": found.passages,
        "gaps": [gap._asdict() for gap in found.gaps],
        "withoutEntry": [{"document": slug, "passage": label} for slug, label in found.bare],
        "allowedInVain": [
            {"file": os.fspath(a.file), "passage": a.passage, "text": a.text} for a in found.stale
        ],
        "documentsWithoutText": found.unread,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _text(found: Coverage) -> str:
    from meagraph.tables import as_text, wrap

    cells = width()
    lines = [as_text(_table(found), cells)]
    by_document = defaultdict(list)
    for slug, label in found.bare:
        by_document[slug].append(label)
    for slug, labels in by_document.items():
        what = "1 passage has" if len(labels) == 1 else f"{len(labels)} passages have"
        lines += wrap(
            f"{slug}: {what} no entry, though something is named there: {', '.join(labels)}", cells
        )
    for allowance in found.stale:
        what = f"“{allowance.text}”" if allowance.text else "the whole passage"
        lines += [
            f"{allowance.file}: {what} in {allowance.passage} is allowed and is not missing",
            "    Take it out of the file.",
        ]
    lines += [f"note: the text {slug}.txt is not in the folder of sources" for slug in found.unread]
    compared = "1 passage" if found.passages == 1 else f"{found.passages} passages"
    return "\n".join([*lines, f"{compared} compared"]) + "\n"
