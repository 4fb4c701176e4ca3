"""``meagraph lint``: find faults of the files that readers and curators write."""

from __future__ import annotations

import argparse
import os

from meagraph.cli import output
from meagraph.cli.changes import counted
from meagraph.errors import UnusableInput
from meagraph.project import Project, find_project
from meagraph.queries.linting import RULES, known_classes, lint


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is linted, and which files."""
    parser.add_argument("what", metavar="WHAT", choices=("questions",), help="questions")
    parser.add_argument("files", metavar="FILE", nargs="*", help="only these (default: all)")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    rules = "\n".join(f"  {name:10}{demand}" for name, demand in RULES.items())
    parser.epilog = f"rules for questions:\n{rules}"


def run(options: argparse.Namespace) -> int:
    """Print each fault as ``file:line: rule: message`` and what to do about it."""
    project = find_project(options.root)
    classes = known_classes(project)
    answers = os.path.join(project.folder, "tests", "answers")
    expected = answers if os.path.isdir(answers) else None
    paths = options.files or _questions(project)
    faulty = problems = 0
    for path in paths:
        text = _text(path)
        stored = os.path.abspath(path).startswith(os.path.join(project.folder, "queries", ""))
        found = lint(text, path, classes, expected if stored else None)
        faulty += bool(found)
        problems += len(found)
        for line, rule, message, remedy in found:
            more = f"\n  {remedy}" if remedy else ""
            output.write(f"{path}:{line}: {rule}: {message}{more}\n")
    if problems:
        questions = counted(len(paths), "question")
        output.note(f"{counted(problems, 'fault')} in {faulty} of {questions}")
        return 1
    output.note(f"no fault in {counted(len(paths), 'question')}")
    return 0


def _questions(project: Project) -> list[str]:
    """The files of the stored questions, as a reader who stands here would name them."""
    return [os.path.relpath(path) for path in sorted(project.queries.glob("*/*.rq"))]


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnusableInput(f"this file cannot be read: {reason}", file=path) from None
