"""Data files: the path is the graph; read, located, written in one form, registered."""

from meagraph.entries.canonical import canonical, refusals
from meagraph.entries.files import Entry, Positions, locate, read_entries, read_entry
from meagraph.entries.paths import data_files, entry_path, graph_iri, graph_kind

__all__ = [
    "Entry",
    "Positions",
    "canonical",
    "data_files",
    "entry_path",
    "graph_iri",
    "graph_kind",
    "locate",
    "read_entries",
    "read_entry",
    "refusals",
]
