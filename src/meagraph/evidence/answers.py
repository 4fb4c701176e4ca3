"""An answer as a table: labels for what it names, citations for the passages that state it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from meagraph.errors import UnusableInput
from meagraph.evidence.citations import Citation, cite, is_passage
from meagraph.tables import Column, Table, iris, labels_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Store

    from meagraph.queries import Answer, Question
    from meagraph.tables import Term


def tabulate(
    question: Question, given: Mapping[str, Sequence[str]], store: Store, answer: Answer
) -> tuple[Table, dict[str, Citation]]:
    """Make a table of an answer.

    Args:
        question: what was asked; its header describes the columns.
        given: the values that were given for its parameters.
        store: the graph, for labels and citations.
        answer: rows or triples.

    Returns:
        The table, and the passages in its columns of evidence, in the order of the documents.

    Raises:
        UnusableInput: a column of evidence holds something else than IRIs.
    """
    columns, rows = _columns_and_rows(question, answer)
    evidence = [index for index, column in enumerate(columns) if column.evidence]
    cited = cite(store, {iri for row in rows for index in evidence for iri in _split(row[index])})
    places = {iri: place for place, iri in enumerate(cited)}
    cells = [
        tuple(
            _passages(cell, places, question) if index in evidence else cell
            for index, cell in enumerate(row)
        )
        for row in rows
    ]
    named = [iri for iri in iris(cells) if iri not in cited]
    labels = labels_of(store, named)
    others = cite(store, (iri for iri in named if is_passage(iri) and iri not in labels))
    labels |= {iri: citation.name for iri, citation in (others | cited).items()}
    asked = question.name or question.text
    return Table(columns, cells, labels, asked, given, question.empty), cited


def _columns_and_rows(
    question: Question, answer: Answer
) -> tuple[list[Column], Sequence[tuple[Term | None, ...]]]:
    if answer.triples is not None:
        columns = [Column(name) for name in ("subject", "predicate", "object")]
        return columns, [(each.subject, each.predicate, each.object) for each in answer.triples]
    return [question.columns.get(name, Column(name)) for name in answer.variables], answer.rows


def _split(cell: Term | None) -> list[str]:
    return str(getattr(cell, "value", "")).split()


def _passages(
    cell: Term | None, places: Mapping[str, int], question: Question
) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(iri) for iri in sorted(set(_split(cell)), key=places.__getitem__))
    except ValueError as error:
        raise UnusableInput(
            f"a column of evidence holds what is no IRI: {error}",
            file=question.path or None,
            hint='Select (GROUP_CONCAT(DISTINCT STR(?passage); separator=" ") AS ?passages).',
        ) from None
