"""``meagraph questions``: list the stored questions, or explain one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.terminal import width
from meagraph.project import find_project
from meagraph.queries import accepted, example, load_question, load_questions
from meagraph.tables import wrap

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.queries import Parameter, Question


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="explain this question")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")


def run(options: argparse.Namespace) -> int:
    """List the questions by theme, or print one question's whole description."""
    project = find_project(options.root)
    cells = width()
    if options.name is None:
        output.write(_list(load_questions(project), cells))
        return 0
    from meagraph.graph import open_graph

    question = load_question(project, options.name)
    output.write(_explanation(question, open_graph(project), cells))
    return 0


def _list(questions: dict[str, Question], cells: int) -> str:
    if not questions:
        return "there are no stored questions\n"
    lines: list[str] = []
    theme = None
    for name, question in questions.items():
        if question.theme != theme:
            theme = question.theme
            lines += ["", theme] if lines else [theme]
        asked = " ".join(_option(parameter) for parameter in question.parameters.values())
        lines += _indented(f"{name} {asked}".rstrip(), 2, cells)
        lines += _indented(question.summary, 6, cells)
    return "\n".join([*lines, "", "meagraph questions NAME explains one of them."]) + "\n"


def _option(parameter: Parameter) -> str:
    text = f"--{parameter.name}" + (" …" if parameter.many else "")
    return text if parameter.required else f"[{text}]"


def _explanation(question: Question, store: Store, cells: int) -> str:
    lines = [f"{question.theme}/{question.name}", *_indented(question.summary, 0, cells)]
    for paragraph in filter(None, question.description.split("\n\n")):
        lines += ["", *_indented(paragraph, 0, cells)]
    if question.tags:
        lines += ["", f"Tags: {', '.join(question.tags)}"]
    if question.parameters:
        lines += ["", "Parameters"]
        for parameter in question.parameters.values():
            lines += _parameter(parameter, store, cells)
    if question.columns:
        lines += ["", "Columns"]
        for column in question.columns.values():
            text = f"{column.heading} (?{column.name})"
            lines += _indented(f"{text}: {column.meaning}" if column.meaning else text, 2, cells)
    return "\n".join([*lines, "", f"Example: {example(question, store)}"]) + "\n"


def _parameter(parameter: Parameter, store: Store, cells: int) -> list[str]:
    parts = ["required" if parameter.required else "optional"]
    if parameter.many:
        parts.append("several values may be given")
    if not parameter.required:
        is_any = parameter.default.upper() == "UNDEF"
        parts.append("default: any" if is_any else f"default: {parameter.default}; any lifts it")
    lines = _indented(f"--{parameter.name}  {parameter.label} ({'; '.join(parts)})", 2, cells)
    if parameter.description:
        lines += _indented(parameter.description, 6, cells)
    values = accepted(store, parameter).split("\n")
    return lines + [f"      {value}" for value in values]


def _indented(text: str, indent: int, cells: int) -> list[str]:
    return [" " * indent + line for line in wrap(text, max(20, cells - indent))]
