"""What an endpoint sends, read into the objects that a store of this process gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse_query_results

from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from meagraph.endpoints.address import Address

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

_ROWS = frozenset((ROWS, "application/json"))
_TRIPLES = {
    TRIPLES: RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "text/plain": RdfFormat.N_TRIPLES,  # what N-Triples had before it got a type of its own
}
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_HINT = (
    "Is this the address of the query service itself, and not of its page for people? It often "
    "ends in /query or /sparql."
)


def accepted(form: str) -> str:
    """The value of ``Accept`` for a form of query."""
    return f"{TRIPLES}, text/turtle;q=0.9" if form in ("CONSTRUCT", "DESCRIBE") else ROWS


def read_results(body: bytes, kind: str, form: str, address: Address) -> Any:
    """The answer in a body, which is read to its end before anything is given.

    Args:
        body: what was sent: SPARQL 1.1 Query Results JSON, N-Triples or Turtle.
        kind: its media type, empty where the server names none.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        address: the endpoint, for messages.

    Returns:
        pyoxigraph's ``QuerySolutions``, ``QueryBoolean`` or ``QueryTriples``.

    Raises:
        UnusableInput: it is something else, empty or incomplete.
    """
    if not body.strip() and form in ("SELECT", "ASK"):
        raise UnusableInput(f"{address.shown} sends an empty answer", hint=_HINT)
    is_page = "html" in kind or body[:200].lstrip()[:1] == b"<"
    known = _ROWS if form in ("SELECT", "ASK") else _TRIPLES.keys()
    if (kind and kind not in known) or (is_page and form in ("SELECT", "ASK")):
        what = "a web page" if "html" in kind else kind or "something else"
        raise UnusableInput(f"{address.shown} sends {what} instead of an answer", hint=_HINT)
    try:
        found = _rows(body, form) if form in ("SELECT", "ASK") else _triples(body, kind)
    except (SyntaxError, ValueError) as error:
        problem = str(error)
    else:
        if found is not None:
            return found
        asked, sent = ("rows", "yes or no") if form == "SELECT" else ("yes or no", "rows")
        raise UnusableInput(
            f"{address.shown} was asked for {asked} and sends {sent}",
            hint="It is no SPARQL endpoint, or has a fault: tell who runs it.",
        )
    # Raised here, where nothing holds what was read: it must end in the thread that made it.
    raise UnusableInput(
        f"what {address.shown} sends is no answer to a query, or only a part of one: {problem}",
        hint=f"{_HINT} If it is, ask again.",
    )


def _triples(body: bytes, kind: str) -> Any:
    graph = Store()
    graph.load(body, format=_TRIPLES[kind or TRIPLES])
    return graph.query(_ALL)


def _rows(body: bytes, form: str) -> Any:
    """Rows for SELECT, yes or no for ASK; ``None`` where the one was sent in place of the other."""
    results: Any = parse_query_results(body, QueryResultsFormat.JSON)
    has_rows = hasattr(results, "variables")
    if has_rows:
        # Read to the end first, and again for whoever asked: faults show only in reading.
        rows = sum(1 for _ in results)
        results = parse_query_results(body, QueryResultsFormat.JSON)
    if form == "ASK" and has_rows and rows <= 1:
        # Virtuoso answers ASK with a row or none.
        said = b"true" if rows and _is_true(results) else b"false"
        answer = b'{"head":{},"boolean":' + said + b"}"
        return parse_query_results(answer, QueryResultsFormat.JSON)
    return results if has_rows == (form == "SELECT") else None


def _is_true(results: Any) -> bool:
    first = next(iter(next(results)), None)
    return getattr(first, "value", "true") not in ("0", "false")
