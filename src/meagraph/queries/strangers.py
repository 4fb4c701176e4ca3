"""Names in a query that the graph never uses: mostly slips of the pen, which no engine tells."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.namespaces import ONTOLOGY, PREFIXES, RDFS, compact, expand
from meagraph.tokens import query_tokens

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_OURS = PREFIXES["mea"][: -len("ontology#")]
_TERMS = f"SELECT ?term {{ ?term <{RDFS}isDefinedBy> <{ONTOLOGY.rstrip('#')}> }}"


def strangers(store: Queryable, sparql: str) -> dict[str, str]:
    """The names in our namespaces that a query has and the graph has nowhere.

    Args:
        store: the graph.
        sparql: a query that can be read.

    Returns:
        Each such name as it is written, with the name that may be meant, or an empty text.
    """
    found = {}
    for token in query_tokens(sparql):
        iri = expand(token.text) if token.kind == "name" else token.text[1:-1]
        is_ours = iri is not None and iri.startswith(_OURS) and iri not in PREFIXES.values()
        if token.kind in ("name", "iri") and is_ours and not _occurs(store, str(iri)):
            found[token.text] = _meant(store, str(iri))
    return found


def _occurs(store: Queryable, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    if any(next(store.quads_for_pattern(*one), None) is not None for one in patterns):
        return True
    return next(store.quads_for_pattern(None, None, None, node), None) is not None


def _meant(store: Queryable, iri: str) -> str:
    if iri.startswith(ONTOLOGY):
        solutions: Any = store.query(_TERMS)
        near = get_close_matches(compact(iri), [compact(term.value) for (term,) in solutions], n=1)
        return near[0] if near else ""
    from meagraph.names import FAINT, find

    matches = find(store, iri.rsplit("/", 1)[-1], limit=1, least=FAINT)
    return compact(matches[0].iri) if matches else ""
