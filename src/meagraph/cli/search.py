"""``meagraph search``: the entities, claims and readings that some words are about."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.answers import check_form, deliver, form_arguments
from meagraph.cli.graph import graph_arguments, opened
from meagraph.cli.terminal import width
from meagraph.errors import UnusableInput
from meagraph.search import FOR_A_TERMINAL, hits_as_table
from meagraph.tables import labels_of, render

if TYPE_CHECKING:
    from meagraph.queryable import Queryable


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help="words to look for; a phrase in double quotes; the last word may be begun only",
    )
    parser.add_argument(
        "--kind",
        metavar="CLASS",
        nargs="+",
        action="extend",
        default=[],
        help="only things of these classes, such as meeting or mea:Activity",
    )
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="how many to list at most (20)"
    )
    form_arguments(parser)
    graph_arguments(parser)
    parser.epilog = "Try: meagraph search gold mining --kind activity"


def run(options: argparse.Namespace) -> int:
    """List the hits, the best first; 1 if there is none."""
    if options.limit < 1:
        raise UnusableInput("--limit is less than 1", hint="Write how many hits to list.")
    check_form(options)
    text = " ".join(options.text)
    graph = opened(options)
    hits = graph.index.search(text, options.limit, options.kind)
    columns = options.columns
    if columns is None and options.format == "table":
        columns = FOR_A_TERMINAL
    passages = sorted({passage for hit in hits for passage in hit.passages})
    table = hits_as_table(hits, text, labels_of(graph.store, passages))
    if columns:
        table = table.select(columns)
    if hits or options.format != "table":
        deliver(options, render(table, options.format, width=width()))
    if not hits:
        _tell_nearest(graph.store, text)
        return 1
    if hits[0].missing:
        output.note("nothing has all of these words; what is listed has some of them")
    return 0


def _tell_nearest(store: Queryable, text: str) -> None:
    """Say that there is nothing, and which names come near."""
    from meagraph.names import FAINT, find
    from meagraph.namespaces import compact

    print(f"meagraph: nothing in the graph has the words “{text}”", file=sys.stderr)
    nearest = find(store, text, limit=3, least=FAINT)
    if nearest:
        names = "; ".join(f"{match.label}, {compact(match.iri)}" for match in nearest)
        print(f"  Nearest: {names}", file=sys.stderr)
    else:
        print("  Try other words, or the beginning of one.", file=sys.stderr)
