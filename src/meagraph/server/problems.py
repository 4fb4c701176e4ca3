"""What went wrong, told to a person as a page and to a program as JSON (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from meagraph.server.negotiation import preferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from meagraph.errors import UnusableInput

_JSON, _HTML, _TEXT = "application/problem+json", "text/html", "text/plain"
_OFFERED = (_JSON, "application/json", _TEXT, _HTML)


class Problem(Exception):
    """A request that is not answered as it was meant.

    Args:
        status: of HTTP, 400 or more.
        detail: what is wrong, in the reader's words.
        hint: what to do about it.
        headers: others to send.
        place: line and column where they are known.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        hint: str = "",
        headers: Mapping[str, str] | None = None,
        place: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.hint = hint
        self.headers = dict(headers or {})
        self.place = dict(place or {})


def unusable(error: UnusableInput, status: int = 400) -> Problem:
    """The problem that unusable input is; nothing of this machine's files is told."""
    place = {"line": error.line, "column": error.column}
    known = {name: number for name, number in place.items() if number is not None}
    detail = error.message + (f"\n{error.excerpt}" if error.excerpt else "")
    return Problem(status, detail, error.hint or "", place=known)


def told(request: Request, problem: Problem) -> Response:
    """The response that tells a problem, in the form that the client likes best."""
    try:
        title = HTTPStatus(problem.status).phrase
    except ValueError:
        title = "Error"
    form = preferred(request.headers.get("accept"), _OFFERED) or _JSON
    headers = {"Vary": "Accept", "Cache-Control": "no-store", **problem.headers}
    if form == _HTML:
        from meagraph.server.pages.problem import page

        return Response(page(request, problem, title), problem.status, headers, _HTML)
    if form == _TEXT:
        text = "\n".join(part for part in (problem.detail, problem.hint) if part) + "\n"
        return Response(text, problem.status, headers, _TEXT)
    told = {"title": title, "status": problem.status, "detail": problem.detail}
    if problem.hint:
        told["hint"] = problem.hint
    body = json.dumps({**told, **problem.place}, ensure_ascii=False)
    return Response(body + "\n", problem.status, headers, form)
