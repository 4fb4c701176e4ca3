"""An answer as a table: labels for what it names, citations for the passages that state it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from meagraph.errors import UnusableInput
from meagraph.evidence.citations import Citation, is_passage
from meagraph.evidence.naming import Naming
from meagraph.namespaces import ONTOLOGY, expand
from meagraph.queries.parameters import ANY
from meagraph.tables import Column, Table, iris, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meagraph.queries import Answer, Parameter, Question
    from meagraph.queryable import Queryable
    from meagraph.tables import Term

_TITLES = (
    f"SELECT ?document ?title {{ ?document a <{ONTOLOGY}SourceDocument> "
    f"OPTIONAL {{ ?document <{ONTOLOGY}shortTitle> ?title }} }}"
)
_DOCUMENTS = "{documents}"
"""Where a header's sentence for an empty answer has it, the documents' names go there."""


def tabulate(
    question: Question,
    given: Mapping[str, Sequence[str]],
    store: Queryable,
    answer: Answer,
    naming: Naming | None = None,
) -> tuple[Table, dict[str, Citation]]:
    """Make a table of an answer.

    Args:
        question: what was asked; its header describes the columns.
        given: the values that were given for its parameters.
        store: the graph, for labels and citations.
        answer: rows or triples.
        naming: the labels and citations that were looked up before.

    Returns:
        The table, and the passages in its columns of evidence, in the order of the documents.

    Raises:
        UnusableInput: a column of evidence holds something else than IRIs.
    """
    naming = naming or Naming(store)
    columns, rows = _columns_and_rows(question, answer)
    evidence = [index for index, column in enumerate(columns) if column.evidence]
    cited = naming.citations(
        {iri for row in rows for index in evidence for iri in _split(row[index])}
    )
    places = {iri: place for place, iri in enumerate(cited)}
    cells = [
        tuple(
            _passages(cell, places, question) if index in evidence else cell
            for index, cell in enumerate(row)
        )
        for row in rows
    ]
    named = [iri for iri in iris(cells) if iri not in cited]
    labels = naming.labels(named)
    others = naming.citations(iri for iri in named if is_passage(iri) and iri not in labels)
    labels |= {iri: citation.name for iri, citation in (others | cited).items()}
    asked = question.name or question.text
    empty = question.empty if cells else nothing_found(question, given, store)
    return Table(columns, cells, labels, asked, given, empty), cited


def nothing_found(question: Question, given: Mapping[str, Sequence[str]], store: Queryable) -> str:
    """What an answer without rows means, and according to which documents.

    That no document tells of a thing does not mean that there is no such thing. So the header's
    sentence is preceded by the short titles of the documents that were asked: those given for a
    parameter that takes source documents, else all that the graph has. A sentence that names them
    itself has ``{documents}`` in the place of their names. A query without a header was not asked
    of documents, and its sentence is left as it is.

    Args:
        question: what was asked.
        given: the values that were given for its parameters.
        store: the graph.
    """
    solutions: Any = store.query(_TITLES)
    titles = {
        document.value: title.value if title else shortened(document.value)
        for document, title in solutions
    }
    asked = set(_documents_asked(question, given, store)) & titles.keys() or titles.keys()
    names = ", ".join(sorted(titles[document] for document in asked))
    if not question.summary or not names:
        return question.empty.replace(_DOCUMENTS, "the documents")
    if _DOCUMENTS in question.empty:
        return question.empty.replace(_DOCUMENTS, names)
    sentence = question.empty
    if not sentence[1:2].isupper():  # an acronym keeps its capitals
        sentence = sentence[:1].lower() + sentence[1:]
    return f"According to {names}: {sentence}"


def _documents_asked(
    question: Question, given: Mapping[str, Sequence[str]], store: Queryable
) -> Iterator[str]:
    from meagraph.names import resolve
    from meagraph.queries import fitting

    for name, parameter in question.parameters.items():
        if parameter.kind == "mea:SourceDocument":
            words = given.get(name)
            if words is None:
                yield from _defaults(parameter)
            elif ANY not in words:
                fits = fitting(store, parameter)
                yield from (resolve(store, word, fits=fits) for word in words)


def _defaults(parameter: Parameter) -> Iterator[str]:
    """The IRIs that the question's own ``VALUES`` holds; none for ``UNDEF``."""
    for word in parameter.default.split():
        iri = word[1:-1] if word.startswith("<") else expand(word)
        if iri:
            yield iri


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
