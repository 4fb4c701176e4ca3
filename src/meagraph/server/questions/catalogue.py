"""All stored questions: a page by theme, and the same for programs."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from meagraph.server.pages.rendering import html as rendered
from meagraph.server.questions.forms import FORMS
from meagraph.server.questions.refusals import example_address
from meagraph.server.questions.values import values_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from meagraph.queries import Parameter, Question
    from meagraph.server.edition import Edition
    from meagraph.server.serving import Server

THEMES = {
    "activities": "Activities",
    "actors": "Actors",
    "comparison": "Two documents compared",
    "decisions": "Decisions",
    "documents": "Documents",
    "evidence": "Evidence",
    "mandates": "Mandates",
    "meetings": "Meetings",
    "network": "Networks",
    "time": "Time",
    "topics": "Topics",
    "worklists": "Work for curators",
}
"""What the page calls the themes; one that is not here has the name of its folder."""


def theme_title(theme: str) -> str:
    """What a page calls a theme."""
    return THEMES.get(theme, theme.replace("-", " ").capitalize())


def as_html(request: Request, server: Server, edition: Edition, words: str) -> str:
    """The page of all questions, or of those that have all of some words."""
    found = _found(edition, words)
    themes = [
        (theme, theme_title(theme), list(questions))
        for theme, questions in groupby(found, key=lambda one: one.theme)
    ]
    return rendered(
        request,
        server,
        "questions.html",
        themes=themes,
        words=words,
        count=len(found),
        total=len(edition.questions),
    )


def as_json(request: Request, server: Server, edition: Edition, words: str) -> str:
    """The same for a program: what each question takes and gives, and an address that works."""
    listed = [_told(server, edition, one) for one in _found(edition, words)]
    answer = {
        "version": edition.version,
        "formats": {one.name: one.media_type for one in FORMS},
        "questions": listed,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _found(edition: Edition, words: str) -> list[Question]:
    wanted = words.casefold().split()
    return [
        one for one in edition.questions.values() if all(word in _searched(one) for word in wanted)
    ]


def _searched(question: Question) -> str:
    parts = [question.name, question.theme, question.summary, question.description]
    parts += question.tags
    parts += [one.label for one in question.parameters.values()]
    return " ".join(parts).casefold()


def _told(server: Server, edition: Edition, question: Question) -> dict[str, Any]:
    examples = values_of(edition).examples(question)
    return {
        "name": question.name,
        "theme": question.theme,
        "asks": question.summary,
        "description": question.description,
        "tags": list(question.tags),
        "address": server.address(f"/queries/{question.name}"),
        "example": example_address(question, examples, server),
        "parameters": [_parameter(one) for one in question.parameters.values()],
        "columns": [
            {"name": name, "label": one.label or name, "meaning": one.meaning, "unit": one.unit}
            for name, one in question.columns.items()
        ],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "label": parameter.label,
        "description": parameter.description,
        "class": parameter.kind,
        "scheme": parameter.scheme,
        "datatype": parameter.datatype,
        "required": parameter.required,
        "many": parameter.many,
        "default": "" if parameter.default.upper() == "UNDEF" else parameter.default,
    }
