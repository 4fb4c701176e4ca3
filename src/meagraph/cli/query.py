"""``meagraph query``: answer a stored question, or any SPARQL query."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.answers import check_form, form_arguments, print_answer
from meagraph.cli.graph import graph_arguments, opened
from meagraph.errors import UnusableInput
from meagraph.project import find_project
from meagraph.queries import (
    RESERVED,
    defaults_used,
    load_question,
    read_question,
    standalone,
    unknown_parameter,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.queries import Question
    from meagraph.queryable import Queryable

_HELP = frozenset(("-h", "--help"))
TIMEOUT = 60.0
"""Seconds that a query which is not stored may take, unless the reader says otherwise."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what names the question, and the options that every question has."""
    parser.usage = "meagraph query NAME [--PARAMETER VALUE …] [options]"
    parser.add_argument(
        "name",
        metavar="NAME",
        nargs="?",
        help="a stored question (meagraph questions lists them), or a SPARQL query",
    )
    parser.add_argument("--file", metavar="FILE", help="a file with a query; - for standard input")
    answer_arguments(parser)


def answer_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that every question has."""
    parser.add_argument("--evidence", action="store_true", help="show the passages cited, too")
    form_arguments(parser)
    parser.add_argument("--limit", type=int, metavar="N", help="the first N rows")
    parser.add_argument(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help="end the evaluation after so many seconds "
        f"(a query of your own: {TIMEOUT:g}; a stored question: none)",
    )
    parser.add_argument(
        "--explain", action="store_true", help="print the SPARQL that would be asked; ask nothing"
    )
    graph_arguments(parser)
    parser.add_argument("--source", metavar="DIR", help="the folder of the source documents")


def more_arguments(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """Declare the parameters of the question that the words of the command line name.

    Raises:
        UnusableInput: there is no such question, or it has no such parameter.
    """
    known = without_help(words)
    options, _ = parser.parse_known_args(_without_parameters(known))
    asks_help = len(known) < len(words)
    if options.name is None and options.file is None:
        if asks_help:
            return
        raise UnusableInput(
            "no question is named",
            hint="meagraph questions lists them, and the name stands before its parameters; "
            "meagraph query 'SELECT …' asks one of your own.",
        )
    parameter_arguments(parser, _question(options), words)


def without_help(words: Sequence[str]) -> list[str]:
    """The words without those that ask for help."""
    return [word for word in words if word not in _HELP]


def parameter_arguments(
    parser: argparse.ArgumentParser, question: Question, words: Sequence[str]
) -> None:
    """Declare a question's parameters, and let the parser give the question to `run`.

    Raises:
        UnusableInput: the words give a parameter that the question does not have.
    """
    parser.set_defaults(question=question)
    if question.summary:
        parser.description = f"{question.summary}\n\n{question.description}".strip()
    if question.parameters:
        group = parser.add_argument_group("parameters of this question")
        for name in question.parameters:
            group.add_argument(
                f"--{name}",
                dest=f"value of {name}",
                metavar="VALUE",
                nargs="+",
                action="extend",
                help=_explained(question, name).replace("%", "%%"),
            )
    known = without_help(words)
    if len(known) < len(words):
        return
    for word in parser.parse_known_args(known)[1]:
        if word.startswith("--"):
            raise unknown_parameter(question, word[2:].partition("=")[0])


def _without_parameters(words: Sequence[str]) -> list[str]:
    """The words without options that are not ours, and without their values."""
    kept = []
    is_ours = True
    for word in words:
        if word.startswith("--"):
            is_ours = word[2:].partition("=")[0] in RESERVED
        if is_ours:
            kept.append(word)
    return kept


def _question(options: argparse.Namespace) -> Question:
    if options.file is not None:
        if options.name is not None:
            raise UnusableInput(
                "a query is given twice: by --file and by name", hint="Leave one of them out."
            )
        return read_question(_text(options.file), "" if options.file == "-" else options.file)
    if any(sign in options.name for sign in "{ \n"):
        return read_question(options.name)
    return load_question(find_project(options.root), options.name)


def _text(file: str) -> str:
    try:
        raw = _bytes(file)
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(
            f"the query cannot be read: {getattr(error, 'strerror', None) or error}", file=file
        ) from None


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    with open(file, "rb") as opened:
        return opened.read()


def _explained(question: Question, name: str) -> str:
    parameter = question.parameters[name]
    parts = [parameter.label, f"({parameter.scheme or parameter.kind or parameter.datatype})"]
    if parameter.description:
        parts.append(parameter.description.rstrip("."))
    if parameter.required:
        parts.append("required")
    elif parameter.default.upper() == "UNDEF":
        parts.append("default: any")
    else:
        parts.append(f"default: {parameter.default}; any lifts it")
    if parameter.many:
        parts.append("several values may be given")
    if parameter.bound:
        end = "first" if parameter.bound == "lower" else "last"
        parts.append(f"a month or year means its {end} day")
    return f"{' '.join(parts[:2])}: {'; '.join(parts[2:])}"


def run(options: argparse.Namespace) -> int:
    """Answer, and print the answer; an empty one is an answer too."""
    question: Question = options.question
    check_form(options)
    given = {
        name: getattr(options, f"value of {name}")
        for name in question.parameters
        if getattr(options, f"value of {name}")
    }
    graph = opened(options, options.timeout)
    sparql = graph.bound(question, given, output.note_given_up)
    for name, value in defaults_used(question, given).items():
        output.note(f"--{name} is not given: the question's own {value} holds; any lifts it")
    if options.explain:
        output.write(standalone(sparql).rstrip("\n") + "\n")
        return 0
    found = graph.ask(question, given, sparql, _seconds(options, question), options.limit)
    print_answer(options, question, found)
    if not question.name and not len(found.table):
        _note_strangers(graph.store, sparql)
    return 0


def _note_strangers(store: Queryable, sparql: str) -> None:
    """Tell which names of a query the graph has nowhere: they may be why there is no answer."""
    from meagraph.queries.strangers import strangers

    for name, meant in strangers(store, sparql).items():
        guess = f"; did you mean {meant}?" if meant else ""
        output.note(f"{name} occurs nowhere in the graph{guess}")


def _seconds(options: argparse.Namespace, question: Question) -> float | None:
    """The time limit; a query that is not stored has one unless the reader says otherwise."""
    if options.timeout is None and not question.name:
        return TIMEOUT
    seconds: float | None = options.timeout
    return seconds
