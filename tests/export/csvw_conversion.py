"""The flat tables as RDF: W3C Generating RDF from Tabular Data on the Web, in minimal mode.

The reader of the tables converts to JSON alone, and neither IRIs in templates nor numbers of rows
with several subjects; so the rows that it reads are converted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from csvw import CSVW
from pyoxigraph import Literal, NamedNode, Triple

from meagraph.namespaces import XSD

_TEMPLATE = re.compile(r"\{\+(\w+)\}")


def triples(folder: Path) -> Iterator[Triple]:
    for table in CSVW(str(folder / "csv-metadata.json")).tables:
        described = table.tableSchema
        address = f"http://example.org/{table.url.string}"
        for row in table:
            for column in described.columns:
                values = _values(row.get(column.name))
                if column.suppressOutput or not (values or column.virtual):
                    continue
                about = _expanded(column.aboutUrl or described.aboutUrl, row)
                property = _expanded(column.propertyUrl, row) or f"{address}#{column.name}"
                subject, predicate = NamedNode(about), NamedNode(property)
                if column.valueUrl:
                    yield Triple(subject, predicate, NamedNode(_expanded(column.valueUrl, row)))
                    continue
                for value in values:
                    yield Triple(subject, predicate, _literal(value, column.datatype))


def _values(cell: Any) -> list[str]:
    if cell is None:
        return []
    return [_text(value) for value in (cell if isinstance(cell, list) else [cell])]


def _expanded(template: Any, row: dict[str, Any]) -> str:
    return _TEMPLATE.sub(lambda name: _text(row[name[1]]), str(template.uri)) if template else ""


def _literal(value: str, datatype: Any) -> Literal:
    kind = datatype.at_props.get("id") or XSD + datatype.base
    return Literal(value, datatype=NamedNode(str(kind)))


def _text(value: Any) -> str:
    if isinstance(value, datetime):  # as the reader gives a date
        return value.date().isoformat()
    return str(value.unsplit() if hasattr(value, "unsplit") else value)
