"""meagraph: the knowledge graph of cooperation among multilateral environmental agreements."""

__version__ = "0.1.0"
