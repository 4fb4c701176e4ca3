"""The graph as flat tables for portals, spreadsheets and databases.

``tables/`` has a CSV file (RFC 4180, UTF-8) for each class of record and claim, one of all things
and one of all links, and ``csv-metadata.json``, which describes them to programs (W3C Model for
Tabular Data and Metadata on the Web, and its Metadata Vocabulary); that name is where such programs
look for it.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from meagraph.export.csvw.contents import Contents
from meagraph.export.csvw.metadata import metadata
from meagraph.export.csvw.rows import Rows
from meagraph.export.csvw.sheets import LINKS, SHEETS, THINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.project import Project
    from meagraph.queryable import Queryable

__all__ = ["files"]


def files(store: Queryable, project: Project) -> dict[str, Callable[[], bytes]]:
    """The tables and their metadata; paths and what makes the bytes of each.

    What makes a table raises `UnusableInput` where the graph breaks a rule of its shapes on which
    the table rests, such as two values where one is allowed.

    Args:
        store: a built graph.
        project: not used; every kind of export is given it.
    """

    @cache
    def contents() -> Contents:
        return Contents(store)

    @cache
    def rows() -> Rows:
        return Rows(contents())

    def table(name: str) -> bytes:
        return rows().csv(name)

    names = (*(sheet.name for sheet in SHEETS), THINGS, LINKS)
    found: dict[str, Callable[[], bytes]] = {
        f"tables/{name}.csv": partial(table, name) for name in names
    }
    return {**found, "tables/csv-metadata.json": lambda: metadata(contents())}
