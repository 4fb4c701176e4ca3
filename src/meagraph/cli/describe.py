"""``meagraph describe``: what the graph says of one thing, and where each fact comes from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.cli import output
from meagraph.cli.terminal import width
from meagraph.evidence.description import describe
from meagraph.evidence.statements import AGENT, TYPE
from meagraph.namespaces import compact
from meagraph.project import find_project
from meagraph.tables import shortened, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

    from meagraph.evidence.description import Description, Fact


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", help="a name, acronym, prefixed name or IRI")
    parser.add_argument(
        "--format",
        choices=("table", "json", "turtle"),
        default="table",
        help="how it is written (default: table)",
    )
    parser.add_argument("--store", metavar="DIR", help="where the built graph is kept")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Find the thing and print what is said of it."""
    from meagraph.graph import open_graph
    from meagraph.names import resolve

    store = open_graph(find_project(options.root), Path(options.store) if options.store else None)
    iri = resolve(store, options.name)
    if options.format == "turtle":
        output.write(_turtle(store, iri))
        return 0
    description = describe(store, iri)
    if options.format == "json":
        output.write(_json(description))
    else:
        output.write(_text(description, width()))
    return 0


def _turtle(store: Store, iri: str) -> str:
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


def _text(description: Description, cells: int) -> str:
    kinds = ", ".join(description.shown(kind) for kind in description.kinds) or "no kind stated"
    lines = [
        description.shown(NamedNode(description.iri)),
        f"{kinds} · {shortened(description.iri)}",
        description.iri,
    ]
    stated = [fact for fact in description.facts if fact.statement.predicate != TYPE]
    if stated:
        rows = [
            (_property(description, fact, of_object=False), _value(description, fact), _from(fact))
            for fact in stated
        ]
        lines += ["", *_columns(rows, cells)]
    if description.references:
        rows = [
            (
                _property(description, fact, of_object=True),
                description.shown(fact.statement.subject),
                _from(fact),
            )
            for fact in description.references
        ]
        lines += ["", "Referred to by", *_columns(rows, cells)]
    return "\n".join(lines) + "\n"


def _property(description: Description, fact: Fact, *, of_object: bool) -> str:
    statement = fact.statement
    roles = ", ".join(description.shown(role) for role in statement.roles)
    if statement.predicate == AGENT:
        return f"{roles or 'agent'} in" if of_object else roles or "agent"
    label = description.shown(statement.predicate)
    return f"← {label}" if of_object else label


def _value(description: Description, fact: Fact) -> str:
    return description.shown(fact.statement.object)


def _from(fact: Fact) -> str:
    return ", ".join(map(str, fact.origins))


def _columns(rows: Iterable[tuple[str, str, str]], cells: int) -> list[str]:
    """Three columns, the first as wide as it needs, the property named once."""
    rows = list(rows)
    first = min(max(len(row[0]) for row in rows), cells // 4)
    last = min(max(len(row[2]) for row in rows), cells // 3)
    middle = max(12, cells - first - last - 4)
    lines = []
    before = None
    for name, value, origin in rows:
        folded = [wrap(name if name != before else "", first), wrap(value, middle)]
        folded.append(wrap(origin, last))
        before = name
        for number in range(max(map(len, folded))):
            parts = [column[number] if number < len(column) else "" for column in folded]
            lines.append(f"{parts[0]:<{first}}  {parts[1]:<{middle}}  {parts[2]}".rstrip())
    return lines
