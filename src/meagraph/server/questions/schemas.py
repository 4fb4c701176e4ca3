"""JSON Schemas (draft 2020-12) of what the questions give, for the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meagraph.queries import Question

_TEXT = {"type": "string"}


def _object(properties: dict[str, Any], *optional: str, **more: Any) -> dict[str, Any]:
    """An object with these properties and no other, all required but the optional ones."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
        **more,
    }


def ref(name: str) -> dict[str, str]:
    """A reference to one of the `shared` schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def shared() -> dict[str, Any]:
    """What all questions have in common."""
    cell = _object(
        {
            "type": {"enum": ["uri", "literal", "bnode", "triple"]},
            "value": {**_TEXT, "description": "The IRI in full, or the text of the literal."},
            "label": {**_TEXT, "description": "The name of what an IRI denotes."},
            "datatype": {**_TEXT, "description": "The IRI of a literal’s datatype."},
            "lang": {**_TEXT, "description": "The language of a literal (BCP 47)."},
        },
        *("label", "datatype", "lang"),
        description="One RDF term, as in SPARQL 1.1 Query Results JSON, with its label.",
    )
    passages = {
        "type": "array",
        "items": ref("Cell"),
        "description": "The passages that state the row.",
    }
    column = _object(dict.fromkeys(("name", "label", "meaning", "unit"), _TEXT))
    parameter = _object(
        {
            **dict.fromkeys(("name", "label", "description"), _TEXT),
            "class": {**_TEXT, "description": "Of the things accepted; empty for a literal."},
            "scheme": {**_TEXT, "description": "Whose concepts are accepted; mostly empty."},
            "datatype": {**_TEXT, "description": "Of the literal accepted; empty for a thing."},
            "required": {"type": "boolean"},
            "many": {"type": "boolean"},
            "default": {**_TEXT, "description": "What holds if it is not given; empty for any."},
        }
    )
    question = _object(
        {
            **dict.fromkeys(("name", "theme", "asks", "description"), _TEXT),
            "tags": {"type": "array", "items": _TEXT},
            "address": {**_TEXT, "format": "uri"},
            "example": {**_TEXT, "format": "uri"},
            "parameters": {"type": "array", "items": parameter},
            "columns": {"type": "array", "items": ref("Column")},
        }
    )
    problem = {
        "type": "object",
        "properties": {
            "title": _TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {**_TEXT, "description": "What is wrong."},
            "hint": {**_TEXT, "description": "What to do about it, with what would be accepted."},
        },
        "required": ["title", "status", "detail"],
        "description": "What went wrong (RFC 9457).",
    }
    questions = _object(
        {
            "version": _TEXT,
            "formats": {"type": "object", "additionalProperties": _TEXT},
            "questions": {"type": "array", "items": question},
        }
    )
    return {
        "Cell": cell,
        "Passages": passages,
        "Column": column,
        "Problem": problem,
        "Questions": questions,
    }


def answer(question: Question) -> dict[str, Any]:
    """The JSON of a question's answers."""
    rows = {}
    for name, column in question.columns.items():
        told = column.meaning or column.label or name
        kind = "Passages" if column.evidence else "Cell"
        rows[name] = {"oneOf": [ref(kind), {"type": "null"}], "description": told}
    some = {"type": "integer", "minimum": 0}
    return _object(
        {
            "question": {"const": question.name},
            "parameters": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _TEXT},
                "description": "The values that were given, each in its shortest sure form.",
            },
            "columns": {"type": "array", "items": ref("Column")},
            "rows": {"type": "array", "items": {"type": "object", "properties": rows}},
            "version": {**_TEXT, "description": "Of the data."},
            "address": {**_TEXT, "description": "Of this answer in this version."},
            "total": {**some, "description": "The rows of the whole answer."},
            "offset": {**some, "description": "The rows left out before."},
            "limit": {"type": ["integer", "null"], "description": "The most rows given."},
            "notes": {"type": "array", "items": _TEXT},
            "empty": {**_TEXT, "description": "What it means that there is no row."},
        },
        "empty",
    )
