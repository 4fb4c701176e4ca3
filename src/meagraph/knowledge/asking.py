"""One question asked: bound, evaluated within limits, and made into a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from meagraph.errors import UnusableInput
from meagraph.evidence import tabulate
from meagraph.queries import ask
from meagraph.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.evidence import Citation, Naming
    from meagraph.queries import Answer, Question
    from meagraph.queryable import Queryable


class Answered(NamedTuple):
    """An answer and what belongs to it.

    Args:
        answer: what the query gave, cut to the limit.
        table: the same with labels; of a yes or no, one cell.
        citations: the passages in its columns of evidence, in the order of the documents.
        left_out: how many rows the limit left out.
    """

    answer: Answer
    table: Table
    citations: Mapping[str, Citation]
    left_out: int


def answered(
    store: Queryable,
    question: Question,
    given: Mapping[str, Sequence[str]],
    sparql: str,
    folder: str | None = None,
    timeout: float | None = None,
    limit: int | None = None,
    naming: Naming | None = None,
) -> Answered:
    """Ask a question.

    Args:
        store: the graph.
        question: what is asked; its header describes the columns.
        given: the values given for its parameters.
        sparql: the question with these values bound, see `meagraph.queries.bind`.
        folder: where the store is kept.
        timeout: seconds after which the evaluation is ended, in a process of its own. ``None``
            evaluates in this process, without end.
        limit: how many rows are kept at most; all are counted.
        naming: the labels and citations that were looked up before.

    Raises:
        UnusableInput: the query cannot be read, was ended at a limit, or the graph is not kept
            where another process could open it.
    """
    if limit is not None and limit < 1:
        raise UnusableInput("the limit is less than 1", hint="Say how many rows to keep.")
    answer = _evaluated(store, sparql, question.path or None, folder, timeout)
    count = len(answer.rows)
    if limit is not None and count > limit:
        answer = answer._replace(rows=answer.rows[:limit])
    if limit is not None and answer.triples is not None and len(answer.triples) > limit:
        count = len(answer.triples)
        answer = answer._replace(triples=answer.triples[:limit])
    if answer.boolean is not None:
        cell = Literal(answer.boolean)
        asked = question.name or question.text
        return Answered(answer, Table([Column("boolean")], [[cell]], {}, asked, given), {}, 0)
    table, citations = tabulate(question, given, store, answer, naming)
    return Answered(answer, table, citations, max(0, count - (limit or count)))


def _evaluated(
    store: Queryable, sparql: str, file: str | None, folder: str | None, timeout: float | None
) -> Answer:
    if timeout is None or hasattr(store, "timeout"):  # an endpoint keeps its own
        return ask(store, sparql, file)
    if not timeout > 0:
        raise UnusableInput("the time limit is not more than 0", hint="Say how many seconds.")
    if folder is None:
        raise UnusableInput(
            "a time limit needs a graph that is kept in a folder, and this one is in memory",
            hint="Name a folder that can be written to, by --store or open(store=…).",
        )
    from meagraph.queries.isolation import ask_isolated

    return ask_isolated(folder, sparql, timeout, file=file)
