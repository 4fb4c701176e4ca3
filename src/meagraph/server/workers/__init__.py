"""Processes that evaluate the queries of strangers, each within its limits.

A query that runs away, fills the memory or crashes the engine costs its process and its asker an
error; the process is replaced and the others go on. Nothing here knows HTTP.
"""

from meagraph.server.workers.asked import Asked, Ended
from meagraph.server.workers.pool import Pool, request

__all__ = ["Asked", "Ended", "Pool", "request"]
