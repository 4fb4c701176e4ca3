"""Pages for people: rendered here, whole without a script, on any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from meagraph.server.pages import browse, home, search
from meagraph.server.pages.rendering import STATIC, response

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import Scope

    from meagraph.server.serving import Server

    Page = Callable[[Request, Server], str]

_PAGES: tuple[tuple[str, str, Page], ...] = (
    ("/", "home", home.page),
    ("/about", "about", home.about),
    ("/search", "search", search.page),
    ("/browse", "kinds", browse.kinds),
    ("/browse/{kind}", "kind", browse.one_kind),
)


def routes(server: Server) -> list[BaseRoute]:
    """The pages that are no things of the graph, and the files that all pages need."""
    return [
        *(_route(server, path, name, page) for path, name, page in _PAGES),
        Mount("/static", _Files(directory=STATIC), name="static"),
    ]


def _route(server: Server, path: str, name: str, page: Page) -> Route:
    def answered(request: Request) -> Response:  # not async: it runs in a thread
        return response(request, page(request, server))

    return Route(path, answered, name=name)


class _Files(StaticFiles):
    """Files whose addresses change with their contents, so that browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        found = await super().get_response(path, scope)
        if found.status_code == 200:
            found.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return found
