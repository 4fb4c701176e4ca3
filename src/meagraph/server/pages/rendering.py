"""Pages as HTML: the templates, what each of them knows, and where its links lead.

A template extends ``base.html`` (blocks ``title``, ``head``, ``main``). Everything is escaped; a
name that is not given is an error, not a blank. No page has a script.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.routing import NoMatchFound

from meagraph.namespaces import BASE
from meagraph.tables import shortened
from meagraph.tables.values import clean, is_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from meagraph.server.serving import Server

SERVER = Path(__file__).parent.parent
STATIC = SERVER / "static"

_KEPT = "/:@!$&'()*+,;=~%"
"""Signs of a path that stay as they are; what an IRI has encoded is not encoded twice."""


def html(request: Request, server: Server | None, template: str, **values: Any) -> str:
    """A page of ours.

    The template has, beside the values: ``href(path, **query)``, ``local(iri)``, ``link(iri)``
    (see `Links`), ``static(name)``, ``short(iri)``, ``path`` of the request, and ``version`` of the
    data, which is empty where no server is known.

    Args:
        request: what is answered.
        server: whose page it is; ``None`` where something failed before that was known.
        template: its file name among the templates.
        values: what it shows.
    """
    links = Links(_prefix(request, server))
    known = {
        "href": links.href,
        "local": links.local,
        "link": links.link,
        "static": links.static,
        "short": shortened,
        "path": request.url.path.removeprefix(links.prefix),
        "version": server.edition.version if server else "",
    }
    return _templates().get_template(template).render({**known, **values})


def response(request: Request, body: str, status: int = 200) -> Response:
    """The response that a page is; kept by browsers for a short while only."""
    headers = {"Cache-Control": "public, max-age=60"}
    return Response(body, status, headers, "text/html; charset=utf-8")


class Links:
    """Where the links of a page lead.

    Args:
        prefix: the path that every address of the server begins with; empty for none.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def href(self, path: str, **query: object) -> str:
        """The address of a path of ours, which begins with a slash, and perhaps a query."""
        given = {name: value for name, value in query.items() if value not in ("", None)}
        address = self.prefix + quote(path, _KEPT)
        return f"{address}?{urlencode(given, doseq=True)}" if given else address

    def local(self, iri: str) -> str:
        """The path of one of our IRIs on this server; empty for any other IRI.

        A claim's fragment stays one, on the page of its passage.
        """
        if not iri.startswith(BASE):
            return ""
        path, mark, fragment = iri[len(BASE) :].partition("#")
        return self.href("/" + path) + mark + quote(fragment, _KEPT)

    def link(self, iri: str) -> str:
        """Where an IRI leads: to a page of ours, to the web, or nowhere (empty).

        What a browser would run or open from elsewhere, such as ``javascript:``, is no link.
        """
        return self.local(iri) or (iri if is_address(iri) else "")

    def static(self, name: str) -> str:
        """The address of a file of ours that changes only with the program."""
        return self.href(f"/static/{name}", v=_mark(name))


def _prefix(request: Request, server: Server | None) -> str:
    if server:
        return server.settings.prefix
    try:
        return str(request.app.url_path_for("home")).rstrip("/")
    except (KeyError, NoMatchFound):  # no application yet, or one without a home page
        return ""


@lru_cache
def _mark(name: str) -> str:
    """Some letters that tell a version of a file from others."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]


@lru_cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(SERVER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: dict[str, Callable[..., Any]] = {"clean": clean, "count": _count}
    environment.filters |= filters
    return environment


def _count(number: int, one: str, many: str = "") -> str:
    """A number and what is counted: ``1 passage``, ``1,204 passages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
