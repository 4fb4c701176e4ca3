"""The description of the questions' addresses: as OpenAPI for programs, as a page for readers."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from meagraph import __version__
from meagraph.server.pages.rendering import html as rendered
from meagraph.server.questions.answering import Answers, Reply
from meagraph.server.questions.asking import WORDS
from meagraph.server.questions.forms import FORMS
from meagraph.server.questions.openapi import document
from meagraph.server.questions.refusals import example_address
from meagraph.server.questions.values import values_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from meagraph.server.edition import Edition


def reply(answers: Answers, request: Request, edition: Edition, what: str) -> Reply:
    """The description, made once for an edition.

    Args:
        answers: what keeps it.
        request: what is answered.
        edition: whose questions are described.
        what: ``openapi`` or ``html``.
    """
    asked = repr((what, edition.build, __version__, answers.server.settings))
    tag = f'W/"{sha256(asked.encode()).hexdigest()[:24]}"'

    def make() -> Reply:
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Meagraph-Version": edition.version}
        described = document(answers.server, edition)
        if what == "html":
            headers["Content-Type"] = "text/html; charset=utf-8"
            return Reply(_page(answers, request, edition, described).encode(), headers)
        headers["Content-Type"] = "application/json"
        body = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        return Reply(body.encode(), headers)

    return answers.kept(tag, make)


def _page(answers: Answers, request: Request, edition: Edition, described: Any) -> str:
    values, server = values_of(edition), answers.server
    by_tag: dict[str, list[Any]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            one = {**operation, "path": path, "method": method.upper(), "try": ""}
            question = edition.questions.get(operation["operationId"])
            if question and path == f"/queries/{question.name}":
                one["try"] = example_address(question, values.examples(question), server)
            by_tag.setdefault(operation["tags"][0], []).append(one)
    return rendered(
        request,
        server,
        "question-api.html",
        info=described["info"],
        tags=[(tag["description"], by_tag.get(tag["name"], [])) for tag in described["tags"]],
        words=WORDS,
        forms=FORMS,
        problems=described["paths"]["/queries"]["get"]["responses"],
    )
