"""What is told of a query that was not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.queries.sparql import examined, unreadable
from meagraph.server.problems import Problem, unusable

if TYPE_CHECKING:
    from meagraph.server.settings import Settings
    from meagraph.server.workers import Ended

_RESTRICT = "Restrict it: a triple that names what is asked for, patterns that share a variable"
_RETRY = {"Retry-After": "2"}


def problem(ended: Ended, sparql: str, settings: Settings) -> Problem:
    """The problem that the end of a query is.

    It is 503 where the same query may succeed later; of the others, none will.
    """
    if ended.why == "syntax":
        read = examined(sparql, dataset=True)
        return unusable(unreadable(sparql, read, ended.said, None))
    if ended.why == "failed":
        return Problem(422, f"the query could not be evaluated: {ended.said}")
    status, detail, hint = {
        "time": (
            504,
            f"the query was ended: it had not finished after {settings.timeout:g} s",
            f"{_RESTRICT}, LIMIT.",
        ),
        "memory": (
            507,
            f"the query was ended: it took more than {settings.memory / 2**20:,.0f} MiB of memory",
            f"{_RESTRICT}, no ORDER BY, DISTINCT or GROUP BY over all of it.",
        ),
        "size": (
            422,
            f"the query was ended: its answer has more than {settings.largest / 2**20:,.0f} MiB",
            "Add LIMIT, select fewer variables, or count with COUNT what is now listed.",
        ),
        "crash": (
            422,
            "the query crashed the engine",
            "Write it shorter and flatter: long chains of + or /, or deep brackets, overflow it.",
        ),
        "killed": (503, "the process that evaluated the query was killed", "Try again."),
        "busy": (503, "too many queries wait to be evaluated", "Try again in a moment."),
        "gone": (400, "the client went away", ""),
    }[ended.why]
    return Problem(status, detail, hint, _RETRY if status == 503 else None)
