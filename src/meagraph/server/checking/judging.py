"""What judges one draft in a process of its own; run as a program by `meagraph.server.checking`.

The process is started ahead, cuts itself off from the network where the system lets it, and
imports what it will need. Then it waits for its one request on standard input: a line of JSON, and
behind it the bytes of the draft. Its answer goes to standard output as JSON, an object with
``outcome``:

=============  ==================================================================================
``report``     ``text`` is the report in the form that was asked for, ``readable`` whether the
               draft could be read
``explained``  ``explanation`` is that of a rule
``refused``    ``status``, ``detail`` and ``hint``: the request cannot be used
``large``      the report is larger than any reader wants
``memory``     the memory did not suffice
=============  ==================================================================================
"""

from __future__ import annotations

import json
import os
import resource
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from meagraph.queries.sealed import sealed

if TYPE_CHECKING:
    from meagraph.drafts import Own
    from meagraph.errors import UnusableInput
    from meagraph.project import Project

_REQUEST, _ANSWER = 0, 1
_LARGEST = 16 << 20
"""Characters of a report above which it is not given."""
_FILES = 256
"""Files that may be open at once: the store has some dozens of them."""
_GRAPH = "files of the graph itself cannot be used just now, so nothing can be validated"
_NEEDED = (
    "pyshacl",
    "rdflib.plugins.sparql.processor",
    "meagraph.drafting.explanations",
    "meagraph.graph",
    "meagraph.reports.json",
    "meagraph.drafts",
)
_WRITTEN = 1 << 30
"""Bytes that a file may have which is written: of the graph as it stands, kept for the next."""


def main(root: str, memory: str, seconds: str) -> None:
    """Answer one request.

    Args:
        root: the folder of the graph's files.
        memory: the bytes of memory that this process may take.
        seconds: the computing time that the request may take.
    """
    sealed()  # before a thread is begun: a namespace is for a process that has but one
    os.nice(5)  # whoever asks a question goes before whoever checks a draft
    os.chdir(root)
    _prepare()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _WRITTEN)
    _limit(resource.RLIMIT_NOFILE, _FILES)
    _limit(resource.RLIMIT_DATA, int(memory))
    with open(_REQUEST, "rb", closefd=False) as pipe:
        head, body = pipe.readline(), pipe.read()
    if not head:  # the server ended before it had a request
        return
    _limit(resource.RLIMIT_CPU, _computed() + int(float(seconds)), 1)
    try:
        answer = answered(json.loads(head), body, root)
    except MemoryError:
        answer = {"outcome": "memory"}
    # What stands in a draft may be half a character, which has no bytes.
    with open(_ANSWER, "wb", closefd=False) as pipe:
        pipe.write(json.dumps(answer, ensure_ascii=False).encode(errors="replace"))


def _prepare() -> None:
    """Import what takes longest, before anybody waits for it."""
    for name in _NEEDED:
        import_module(name)


def _limit(what: int, most: int, beyond: int = 0) -> None:
    """Limit what this process may take; what may be taken beyond it comes with a warning."""
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        most, beyond = min(most, hard), 0
    resource.setrlimit(what, (most, most + beyond))


def _computed() -> int:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int(usage.ru_utime + usage.ru_stime) + 1


def answered(asked: dict[str, str], body: bytes, root: str) -> dict[str, Any]:
    """The answer to a request.

    Args:
        asked: ``rule`` to have it explained; else ``media``, ``as`` and ``form`` of a draft: its
            media type, its path under ``data/`` or nothing, and the format of the report; and
            ``context``, the address at which the server has our context.
        body: the draft.
        root: the folder of the graph's files.
    """
    from meagraph.errors import UnusableInput
    from meagraph.project import Project

    project = Project(root)
    try:
        if "rule" in asked:
            return _explained(project, asked["rule"])
        return _judged(project, asked, body)
    except UnusableInput as error:
        # Nothing is told of the folders of this machine.
        own = os.path.join(root, "")
        detail, hint = error.message.replace(own, ""), (error.hint or "").replace(own, "")
        return _refused(400, detail, hint)


def _refused(status: int, detail: str, hint: str) -> dict[str, Any]:
    return {"outcome": "refused", "status": status, "detail": detail, "hint": hint}


def _judged(project: Project, asked: dict[str, str], body: bytes) -> dict[str, Any]:
    from meagraph.drafts import read_draft
    from meagraph.entries.selection import STANDARD_INPUT
    from meagraph.errors import UnusableInput
    from meagraph.reports import render
    from meagraph.validation import validate

    try:
        own = _own(project, body, asked["context"])
    except UnusableInput as error:
        return _graph_unusable(error)
    draft = read_draft(body, asked["media"], asked["as"] or None, project.data, own)
    arriving, illegible = [one.entry for one in draft.arrivals], draft.illegible
    try:
        report = validate(project, arriving=arriving, illegible=illegible)
    except UnusableInput as error:  # of the graph's own files; the draft's are in the report
        return _graph_unusable(error)
    files = {place.file for one in report.findings for place in one.places}
    if report.unreadable and files != {STANDARD_INPUT}:
        return _refused(503, _GRAPH, "Try again later.")
    report = draft.placed(report)
    if asked["form"] == "text":
        report = report.without_notes()
    text = render(report, asked["form"], project.root)
    if len(text) > _LARGEST:
        return {"outcome": "large"}
    text = text.replace(
        "with --as, such as --as documents", "with the parameter “as”, such as documents"
    )
    return {"outcome": "report", "text": text, "readable": not report.unreadable}


def _own(project: Project, body: bytes, address: str) -> Own | None:
    """Our context, where a draft may name it.

    Raises:
        UnusableInput: the graph's own files cannot be used.
    """
    from meagraph.drafts import Own, may_name_ours
    from meagraph.export.jsonld import CONTEXT
    from meagraph.graph import open_graph

    return Own(open_graph(project), {CONTEXT, address}) if may_name_ours(body) else None


def _graph_unusable(error: UnusableInput) -> dict[str, Any]:
    if _lacked_memory(error):
        raise MemoryError from error
    return _refused(503, _GRAPH, "Try again later.")


def _lacked_memory(error: BaseException | None) -> bool:
    """Whether it was the memory, though the engine of validation has blamed what it was given."""
    while error and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None


def _explained(project: Project, name: str) -> dict[str, Any]:
    from meagraph.drafting.explanations import every_rule, explain, find_rule
    from meagraph.drafting.vocabulary import Vocabulary
    from meagraph.graph import open_graph
    from meagraph.validation.shapes import read_shapes

    shapes = read_shapes(project.shapes)
    rule = find_rule(every_rule(shapes), name)
    told = explain(project, Vocabulary(open_graph(project), shapes), rule)
    explanation = {
        **told._asdict(),
        "rule": rule._asdict(),
        "wrong": [one._asdict() for one in told.wrong],
        "right": [one._asdict() for one in told.right],
    }
    return {"outcome": "explained", "explanation": explanation}


if __name__ == "__main__":
    main(*sys.argv[1:])
