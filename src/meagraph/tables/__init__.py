"""Answers as tables: for a terminal, a spreadsheet, a page, a notebook and other programs.

A table holds RDF terms and, beside them, the labels of all its IRIs, so that each form can show the
name and still give the IRI. A form's module is imported when the form is asked for: what one
stored question may take as a whole process leaves no room for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meagraph.errors import UnusableInput
from meagraph.tables.folding import as_text, wrap
from meagraph.tables.labels import iris, labels_of, shortened
from meagraph.tables.table import NUMERIC, Column, Table, is_numeric

if TYPE_CHECKING:
    from meagraph.tables.delimited import as_csv, as_tsv
    from meagraph.tables.frames import to_pandas
    from meagraph.tables.html import as_fragment, as_html
    from meagraph.tables.json import as_json
    from meagraph.tables.markdown import as_markdown, escaped
    from meagraph.tables.sparql_results import as_sparql_json, sparql_answer
    from meagraph.tables.table import Term
    from meagraph.tables.workbook import as_workbook

__all__ = [
    "FORMATS",
    "NUMERIC",
    "Column",
    "Table",
    "Term",
    "as_csv",
    "as_fragment",
    "as_html",
    "as_json",
    "as_markdown",
    "as_sparql_json",
    "as_text",
    "as_tsv",
    "as_workbook",
    "escaped",
    "iris",
    "is_numeric",
    "labels_of",
    "render",
    "shortened",
    "sparql_answer",
    "to_pandas",
    "wrap",
]

_MODULES = {
    "as_csv": "delimited",
    "as_tsv": "delimited",
    "as_json": "json",
    "as_sparql_json": "sparql_results",
    "sparql_answer": "sparql_results",
    "as_markdown": "markdown",
    "escaped": "markdown",
    "as_html": "html",
    "as_fragment": "html",
    "as_workbook": "workbook",
    "to_pandas": "frames",
    "Term": "table",
}

FORMATS = {
    "table": "folded for a terminal",
    "csv": "comma-separated values, for spreadsheets and statistics",
    "tsv": "tab-separated values",
    "json": "JSON with labels, and what each column means",
    "sparql-json": "SPARQL 1.1 Query Results JSON",
    "markdown": "a table in GitHub's Markdown",
    "html": "a page for a browser and for print",
    "xlsx": "an Excel workbook",
}
"""The forms that `render` gives, and what each is."""

_WRITERS = {
    "csv": "as_csv",
    "tsv": "as_tsv",
    "json": "as_json",
    "sparql-json": "as_sparql_json",
    "markdown": "as_markdown",
    "html": "as_html",
    "xlsx": "as_workbook",
}


def render(table: Table, format: str, width: int = 100, **more: Any) -> str | bytes:
    """The table in one of the `FORMATS`: bytes for ``xlsx``, else text.

    Args:
        table: the answer.
        format: a name in `FORMATS`; ``text`` is ``table`` too.
        width: the cells of a line; for ``table`` only.
        more: what else the form takes; see its function. ``html`` and ``xlsx`` take a ``title``
            and the ``evidence``, ``json`` whatever is to stand in the object.

    Raises:
        UnusableInput: there is no such form, a package that it needs is not installed, or the
            table does not fit into it.
    """
    if format in ("table", "text"):
        return as_text(table, width)
    if format not in _WRITERS:
        raise UnusableInput(
            f"“{format}” is no form of a table", hint=f"There are: {', '.join(FORMATS)}."
        )
    written: str | bytes = __getattr__(_WRITERS[format])(table, **more)
    return written


def __getattr__(name: str) -> Any:
    """What a form's module holds, imported when it is first asked for (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
