"""A table as JSON of our own: question, parameters, what each column means, and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from meagraph.jsontext import indented

if TYPE_CHECKING:
    from meagraph.tables.table import Table


def as_json(table: Table, **more: object) -> str:
    """A JSON object: question, parameters, columns, rows, and what else is given.

    A cell has ``type`` (``uri``, ``literal``, ``bnode`` or ``triple``) and ``value``, as in SPARQL
    1.1 Query Results JSON, an IRI also its ``label``; passages are a list; nothing is ``null``.
    """
    names = [column.name for column in table.columns]
    answer = {
        "question": table.question,
        "parameters": {name: list(values) for name, values in table.parameters.items()},
        "columns": [
            {"name": name, "label": label or name, "meaning": meaning, "unit": unit}
            for name, label, meaning, unit, _ in table.columns
        ],
        "rows": [
            {name: _json_cell(table, cell) for name, cell in zip(names, row, strict=True)}
            for row in table.rows
        ],
        **more,
    }
    return indented(answer) + "\n"


def _json_cell(table: Table, cell: object) -> object:
    if cell is None:
        return None
    if isinstance(cell, tuple):
        return [_json_cell(table, passage) for passage in cell]
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value, "label": table.shown(cell)}
    if isinstance(cell, Literal):
        literal = {"type": "literal", "value": cell.value, "datatype": cell.datatype.value}
        return {**literal, "lang": cell.language} if cell.language else literal
    kind = "bnode" if str(cell).startswith("_:") else "triple"
    return {"type": kind, "value": str(cell)}
