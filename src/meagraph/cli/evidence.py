"""``meagraph evidence``: the passages that state something of a thing, or that link two things."""

from __future__ import annotations

import argparse

from meagraph.cli import output
from meagraph.cli.graph import graph_arguments, opened
from meagraph.cli.terminal import width
from meagraph.project import sources_folder


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", help="a name, acronym, prefixed name or IRI")
    parser.add_argument(
        "other", metavar="OTHER", nargs="?", help="a second thing: the passages that link the two"
    )
    graph_arguments(parser)
    parser.add_argument("--source", metavar="DIR", help="the folder of the source documents")


def run(options: argparse.Namespace) -> int:
    """Find the things, then print passages with what they state, and readings with reasons."""
    from meagraph.evidence.account import account
    from meagraph.names import resolve

    folder = sources_folder(options.source)
    graph = opened(options)
    names = [name for name in (options.name, options.other) if name]
    things = [resolve(graph.store, name, output.note_given_up) for name in names]
    output.write(account(graph.store, things, folder).text(width()))
    return 0
