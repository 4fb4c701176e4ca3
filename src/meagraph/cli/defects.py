"""``meagraph defects``: the stored question of that name, with all that ``query`` can do."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from meagraph.cli import query
from meagraph.project import find_project
from meagraph.queries import load_question

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUESTION = "defects"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that every question has."""
    query.answer_arguments(parser)


def more_arguments(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """Declare the parameters of the question.

    Raises:
        UnusableInput: the graph has no such question, or it has no such parameter.
    """
    options, _ = parser.parse_known_args(query.without_help(words))
    question = load_question(find_project(options.root), _QUESTION)
    query.parameter_arguments(parser, question, words)


def run(options: argparse.Namespace) -> int:
    """Answer the question as ``meagraph query defects`` does."""
    return query.run(options)
