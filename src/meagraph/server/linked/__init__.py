"""Each IRI of the graph answers at its own path, in every form; see ``docs/linked-data.md``.

`addresses` reads a path, `naming` finds what it means, `describing` collects what is said of a
thing, `forms` writes it, `answers` sends it under the conditions of HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from meagraph.server.serving import Server


def routes(server: Server) -> list[BaseRoute]:
    """The one route of all things: every path that no other topic took."""
    # Not above: `downloads` and `wellknown` use modules of this package, which use them in turn.
    from meagraph.server.linked.resource import LinkedData

    return [Route("/{path:path}", LinkedData(server).answer, methods=["GET"])]
