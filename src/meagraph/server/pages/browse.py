"""Leafing through the graph: its kinds, and the things of one kind, page by page."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from meagraph.names import fold
from meagraph.server.pages.listing import KINDS_LISTED, Kind, entries
from meagraph.server.pages.rendering import html
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from meagraph.server.edition import Edition
    from meagraph.server.pages.listing import Entry
    from meagraph.server.serving import Server

AT_ONCE = 50
"""Things on one page of a list."""

LONGEST = 200
"""Signs of a filter or a search that are read."""


def kinds(request: Request, server: Server) -> str:
    """The page of all kinds."""
    return html(request, server, "kinds.html", groups=counted(server.edition))


def counted(edition: Edition) -> dict[str, list[tuple[Kind, int]]]:
    """The kinds that there is something of, with how much, under their headings."""
    listed = entries(edition)
    found: dict[str, list[tuple[Kind, int]]] = {}
    for kind in KINDS_LISTED.values():
        if listed[kind.name]:
            found.setdefault(kind.group, []).append((kind, len(listed[kind.name])))
    return found


def one_kind(request: Request, server: Server) -> str:
    """A page of the things of a kind, perhaps only those with some words or under a letter.

    Raises:
        Problem: there is no such kind, or no such page of it.
    """
    kind = _kind(request.path_params["kind"])
    listed = entries(server.edition)[kind.name]
    words = " ".join(request.query_params.get("q", "")[:LONGEST].split())
    letter = request.query_params.get("letter", "")[:1].upper()
    found = [
        entry
        for entry in listed
        if (not letter or entry.letter == letter)
        and all(word in entry.names for word in fold(words).split())
    ]
    number, pages = _page_of(request.query_params.get("page", "1"), len(found))
    return html(
        request,
        server,
        "kind.html",
        kind=kind,
        shown=found[(number - 1) * AT_ONCE : number * AT_ONCE],
        found=len(found),
        whole=len(listed),
        words=words,
        letter=letter,
        letters=_letters(listed),
        number=number,
        pages=pages,
        first=(number - 1) * AT_ONCE + 1,
    )


def _kind(name: str) -> Kind:
    if name in KINDS_LISTED:
        return KINDS_LISTED[name]
    near = get_close_matches(name.lower(), KINDS_LISTED, n=3)
    hint = f"Nearest: {', '.join(near)}." if near else f"There are {', '.join(KINDS_LISTED)}."
    raise Problem(404, "nothing is listed under this kind", hint)


def _letters(listed: Sequence[Entry]) -> list[str]:
    """The letters to choose from, where the list is too long for one page."""
    return sorted({entry.letter for entry in listed}) if len(listed) > AT_ONCE else []


def _page_of(given: str, found: int) -> tuple[int, int]:
    """The number of the page asked for, and how many there are."""
    pages = max(1, -(-found // AT_ONCE))
    if not (given.isascii() and given.isdecimal()) or not 1 <= int(given[:9]) <= pages:
        raise Problem(404, "the list has no such page", f"It has the pages 1 to {pages}.")
    return int(given), pages
