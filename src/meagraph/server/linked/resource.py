"""The answer of each path: a form of what it names, or where that is."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote_plus

from pyoxigraph import NamedNode
from starlette.responses import Response

from meagraph.namespaces import BASE, ENTAILED_GRAPH
from meagraph.server import downloads
from meagraph.server.linked.addresses import path_of, requested_name
from meagraph.server.linked.answers import FRESH, Answer, Finished, PerEdition, finished, respond
from meagraph.server.linked.describing import described
from meagraph.server.linked.documents import JsonDocuments
from meagraph.server.linked.forms import ALSO, FORMS, plain_type, written
from meagraph.server.linked.headers import licences, links, paging
from meagraph.server.linked.naming import PAGE, PUBLISHED, Meaning, meaning, names, near
from meagraph.server.negotiation import preferred
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from starlette.requests import Request

    from meagraph.names import GivenUp
    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_WORD = re.compile(r"\w+")
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
        self._known = PerEdition(_known)

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
            return self._published(request, edition, means)
        gone = _given_up(edition, means)
        if gone and gone.successor.startswith(BASE) and not gone.withdrawn:
            return self._elsewhere(gone.successor, means.ending)
        return self._thing(request, edition, means, gone)

    def _elsewhere(self, iri: str, ending: str) -> Response:
        """What was asked for by another name has this one."""
        location = self._prefix + path_of(iri, ending)
        return Response(status_code=301, headers={"Location": location, "Cache-Control": FRESH})

    def _unknown(self, edition: Edition, name: str) -> Problem:
        close = [f"{self._prefix}/{each}" for each in near(names.of(edition), name)]
        words = quote_plus(" ".join(_WORD.findall(name.rpartition("/")[2]))[:100])
        search = f"{self._prefix}/search?q={words} finds things by their names."
        hint = f"Did you mean {' or '.join(close)}?" if close else search
        return Problem(404, "nothing of the graph has this address", hint)

    def _thing(
        self, request: Request, edition: Edition, means: Meaning, gone: GivenUp | None
    ) -> Response:
        known = self._known.of(edition)
        endings = ["jsonld"] if "#" in means.name else list(FORMS)
        ending = means.ending or _chosen(request, endings)
        headers = {} if means.ending else {"Vary": "Accept"}
        location = self._prefix + path_of(means.iri, ending)
        if gone and ending == "html":
            raise Problem(410, str(gone), "It will not come back under this name.")
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
                return finished(body, edition.version, _modified(edition, iri))

            return known.answers.get((iri, ending), made)
        number = _number(request)

        def make() -> Answer:
            return self._data(edition, known, iri, ending, number)

        return known.answers.get((iri, ending, number), make)

    def _data(self, edition: Edition, known: _Known, iri: str, ending: str, number: int) -> Answer:
        if ending == "jsonld" and (body := known.documents.document(iri)):
            return finished(body, edition.version, _modified(edition, iri))
        told = described(edition.store, iri, number)
        if number > told.pages:
            raise Problem(404, f"there is no page {number}", f"The last one is {told.pages}.")
        address = self._server.address(path_of(iri, ending))
        more = f"{address}?page={number + 1}" if number < told.pages else ""
        body = written(edition.store, iri, told.quads, ending, more)
        beside = tuple(paging(address, number, told.pages))
        return finished(body, edition.version, _modified(edition, iri), beside)

    def _published(self, request: Request, edition: Edition, means: Meaning) -> Response:
        """A name whose content is a file of the exports."""
        file, endings = PUBLISHED[means.name]
        ending = means.ending or _chosen(request, endings)
        headers = {} if means.ending else {"Vary": "Accept"}
        headers["Content-Location"] = self._prefix + path_of(means.iri, ending)
        link = links(self._prefix, means, endings, ending, self._known.of(edition).licences)
        headers["Link"] = ", ".join(link)
        name = PAGE if ending == "html" else f"{file}.{ending}"
        return downloads.of_edition.of(edition).respond(request, name, headers)


def _known(edition: Edition) -> _Known:
    documents = JsonDocuments(edition.store)
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


def _modified(edition: Edition, iri: str) -> date:
    """The day on which what files say of a thing, or of others about it, last changed."""
    node = NamedNode(iri)
    store = edition.store
    found = chain(
        store.quads_for_pattern(node, None, None, None),
        store.quads_for_pattern(None, None, node, None),
    )
    graphs = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, NamedNode)}
    days = (edition.updated(graph) for graph in graphs - {ENTAILED_GRAPH})
    return max(days, default=edition.updated(iri))
