"""An endpoint as a graph that can be asked."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Store

from meagraph.endpoints import failures, patience
from meagraph.endpoints.address import read_address
from meagraph.endpoints.credentials import credentials_for
from meagraph.endpoints.deadline import Deadline
from meagraph.endpoints.exchange import Asker
from meagraph.endpoints.lookups import Lookups
from meagraph.endpoints.results import read_results
from meagraph.errors import UnusableInput
from meagraph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad, Triple

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


class Endpoint:
    """A SPARQL 1.1 endpoint; it is a `meagraph.queryable.Queryable`.

    Its default graph is to be the merge of the named ones (docs/exports.md). Look-ups by pattern
    are kept for as long as this object lives, queries are not. Who asks is taken from the
    environment (``MEAGRAPH_ENDPOINT_TOKEN``, or ``MEAGRAPH_ENDPOINT_USER`` and
    ``MEAGRAPH_ENDPOINT_PASSWORD``) or from netrc, and is sent to the endpoint's own origin only.
    Proxies of the environment are used as urllib uses them.

    Args:
        url: where the endpoint takes queries; http or https, without a user's name.
        timeout: seconds that one query may take as a whole, with all attempts.
        attempts: how often a busy endpoint (429, 503) is asked. Between attempts it is waited as
            long as ``Retry-After`` says, if that much time is left; else half a second, doubled
            each time, spread at random.
        default_graph: the IRI of the graph that holds the merge, for an engine without a default
            graph of its own; sent as ``default-graph-uri``.
        largest: the bytes that an answer may have, unpacked.

    Raises:
        UnusableInput: the address, a number or the credentials cannot be used.
    """

    def __init__(
        self,
        url: str,
        timeout: float = 60.0,
        attempts: int = 4,
        default_graph: str = "",
        largest: int = 1_000_000_000,
    ) -> None:
        if not timeout > 0 or attempts < 1:
            raise UnusableInput(
                "an endpoint is given more than no time, and at least one attempt",
                hint="timeout is in seconds, such as 60; attempts a number from 1.",
            )
        address = read_address(url)
        if default_graph:
            try:
                NamedNode(default_graph)
            except ValueError:
                hint = "Write it in full, as https://w3id.org/meagraph/graphs/merge."
                raise UnusableInput(f"“{default_graph}” is no IRI of a graph", hint=hint) from None
        self.url = url
        self.timeout = float(min(timeout, 10.0**6))
        self.attempts = attempts
        self.default_graph = default_graph
        self._asker = Asker(address, credentials_for(address.host), default_graph, largest)
        self._lookups = Lookups(self.query, default_graph)

    def __repr__(self) -> str:
        return f"<Endpoint {self._asker.address.shown}>"

    def query(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Any:
        """Answer a query with the objects that `pyoxigraph.Store.query` gives.

        Args:
            query: SPARQL 1.1.
            prefixes: prefixes that need not be declared; those it uses are written into it.

        Raises:
            SyntaxError: neither the endpoint nor the engine of this process can read the query.
            UnusableInput: the endpoint gives no answer; says what happened and what to try.
        """
        try:
            return self._answer(query, prefixes or {})
        except UnusableInput as error:
            # A server may repeat what it was sent, in any of its words.
            hidden = self._asker.credentials.hidden
            raise UnusableInput(hidden(error.message), hint=hidden(error.hint or "")) from None

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; ``None`` fits all, for the graph the merge and the named ones both.

        Raises:
            UnusableInput: as `query`; or a blank node is looked for, which has no name elsewhere.
        """
        return self._lookups.quads((subject, predicate, object, graph_name))

    def __contains__(self, quad: Quad) -> bool:
        """Whether the endpoint has the quad."""
        found = self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name)
        return next(found, None) is not None

    def _answer(self, query: str, prefixes: Mapping[str, str]) -> Any:
        form = _form(query)
        try:
            body, kind = self._patiently(_with_prefixes(query, prefixes), form)
        except failures.QueryRefused as refused:
            said = refused.said or "without a reason"
        else:
            return read_results(body, kind, form, self._asker.address)
        _check(query, prefixes)
        raise UnusableInput(
            f"the endpoint {self._asker.address.shown} refuses the query (400): {said}",
            hint="It is valid SPARQL 1.1; this engine may not know all of it, or limits it.",
        )

    def _patiently(self, sparql: str, form: str) -> tuple[bytes, str]:
        """Ask until the endpoint is not busy, or attempts or time have come to an end."""
        deadline = Deadline(self.timeout)
        for attempt in range(1, self.attempts):
            try:
                return self._asker.exchange(sparql, form, deadline)
            except failures.Busy as busy:
                wait = patience.retry_after(busy.retry_after)
                if wait is None:
                    wait = patience.backoff(attempt)
                if wait >= deadline.left:
                    raise failures.too_busy(busy, self._asker.address, attempt, wait) from None
            time.sleep(wait)
        try:
            return self._asker.exchange(sparql, form, deadline)
        except failures.Busy as busy:
            raise failures.too_busy(busy, self._asker.address, self.attempts, None) from None


def _form(query: str) -> str:
    """Which form a query has; SELECT for what has none, of which the endpoint may judge."""
    words = (token.text.upper() for token in tokens(query) if token.is_word(*_FORMS))
    return next(words, "SELECT")


def _with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """The query with those prefixes declared that it uses; its lines keep their numbers."""
    read = list(tokens(query))
    named = {token.text.partition(":")[0] for token in read if token.kind == "name"}
    declared = {
        token.text.partition(":")[0] for before, token in pairwise(read) if before.is_word("PREFIX")
    }
    missing = sorted((named & prefixes.keys()) - declared)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in missing) + query


def _check(query: str, prefixes: Mapping[str, str]) -> None:
    """Let the engine of this process judge a query that an endpoint does not take.

    Raises:
        SyntaxError: it cannot be read.
    """
    if "service" in query.lower():
        return  # the engine might call up another machine
    try:
        Store().query(query, prefixes=dict(prefixes))
    except SyntaxError:
        raise
    except Exception:  # it was read, which is all that was to be known
        return
