"""``meagraph find``: the records that a name, an acronym or a near spelling may mean."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from meagraph.cli.progress import progress
from meagraph.errors import UnusableInput
from meagraph.names import FAINT, Match, find, given_up
from meagraph.namespaces import compact
from meagraph.project import find_project

if TYPE_CHECKING:
    from pyoxigraph import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", help="a label, acronym or symbol, in any spelling")
    parser.add_argument(
        "--limit", type=int, default=10, metavar="N", help="how many to list at most (10)"
    )
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    parser.epilog = "Try: meagraph find OEWG"


def run(options: argparse.Namespace) -> int:
    """List the matches, the best first."""
    from meagraph.graph import open_graph

    if options.limit < 1:
        raise UnusableInput("--limit is less than 1", hint="Write how many matches to list.")
    with progress() as tell:
        store = open_graph(find_project(options.root), progress=tell)
    matches = find(store, options.name, options.limit)
    if matches:
        _print_rows(matches, store)
        return 0
    print(f"meagraph: no record is called “{options.name}”", file=sys.stderr)
    nearest = find(store, options.name, limit=3, least=FAINT)
    if nearest:
        names = "; ".join(f"{match.label}, {compact(match.iri)}" for match in nearest)
        print(f"  Nearest: {names}", file=sys.stderr)
    else:
        print("  Try one word of its name, or its acronym.", file=sys.stderr)
    return 1


def _print_rows(matches: list[Match], store: Store) -> None:
    rows = [(match.label, compact(match.iri), _how(match, store)) for match in matches]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, iri, how in rows:
        print(f"{name:<{widths[0]}}  {iri:<{widths[1]}}  {how}")


def _how(match: Match, store: Store) -> str:
    """How the name fits, and which recorded name it is where that is not the label.

    Of a record that was given up, what happened to it.
    """
    how = match.how if match.matched == match.label else f"{match.how}: {match.matched}"
    return f"{how} ({given_up(store, match.was)})" if match.was else how
