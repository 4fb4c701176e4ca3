"""``meagraph run``: the main job, from the files to answered questions and exports."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from meagraph.cli import output
from meagraph.cli.progress import progress
from meagraph.cli.terminal import width
from meagraph.project import find_project, sources_folder

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.project import Project
    from meagraph.tables import Table

QUESTIONS: tuple[tuple[str, dict[str, list[str]]], ...] = (
    ("meetings-attended", {"agent": ["Minamata secretariat"], "role": ["observer"]}),
    ("participants-not-members", {"body": ["Mercury group under IOMC"]}),
    ("defects", {"kind": ["impossible date", "planned about the past"]}),
)
"""Three stored questions with short answers: a look-up, a negation, and what cannot be true."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("--root", metavar="DIR", help="the folder of the graph's files")
    parser.add_argument("--source", metavar="DIR", help="the folder of the source documents")
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("dist"),
        help="folder for the exports (default: dist in the current folder)",
    )


def run(options: argparse.Namespace) -> int:
    """Build, validate, count, answer and export; stop after the second if the data is not valid."""
    from meagraph.cli.export import told
    from meagraph.export import export
    from meagraph.graph import inputs, open_graph
    from meagraph.tables import as_text
    from meagraph.validation import validate

    project = find_project(options.root)
    sources = sources_folder(options.source)
    _step(1, f"Build the graph from {len(inputs(project))} files in {project.root}")
    with progress() as tell:
        store = open_graph(project, progress=tell)
    output.write(f"{len(store):,} quads\n")

    _step(2, "Validate it against the shapes")
    with progress() as tell:
        report = validate(project, progress=tell)
    output.write(f"{report.summary()}\n")
    if report.fails():
        output.write("Not valid: nothing is exported. Each finding: meagraph validate\n")
        return 1

    _step(3, "Count what is stated of each source document")
    output.write(as_text(_counted(store), width()))

    _step(4, "Ask three stored questions")
    for name, values in QUESTIONS:
        _ask(project, store, sources, name, values)

    _step(5, f"Export to {options.output.absolute()}")
    with progress() as tell:
        outcome = export("all", store, project, options.output, tell)
    output.write(told(outcome, options.output))
    # As the reader can call it: in a checkout the command is not on the path.
    program = shlex.quote(sys.argv[0]) if os.sep in sys.argv[0] else "meagraph"
    output.write(
        f'\nTry next:\n  {program} questions\n  {program} describe "Minamata secretariat"\n'
        f'  {program} search "gold mining"\n'
    )
    return 0


def _step(number: int, what: str) -> None:
    output.write(f"\n{number}. {what}\n")


def _counted(store: Store) -> Table:
    """The counts as a table: a column for each document."""
    from pyoxigraph import Literal

    from meagraph.description import count
    from meagraph.namespaces import KINDS
    from meagraph.tables import Column, Table

    documents = count(store)
    kinds = [kind for kind in KINDS if any(kind in each.entities for each in documents)]
    rows = [
        ("passages in the index", [each.passages for each in documents]),
        ("passages with an entry", [each.stated for each in documents]),
        *((f"{kind} named", [each.entities.get(kind, 0) for each in documents]) for kind in kinds),
        ("meetings dated here", [each.meetings_dated for each in documents]),
        ("meetings not dated here", [each.meetings_undated for each in documents]),
        ("symbols of documents and decisions", [each.symbols for each in documents]),
        ("activities", [each.activities for each in documents]),
        ("cooperation activities among them", [each.cooperation for each in documents]),
        ("readings", [each.readings for each in documents]),
        ("defects among them", [each.defects for each in documents]),
    ]
    columns = [Column("counted", "Counted"), *(Column(each.label) for each in documents)]
    return Table(columns, [[Literal(what), *map(Literal, numbers)] for what, numbers in rows], {})


def _ask(
    project: Project,
    store: Store,
    sources: Path | None,
    name: str,
    values: dict[str, list[str]],
) -> None:
    """Ask one question and print what a reader could have typed, the answer and its evidence."""
    from meagraph.evidence import tabulate, texts_of
    from meagraph.queries import ask, bind, load_question
    from meagraph.tables import as_text

    question = load_question(project, name)
    answer = ask(store, bind(question, store, values), question.path)
    table, citations = tabulate(question, values, store, answer)
    cells = width()
    typed = " ".join(
        f"--{parameter} {' '.join(f'{chr(34)}{each}{chr(34)}' for each in given)}"
        for parameter, given in values.items()
    )
    output.write(f"\n{question.summary}\n$ meagraph query {name} {typed} --evidence\n\n")
    output.write(as_text(table, cells))
    output.write(
        "\n" + output.passage_blocks(citations, texts_of(citations.values(), sources), cells)
    )
