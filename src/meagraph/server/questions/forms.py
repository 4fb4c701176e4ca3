"""The forms of an answer, and an answer written in each of them.

Whatever part of an answer is written, the columns of a flat form are those of the whole: a client
that reads page by page finds the same head on each.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, parse_query_results

from meagraph.errors import UnusableInput
from meagraph.jsontext import indented
from meagraph.tables import (
    FORMATS,
    Table,
    as_csv,
    as_markdown,
    as_text,
    as_tsv,
    render,
    sparql_answer,
)
from meagraph.tables.values import fields, label, raw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meagraph.server.questions.windows import Window
    from meagraph.tables import Column
    from meagraph.tables.values import Field

_TEXT_WIDTH = 100


class Form(NamedTuple):
    """One form of an answer.

    Args:
        name: what ``?format=`` calls it.
        ending: what stands behind the dot of an address.
        media_type: registered with IANA.
        what: it is, for a reader.
    """

    name: str
    ending: str
    media_type: str
    what: str

    @property
    def content_type(self) -> str:
        """The header ``Content-Type``."""
        if self.name == "csv":
            return "text/csv; charset=utf-8; header=present"
        return (
            f"{self.media_type}; charset=utf-8"
            if self.media_type[:5] == "text/"
            else (self.media_type)
        )


JSON = Form("json", "json", "application/json", FORMATS["json"])
HTML = Form("html", "html", "text/html", "a page with a form and the answer")
QUERY = Form("rq", "rq", "application/sparql-query", "the question in SPARQL, with these values")
FORMS = (
    JSON,
    HTML,
    Form("csv", "csv", "text/csv", FORMATS["csv"]),
    Form("tsv", "tsv", "text/tab-separated-values", FORMATS["tsv"]),
    Form("sparql-json", "srj", "application/sparql-results+json", FORMATS["sparql-json"]),
    Form("sparql-xml", "srx", "application/sparql-results+xml", "SPARQL Query Results XML"),
    Form("markdown", "md", "text/markdown", FORMATS["markdown"]),
    Form(
        "xlsx",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FORMATS["xlsx"],
    ),
    Form("table", "txt", "text/plain", "plain text, folded to a hundred signs"),
    QUERY,
)
"""All forms; of those that a client likes equally, the first is ours."""

_BY_NAME = {one.name: one for one in FORMS} | {"text": FORMS[-2], "html": HTML}
_BY_ENDING = {one.ending: one for one in FORMS}


def form_named(name: str) -> Form:
    """The form that ``?format=`` means: a name, or an ending.

    Raises:
        UnusableInput: there is none.
    """
    found = _BY_NAME.get(name) or _BY_ENDING.get(name)
    if not found:
        known = ", ".join(one.name for one in FORMS)
        raise UnusableInput(f"“{name}” is no form of an answer", hint=f"There are: {known}.")
    return found


def form_ending(ending: str) -> Form | None:
    """The form whose addresses have this ending, if any."""
    return _BY_ENDING.get(ending)


class Part(NamedTuple):
    """What is to be written.

    Args:
        table: the whole answer.
        window: the rows of it that are asked for.
        labels: whether names stand beside IRIs.
        title: what was asked, in words.
        version: of the data.
        address: of this answer in this version.
        notes: what the reader should know of the values that were given.
    """

    table: Table
    window: Window
    labels: bool
    title: str
    version: str
    address: str
    notes: Sequence[str]

    @property
    def shown(self) -> Table:
        """The rows that are asked for, as a table; without rows it says why there are none."""
        whole = self.table
        rows = self.window.of(whole.rows)
        empty = whole.empty
        if whole.rows and not rows:
            empty = f"The answer has {whole.counted()}: none from {self.window.offset + 1:,} on."
        return _with_rows(whole, whole.columns, rows, whole.labels, empty)

    @property
    def told(self) -> str:
        """Which rows of how many these are, of which version, in a sentence or two."""
        return f"{self.window.told(len(self.table))}. Data version {self.version}: {self.address}"


def written(part: Part, form: Form) -> bytes:
    """An answer in a form; see `_WRITERS`.

    Raises:
        UnusableInput: it does not fit into the form.
    """
    content = _WRITERS[form.name](part)
    return content.encode() if isinstance(content, str) else content


def _with_rows(
    table: Table,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    labels: Any,
    empty: str,
) -> Table:
    return Table(columns, rows, labels, table.question, table.parameters, empty)


def _flat(part: Part) -> Table:
    """The rows with each IRI as a text, and in a column of their own the labels of the IRIs."""
    whole = part.table
    listed = _listed(part)
    rows = [[_text(whole, row, one) for one in listed] for row in part.window.of(whole.rows)]
    columns = [one.column._replace(name=one.name) for one in listed]
    return _with_rows(whole, columns, rows, {}, part.shown.empty)


def _listed(part: Part) -> list[Field]:
    return [one for one in fields(part.table) if part.labels or not one.is_label]


def _text(table: Table, row: Sequence[Any], field: Field) -> Literal | None:
    cell = row[field.place]
    if field.is_label:
        return Literal(label(table, cell))
    if cell is None or isinstance(cell, Literal):
        return cell
    return Literal(raw(cell))


def reading(part: Part) -> Table:
    """The rows for a reader; without labels each IRI is its own name."""
    shown = part.shown
    if part.labels:
        return shown
    whole = {
        iri.value: iri.value
        for row in shown.rows
        for cell in row
        for iri in (cell if isinstance(cell, tuple) else (cell,))
        if isinstance(iri, NamedNode)
    }
    return _with_rows(shown, shown.columns, shown.rows, whole, shown.empty)


def _json(part: Part) -> str:
    shown = part.shown
    about: dict[str, Any] = {
        "version": part.version,
        "address": part.address,
        "total": len(part.table),
        "offset": part.window.offset,
        "limit": part.window.limit,
        "notes": list(part.notes),
    }
    if not shown.rows:
        about["empty"] = shown.empty
    content = str(render(shown, "json", **about))
    if part.labels:
        return content
    answer = json.loads(content)
    for row in answer["rows"]:
        for cell in row.values():
            for one in cell if isinstance(cell, list) else [cell]:
                if one:
                    one.pop("label", None)
    return _dumped(answer)


def _sparql_json(part: Part) -> str:
    answer = sparql_answer(part.shown)
    names = [one.name for one in _listed(part)]
    rows = [
        {name: cell for name, cell in row.items() if name in names}
        for row in answer["results"]["bindings"]
    ]
    head = {"vars": names, "link": [part.address]}
    return _dumped({"head": head, "results": {"bindings": rows}})


def _dumped(answer: object) -> str:
    return indented(answer) + "\n"


def _sparql_xml(part: Part) -> bytes:
    results: Any = parse_query_results(_sparql_json(part), format=QueryResultsFormat.JSON)
    content: bytes = results.serialize(format=QueryResultsFormat.XML)
    return content


def _markdown(part: Part) -> str:
    return f"{as_markdown(reading(part))}\n{part.told}\n"


def _plain(part: Part) -> str:
    notes = "".join(f"{note}\n" for note in part.notes)
    return f"{as_text(reading(part), _TEXT_WIDTH)}{part.told}\n{notes}"


def _workbook(part: Part) -> bytes:
    table = part.shown if part.labels else _flat(part)
    content = render(table, "xlsx", title=f"{part.title} ({part.told})")
    assert isinstance(content, bytes)
    return content


_WRITERS: dict[str, Callable[[Part], str | bytes]] = {
    "json": _json,
    "csv": lambda part: as_csv(_flat(part)),
    "tsv": lambda part: as_tsv(_flat(part)),
    "sparql-json": _sparql_json,
    "sparql-xml": _sparql_xml,
    "markdown": _markdown,
    "xlsx": _workbook,
    "table": _plain,
}
