"""Files made into one store: the only room that writes it. The store is a cache of the files."""

from meagraph.graph.assembly import build, fingerprint, inputs, vocabulary
from meagraph.graph.cache import Opened, open_graph, open_or_build

__all__ = ["Opened", "build", "fingerprint", "inputs", "open_graph", "open_or_build", "vocabulary"]
