"""Data files: the path is the graph; read, located, written in one form, registered."""

from meagraph.entries.canonical import canonical, refusals
from meagraph.entries.files import (
    Entry,
    Positions,
    decoded,
    locate,
    parse_entry,
    read_entries,
    read_entry,
    read_vocabulary,
    readable_entries,
)
from meagraph.entries.paths import data_files, entry_path, graph_iri, graph_kind

__all__ = [
    "Entry",
    "Positions",
    "canonical",
    "data_files",
    "decoded",
    "entry_path",
    "graph_iri",
    "graph_kind",
    "locate",
    "parse_entry",
    "read_entries",
    "read_entry",
    "read_vocabulary",
    "readable_entries",
    "refusals",
]
