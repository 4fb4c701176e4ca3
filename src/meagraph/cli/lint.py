"""``meagraph lint``: find faults of the files that readers and curators write."""

from __future__ import annotations

import argparse
import os

from meagraph.cli import output
from meagraph.cli.changes import counted
from meagraph.errors import UnusableInput
from meagraph.project import Project, find_project
from meagraph.queries.linting import RULES, known_classes, lint

_FORMATS = ("text", "json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is linted, and which files."""
    parser.add_argument(
        "what",
        metavar="WHAT",
        choices=("questions", "informea"),
        help="questions: the stored questions; informea: what InforMEA and ECOLEX would make of "
        "the feed",
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="only these (default: all)")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="text or json (text)")
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    rules = "\n".join(f"  {name:10}{demand}" for name, demand in RULES.items())
    parser.epilog = (
        f"rules for questions:\n{rules}\n\n"
        "rules for informea: docs/informea.md lists them\n\n"
        "exit status: 0 no fault, or warnings of informea only; 1 faults; 2 what cannot be linted"
    )


def run(options: argparse.Namespace) -> int:
    """Print each fault with its file, line and rule, and what to do about it."""
    project = find_project(options.root)
    linted = _informea if options.what == "informea" else _questions
    return linted(project, options.files, options.format)


def _informea(project: Project, files: list[str], format: str) -> int:
    from meagraph.cli.progress import progress
    from meagraph.export.informea import records
    from meagraph.export.informea_lint import lint as lint_feed
    from meagraph.export.informea_lint import render, summary
    from meagraph.graph import open_graph

    named = [_entry(project, file) for file in files]
    with progress() as tell:
        store = open_graph(project, progress=tell)
    found = lint_feed(store, project, records(store, project))
    if named:
        found = found.of_files(named)
    output.write(render(found, format, os.getcwd()))
    for line in summary(found):
        output.note(line)
    return 1 if found.count("error") else 0


def _entry(project: Project, file: str) -> str:
    """An entry of the graph that a reader names, whole.

    Raises:
        UnusableInput: it is none.
    """
    whole = os.path.abspath(file)
    if os.path.isfile(whole) and whole.startswith(os.path.join(project.folder, "data", "")):
        return whole
    raise UnusableInput(
        "this is no entry of the graph",
        file=file,
        hint="Name files that stand in data/, or none to lint all.",
    )


def _questions(project: Project, files: list[str], format: str) -> int:
    classes = known_classes(project)
    answers = os.path.join(project.folder, "tests", "answers")
    expected = answers if os.path.isdir(answers) else None
    paths = files or _stored(project)
    faults = []
    for path in paths:
        text = _text(path)
        stored = os.path.abspath(path).startswith(os.path.join(project.folder, "queries", ""))
        found = lint(text, path, classes, expected if stored else None)
        faults += [(path, *fault) for fault in found]
    output.write(_shown(faults, format))
    questions = counted(len(paths), "question")
    if faults:
        faulty = len({path for path, *_ in faults})
        output.note(f"{counted(len(faults), 'fault')} in {faulty} of {questions}")
        return 1
    output.note(f"no fault in {questions}")
    return 0


def _shown(faults: list[tuple[str, int, str, str, str]], format: str) -> str:
    """Faults of questions: file, line, rule, message and remedy."""
    if format == "json":
        from json import dumps

        names = ("file", "line", "rule", "message", "remedy")
        listed = [dict(zip(names, fault, strict=True)) for fault in faults]
        return dumps({"faults": listed}, ensure_ascii=False, indent=2) + "\n"
    return "".join(
        f"{path}:{line}: {rule}: {message}\n" + (f"  {remedy}\n" if remedy else "")
        for path, line, rule, message, remedy in faults
    )


def _stored(project: Project) -> list[str]:
    """The files of the stored questions, as a reader who stands here would name them."""
    return [os.path.relpath(path) for path in sorted(project.queries.glob("*/*.rq"))]


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnusableInput(f"this file cannot be read: {reason}", file=path) from None
