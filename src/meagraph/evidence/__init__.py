"""Where the graph's statements come from: passages, their short names and texts, readings.

What an answer needs is named here; ``evidence.description`` and ``evidence.statements``, which tell
all of one thing, are imported by their own names, so that an answer does not wait for them.
"""

from meagraph.evidence.answers import tabulate
from meagraph.evidence.citations import Citation, Text, cite, is_passage, texts_of
from meagraph.evidence.naming import Naming

__all__ = ["Citation", "Naming", "Text", "cite", "is_passage", "tabulate", "texts_of"]
