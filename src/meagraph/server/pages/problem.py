"""The page that tells what went wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meagraph.server.pages.rendering import html

if TYPE_CHECKING:
    from starlette.requests import Request

    from meagraph.server.problems import Problem

_ADDRESS = re.compile(r"((?<![^\s(])/[A-Za-z][A-Za-z0-9._~%+=&/?-]*[A-Za-z0-9/])")
"""A path on this server, as hints name it: after a blank, without the mark that ends a clause."""

_HEADINGS = {
    400: "This cannot be answered as it was asked",
    404: "There is no such page",
    405: "This address does not take that",
    406: "This is not to be had in that form",
    410: "This was withdrawn",
    413: "That is too much at once",
    500: "Something failed here",
    503: "Too much is asked at the moment",
    504: "This took too long",
}


def page(request: Request, problem: Problem, title: str) -> str:
    """A problem as a page.

    Args:
        request: what was asked.
        problem: why it is not answered.
        title: the phrase of its status.
    """
    return html(
        request,
        None,
        "problem.html",
        heading=_HEADINGS.get(problem.status, title),
        title=title,
        problem=problem,
        hint=_linked(problem.hint),
    )


def _linked(hint: str) -> list[tuple[str, str]]:
    """A hint in pieces, each with the address of ours that it is, or none.

    >>> _linked("Did you mean /places/geneva?")
    [('Did you mean ', ''), ('/places/geneva', '/places/geneva'), ('?', '')]
    """
    return [
        (piece, piece if _ADDRESS.fullmatch(piece) else "")
        for piece in _ADDRESS.split(hint)
        if piece
    ]
