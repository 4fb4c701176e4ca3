"""What must be known of a query before it is evaluated, from its tokens."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from meagraph.namespaces import BASE, PREFIXES
from meagraph.queries.sparql import examined
from meagraph.server.problems import Problem
from meagraph.tokens import Token, at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Store

    from meagraph.server.sparql.asking import Asking
    from meagraph.server.sparql.forms import Kind

MERGE = BASE + "graphs/merge"
"""What our default graph is called where an engine has none of its own, and so here, too."""

_KINDS: Mapping[str, Kind] = {
    "SELECT": "rows",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}

_FICKLE = ("NOW", "RAND", "UUID")
"""How the functions end that give something else at each time; ``STRUUID`` is one of them."""

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")

Dataset = tuple[tuple[str, ...], tuple[str, ...]]
"""The graphs of the default graph, the empty one for our own, and the named graphs."""


class Reading(NamedTuple):
    """A query that may be evaluated.

    Args:
        kind: what it gives.
        prefixes: ours that it uses; fewer are cheaper.
        clauses: of its dataset: whether the graph is a named one, its IRI, and where it stands.
        relative: whether it has IRIs that are relative to the endpoint's.
        lasting: whether its answer is the same as long as the graph is.
    """

    kind: Kind
    prefixes: Mapping[str, str]
    clauses: tuple[tuple[bool, str, int], ...]
    relative: bool
    lasting: bool


def reading(sparql: str, longest: int) -> Reading:
    """Read a query.

    Args:
        sparql: the query.
        longest: the characters that it may have.

    Raises:
        UnusableInput: it must not be evaluated; see `meagraph.queries.sparql.refuse`.
        Problem: it is too long.
    """
    if len(sparql) > longest:
        raise Problem(
            413,
            f"the query has {len(sparql):,} characters; {longest:,} are the most",
            "Ask it in parts, with fewer values in each.",
        )
    read = examined(sparql, dataset=True)
    form = next((token.text.upper() for token in read if token.is_word(*_KINDS)), "SELECT")
    used = {token.text.partition(":")[0] for token in read if token.kind == "name"}
    prefixes = {name: PREFIXES[name] for name in used & PREFIXES.keys()}
    relative = any(token.kind == "iri" and not _ABSOLUTE.match(token.text) for token in read)
    lasting = not any(
        token.kind == "word" and token.text.upper().endswith(_FICKLE) for token in read
    )
    return Reading(_KINDS[form], prefixes, tuple(_clauses(read)), relative, lasting)


def _clauses(read: Sequence[Token]) -> list[tuple[bool, str, int]]:
    found = []
    for number, token in enumerate(read):
        if not token.is_word("FROM"):
            continue
        graph = read[number + 1 : number + 3]
        named = bool(graph) and graph[0].is_word("NAMED")
        if graph[named:]:
            found.append((named, _iri(graph[named], read), graph[named].start))
    return found


def _iri(token: Token, read: Sequence[Token]) -> str:
    """The IRI that a token stands for; the token's text where it stands for none."""
    base, declared = "", dict(PREFIXES)
    for before, after in pairwise(read):
        if after.start >= token.start or after.kind != "iri":
            continue
        if before.is_word("BASE"):
            base = urljoin(base, after.text[1:-1])
        elif before.kind == "name" and before.text.endswith(":"):
            declared[before.text[:-1]] = urljoin(base, after.text[1:-1])
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    if token.kind != "name":
        return token.text
    prefix, _, local = token.text.partition(":")
    return declared.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)


def dataset(asking: Asking, read: Reading, store: Store) -> Dataset | None:
    """The graphs that a query is asked of; ``None`` for the graph as it is.

    What the request says goes before what the query says (protocol, section 2.1.4); a graph that is
    not here is empty there, and refused in the query, which would have it fetched.

    Raises:
        UnusableInput: the query names a graph that is not in the store.
    """
    if asking.default or asking.named:
        return tuple("" if iri == MERGE else iri for iri in asking.default), asking.named
    if not read.clauses:
        return None
    for named, iri, start in read.clauses:
        if (named or iri != MERGE) and not _holds(store, iri):
            raise at(
                asking.query or "",
                start,
                "there is no such graph here, and none is fetched",
                f"The passages are named graphs; all of them together are {MERGE}.",
            )
    default = tuple("" if iri == MERGE else iri for named, iri, _ in read.clauses if not named)
    return default, tuple(iri for named, iri, _ in read.clauses if named)


def _holds(store: Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(NamedNode(iri))
    except ValueError:
        return False
