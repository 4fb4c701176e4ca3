"""Full text: a few words, and the entities, claims and readings that speak of them, ranked.

An SQLite FTS5 index holds every text of the graph that a reader may look for; it is a cache of one
build of the graph and lies in that build's folder. Where the graph is kept in no folder, the index
lives in memory.
"""

from meagraph.search.hits import FOR_A_TERMINAL, MARKS, Hit, hits_as_table
from meagraph.search.index import Index, search

__all__ = ["FOR_A_TERMINAL", "MARKS", "Hit", "Index", "hits_as_table", "search"]
