"""``meagraph describe``: what the graph says of one thing, and where each fact comes from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.cli import output
from meagraph.cli.terminal import width
from meagraph.evidence.description import describe
from meagraph.evidence.outline import Group, Row, is_given_up, outline
from meagraph.namespaces import compact
from meagraph.project import find_project
from meagraph.tables import shortened, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

    from meagraph.evidence.description import Description, Fact
    from meagraph.evidence.outline import Section

_MOST = 8


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
        help=f"list everything; else the first {_MOST} lines of each property or role",
    )
    parser.add_argument("--store", metavar="DIR", help="where the built graph is kept")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """Find the thing and print what is said of it."""
    from meagraph.graph import open_graph
    from meagraph.names import resolve

    store = open_graph(find_project(options.root), Path(options.store) if options.store else None)
    iri = resolve(store, options.name, output.note_given_up)
    if options.format == "turtle":
        output.write(_turtle(store, iri))
        return 0
    description = describe(store, iri)
    if options.format == "json":
        output.write(_json(description))
    else:
        sections = outline(store, description)
        output.write(_text(description, sections, width(), 0 if options.all else _MOST))
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


def _text(description: Description, sections: Iterable[Section], cells: int, most: int) -> str:
    kinds = ", ".join(description.shown(kind) for kind in description.kinds)
    kinds = kinds or ("withdrawn" if is_given_up(description) else "no kind stated")
    lines = [
        description.shown(NamedNode(description.iri)),
        f"{kinds} · {shortened(description.iri)}",
        description.iri,
    ]
    for section in sections:
        lines += ["", section.title] if section.title else [""]
        lines += _columns([_cut(group, most) for group in section.groups], cells)
    return "\n".join(lines) + "\n"


def _cut(group: Group, most: int) -> Group:
    """The group, or its first rows and how many more there are; never one more alone."""
    left = len(group.rows) - most
    if not most or left < 2:
        return group
    return Group(group.name, (*group.rows[:most], Row(f"… and {left} more: --all", "")))


def _columns(groups: Iterable[Group], cells: int) -> list[str]:
    """Three columns, the first and the last as wide as they need within bounds."""
    groups = list(groups)
    first = min(max(len(group.name) for group in groups), cells // 4)
    last = min(max(len(row.origin) for group in groups for row in group.rows), cells // 3)
    middle = max(12, cells - first - last - 4)
    lines = []
    for group in groups:
        for place, row in enumerate(group.rows):
            folded = [wrap(group.name if not place else "", first), wrap(row.value, middle)]
            folded.append(wrap(row.origin, last))
            for number in range(max(map(len, folded))):
                parts = [column[number] if number < len(column) else "" for column in folded]
                lines.append(f"{parts[0]:<{first}}  {parts[1]:<{middle}}  {parts[2]}".rstrip())
    return lines
