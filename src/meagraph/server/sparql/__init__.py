"""SPARQL 1.1 Protocol at ``/sparql``: queries only, of the graph as it stands.

Both ``/sparql`` and ``/sparql/`` answer: a redirect would lose the body of a POST, and breaks
behind some proxies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from meagraph.server.sparql.endpoint import Endpoint

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from meagraph.server.serving import Server


def routes(server: Server) -> list[BaseRoute]:
    """The endpoint's addresses; it looks at the method by itself."""
    endpoint = Endpoint(server)
    return [Route(path, endpoint, name="sparql") for path in ("/sparql", "/sparql/")]
