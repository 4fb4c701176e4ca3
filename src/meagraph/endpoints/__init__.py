"""A SPARQL endpoint elsewhere, asked as if it were the store of this process.

This is the one room that opens a network connection. It is imported only where an endpoint was
asked for: SPARQLWrapper takes longer to import than a stored question takes to answer.
"""

from meagraph.endpoints.endpoint import Endpoint

__all__ = ["Endpoint"]
