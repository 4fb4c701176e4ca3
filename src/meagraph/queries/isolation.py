"""A query evaluated in a process of its own, which is ended at its limits.

The engine cannot be told to stop: a query that runs away holds its process, fills the memory, or
crashes. So what nobody has vetted is evaluated in a process that opens the kept graph, to read
only, and has a limit of time, of memory and of what it may give.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Literal

from meagraph.errors import UnusableInput
from meagraph.queries.evaluator import Evaluator, Response
from meagraph.queries.sparql import Answer, answered, examined, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meagraph.tokens import Token

MEMORY = 2 << 30
"""The bytes of memory that a query may take, unless told otherwise; enforced on Linux."""

LARGEST = 256 << 20
"""The bytes of an answer, as SPARQL 1.1 Query Results JSON or N-Triples, from which on it is given
up; read into objects it takes several times as much."""

_OUT_OF_MEMORY = (
    b"memory allocation of",
    b"bad_alloc",
    b"MemoryError",
    b"annot allocate memory",
    b"Resource temporarily unavailable",  # of threads, whose stacks are memory, too
)
_RESTRICT = "Restrict it: a triple that names what is asked for, patterns that share a variable"

Limit = Literal["time", "memory", "size", "crash"]


class RunAway(UnusableInput):
    """A query was ended, or ended its process.

    Args:
        limit: at which limit; ``crash`` where the process ended by itself.
        message: what happened.
        hint: what to try.
        file: where the query stands.
    """

    def __init__(self, limit: Limit, message: str, hint: str, file: str | None) -> None:
        super().__init__(message, file=file, hint=hint)
        self.limit = limit


def ask_isolated(
    folder: str,
    sparql: str,
    timeout: float,
    memory: int = MEMORY,
    file: str | None = None,
    largest: int = LARGEST,
) -> Answer:
    """Do what `meagraph.queries.ask` does, within limits, on a graph that is kept in a folder.

    Args:
        folder: where the graph is kept, as `meagraph.graph.cache.Opened` names it.
        sparql: the query, SPARQL 1.1.
        timeout: the seconds that it may take, with the start of its process.
        memory: the bytes of memory that it may take, those of the open graph among them.
        file: where the query stands, for messages.
        largest: the bytes of its results, written down, that are accepted.

    Raises:
        UnusableInput: it is no query, would leave this machine or change the graph, or the folder
            holds no graph.
        RunAway: it came to a limit.
    """
    read = examined(sparql, file)
    with Evaluator(os.path.join(folder, "current"), memory) as evaluator:
        response = evaluator.ask(sparql, timeout, largest)
    if response.ended == "time":
        message = f"the query was ended: it had not finished after {timeout:g} s"
        hint = f"{_RESTRICT}, LIMIT; or give it longer: --timeout {max(1.0, 10 * timeout):g}"
        raise RunAway("time", message, f"{hint}.", file)
    if response.ended == "size":
        message = f"the query was ended: its answer has more than {_mebibytes(largest)}"
        hint = "Add LIMIT, select fewer variables, or count with COUNT what is now listed."
        raise RunAway("size", message, hint, file)
    if response.ended:
        raise _broken_down(response, memory, file)
    return _content(response, sparql, read, memory, folder, file)


def _content(
    response: Response,
    sparql: str,
    read: Sequence[Token],
    memory: int,
    folder: str,
    file: str | None,
) -> Answer:
    from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

    content = response.content
    if response.kind == "s":
        return answered(parse_query_results(content, format=QueryResultsFormat.JSON), read)
    if response.kind == "t":
        found = {quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)}
        return Answer(triples=sorted(found, key=str))
    said = content.decode(errors="replace")
    if response.kind == "e":
        raise unreadable(sparql, read, said, file)
    if response.kind == "m":
        raise _too_much_memory(memory, file)
    if response.kind == "o":
        hint = "meagraph build makes it again."
        raise UnusableInput(f"the graph kept in {folder} cannot be opened: {said}", hint=hint)
    raise UnusableInput(f"the query failed: {said}", file=file)


def limit_met(status: int, said: bytes) -> Limit:
    """The limit at which a process ended by itself.

    Args:
        status: of its exit; negative for a signal.
        said: the beginning of what it wrote on standard error.
    """
    if status == -signal.SIGXCPU:
        return "time"
    if status == -signal.SIGKILL or any(sign in said for sign in _OUT_OF_MEMORY):
        return "memory"
    return "crash"


def _broken_down(response: Response, memory: int, file: str | None) -> UnusableInput:
    """The exception for a process that ended by itself."""
    limit = limit_met(response.status, response.said)
    if limit == "memory" and response.status != -signal.SIGKILL:
        return _too_much_memory(memory, file)
    if limit == "time":
        message = "the query was ended: it took all the computing time that it may take"
        return RunAway("time", message, f"{_RESTRICT}, LIMIT; or a longer --timeout.", file)
    if response.status == -signal.SIGKILL:
        message = "the query's process was killed, perhaps because the machine ran out of memory"
        return RunAway("memory", message, f"{_RESTRICT}, LIMIT.", file)
    how = f"exit status {response.status}"
    if response.status < 0:
        how = signal.strsignal(-response.status) or f"signal {-response.status}"
    message = f"the query crashed the engine ({how})"
    hint = "Write it shorter and flatter: long chains of + or /, or deep brackets, overflow it."
    return RunAway("crash", message, hint, file)


def _too_much_memory(memory: int, file: str | None) -> RunAway:
    message = f"the query was ended: it took more than {_mebibytes(memory)} of memory"
    hint = f"{_RESTRICT}, no ORDER BY, DISTINCT or GROUP BY over all of it."
    return RunAway("memory", message, hint, file)


def _mebibytes(count: int) -> str:
    return f"{count / 2**20:,.0f} MiB"
