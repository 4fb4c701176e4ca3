"""From a request to a reply: bound, evaluated in a thread, written, and kept for the next.

A reply depends on nothing but the build of the graph, the program, and what is asked once every
value is resolved; its entity tag is made of these, so that a client that has it already is told
so before anything is evaluated.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread

from meagraph import __version__
from meagraph.errors import UnusableInput
from meagraph.knowledge.asking import answered
from meagraph.queries import bind, defaults_used, standalone
from meagraph.server.keeping import Kept
from meagraph.server.problems import Problem
from meagraph.server.questions.forms import HTML, QUERY, Form, Part, written
from meagraph.server.questions.refusals import refused
from meagraph.server.questions.values import canonical, values_of
from meagraph.server.questions.windows import PAGE, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meagraph.names import GivenUp
    from meagraph.server.edition import Edition
    from meagraph.server.questions.asking import Asked
    from meagraph.server.serving import Server
    from meagraph.tables import Table

T = TypeVar("T")

_ROOM = 64 << 20
"""Bytes of answers that are kept."""
_AT_ONCE = 4
"""Questions evaluated at a time; they share the interpreter, so more would gain nothing."""
_CELL = 150
"""Bytes that a cell of a table takes, more or less."""


class Reply(NamedTuple):
    """What is sent: the body, and headers but for those of every response."""

    body: bytes
    headers: dict[str, str]


class Prepared(NamedTuple):
    """A request whose values are resolved.

    Args:
        edition: what is asked.
        asked: the request; of its window, the one that the form has.
        form: how the answer is written.
        given: the values given, each in its shortest sure form.
        sparql: the query with all values bound.
        notes: what the reader should know of the values.
        tag: the entity tag.
    """

    edition: Edition
    asked: Asked
    form: Form
    given: dict[str, list[str]]
    sparql: str
    notes: tuple[str, ...]
    tag: str

    @property
    def name(self) -> str:
        """The question's."""
        return self.asked.question.name

    def path(self, ending: str = "", window: Window | None = None, *, pinned: bool = False) -> str:
        """The path and query of this request, in its shortest sure form.

        Args:
            ending: that of a form; empty leaves the form to negotiation.
            window: the rows; all without.
            pinned: whether the version of the data is part of it.
        """
        fields = [(name, value) for name, values in self.given.items() for value in values]
        if not self.asked.labels:
            fields.append(("labels", "0"))
        if self.asked.columns:
            fields.append(("columns", ",".join(self.asked.columns)))
        fields += window.given() if window else []
        if pinned:
            fields.append(("version", self.edition.version))
        path = f"/queries/{self.name}" + (f".{ending}" if ending else "")
        return f"{path}?{urlencode(fields)}" if fields else path


