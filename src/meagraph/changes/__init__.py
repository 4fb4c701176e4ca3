"""What changed between two versions of the graph, entry by entry and property by property."""

from meagraph.changes.comparison import (
    Changes,
    EntryChange,
    NameChanges,
    PropertyChange,
    ThingChange,
    comparable,
    compare,
)
from meagraph.changes.naming import Naming, naming_of
from meagraph.changes.update import as_update
from meagraph.changes.versions import Version, read_project, read_version

__all__ = [
    "FORMATS",
    "Changes",
    "EntryChange",
    "NameChanges",
    "Naming",
    "PropertyChange",
    "ThingChange",
    "Version",
    "as_update",
    "comparable",
    "compare",
    "naming_of",
    "read_project",
    "read_version",
]

FORMATS = {
    "text": "folded for a terminal",
    "markdown": "for a pull request on GitHub, the details folded away",
    "json": "for programs, complete",
    "turtle": "change sets in RDF, for triple stores and portals",
    "sparql": "SPARQL 1.1 Update, which makes the new graphs of the old in any store",
}
"""The forms of a difference, and what each is."""
