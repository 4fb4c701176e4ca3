"""The files of the exports at their published paths, each made when it is first asked for.

Their addresses are those that the catalogue states: the path of a file is that under our
namespace. JSON-LD of a thing is no file here but a form of the thing (`meagraph.server.linked`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING

from starlette.routing import Route

from meagraph.errors import UnusableInput
from meagraph.export.catalogue.authorities import FORMS
from meagraph.namespaces import BASE
from meagraph.server.linked.addresses import path_of, requested_name
from meagraph.server.linked.answers import Answer, Finished, PerEdition, finished, respond
from meagraph.server.linked.naming import PUBLISHED
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

_FORMS = tuple(f".{ending}" for ending in ("ttl", "rdf", "jsonld", "nt"))
_VOCABULARIES = ("ontology", "concepts", "alignments")
FILES = {
    "dumps": ("meagraph.nq", "meagraph.ttl", "meagraph-entailed.ttl"),
    "ontology": (*(name + end for name in _VOCABULARIES for end in _FORMS), "ontology.html"),
    "informea": ("Treaties.json", "Meetings.json", "Decisions.json", "Documents.json"),
    "catalogue": ("catalogue.ttl", "catalogue.jsonld", "void.ttl", "provenance.ttl"),
    "jsonld": ("context.jsonld",),
}
"""The files that stand in no folder, by the kind of export that makes them."""

FOLDERS = {"tables": "csvw", "network": "graphml", "calendar": "calendar", "schema": "jsonld"}
"""The kind of export whose files stand in a folder."""

_MEDIA_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "graphml": "application/graphml+xml",
    "txt": "text/plain; charset=utf-8",
}
"""Those that say more than the catalogue does."""

_STYLE = re.compile(b"<style>(.*?)</style>", re.DOTALL)
_ALL = 1 << 40


class Downloads:
    """The files of one edition; what was made is kept for as long as the edition is served."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._kinds: dict[str, Mapping[str, Callable[[], bytes]]] = {}
        self._made = Finished(_ALL)
        self._things = Finished()  # there are as many as things
        self._lock = Lock()

    def respond(self, request: Request, name: str, headers: Mapping[str, str]) -> Response:
        """Send a file.

        Raises:
            Problem: 404, there is none of this name.
        """
        kept = self._things if name.startswith("schema/") else self._made

        def made() -> Answer:
            day = self._edition.updated(BASE + name)
            return finished(self._content(name), self._edition.version, day)

        answer = kept.get(name, made)
        ending = name.rpartition(".")[2]
        form = FORMS.get(ending)
        media_type = _MEDIA_TYPES.get(ending) or (form and form.media_type) or "text/plain"
        more = {"Content-Security-Policy": _policy(answer.body)} if ending == "html" else {}
        return respond(request, answer, media_type, {**headers, **more})

    def names(self, folder: str) -> list[str]:
        """The files of a folder, sorted.

        Raises:
            Problem: 404, there is no such folder.
        """
        found = sorted(each for each in self._files(FOLDERS[folder]) if each.startswith(folder))
        if not found:
            raise Problem(404, "there is no such folder")
        return found

    def _content(self, name: str) -> bytes:
        folder, slash, _ = name.partition("/")
        if folder == "schema":
            return self._schema(name)
        if name == "context.jsonld":
            return _json(self._context())
        kind = FOLDERS[folder] if slash else _KINDS[name]
        make = self._files(kind).get(name)
        if make is None:
            raise Problem(
                404, "there is no such file", "/catalogue lists the files that there are."
            )
        try:
            return make()
        except UnusableInput as error:
            raise Problem(404, error.message) from None

    def _files(self, kind: str) -> Mapping[str, Callable[[], bytes]]:
        with self._lock:
            if kind not in self._kinds:
                exporting = import_module(f"meagraph.export.{kind}")
                try:
                    made = exporting.files(self._edition.store, self._edition.project)
                except UnusableInput as error:
                    raise Problem(404, error.message) from None
                self._kinds[kind] = made
            return self._kinds[kind]

    def _context(self) -> object:
        from meagraph.export.jsonld import context

        return context(self._edition.store)

    def _schema(self, name: str) -> bytes:
        """A thing as schema.org describes it; its path is that of its document in JSON-LD."""
        from meagraph.export.jsonld import schema_org

        passage, at, claim = name.removeprefix("schema/").removesuffix(".jsonld").partition("@")
        iri = BASE + passage + (at and "#") + claim
        try:
            made = schema_org(self._edition.store, iri) if name.endswith(".jsonld") else None
        except ValueError:
            made = None
        if not made:
            raise Problem(404, "there is no such thing, or schema.org has no type for it")
        return _json(made)


def _json(document: object) -> bytes:
    from meagraph.jsontext import indented

    return (indented(document) + "\n").encode()


def _policy(page: bytes) -> str:
    """A policy that allows a page its own style sheet, byte for byte, and nothing else (CSP 3)."""
    styles = (hashlib.sha256(style).digest() for style in _STYLE.findall(page))
    allowed = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in styles)
    return (
        f"default-src 'none'; style-src {allowed or chr(39) + 'none' + chr(39)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


_KINDS = {name: kind for kind, names in FILES.items() for name in names}

of_edition = PerEdition(Downloads)
"""The files of each edition, shared by all topics."""


def _is_form(name: str) -> bool:
    """Whether a file is a form of what is called so, which `linked` answers with its links."""
    base, _, ending = name.rpartition(".")
    return base in PUBLISHED and ending in PUBLISHED[base][1]


def routes(server: Server) -> list[BaseRoute]:
    """The files at their paths; a folder answers with the addresses of its files."""
    prefix = server.settings.prefix

    def file(request: Request) -> Response:
        name = requested_name(request.scope, prefix)
        return of_edition.of(server.edition).respond(request, name, {})

    def folder(request: Request) -> Response:
        edition = server.edition
        name = requested_name(request.scope, prefix).rstrip("/")
        names = of_edition.of(edition).names(name)
        # RFC 2483, section 5
        body = "".join(f"{server.address(path_of(BASE + each))}\r\n" for each in names).encode()
        answer = finished(body, edition.version, edition.updated(BASE + name))
        return respond(request, answer, "text/uri-list; charset=utf-8", {})

    return [
        *(Route(f"/{name}", file) for name in _KINDS if not _is_form(name)),
        *(
            Route(f"/{name}{end}", folder)
            for name in FOLDERS
            if name != "schema"
            for end in ("", "/")
        ),
        *(Route(f"/{name}/{{path:path}}", file) for name in FOLDERS),
    ]
