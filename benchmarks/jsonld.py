"""JSON-LD of all entities against PyLD framing the graph: ``python benchmarks/jsonld.py [once]``.

Ours: from the store to the bytes of all files, schema.org among them. PyLD's: the merge, already
expanded, framed by all of our classes, to bytes; reading the graph is not counted against it.
Medians of pairs, in seconds that the process works. PyLD has its cheapest case, links left as
references without names (``@embed: @never``); with ``once`` also its default, which embeds what
is linked to, as ours does with names, and takes more than three minutes a run.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

from paired import compare, report
from pyld import jsonld
from pyoxigraph import BlankNode, DefaultGraph, Literal, Store

from meagraph.export.jsonld import context, files
from meagraph.graph import open_graph
from meagraph.namespaces import RDF, XSD
from meagraph.project import find_project

ROOT = Path(__file__).parent.parent
RUNS = {"@never": 5}
GOAL = "< 0.1"


def main() -> None:
    """Measure on the real graph."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEAGRAPH_CACHE"] = folder
        project = find_project(ROOT)
        store = Store()
        store.bulk_extend(open_graph(project))

        def ours() -> None:
            for make in files(store, project).values():
                make()

        expanded = _expanded(store)
        meaning = context(store)["@context"]
        print(f"{'':<58} {'meagraph':>11} {'PyLD':>11}")
        for embed, runs in (RUNS | ({"@once": 1} if "once" in sys.argv else {})).items():
            frame = _frame(meaning, expanded, embed)

            def peer(frame: dict[str, Any] = frame) -> None:
                json.dumps(jsonld.frame(expanded, frame), ensure_ascii=False).encode()

            name = f"real graph, {len(expanded):,} nodes, PyLD {embed}"
            report(name, compare(ours, peer, runs, time.process_time), GOAL)
        tracemalloc.start()
        ours()
        print(f"peak memory of ours: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB")


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


def _frame(meaning: dict[str, Any], expanded: list[dict[str, Any]], embed: str) -> dict[str, Any]:
    """A frame that takes all things of any class of ours."""
    ours = sorted(
        {each for node in expanded for each in node.get("@type", ()) if "meagraph" in each}
    )
    # Reverse terms would make it find what leads to a thing, at a cost that is not asked of it.
    plain = {k: v for k, v in meaning.items() if not isinstance(v, dict) or "@reverse" not in v}
    return {"@context": plain, "@type": ours, "@embed": embed}


if __name__ == "__main__":
    main()