class Answers:
    """What answers questions for a server, and keeps the answers.

    Args:
        server: whose editions are asked.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._kept = Kept(_ROOM)
        self._limiter: CapacityLimiter | None = None

    async def in_thread(self, work: Callable[[], T]) -> T:
        """What a function returns, in a thread, a few at a time.

        Raises:
            Problem: too many wait already.
        """
        limiter = self._limiter = self._limiter or CapacityLimiter(_AT_ONCE)
        if limiter.statistics().tasks_waiting >= self.server.settings.waiting:
            raise Problem(
                503, "too many questions are waiting", "Ask again soon.", {"Retry-After": "2"}
            )
        return await to_thread.run_sync(work, limiter=limiter)

    def known(self, key: object) -> Reply | None:
        """The reply to a request that was made before, by whatever tells it from others."""
        remembered = self._kept.get(key)
        if remembered is None:
            return None
        tag, more = remembered
        found: Reply | None = self._kept.get(tag)
        return found and Reply(found.body, {**found.headers, **more})

    def remember(self, key: object, tag: str, more: dict[str, str]) -> None:
        """That a request has the reply with this entity tag, and these headers besides."""
        self._kept.keep(key, (tag, more), 500 + len(repr(key)))

    def kept(self, tag: str, make: Callable[[], Reply]) -> Reply:
        """The reply with this entity tag: that which is kept, else made now."""
        found: Reply | None = self._kept.get(tag)
        if found is None:
            found = make()
            self._kept.keep(tag, found, len(found.body) + 1000)
        return found

    def prepare(self, edition: Edition, asked: Asked, form: Form, *, lenient: bool) -> Prepared:
        """Resolve the values.

        Args:
            edition: what is asked.
            asked: the request.
            form: how the answer is to be written.
            lenient: whether the question's own values hold where none at all is given, required
                ones too. On a page and in a query, where they are seen, they always do.

        Raises:
            Problem: a value does not fit, or is missing.
        """
        question, store = asked.question, edition.store
        values = values_of(edition)
        gone: list[GivenUp] = []
        try:
            is_own = not asked.given and (lenient or form in (HTML, QUERY))
            if not is_own:
                sparql = bind(question, values.names, asked.given, gone.append)
            else:
                sparql = question.text
        except UnusableInput as error:
            examples = values.examples(question)
            raise refused(error, question, examples, self.server) from None
        needed = [name for name, one in question.parameters.items() if one.required]
        given = canonical(store, question, sparql, needed if is_own else asked.given)
        notes = [f"{text}." for text in map(str, gone)]
        notes += [
            f"“{name}” is not given: the question’s own {value} holds"
            + ("." if question.parameters[name].required else "; any lifts it.")
            for name, value in defaults_used(question, asked.given).items()
        ]
        if form is HTML and asked.window.limit is None:
            asked = asked._replace(window=Window(asked.window.offset, PAGE, by_page=True))
        told = (edition.build, __version__, self.server.settings, form.name, question.name, sparql)
        shown = (given, notes, asked.labels, asked.columns, asked.window, bool(asked.version))
        digest = sha256(repr((told, shown)).encode()).hexdigest()[:24]
        return Prepared(edition, asked, form, given, sparql, tuple(notes), f'W/"{digest}"')

    def reply(self, prepared: Prepared, page: Callable[[Prepared, Part], str]) -> Reply:
        """The reply to a prepared request.

        Args:
            prepared: the request.
            page: what writes the page of a question.

        Raises:
            Problem: the answer does not fit into the form, or has no such column.
        """
        return self.kept(prepared.tag, lambda: self._made(prepared, page))

    def _made(self, prepared: Prepared, page: Callable[[Prepared, Part], str]) -> Reply:
        asked, form = prepared.asked, prepared.form
        headers = {
            "Content-Type": form.content_type,
            "ETag": prepared.tag,
            "Cache-Control": "no-cache",
            "Meagraph-Version": prepared.edition.version,
        }
        bookmark = self.server.address(prepared.path(pinned=True))
        links = [f'<{bookmark}>; rel="bookmark"']
        links.append(f'<{self.server.address("/openapi.json")}>; rel="service-desc"')
        if form is QUERY:
            headers["Link"] = ", ".join(links)
            return Reply(standalone(prepared.sparql).encode(), headers)
        try:
            table = self._table(prepared)
            table = table.select(asked.columns) if asked.columns else table
            part = Part(
                table,
                asked.window,
                asked.labels,
                asked.question.summary,
                prepared.edition.version,
                bookmark,
                prepared.notes,
            )
            body = page(prepared, part).encode() if form is HTML else written(part, form)
        except UnusableInput as error:
            raise Problem(400, error.message, error.hint or "") from None
        for relation, window in asked.window.others(len(table)).items():
            other = self.server.address(prepared.path(form.ending, window))
            links.append(f'<{other}>; rel="{relation}"')
        headers["Link"] = ", ".join(links)
        headers["X-Total-Count"] = str(len(table))
        return Reply(body, headers)

    def _table(self, prepared: Prepared) -> Table:
        """The whole answer; asked once for all its forms and parts."""
        edition, question = prepared.edition, prepared.asked.question
        key = ("table", edition.build, question.name, prepared.sparql, repr(prepared.given))
        found: Table | None = self._kept.get(key)
        if found is None:
            # Not by the graph's own method: what that keeps of names is not for several threads.
            found = answered(edition.store, question, prepared.given, prepared.sparql).table
            self._kept.keep(key, found, len(found) * (len(found.columns) + 1) * _CELL)
        return found


def is_known(header: str | None, tag: str) -> bool:
    """Whether ``If-None-Match`` names an entity tag, compared weakly (RFC 9110, 13.1.2)."""
    if header is None:
        return False
    named: Sequence[str] = [one.strip().removeprefix("W/") for one in header.split(",")]
    return header.strip() == "*" or tag.removeprefix("W/") in named
