"""Source documents: a converted text becomes its passages, whole and in reading order.

Label of a passage, its text and its SHA-256 are what the graph's entries refer to. The texts come
from converters that leave page breaks, markup and footnote digits in the running text; what is
read here has none of them.
"""

from meagraph.sources.documents import Passage, SourceDocument, find_document, read_document
from meagraph.sources.healing import comparable

__all__ = ["Passage", "SourceDocument", "comparable", "find_document", "read_document"]
