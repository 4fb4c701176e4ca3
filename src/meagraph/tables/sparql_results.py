"""A table as SPARQL 1.1 Query Results JSON (W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from meagraph.jsontext import indented
from meagraph.namespaces import XSD
from meagraph.tables.values import fields, label, raw

if TYPE_CHECKING:
    from meagraph.tables.table import Table

_STRING = XSD + "string"


def as_sparql_json(table: Table) -> str:
    """The standard's JSON, which any SPARQL client reads; see `sparql_answer`."""
    return indented(sparql_answer(table)) + "\n"


def sparql_answer(table: Table) -> dict[str, Any]:
    """What the standard's JSON says of a table.

    A variable that has IRIs is followed by one with their labels, under the name plus ``Label``.
    The passages of a row are one literal, as the query gave them: IRIs joined by blanks. Triples
    are written as in RDF-star and SPARQL 1.2.
    """
    listed = fields(table)
    bindings = [
        {
            field.name: _literal(label(table, cell)) if field.is_label else _term(cell)
            for field in listed
            if _is_bound(cell := row[field.place], field.is_label)
        }
        for row in table.rows
    ]
    head = {"vars": [field.name for field in listed]}
    return {"head": head, "results": {"bindings": bindings}}


def _is_bound(cell: object, is_label: bool) -> bool:
    if is_label:
        return isinstance(cell, NamedNode) or (isinstance(cell, tuple) and bool(cell))
    return cell is not None


def _term(cell: object) -> dict[str, object]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Triple):
        parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
        return {"type": "triple", "value": {name: _term(term) for name, term in parts.items()}}
    if not isinstance(cell, Literal):
        return _literal(raw(cell))
    literal = _literal(cell.value)
    if cell.language:
        literal["xml:lang"] = cell.language
        if cell.direction:
            literal["its:dir"] = cell.direction.value
    elif cell.datatype.value != _STRING:
        literal["datatype"] = cell.datatype.value
    return literal


def _literal(text: str) -> dict[str, object]:
    return {"type": "literal", "value": text}
