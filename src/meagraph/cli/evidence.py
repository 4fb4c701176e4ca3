"""``meagraph evidence``: the passages that state something of a thing, or that link two things."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from meagraph.cli import output
from meagraph.cli.terminal import width
from meagraph.evidence import cite, texts_of
from meagraph.evidence.statements import readings_about, stated_about, stated_between
from meagraph.namespaces import compact
from meagraph.project import find_project, sources_folder
from meagraph.tables import iris, labels_of, shortened, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Store

    from meagraph.evidence import Text
    from meagraph.evidence.statements import Reading, Stated, Statement


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", help="a name, acronym, prefixed name or IRI")
    parser.add_argument(
        "other", metavar="OTHER", nargs="?", help="a second thing: the passages that link the two"
    )
    parser.add_argument("--store", metavar="DIR", help="where the built graph is kept")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    parser.add_argument("--source", metavar="DIR", help="the folder of the source documents")


def run(options: argparse.Namespace) -> int:
    """Find the things, then print passages with what they state, and readings with reasons."""
    from meagraph.graph import open_graph
    from meagraph.names import resolve

    folder = sources_folder(options.source)
    store = open_graph(find_project(options.root), Path(options.store) if options.store else None)
    things = [
        resolve(store, name, output.note_given_up) for name in (options.name, options.other) if name
    ]
    if len(things) > 1:
        stated, readings = stated_between(store, *things), []
        nothing = "No passage links the two."
    else:
        stated, readings = stated_about(store, *things), readings_about(store, *things)
        nothing = "No passage states anything of it."
    labels = _labels(store, things, stated, readings)
    texts = texts_of([each.citation for each in stated], folder)
    cells = width()
    blocks = ["\n".join(f"{_shown(labels, NamedNode(iri))} · {compact(iri)}" for iri in things)]
    if len(things) == 1:
        labels[things[0]] = "it"  # its name stands above
    blocks += [_passage(each, labels, texts, cells) for each in stated] or [nothing]
    if readings:
        blocks.append("Readings")
        blocks += [_reading(reading, labels, cells) for reading in readings]
    output.write("\n\n".join(blocks) + "\n")
    return 0


def _labels(
    store: Store, things: list[str], stated: list[Stated], readings: list[Reading]
) -> dict[str, str]:
    terms = [(*statement[:3], *statement.roles) for each in stated for statement in each.statements]
    named = iris([map(NamedNode, things), *terms, *(reading.kinds for reading in readings)])
    labels = labels_of(store, named)
    passages = cite(store, (name for name in named if name not in labels))
    return labels | {name: one.name for name, one in passages.items() if one.document}


def _shown(labels: Mapping[str, str], term: object) -> str:
    if isinstance(term, NamedNode):
        return labels.get(term.value) or shortened(term.value)
    return str(getattr(term, "value", term))


def _passage(
    stated: Stated, labels: Mapping[str, str], texts: Mapping[str, Text], cells: int
) -> str:
    citation = stated.citation
    lines = [f"{citation.name}  {citation.url}".rstrip()]
    for statement in stated.statements:
        folded = wrap(_sentence(statement, labels), max(20, cells - 4))
        lines += [
            f"{'  - ' if number == 0 else '    '}{line}" for number, line in enumerate(folded)
        ]
    return "\n".join([*lines, *output.passage_text(texts[citation.passage], cells)])


def _sentence(statement: Statement, labels: Mapping[str, str]) -> str:
    subject, predicate, value = (_shown(labels, term) for term in statement[:3])
    roles = ", ".join(_shown(labels, role) for role in statement.roles)
    return f"{subject} · {predicate} · {value}" + (f" ({roles})" if roles else "")


def _reading(reading: Reading, labels: Mapping[str, str], cells: int) -> str:
    kinds = ", ".join(_shown(labels, kind) for kind in reading.kinds) or "reading"
    lines = [f"{reading.citation.name}: {kinds}"]
    lines += [f"  {line}" for line in wrap(reading.reason or "no reason given", cells - 2)]
    return "\n".join(lines)
