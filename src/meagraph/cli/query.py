"""``meagraph query``: answer a stored question, or any SPARQL query."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from meagraph import tables
from meagraph.cli import output
from meagraph.cli.terminal import width
from meagraph.errors import UnusableInput
from meagraph.project import find_project, sources_folder
from meagraph.queries import (
    RESERVED,
    ask,
    bind,
    defaults_used,
    load_question,
    read_question,
    standalone,
    unknown_parameter,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

    from meagraph.queries import Answer, Question

_HELP = frozenset(("-h", "--help"))


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
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json", "markdown"),
        default="table",
        help="how the answer is written (default: table)",
    )
    parser.add_argument(
        "--explain", action="store_true", help="print the SPARQL that would be asked; ask nothing"
    )
    parser.add_argument("--store", metavar="DIR", help="where the built graph is kept")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
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
        parts.append(parameter.description)
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
    from meagraph.graph import open_graph

    question: Question = options.question
    if options.evidence and options.format == "csv":
        raise UnusableInput(
            "--evidence does not fit into csv",
            hint="The table already has the passages' IRIs; with texts: --format json.",
        )
    given = {
        name: getattr(options, f"value of {name}")
        for name in question.parameters
        if getattr(options, f"value of {name}")
    }
    store = open_graph(find_project(options.root), options.store)
    sparql = bind(question, store, given, output.note_given_up)
    for name, value in defaults_used(question, given).items():
        output.note(f"--{name} is not given: the question's own {value} holds; any lifts it")
    if options.explain:
        output.write(standalone(sparql).rstrip("\n") + "\n")
        return 0
    _print(options, question, given, store, ask(store, sparql, question.path or None))
    return 0


def _print(
    options: argparse.Namespace,
    question: Question,
    given: dict[str, list[str]],
    store: Store,
    answer: Answer,
) -> None:
    if answer.boolean is not None:
        _print_boolean(options, question, answer.boolean)
    elif answer.triples is not None and options.format == "table":
        output.write(output.turtle(answer.triples))
    else:
        _print_table(options, question, given, store, answer)


def _print_boolean(options: argparse.Namespace, question: Question, boolean: bool) -> None:
    if options.format == "json":
        import json

        data = {"question": question.name or question.text, "boolean": boolean}
        output.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    elif options.format == "csv":
        output.write(f"boolean\n{str(boolean).lower()}\n")
    else:
        output.write("yes\n" if boolean else "no\n")


def _print_table(
    options: argparse.Namespace,
    question: Question,
    given: dict[str, list[str]],
    store: Store,
    answer: Answer,
) -> None:
    from meagraph.evidence import tabulate, texts_of

    table, citations = tabulate(question, given, store, answer)
    shows_evidence = options.evidence and bool(table.rows)
    texts = {}
    if options.evidence:
        texts = texts_of(citations.values(), sources_folder(options.source))
        if not any(column.evidence for column in table.columns):
            output.note("this question has no column of passages")
            shows_evidence = False
    if options.format == "json":
        more: dict[str, object] = {} if table.rows else {"empty": table.empty}
        if options.evidence:
            more["evidence"] = output.passages_as_data(citations, texts)
        output.write(tables.as_json(table, **more))
    elif options.format == "csv":
        if not table.rows:
            output.note(table.empty)
        output.write(tables.as_csv(table))
    elif options.format == "markdown":
        listed = output.passages_as_markdown(citations, texts) if shows_evidence else ""
        output.write(tables.as_markdown(table) + (f"\n{listed}" if listed else ""))
    else:
        cells = width()
        output.write(tables.as_text(table, cells))
        if shows_evidence:
            output.write("\n" + output.passage_blocks(citations, texts, cells))
