"""Stored questions as addresses: answers in every form, pages with a form, and OpenAPI."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from meagraph.errors import UnusableInput
from meagraph.server.negotiation import preferred
from meagraph.server.problems import Problem
from meagraph.server.questions import asking, catalogue, page, reference
from meagraph.server.questions.answering import Answers, Reply, is_known
from meagraph.server.questions.forms import (
    FORMS,
    HTML,
    JSON,
    Form,
    form_ending,
    form_named,
)
from meagraph.server.questions.refusals import no_question, other_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from meagraph.server.edition import Edition
    from meagraph.server.questions.asking import Asked
    from meagraph.server.serving import Server


def routes(server: Server) -> list[BaseRoute]:
    """The addresses of this topic."""
    found = _Questions(server)
    return [
        *(Route(path, found.listed) for path in ("/queries", "/queries/")),
        Route("/queries.{ending:str}", found.listed),
        *(Route(path, found.answer) for path in ("/queries/{name:str}", "/queries/{name:str}/")),
        Route("/releases/{version:str}/queries/{name:str}", found.answer),
        Route("/openapi.json", found.described),
        Route("/api", found.explained),
    ]


class _Questions:
    """The endpoints, and the answers that they share."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.answers = Answers(server)

    async def answer(self, request: Request) -> Response:
        """``/queries/NAME``, with or without the ending of a form; of a release, too."""
        edition = self.server.edition
        query: bytes = request.scope["query_string"]
        accept = request.headers.get("accept")
        key = (edition.build, request.url.path, query, accept)
        seen = request.headers.get("if-none-match")
        reply = self.answers.known(key)
        if reply is None:
            name, ending = _parted(request.path_params["name"])
            pinned = request.path_params.get("version", "")
            asked = self._asked(edition, name, query, pinned)
            form, negotiated = _form(ending, asked.format, accept, FORMS)
            work = partial(self.answers.prepare, edition, asked, form, lenient=bool(pinned))
            try:
                prepared = await self.answers.in_thread(work)
            except Problem as problem:
                if form is not HTML or problem.status != 400:
                    raise
                return await self._refused(request, edition, asked, problem)
            vary = {"Vary": "Accept"} if negotiated else {}
            if is_known(seen, prepared.tag):
                return _unchanged({"ETag": prepared.tag, **vary})
            write = partial(page.html, request, self.server)
            made = await self.answers.in_thread(partial(self.answers.reply, prepared, write))
            reply = Reply(made.body, {**made.headers, **vary})
            self.answers.remember(key, prepared.tag, vary)
        if is_known(seen, reply.headers["ETag"]):
            return _unchanged(reply.headers)
        return Response(reply.body, 200, reply.headers)

    def _asked(self, edition: Edition, name: str, query: bytes, pinned: str) -> Asked:
        question = edition.questions.get(name)
        if question is None:
            raise no_question(name, edition.questions, self.server)
        asked = asking.read(question, asking.fields_of(query))
        for version in (pinned, asked.version):
            if version and version != edition.version:
                raise other_version(version, edition.version, name)
        return asked._replace(version=pinned or asked.version)

    async def _refused(
        self, request: Request, edition: Edition, asked: Asked, problem: Problem
    ) -> Response:
        """The page of a question with what is wrong with its values."""
        work = partial(page.refused, request, self.server, edition, asked, problem)
        body = await self.answers.in_thread(work)
        headers = {"Vary": "Accept", "Cache-Control": "no-store"}
        return Response(body, problem.status, headers, HTML.content_type)

    async def listed(self, request: Request) -> Response:
        """``/queries``: all questions, or those that have the words of ``q``."""
        edition = self.server.edition
        given = _listing(asking.fields_of(request.scope["query_string"]))
        ending = request.path_params.get("ending", "")
        form, negotiated = _form(
            ending, given.get("format", ""), request.headers.get("accept"), (JSON, HTML)
        )
        write = catalogue.as_html if form is HTML else catalogue.as_json
        work = partial(write, request, self.server, edition, given.get("q", "")[:200])
        body = await self.answers.in_thread(work)
        vary = {"Vary": "Accept"} if negotiated else {}
        headers = {**vary, "Cache-Control": "no-cache", "Meagraph-Version": edition.version}
        return Response(body, 200, headers, form.content_type)

    async def described(self, request: Request) -> Response:
        """``/openapi.json``."""
        return await self._reference(request, "openapi")

    async def explained(self, request: Request) -> Response:
        """``/api``: the same for a reader."""
        return await self._reference(request, "html")

    async def _reference(self, request: Request, what: str) -> Response:
        edition = self.server.edition
        seen = request.headers.get("if-none-match")
        work = partial(reference.reply, self.answers, request, edition, what)
        reply = await self.answers.in_thread(work)
        if is_known(seen, reply.headers["ETag"]):
            return _unchanged(reply.headers)
        return Response(reply.body, 200, reply.headers)


def _listing(fields: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What the list of questions is asked with; nothing but `q` and `format`, each once."""
    given: dict[str, str] = {}
    for name, value in fields:
        if name not in ("q", "format"):
            hint = "It takes q, words to find, and format, json or html."
            raise Problem(400, f"the list of questions has no parameter “{name[:40]}”", hint)
        if name in given:
            raise Problem(400, f"{name} is given more than once", "Give it once.")
        given[name] = value
    return given


def _parted(path: str) -> tuple[str, str]:
    """The name of a question and the ending behind it."""
    name, dot, ending = path.partition(".")
    if dot and not form_ending(ending):
        known = ", ".join(f".{one.ending}" for one in FORMS)
        raise Problem(404, f"no answer has the ending “.{ending[:40]}”", f"There are: {known}.")
    return name, ending


def _form(
    ending: str, named: str, accept: str | None, offered: Sequence[Form]
) -> tuple[Form, bool]:
    """The form of an answer, and whether it was negotiated: the address goes before Accept."""
    by_ending = form_ending(ending)
    try:
        by_name = form_named(named) if named else None
    except UnusableInput as error:
        raise Problem(400, error.message, error.hint or "") from None
    if by_ending and by_name and by_ending is not by_name:
        raise Problem(
            400, f"the address ends in .{ending} and asks for {named}", "Leave one of them out."
        )
    found = by_ending or by_name
    if found and found not in offered:
        known = ", ".join(one.name for one in offered)
        raise Problem(404, f"there is no {found.name} of this", f"There are: {known}.")
    if found:
        return found, False
    if ending:
        raise Problem(404, f"nothing here has the ending “.{ending[:40]}”")
    best = preferred(accept, [one.media_type for one in offered])
    if best is None:
        types = ", ".join(one.media_type for one in offered)
        raise Problem(406, "the header Accept takes no form that there is", f"There are: {types}.")
    return next(one for one in offered if one.media_type == best), True


def _unchanged(headers: dict[str, str]) -> Response:
    """That the client has it already (RFC 9110, 15.4.5)."""
    kept = ("ETag", "Vary", "Cache-Control", "Meagraph-Version", "Link")
    return Response(status_code=304, headers={k: v for k, v in headers.items() if k in kept})
