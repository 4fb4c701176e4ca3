"""The endpoint for people: a form, examples to begin with, and the results as a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from starlette.concurrency import run_in_threadpool

from meagraph.queries import standalone, without_header
from meagraph.server.problems import Problem
from meagraph.server.sparql.ending import problem
from meagraph.server.sparql.forms import FORMS
from meagraph.server.workers import Ended
from meagraph.server.workers import request as worded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from meagraph.server.serving import Server
    from meagraph.server.sparql.asking import Asking
    from meagraph.server.sparql.reading import Dataset, Reading
    from meagraph.server.workers import Asked, Pool

_ROWS = 1000
"""The rows that a page shows."""
_BYTES = 2 << 20
"""The bytes of results from which on a page shows what it has."""
_BEGIN = """SELECT ?class (COUNT(?thing) AS ?things) WHERE {
  ?thing a ?class .
}
GROUP BY ?class
ORDER BY DESC(?things)
"""
_NAMES = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
_GRAPH_NAMES = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


class Cell(NamedTuple):
    """A term in a table: its text, the IRI it may be, and the language or datatype it may have."""

    text: str
    iri: str = ""
    kind: str = ""


class Shown(NamedTuple):
    """What a page shows of an answer.

    Args:
        columns: the variables.
        rows: the first rows.
        whole: whether there are no others.
        boolean: what an ASK gave.
    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    whole: bool = True
    boolean: bool | None = None


async def page(
    request: Request,
    server: Server,
    asking: Asking,
    read: Reading | None = None,
    graphs: Dataset | None = None,
    watch: Callable[[Asked], object] | None = None,
) -> str:
    """The page of the endpoint, with the answer to what is asked, if anything is.

    Args:
        request: what the page is for.
        server: whose endpoint it is.
        asking: the parameters of the request.
        read: its query, if it has one.
        graphs: the dataset of the query; ``None`` for the graph as it is.
        watch: called with a query that takes its time, to end it when its client goes away.

    Raises:
        Problem: the query was not answered.
        UnusableInput: as `Problem`.
    """
    shown = None
    if read and asking.query is not None:
        client = request.client.host if request.client else ""
        form = {"rows": "tsv", "boolean": "json", "graph": "nt"}[read.kind]
        base = server.address("/sparql") if read.relative else None
        timeout = server.settings.timeout
        message = worded(asking.query, read.prefixes, timeout, form, graphs, base)
        try:
            content, whole = await _beginning(server.pool, client, message, watch)
        except Ended as ended:
            settings = server.settings
            raise await run_in_threadpool(problem, ended, asking.query, settings) from None
        shown = await run_in_threadpool(_shown, content, whole, read)
    return await run_in_threadpool(_rendered, request, server, asking, read, shown)


async def _beginning(
    pool: Pool, client: str, message: bytes, watch: Callable[[Asked], object] | None
) -> tuple[bytes, bool]:
    """The beginning of an answer as lines, and whether it is all of it."""
    content, lines = bytearray(), 0
    asked = pool.ask(client, message)
    asked.watch = partial(watch, asked) if watch else None
    try:
        while lines <= _ROWS and len(content) < _BYTES:
            piece = await asked.piece()
            if not piece:
                return bytes(content), True
            content += piece
            lines += piece.count(b"\n")
    finally:
        pool.cancel(asked)
    return bytes(content[: content.rfind(b"\n") + 1]), asked.read


def _shown(content: bytes, whole: bool, read: Reading) -> Shown:
    from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

    if read.kind == "boolean":
        boolean = parse_query_results(content, format=QueryResultsFormat.JSON)
        return Shown(boolean=bool(boolean))
    if read.kind == "graph":
        found = [quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)]
        columns: Sequence[str] = ("subject", "predicate", "object")
    else:
        solutions = parse_query_results(content, format=QueryResultsFormat.TSV)
        columns = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
        found = [tuple(solution) for solution in solutions]  # type: ignore[union-attr]
    rows = [[_cell(term) for term in row] for row in found[:_ROWS]]
    return Shown(columns, rows, whole and len(found) <= _ROWS)


def _cell(term: object) -> Cell:
    from pyoxigraph import Literal, NamedNode

    from meagraph.namespaces import XSD
    from meagraph.tables import shortened

    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        return Cell(shortened(term.value), term.value)
    if not isinstance(term, Literal):
        return Cell(str(term))
    plain = term.language is None and term.datatype.value == XSD + "string"
    return Cell(term.value, "", "" if plain else term.language or shortened(term.datatype.value))


def _rendered(
    request: Request, server: Server, asking: Asking, read: Reading | None, shown: Shown | None
) -> str:
    from meagraph.server.pages.rendering import html

    query = asking.query
    if query is None:
        query = _example(server, asking.example)
    return html(
        request,
        server,
        "sparql.html",
        query=query,
        graphs={"default-graph-uri": asking.default, "named-graph-uri": asking.named},
        shown=shown,
        downloads=_downloads(asking, read),
        themes=_themes(server),
        endpoint=server.address("/sparql"),
        limits=server.settings,
    )


def _example(server: Server, name: str) -> str:
    """The text of a stored question, as any tool takes it."""
    if not name:
        return standalone(_BEGIN)
    question = server.edition.questions.get(name)
    if question is None:
        raise Problem(404, f"there is no stored question “{name[:100]}”")
    return standalone(without_header(question.text)).lstrip()


def _downloads(asking: Asking, read: Reading | None) -> dict[str, dict[str, object]]:
    """By name of a form, the parameters that give the same answer in it."""
    if not read:
        return {}
    graphs = {"default-graph-uri": list(asking.default), "named-graph-uri": list(asking.named)}
    names = {**_NAMES, **_GRAPH_NAMES}
    forms = dict.fromkeys(FORMS[read.kind].values())
    return {names[form]: {"query": asking.query, **graphs, "format": form} for form in forms}


def _themes(server: Server) -> Mapping[str, list[tuple[str, str]]]:
    """The stored questions by theme: name and what each asks."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for question in server.edition.questions.values():
        themes.setdefault(question.theme, []).append((question.name, question.summary))
    return themes
