"""The first page, and the page about the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meagraph.names import label
from meagraph.server.pages.browse import counted
from meagraph.server.pages.document import contents
from meagraph.server.pages.kept import once
from meagraph.server.pages.listing import READ, RECORDS, STATED, entries
from meagraph.server.pages.rendering import html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from meagraph.queries import Question
    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

_TO_TRY: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("meetings-attended", {"agent": "BRS secretariat"}),
    ("planned-and-held", {}),
    ("defects", {}),
)
"""Questions that show what the graph is for, and values to begin with."""


class Counts(NamedTuple):
    """How much of a source document the graph holds."""

    iri: str
    label: str
    passages: int
    statements: int
    defects: int


@once
def sources(edition: Edition) -> Sequence[Counts]:
    """The source documents."""
    return [
        Counts(
            iri,
            label(edition.store, iri),
            len(lines),
            sum(line.statements for line in lines),
            sum(line.defects for line in lines),
        )
        for iri, lines in contents(edition).items()
    ]


def _questions(edition: Edition) -> Sequence[tuple[Question, Mapping[str, str]]]:
    """Those to try; where the project has none of them, its first."""
    known = edition.questions
    wanted = [(known[name], given) for name, given in _TO_TRY if name in known]
    return wanted or [(one, {}) for one in list(known.values())[: len(_TO_TRY)]]


def page(request: Request, server: Server) -> str:
    """The first page."""
    edition = server.edition
    groups = counted(edition)
    return html(
        request,
        server,
        "home.html",
        sources=sources(edition),
        questions=_questions(edition),
        asked=len(edition.questions),
        groups={name: groups[name] for name in (RECORDS, STATED, READ) if name in groups},
    )


def about(request: Request, server: Server) -> str:
    """What the graph is, how to read it, what programs find, and how accessible its pages are."""
    edition = server.edition
    listed = entries(edition)
    return html(
        request,
        server,
        "about.html",
        sources=sources(edition),
        asked=len(edition.questions),
        counts={name: len(found) for name, found in listed.items()},
        address=server.address,
    )
