"""Full text over the graph: the best things first, each with the words that were found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from meagraph.evidence import Naming
from meagraph.server.pages.browse import LONGEST
from meagraph.server.pages.kept import once
from meagraph.server.pages.rendering import html
from meagraph.tables.values import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from meagraph.evidence import Citation
    from meagraph.names import Match
    from meagraph.search import Hit
    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

AT_ONCE = 20
_MOST = 200
"""Things that are listed of one search; further ones fit too little to be looked at."""

_PASSAGES = 4
"""Passages that are named of one hit."""

_MARKED = re.compile("«([^»]*)»")
CLASSES = (
    "Agreement",
    "Organisation",
    "Body",
    "Programme",
    "Meeting",
    "Decision",
    "Document",
    "Place",
    "Activity",
    "Passage",
    "Reading",
)
"""The classes that a search can be narrowed to."""


class Shown(NamedTuple):
    """A hit as the page shows it: with the words marked, and where it is stated."""

    hit: Hit
    text: Markup
    cited: Sequence[Citation]
    left: int


def page(request: Request, server: Server) -> str:
    """The hits of what was typed, or what may have been meant where there are none.

    Raises:
        UnusableInput: there is no such class.
    """
    edition = server.edition
    text = " ".join(clean(request.query_params.get("q", ""))[:LONGEST].split())
    kind = request.query_params.get("kind", "")[:LONGEST]
    wanted = _wanted(request.query_params.get("n", ""))
    hits = edition.graph.index.search(text, wanted + 1, [kind] if kind else []) if text else []
    near = _near(edition, text) if text and not hits else []
    return html(
        request,
        server,
        "search.html",
        text=text,
        kind=kind,
        classes=CLASSES,
        hits=[_shown(edition, hit) for hit in hits[:wanted]],
        more=min(wanted + AT_ONCE, _MOST) if wanted < min(len(hits), _MOST) else 0,
        near=near,
    )


def _wanted(given: str) -> int:
    """How many hits are listed; what is no such number asks for the first."""
    if given.isascii() and given.isdecimal():
        return min(max(int(given[:6]), AT_ONCE), _MOST)
    return AT_ONCE


def _shown(edition: Edition, hit: Hit) -> Shown:
    cited = list(_naming(edition).citations(hit.passages[:_PASSAGES]).values())
    return Shown(hit, _marked(hit.snippet), cited, len(hit.passages) - len(cited))


def _marked(snippet: str) -> Markup:
    """A text in which nothing is markup but what marks the words."""
    return Markup(_MARKED.sub(r"<mark>\1</mark>", str(escape(clean(snippet)))))


def _near(edition: Edition, text: str) -> list[Match]:
    """The names that may have been meant."""
    return edition.graph.find(text, 8)


@once
def _naming(edition: Edition) -> Naming:
    return Naming(edition.store)
