"""The questions as OpenAPI 3.1, made from their headers; and what else is at this address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meagraph.queries.literals import FORMS as LITERALS
from meagraph.server.questions import schemas
from meagraph.server.questions.asking import WORDS
from meagraph.server.questions.catalogue import theme_title
from meagraph.server.questions.forms import FORMS
from meagraph.server.questions.values import name, values_of

if TYPE_CHECKING:
    from meagraph.queries import Parameter, Question
    from meagraph.server.edition import Edition
    from meagraph.server.questions.values import Values
    from meagraph.server.serving import Server

_ABOUT = """
What treaty secretariats report of their cooperation, each statement with the passage that makes
it: stored questions with parameters. All is read-only, and nobody has to register.

A parameter takes a thing by its label, acronym, prefixed name or IRI. `any` lifts a restriction.
The form of an answer is negotiated by the header `Accept`, or chosen by the ending of the address
(`/queries/NAME.csv`) or by `format`. An answer names the version of the data; with `version` it is
given only as long as that version is served. Problems are JSON (RFC 9457).
"""
_PROBLEMS = {
    "400": "A parameter is unknown, missing, or has a value that does not fit; the hint has others",
    "404": "There is no such question, ending or version",
    "406": "The header Accept takes no form that there is",
    "410": "The version asked for is served no more",
    "503": "Too many questions are waiting",
}
_HEADERS = {
    "ETag": "Of the data, the parameters and the form",
    "Meagraph-Version": "The version of the data",
    "Link": "The permanent address (bookmark); with limit other pages (first, prev, next, last)",
}


def document(server: Server, edition: Edition) -> dict[str, Any]:
    """The OpenAPI document of a server (OpenAPI Specification 3.1.1).

    Args:
        server: whose address and settings it tells.
        edition: whose questions it lists.
    """
    questions = edition.questions
    themes = dict.fromkeys(one.theme for one in questions.values())
    tags = [{"name": "questions", "description": "All stored questions"}]
    tags += [{"name": one, "description": theme_title(one)} for one in themes]
    tags.append({"name": "other", "description": "What else is at this address"})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "meagraph",
            "version": edition.version,
            "summary": "Cooperation among multilateral environmental agreements",
            "description": _ABOUT.strip(),
            "license": {"name": "CC-BY-4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": server.address("")}],
        "tags": tags,
        "paths": {
            "/queries": {"get": _catalogue()},
            **{
                f"/queries/{one.name}": {"get": _question(values_of(edition), one)}
                for one in questions.values()
            },
            **_others(),
        },
        "components": {
            "schemas": schemas.shared(),
            "parameters": _words(edition),
            "responses": {"Problem": _problem("What went wrong")},
            "headers": {
                **{key: _header(text) for key, text in _HEADERS.items()},
                "X-Total-Count": {
                    "description": "The rows of the whole answer",
                    "schema": {"type": "integer", "minimum": 0},
                },
            },
        },
    }


def _header(text: str) -> dict[str, Any]:
    return {"description": text, "schema": {"type": "string"}}


def _problem(text: str) -> dict[str, Any]:
    json = {"schema": schemas.ref("Problem")}
    text_only: dict[str, Any] = {"schema": {"type": "string"}}
    return {
        "description": text,
        "content": {
            "application/problem+json": json,
            "application/json": json,
            "text/plain": text_only,
            "text/html": text_only,
        },
    }


def _catalogue() -> dict[str, Any]:
    """The operation that lists the questions."""
    words: dict[str, Any] = {
        "name": "q",
        "in": "query",
        "description": "Words that a question must have, all of them",
        "schema": {"type": "string"},
        "example": "meetings",
    }
    form: dict[str, Any] = {
        "name": "format",
        "in": "query",
        "description": WORDS["format"],
        "schema": {"enum": ["json", "html"]},
    }
    content = {
        "application/json": {"schema": schemas.ref("Questions")},
        "text/html": {"schema": {"type": "string"}},
    }
    known = ("400", "404", "406", "503")
    return {
        "operationId": "questions",
        "summary": "Which questions are there?",
        "tags": ["questions"],
        "parameters": [words, form],
        "responses": {
            "200": {"description": "The questions, by theme and name", "content": content},
            **{status: _problem(_PROBLEMS[status]) for status in known},
        },
    }


def _question(values: Values, question: Question) -> dict[str, Any]:
    """The operation that answers a question."""
    names = {"$ref": "#/components/headers/"}
    headers = {key: {"$ref": f"{names['$ref']}{key}"} for key in (*_HEADERS, "X-Total-Count")}
    told = ", ".join(question.columns)
    contents: dict[str, Any] = {}
    for form in FORMS:
        contents[form.media_type] = {"schema": {"type": "string"}}
    contents["application/json"] = {"schema": schemas.answer(question)}
    contents["application/sparql-results+json"] = {"schema": {"type": "object"}}
    contents["text/csv"] = {
        "schema": {
            "type": "string",
            "description": f"RFC 4180 with a head. Columns: {told}; each that holds IRIs is "
            "followed by one with their labels, unless labels is 0.",
        }
    }
    own = [_parameter(values, question, one) for one in question.parameters.values()]
    words = [
        {"$ref": f"#/components/parameters/{word}"}
        for word in WORDS
        if word not in question.parameters
    ]
    return {
        "operationId": question.name,
        "summary": question.summary,
        "description": " ".join(question.description.split()),
        "tags": [question.theme],
        "parameters": own + words,
        "responses": {
            "200": {"description": "The answer", "headers": headers, "content": contents},
            "304": {"description": "The client has this answer already"},
            **{status: _problem(text) for status, text in _PROBLEMS.items()},
        },
    }


def _parameter(values: Values, question: Question, parameter: Parameter) -> dict[str, Any]:
    """A parameter of a question."""
    told = [parameter.label]
    if parameter.description:
        told.append(parameter.description.rstrip("."))
    told.append(_accepted(parameter))
    if parameter.default.upper() != "UNDEF" and not parameter.required:
        told.append(f"Unless given, {parameter.default}; any lifts the restriction")
    schema: dict[str, Any] = {"type": "string"}
    if values.is_few(parameter):
        known = [name(one.iri) for one in values.choices(parameter)]
        # Names and IRIs are accepted as well, so the known values are told and do not bind.
        schema = {"anyOf": [{"enum": known + ["any"] * (not parameter.required)}, schema]}
    sample = values.example(question, parameter)
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": ". ".join(told) + ".",
        "schema": schema,
    }
    if parameter.many:
        found["schema"] = {"type": "array", "items": schema}
        found |= {"style": "form", "explode": True}
    if sample:
        found["example"] = [sample] if parameter.many else sample
    return found


def _accepted(parameter: Parameter) -> str:
    if parameter.scheme:
        return f"A concept of the scheme {parameter.scheme}"
    if parameter.kind == "rdfs:Resource":
        return "Any thing"
    if parameter.kind:
        return f"A thing of the class {parameter.kind}"
    form = LITERALS[parameter.datatype]
    more = "; a month or a year will do" if parameter.bound else ""
    return form[0].upper() + form[1:] + more


def _words(edition: Edition) -> dict[str, Any]:
    """The parameters that every question has."""
    integer = {"type": "integer", "maximum": 999_999_999}
    kinds: dict[str, dict[str, Any]] = {
        "format": {"enum": [one.name for one in FORMS]},
        # Not 0 and 1: a client made from the document would have to name them, and has true.
        "labels": {"type": "boolean", "default": True},
        "columns": {"type": "string"},
        "limit": {**integer, "minimum": 1},
        "offset": {**integer, "minimum": 0},
        "page": {**integer, "minimum": 1},
        "version": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
    }
    examples: dict[str, Any] = {"limit": 10, "version": edition.version, "format": "json"}
    found: dict[str, Any] = {}
    for word, told in WORDS.items():
        text = told[0].upper() + told[1:] + "."
        found[word] = {"name": word, "in": "query", "description": text, "schema": kinds[word]}
        if word in examples:
            found[word]["example"] = examples[word]
    return found


def _others() -> dict[str, Any]:
    """The other topics in a few words; each has its own description."""
    query = {
        "name": "query",
        "in": "query",
        "required": True,
        "description": "A query in SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE).",
        "schema": {"type": "string"},
        "example": "SELECT * { ?meeting a mea:Meeting } LIMIT 10",
    }
    sparql = _other(
        "sparql",
        "Ask a query of your own",
        "SPARQL 1.1 Protocol. Queries by GET, by a form, or as application/sparql-query; within "
        "limits of time and memory. Updates and SERVICE are refused.",
    )
    feed = _other(
        "informea",
        "The feed for InforMEA and ECOLEX",
        "OData 2: $metadata says what there is, in Atom and in JSON.",
    )
    check = _other(
        "validate",
        "Check an entry against the rules of the graph",
        "Turtle, TriG or JSON-LD in the body. Nothing is stored.",
    )
    check["requestBody"] = {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string"}}
            for kind in ("text/turtle", "application/trig", "application/ld+json")
        },
    }
    return {
        "/sparql": {"get": {**sparql, "parameters": [query]}},
        "/informea.svc/": {"get": feed},
        "/validate": {"post": check},
    }


def _other(identifier: str, summary: str, description: str) -> dict[str, Any]:
    return {
        "operationId": identifier,
        "summary": summary,
        "description": description,
        "tags": ["other"],
        "responses": {
            "200": {"description": "The answer"},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
