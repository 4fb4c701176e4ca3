"""The answer of each path: a form of what it names, or where that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote_plus

from starlette.responses import Response

from meagraph.namespaces import BASE, KINDS
from meagraph.server import downloads
from meagraph.server.linked.addresses import form_path, path_of, requested_name
from meagraph.server.linked.answers import FRESH, Answer, Finished, PerEdition, finished, respond
from meagraph.server.linked.days import direct, last_changed
from meagraph.server.linked.describing import described
from meagraph.server.linked.documents import JsonDocuments
from meagraph.server.linked.forms import ALSO, FORMS, plain_type, written
from meagraph.server.linked.headers import licences, links, paging
from meagraph.server.linked.naming import PAGE, PUBLISHED, Meaning, meaning, names, near, part_of
from meagraph.server.negotiation import preferred
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from meagraph.names import GivenUp
    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_WORD = re.compile(r"\w+")
_NOTHING = "nothing of the graph has this address"
_TEMPORARY = {"Vary": "Accept", "Cache-Control": FRESH}


class _Known(NamedTuple):
    """What is kept of one edition."""

    answers: Finished
    documents: JsonDocuments
    licences: tuple[str, ...]


class LinkedData:
    """The things of a server's graph at their own paths."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._prefix = server.settings.prefix
        context = server.address("/context.jsonld")
        self._known = PerEdition(lambda edition: _known(edition, context))

    def answer(self, request: Request) -> Response:
        """A thing in the form that a path or a client asks for; runs in a thread.

        Raises:
            Problem: 404, nothing is called so; 406, there is no form that the client takes; 410,
                the thing was withdrawn; 400, the address is faulty.
        """
        edition = self._server.edition
        name = requested_name(request.scope, self._prefix)
        means = meaning(edition.store, name)
        if means is None:
            raise self._unknown(edition, name)
        if not means.exact:
            return self._elsewhere(means.iri, means.ending)
        if means.published:
            return self._published(request, edition, means, name)
        gone = _given_up(edition, means)
        if gone and gone.successor.startswith(BASE) and not gone.withdrawn:
            return self._elsewhere(gone.successor, means.ending)
        return self._thing(request, edition, means, gone)

    def _elsewhere(self, iri: str, ending: str) -> Response:
        """What was asked for by another name has this one."""
        location = self._prefix + path_of(iri, ending)
        return Response(status_code=301, headers={"Location": location, "Cache-Control": FRESH})

    def _unknown(self, edition: Edition, name: str) -> Problem:
        plain = name.strip("/")
        if plain in KINDS:
            hint = f"{self._prefix}/browse/{plain} lists what there is of this kind."
            return Problem(404, "this is the folder of a kind, and has no page of its own", hint)
        claim = part_of(edition.store, plain)
        close = [claim] if claim else near(names.of(edition), name)
        if close:
            found = " or ".join(f"{self._prefix}/{each}" for each in close)
            return Problem(404, _NOTHING, f"Did you mean {found}?")
        words = quote_plus(" ".join(_WORD.findall(plain.rpartition("/")[2]))[:100])
        hint = f"{self._prefix}/search?q={words} finds things by their names."
        return Problem(404, _NOTHING, hint if words else "")

    def _thing(
        self, request: Request, edition: Edition, means: Meaning, gone: GivenUp | None
    ) -> Response:
        known = self._known.of(edition)
        endings = ["jsonld"] if "#" in means.name else list(FORMS)
        ending = means.ending or _chosen(request, endings)
        headers = {} if means.ending else {"Vary": "Accept"}
        location = self._prefix + form_path(means.iri, ending)
        if gone and ending == "html":
            from meagraph.server.pages.wording import given_up_words

            told = given_up_words(edition.store, gone)
            raise Problem(410, told, "It will not come back under this name.")
        if not means.ending and not means.is_document and not gone:
            link = links(self._prefix, means, endings, "", known.licences)
            headers |= {"Location": location, "Link": ", ".join(link), **_TEMPORARY}
            return Response(status_code=303, headers=headers)
        answer = self._form(request, edition, means.iri, ending)
        link = links(self._prefix, means, endings, ending, known.licences)
        headers["Link"] = ", ".join([*link, *answer.links])
        headers["Content-Location"] = location
        status = 410 if gone else 200
        return respond(request, answer, FORMS[ending].media_type, headers, status)

    def _form(self, request: Request, edition: Edition, iri: str, ending: str) -> Answer:
        """What is told of a thing in a form; a page of what refers to it where that is long."""
        known = self._known.of(edition)
        if ending == "html":
            from meagraph.server.pages.thing import page as html

            def made() -> Answer:
                body = html(request, self._server, iri).encode()
                day = last_changed(edition, iri, direct(edition, iri))
                return finished(body, edition.version, day)

            return known.answers.get((iri, ending), made)
        number = _number(request)

        def make() -> Answer:
            return self._data(edition, known, iri, ending, number)

        return known.answers.get((iri, ending, number), make)

    def _data(self, edition: Edition, known: _Known, iri: str, ending: str, number: int) -> Answer:
        if ending == "jsonld" and (body := known.documents.document(iri)):
            _within(number, 1)
            day = last_changed(edition, iri, direct(edition, iri))
            return finished(body, edition.version, day)
        told = described(edition.store, iri, number)
        _within(number, told.pages)
        address = self._server.address(form_path(iri, ending))
        more = f"{address}?page={number + 1}" if number < told.pages else ""
        body = written(edition.store, iri, told.quads, ending, more)
        beside = tuple(paging(address, number, told.pages))
        return finished(body, edition.version, last_changed(edition, iri, told.quads), beside)

    def _published(
        self, request: Request, edition: Edition, means: Meaning, asked: str
    ) -> Response:
        """A name whose content is a file of the exports."""
        file, endings = PUBLISHED[means.name]
        ending = means.ending or _chosen(request, endings)
        headers = {} if means.ending else {"Vary": "Accept"}
        link = links(self._prefix, means, endings, ending, self._known.of(edition).licences)
        headers["Link"] = ", ".join(link)
        if ending == "html" and f"{asked.removesuffix('.html')}.html" != PAGE:
            # All vocabularies are on one page, whose links would lead astray from another folder.
            headers |= {"Location": f"{self._prefix}/{PAGE}", "Cache-Control": FRESH}
            return Response(status_code=303, headers=headers)
        headers["Content-Location"] = self._prefix + path_of(means.iri, ending)
        name = PAGE if ending == "html" else f"{file}.{ending}"
        return downloads.of_edition.of(edition).respond(request, name, headers)


