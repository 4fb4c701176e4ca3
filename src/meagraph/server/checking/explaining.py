"""The pages that explain the rules: all of them in a list, and each with examples."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from meagraph.drafting.explanations import every_rule
from meagraph.reports.words import WORDS
from meagraph.server.pages.rendering import Links, html, response
from meagraph.server.problems import Problem
from meagraph.validation.rules import RULES
from meagraph.validation.shapes import read_shapes

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from meagraph.project import Project
    from meagraph.server.checking.desk import Desk
    from meagraph.server.serving import Server
    from meagraph.validation import Rule

_ON_FILES = "Rules on files"


class Rules:
    """The rules as one server explains them.

    Args:
        server: the server.
        desk: where the examples of a rule are found, which takes the engine of validation.
    """

    def __init__(self, server: Server, desk: Desk) -> None:
        self.server = server
        self.desk = desk
        self._known = _Known("", server.project)
        self._lock = Lock()

    async def all(self, request: Request) -> Response:
        """The list of all rules, by what they are about."""
        known = self._current()
        groups = await run_in_threadpool(lambda: known.groups)
        body = await run_in_threadpool(
            html, request, self.server, "check-rules.html", groups=groups, words=WORDS
        )
        return response(request, body)

    async def one(self, request: Request) -> Response:
        """One rule: what it demands and why, a wrong and a right example."""
        known = self._current()
        rules = await run_in_threadpool(lambda: known.rules)
        wanted = request.path_params["name"]
        named = wanted.removeprefix("meash:")
        rule = rules.get(f"meash:{named}")
        if rule is None:
            raise Problem(404, "there is no rule of this name", "The rules are listed at /rules.")
        if named != wanted:
            to = Links(self.server.settings.prefix).href(f"/rules/{named}")
            return RedirectResponse(to, 301)
        if named not in known.explanations:
            client = request.client.host if request.client else ""
            answer = await self.desk.ask({"rule": rule.name}, client=client)
            known.explanations[named] = answer["explanation"]
        body = await run_in_threadpool(
            html,
            request,
            self.server,
            "check-rule.html",
            rule=rule,
            word=WORDS[rule.severity],
            explanation=known.explanations[named],
        )
        return response(request, body)

    def _current(self) -> _Known:
        """What is known of the rules since the graph was last built."""
        build = self.server.edition.build
        with self._lock:
            if self._known.build != build:
                self._known = _Known(build, self.server.project)
            return self._known


class _Known:
    """The rules of one build, and the explanations that were asked for."""

    def __init__(self, build: str, project: Project) -> None:
        self.build = build
        self.project = project
        self.explanations: dict[str, dict[str, Any]] = {}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return every_rule(read_shapes(self.project.shapes))

    @cached_property
    def groups(self) -> dict[str, list[Rule]]:
        """The rules by the class that they are about; those on files last."""
        found: dict[str, list[Rule]] = {}
        for name, rule in self.rules.items():
            local = name.partition(":")[2]
            found.setdefault(_ON_FILES if name in RULES else local.partition("-")[0], []).append(
                rule
            )
        return dict(sorted(found.items(), key=lambda group: (group[0] == _ON_FILES, group[0])))
