"""``meagraph plot``: a picture of the answer to a stored question, written to a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.graph import graph_arguments, opened
from meagraph.cli.query import parameter_arguments, without_help
from meagraph.entries.replacement import check_file
from meagraph.errors import UnusableInput
from meagraph.pictures import PICTURES, draw, form_of, kind_of
from meagraph.project import find_project
from meagraph.queries import load_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.queries import Question


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which picture, and where it goes."""
    parser.usage = "meagraph plot PICTURE [--PARAMETER VALUE …] --output FILE [options]"
    pictures = "; ".join(f"{name}: {kind.meaning}" for name, kind in PICTURES.items())
    parser.add_argument("picture", metavar="PICTURE", nargs="?", help=pictures)
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="where the picture goes; its ending says how: .svg, .png, or .html for a page with "
        "the data as a table",
    )
    parser.add_argument("--title", metavar="TEXT", default="", help="what stands above it")
    parser.add_argument(
        "--most",
        type=int,
        metavar="N",
        help="draw at most so many pairs, bodies or topics, the strongest; the picture says what "
        "it leaves out",
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument(
        "--roll-up",
        action="store_true",
        default=None,
        help="network: count units, posts and staff for those that they belong to",
    )
    shown.add_argument(
        "--as-named",
        action="store_false",
        dest="roll_up",
        default=None,
        help="network: actors as the passages name them (default)",
    )
    graph_arguments(parser)
    parser.epilog = "Try: meagraph plot network --roll-up --output network.svg"


def more_arguments(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """Declare the parameters of the question that the picture shows.

    Raises:
        UnusableInput: there is no such picture, or its question has no such parameter.
    """
    known = without_help(words)
    if not known or known[0].startswith("-"):
        if len(known) < len(words):
            return
        raise UnusableInput(
            "no picture is named",
            hint=f"There are {', '.join(PICTURES)}; the name stands before everything else.",
        )
    kind = kind_of(known[0])
    where, _ = parser.parse_known_args(_of("--root", known))
    question = load_question(find_project(where.root), kind.question)
    parameter_arguments(parser, question, words)


def _of(option: str, words: Sequence[str]) -> list[str]:
    """An option with its value, as the words give it."""
    for place, word in enumerate(words):
        if word == option:
            return list(words[place : place + 2])
        if word.startswith(f"{option}="):
            return [word]
    return []


def run(options: argparse.Namespace) -> int:
    """Draw the picture; an empty answer is told, and no file is written."""
    file = _target(options.output)
    question: Question = options.question
    given = {
        name: getattr(options, f"value of {name}")
        for name in question.parameters
        if getattr(options, f"value of {name}")
    }
    graph = opened(options)
    sparql = graph.bound(question, given, output.note_given_up)
    table = graph.ask(question, given, sparql).table
    if not len(table):
        print(f"meagraph: nothing to draw. {table.empty}", file=sys.stderr)
        return 1
    settings = {"title": options.title, "most": options.most, "roll_up": options.roll_up}
    chosen = {name: value for name, value in settings.items() if value not in (None, "")}
    picture = draw(options.picture, table, graph.store, question, **chosen)
    picture.save(file)
    output.write(f"{file}: {picture.description}\n")
    return 0


def _target(file: str | None) -> Path:
    """Where the picture goes; refused before any work where it cannot go there.

    Raises:
        UnusableInput: no file is named, or its ending says nothing.
    """
    if file is None or file == "-":
        raise UnusableInput(
            "a picture is written to a file, and none is named",
            hint="Name one: --output picture.svg (or .png, or .html).",
        )
    form_of(file)
    path = Path(file)
    check_file(path)
    return path
