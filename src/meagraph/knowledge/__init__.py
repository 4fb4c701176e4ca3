"""The graph as a researcher holds it: opened once, then asked, described and searched."""

from meagraph.knowledge.asking import Answered
from meagraph.knowledge.graph import KnowledgeGraph
from meagraph.knowledge.opening import open

__all__ = ["Answered", "KnowledgeGraph", "open"]