def _known(edition: Edition, context: str) -> _Known:
    documents = JsonDocuments(edition.store, context)
    return _Known(Finished(), documents, licences(edition))


def _chosen(request: Request, endings: Sequence[str]) -> str:
    """The form that a client likes best.

    Raises:
        Problem: 406, it takes none.
    """
    offered = {plain_type(ending): ending for ending in endings}
    offered |= {also: ending for also, ending in ALSO.items() if ending in endings}
    accept = ", ".join(request.headers.getlist("accept"))
    found = preferred(accept, offered)
    if found is None:
        forms = ", ".join(plain_type(ending) for ending in endings)
        raise Problem(406, "there is no such form of this", f"There are {forms}.")
    return offered[found]


def _given_up(edition: Edition, means: Meaning) -> GivenUp | None:
    from meagraph.names import given_up

    return given_up(edition.store, means.iri)


def _number(request: Request) -> int:
    """The page that is asked for, from 1.

    Raises:
        Problem: 400, it is no number of one.
    """
    number = request.query_params.get("page", "1")
    if not _PAGE.fullmatch(number):
        raise Problem(400, "a page is a number from 1")
    return int(number)


def _within(number: int, pages: int) -> None:
    """Refuse a page after the last one: who reads page by page ends there.

    Raises:
        Problem: 404, there are fewer pages.
    """
    if number > pages:
        raise Problem(404, f"there is no page {number}", f"The last one is {pages}.")
