"""Drafts named on the command line, in Turtle or JSON-LD, read to be validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.cli.arriving import arrivals
from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from meagraph.drafts import Draft
    from meagraph.project import Project
    from meagraph.validation import Report

_JSON_LD = ".jsonld"


def read_drafts(project: Project, files: Sequence[Path], destination: str | None) -> Draft:
    """Read files that do not stand in the graph, as one draft.

    Args:
        project: the graph's files.
        files: what `meagraph.cli.arriving.named_files` gives; JSON-LD is told by its ending.
        destination: what ``--as`` says.

    Raises:
        UnusableInput: see `meagraph.entries.arrival.read_arrivals`; or the graph, with which
            JSON-LD that names our context is read, cannot be used.
    """
    from meagraph.drafts import Draft
    from meagraph.entries.arrival import Arrivals, refuse_two_of_one_graph

    in_json: list[Path] = []
    if destination is None or len(files) == 1:  # else it is refused as other files are
        in_json = [path for path in dict.fromkeys(files) if path.suffix.lower() == _JSON_LD]
    others = [path for path in files if path not in in_json]
    read = [_json_ld(project, path, destination) for path in in_json]
    found = Arrivals([], [])
    if others or (destination is not None and not in_json):
        found = arrivals(project, others, destination)
    usable = [*found.usable, *(one for draft in read for one in draft.arrivals)]
    illegible = [*found.illegible, *(one for draft in read for one in draft.illegible)]
    refuse_two_of_one_graph(usable)

    def placed(report: Report) -> Report:
        for draft in read:
            report = draft.placed(report)
        return report

    return Draft(usable, illegible, placed)


def _json_ld(project: Project, path: Path, destination: str | None) -> Draft:
    from meagraph.drafts import Draft, Own, may_name_ours, read_draft
    from meagraph.entries.arrival import Illegible
    from meagraph.entries.selection import content
    from meagraph.graph import open_graph

    try:
        raw = content(path)
    except UnusableInput as mistake:
        return Draft([], [Illegible(mistake, "")], lambda report: report)
    own = Own(open_graph(project)) if may_name_ours(raw) else None
    return read_draft(raw, "application/ld+json", destination, project.data, own, path)
