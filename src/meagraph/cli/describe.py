"""``meagraph describe``: what the graph says of one thing, and where each fact comes from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.cli import output
from meagraph.cli.graph import graph_arguments, opened
from meagraph.cli.terminal import width
from meagraph.evidence.portrait import MOST, portrait
from meagraph.namespaces import compact

if TYPE_CHECKING:
    from meagraph.evidence.description import Description, Fact
    from meagraph.queryable import Queryable


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", help="a name, acronym, prefixed name or IRI")
    parser.add_argument(
        "--format",
        choices=("table", "json", "turtle"),
        default="table",
        help="how it is written (default: table)",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"list everything; else the first {MOST} lines of each property or role",
    )
    graph_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Find the thing and print what is said of it."""
    from meagraph.names import resolve

    store = opened(options).store
    iri = resolve(store, options.name, output.note_given_up)
    if options.format == "turtle":
        output.write(_turtle(store, iri))
        return 0
    found = portrait(store, iri)
    if options.format == "json":
        output.write(_json(found.description))
    else:
        output.write(found.text(width(), 0 if options.all else MOST))
    return 0


def _turtle(store: Queryable, iri: str) -> str:
    from pyoxigraph import DefaultGraph

    thing, merge = NamedNode(iri), DefaultGraph()
    quads = [*store.quads_for_pattern(thing, None, None, merge)]
    quads += store.quads_for_pattern(None, None, thing, merge)
    triples = sorted({quad.triple for quad in quads}, key=str)
    return output.turtle(triples)


def _json(description: Description) -> str:
    import json

    facts = [_data(description, fact, "object") for fact in description.facts]
    references = [_data(description, fact, "subject") for fact in description.references]
    data = {
        "iri": description.iri,
        "name": compact(description.iri),
        "label": description.shown(NamedNode(description.iri)),
        "kinds": [_named(description, kind) for kind in description.kinds],
        "facts": facts,
        "references": references,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(description: Description, fact: Fact, end: str) -> dict[str, Any]:
    value = getattr(fact.statement, end)
    if isinstance(value, NamedNode):
        shown: dict[str, Any] = _named(description, value)
    else:
        shown = {"value": getattr(value, "value", str(value))}
        datatype = getattr(value, "datatype", None)
        shown |= {"datatype": datatype.value} if datatype else {}
        language = getattr(value, "language", None)
        shown |= {"lang": language} if language else {}
    return {
        "property": _named(description, fact.statement.predicate),
        end: shown,
        "roles": [_named(description, role) for role in fact.statement.roles],
        "origins": [
            {"kind": one.kind, "graph": one.iri, "name": one.name, "entailed": one.entailed}
            for one in fact.origins
        ],
    }


def _named(description: Description, term: NamedNode) -> dict[str, Any]:
    return {"iri": term.value, "label": description.shown(term)}
