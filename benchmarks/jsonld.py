"""The graph in JSON-LD by PyLD: the peer of our JSON-LD, see ``benchmarks/exports.py``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pyld import jsonld
from pyoxigraph import BlankNode, DefaultGraph, Literal, Store

from meagraph.export.jsonld import context
from meagraph.namespaces import RDF, XSD


def framing(store: Store) -> Callable[[], bytes]:
    """What frames the whole merge by all classes of ours, from the store to bytes, as ours goes.

    PyLD has its cheapest case: links are left as references without names (``@embed: @never``).
    Its default embeds what is linked to, as ours does with names, and takes more than three
    minutes on the real graph. It is handed what it would have expanded; its own reader of N-Quads
    takes minutes too.
    """
    meaning = context(store)["@context"]

    def framed() -> bytes:
        expanded = _expanded(store)
        found = jsonld.frame(expanded, _frame(meaning, expanded))
        return json.dumps(found, ensure_ascii=False).encode()

    return framed


def _expanded(store: Store) -> list[dict[str, Any]]:
    """The merge as PyLD wants it; its own reader of N-Quads takes minutes for it."""
    nodes: dict[str, dict[str, Any]] = {}
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        subject, predicate, thing = quad.subject, quad.predicate.value, quad.object
        name = str(subject) if isinstance(subject, BlankNode) else subject.value
        node = nodes.setdefault(name, {"@id": name})
        if isinstance(thing, Literal):
            value = {"@value": thing.value}
            if thing.language:
                value["@language"] = thing.language
            elif thing.datatype.value != XSD + "string":
                value["@type"] = thing.datatype.value
            node.setdefault(predicate, []).append(value)
        else:
            other = str(thing) if isinstance(thing, BlankNode) else thing.value
            if predicate == RDF + "type":
                node.setdefault("@type", []).append(other)
            else:
                node.setdefault(predicate, []).append({"@id": other})
    return list(nodes.values())


def _frame(meaning: dict[str, Any], expanded: list[dict[str, Any]]) -> dict[str, Any]:
    """A frame that takes all things of any class of ours."""
    ours = sorted(
        {each for node in expanded for each in node.get("@type", ()) if "meagraph" in each}
    )
    # Reverse terms would make it find what leads to a thing, at a cost that is not asked of it.
    plain = {k: v for k, v in meaning.items() if not isinstance(v, dict) or "@reverse" not in v}
    return {"@context": plain, "@type": ours, "@embed": "@never"}
