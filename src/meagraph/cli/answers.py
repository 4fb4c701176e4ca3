"""An answer printed, or written to a file, in the form that was asked for."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from meagraph.cli import output
from meagraph.cli.pager import paged
from meagraph.cli.terminal import width
from meagraph.errors import UnusableInput
from meagraph.project import sources_folder
from meagraph.tables import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meagraph.evidence import Citation, Text
    from meagraph.knowledge import Answered
    from meagraph.queries import Question
    from meagraph.tables import Table

_ENDINGS = {
    ".txt": "table",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "sparql-json",
    ".md": "markdown",
    ".html": "html",
    ".xlsx": "xlsx",
}
_WITHOUT_TEXTS = frozenset(["csv", "tsv", "sparql-json"])
"""The forms that have no place for the texts of passages."""


def form_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how an answer is written."""
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="how the answer is written (default: table, or what the ending of --output says)",
    )
    parser.add_argument(
        "--columns", metavar="COLUMN", nargs="+", help="only these columns, in this order"
    )
    parser.add_argument("--output", metavar="FILE", help="write the answer to this file")
    parser.add_argument(
        "--no-pager", action="store_true", help="print a long answer at once, not page by page"
    )


def check_form(options: argparse.Namespace) -> None:
    """Settle ``options.format``, and refuse what cannot be written, before any work is done.

    Raises:
        UnusableInput: the ending says nothing, a workbook would go to a terminal, or the evidence
            has no place in the form.
    """
    if options.output is not None:
        from pathlib import Path

        from meagraph.entries.replacement import check_file

        check_file(Path(options.output))
    if options.format is None:
        options.format = _form_of(options.output)
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        raise UnusableInput(
            "a workbook is not for a terminal", hint="Write it to a file: --output answer.xlsx"
        )
    if getattr(options, "evidence", False) and options.format in _WITHOUT_TEXTS:
        raise UnusableInput(
            f"--evidence does not fit into {options.format}",
            hint="The table already has the passages' IRIs; with texts: --format json.",
        )


def _form_of(file: str | None) -> str:
    if file is None:
        return "table"
    ending = os.path.splitext(file)[1].lower()
    if ending not in _ENDINGS:
        raise UnusableInput(
            f"the ending of {file} does not say how the answer is to be written",
            hint=f"Name it with {', '.join(_ENDINGS)}, or add --format.",
        )
    return _ENDINGS[ending]


def print_answer(options: argparse.Namespace, question: Question, found: Answered) -> None:
    """Write an answer as the options say, with the passages below it where they are asked for."""
    if found.left_out:
        output.note(f"--limit {options.limit}: {found.left_out} more rows are left out")
    if found.answer.boolean is not None:
        deliver(options, _boolean(options.format, question, found))
    elif found.answer.triples is not None and options.format == "table" and not options.columns:
        deliver(options, output.turtle(found.answer.triples))
    else:
        _deliver_table(options, question, found)


def deliver(options: argparse.Namespace, content: str | bytes) -> None:
    """Print a text, page by page where it is long and a reader sits there, or write the file."""
    if options.output is not None:
        from pathlib import Path

        from meagraph.entries.replacement import replace_together

        replace_together({Path(options.output): content})
    elif isinstance(content, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    elif options.no_pager or not paged(content):
        output.write(content)


def _boolean(form: str, question: Question, found: Answered) -> str | bytes:
    boolean = bool(found.answer.boolean)
    if form == "table":
        return "yes\n" if boolean else "no\n"
    if form in ("json", "sparql-json"):
        import json

        asked: dict[str, Any] = {"head": {}}
        if form == "json":
            asked = {"question": question.name or question.text}
        return json.dumps({**asked, "boolean": boolean}, ensure_ascii=False, indent=2) + "\n"
    return render(found.table, form)


def _deliver_table(options: argparse.Namespace, question: Question, found: Answered) -> None:
    table = found.table.select(options.columns) if options.columns else found.table
    texts: dict[str, Text] = {}
    if options.evidence:
        from meagraph.evidence import texts_of

        texts = texts_of(found.citations.values(), sources_folder(options.source))
        if not any(column.evidence for column in found.table.columns):
            output.note("this question has no column of passages")
    if not len(table) and options.format in ("csv", "tsv", "sparql-json", "xlsx"):
        output.note(table.empty)
    title = question.summary
    deliver(options, _written(options, table, title, found.citations, texts))


def _written(
    options: argparse.Namespace,
    table: Table,
    title: str,
    citations: Mapping[str, Citation],
    texts: Mapping[str, Text],
) -> str | bytes:
    """A table in the form asked for; with texts, the passages too."""
    form, cells = options.format, width()
    passages = output.passages_as_data(citations, texts) if options.evidence else []
    if form == "json":
        more: dict[str, Any] = {} if len(table) else {"empty": table.empty}
        if options.evidence:
            more["evidence"] = passages
        return render(table, form, **more)
    if form in ("html", "xlsx"):
        return render(table, form, title=title, evidence=passages)
    content = render(table, form, width=cells)
    if not passages or not len(table):
        return content
    if form == "markdown":
        return f"{content!s}\n{output.passages_as_markdown(citations, texts)}"
    return f"{content!s}\n{output.passage_blocks(citations, texts, cells)}"
