"""Drafts validated over HTTP: for a program at ``/validate``, for a person at ``/check``.

Nothing of what is sent is stored. Each draft is judged in a process of its own, which is ended at
its limits; the rules are explained at ``/rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from meagraph.server.serving import Server


def routes(server: Server) -> list[BaseRoute]:
    """``/validate``, ``/check``, ``/rules`` and the page of each rule."""
    # Imported here, since the process that judges drafts is of this package and speaks no HTTP.
    from meagraph.server.checking.views import Checking

    return Checking(server).routes()
