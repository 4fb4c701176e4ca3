"""The feed as files: each set whole, as a portal may take it without a live service."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING

from meagraph.export.informea.feed import records
from meagraph.export.informea.schema import KINDS
from meagraph.export.informea.service import SERVICE
from meagraph.export.informea.verbose import results

if TYPE_CHECKING:
    from meagraph.export.informea.feed import Feed
    from meagraph.project import Project
    from meagraph.queryable import Queryable


def files(store: Queryable, project: Project) -> dict[str, Callable[[], bytes]]:
    """The files of the feed of a built graph.

    Returns:
        ``Treaties.json``, ``Meetings.json``, ``Decisions.json`` and ``Documents.json``, each with
        all records of its set; ``left-out.csv``, what belongs in a set and lacks what it requires.
    """

    @cache
    def feed() -> Feed:
        return records(store, project)

    def written(kind: str) -> Callable[[], bytes]:
        return lambda: results(KINDS[kind], feed().set(kind) or (), SERVICE)

    return {
        **{f"{kind}.json": written(kind) for kind in KINDS},
        "left-out.csv": lambda: _left_out(feed()),
    }


def _left_out(feed: Feed) -> bytes:
    """A table for spreadsheets; what a cell begins with never makes it a formula."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(("thing", "set", "missing", "why", "file"))
    for one in feed.left_out:
        rows.writerow((one.iri, one.set, " ".join(one.missing), one.why, one.file))
    return text.getvalue().encode()
