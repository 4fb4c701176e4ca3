"""The values of a question's parameters: those that hold, those to suggest, and examples."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import KINDS, PREFIXES, compact
from meagraph.queries import entities
from meagraph.queries.literals import SAMPLES
from meagraph.queries.questions import values_groups
from meagraph.queries.remembering import Remembering
from meagraph.tokens import query_tokens

if TYPE_CHECKING:
    from collections.abc import Collection

    from pyoxigraph import Store

    from meagraph.queries import Parameter, Question
    from meagraph.server.edition import Edition

FEW = 20
"""Up to so many accepted values are all shown; of more, a reader writes a name."""

_MOST = 1000
_DAY = "2024-06-11"


class Choice(NamedTuple):
    """A value that a parameter accepts: its IRI, its label, and what to write for it."""

    iri: str
    label: str
    value: str


class Values:
    """What the questions of one edition take; looked up when first asked for.

    Args:
        store: the graph. ``names`` is the same graph for those who look up names in it: what they
            ask again and again is evaluated once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.names = Remembering(store)
        self._choices: dict[tuple[str, str], list[Choice]] = {}
        self._examples: dict[tuple[str, str], str] = {}

    def choices(self, parameter: Parameter) -> list[Choice]:
        """The entities that may be the parameter's value, by label; none for a literal.

        What is written for one is its label where that means nothing else, else its short name:
        the label of a record goes before all other names, that of a concept within its scheme.
        """
        if not parameter.kind:
            return []
        sort = (parameter.kind, parameter.scheme)
        if sort not in self._choices:
            members = entities.members(self.names, parameter)
            folded = Counter(label.casefold() for _, label in members)
            self._choices[sort] = [
                Choice(iri, label, label if folded[label.casefold()] == 1 and sure else short)
                for iri, label in members
                for short in [name(iri)]
                for sure in [bool(parameter.scheme) or short.partition(":")[0] in KINDS]
            ]
        return self._choices[sort]

    def suggested(self, parameter: Parameter) -> list[Choice]:
        """The choices that a field offers: things with a page of their own go before claims."""
        found = self.choices(parameter)
        if len(found) <= _MOST:
            return found
        return [one for one in found if "#" not in one.iri][:_MOST]

    def is_few(self, parameter: Parameter) -> bool:
        """Whether all accepted values can be shown."""
        return 0 < len(self.choices(parameter)) <= FEW

    def example(self, question: Question, parameter: Parameter) -> str:
        """A value that is accepted: the first of the question's own, else of all; else empty."""
        own = in_force(self._store, question, question.text, parameter)
        if own:
            return written(own[0])
        return self.example_of_kind(parameter)

    def example_of_kind(self, parameter: Parameter) -> str:
        """A value that is accepted, whatever the question.

        Of things it is the record that the graph mentions most: of that there is mostly an answer.
        """
        if parameter.datatype:
            return SAMPLES.get(parameter.datatype, _DAY)
        sort = (parameter.kind, parameter.scheme)
        if sort not in self._examples:
            found = [(name(one.iri), one.iri) for one in self.choices(parameter)]
            self._examples[sort] = max(found, key=self._told)[0] if found else ""
        return self._examples[sort]

    def _told(self, one: tuple[str, str]) -> tuple[bool, int]:
        """How good an example a thing is, from its short name and IRI."""
        return one[0].partition(":")[0] in KINDS, self._mentions[one[1]]

    @cached_property
    def _mentions(self) -> Counter[str]:
        """How many statements each entity is the object of."""
        counted: Any = self._store.query(
            "SELECT ?thing (COUNT(*) AS ?times) { ?any ?says ?thing FILTER(ISIRI(?thing)) } "
            "GROUP BY ?thing"
        )
        return Counter({thing.value: int(times.value) for thing, times in counted})

    def examples(self, question: Question) -> dict[str, str]:
        """Values with which the question can be asked: of what is required, else of one thing."""
        all_ = question.parameters.values()
        wanted = [one for one in all_ if one.required]
        wanted = wanted or [one for one in all_ if one.kind][:1]
        found = {one.name: self.example(question, one) for one in wanted}
        return {one: value for one, value in found.items() if value}


_of: WeakKeyDictionary[Edition, Values] = WeakKeyDictionary()


def values_of(edition: Edition) -> Values:
    """The values of an edition; the same object for as long as it is served."""
    found = _of.get(edition)
    if found is None:
        found = _of[edition] = Values(edition.store)
    return found


def name(iri: str) -> str:
    """What to write for an IRI: a prefixed name where one fits, else the IRI."""
    short = compact(iri)
    return iri if short.startswith("<") else short


def written(term: object) -> str:
    """What to write for a value to get it back."""
    if isinstance(term, NamedNode):
        return name(term.value)
    return term.value if isinstance(term, Literal) else str(term)


def in_force(
    store: Store, question: Question, sparql: str, parameter: Parameter
) -> list[NamedNode | Literal]:
    """The values that stand in a query for a parameter, in their order; none for any.

    Args:
        store: any store; it reads what stands between the braces.
        question: whose query it is.
        sparql: its own text, or with values bound.
        parameter: one of it.
    """
    read = query_tokens(sparql)
    first, last = values_groups(read, parameter.name)[0]
    inner = sparql[read[first].start + 1 : read[last].start]
    query = f"SELECT ?value {{ VALUES ?value {{ {inner} }} }}"
    result: Any = store.query(query, prefixes=PREFIXES | _declared(sparql))
    return [value for (value,) in result if value is not None]


def _declared(sparql: str) -> dict[str, str]:
    read = query_tokens(sparql)
    return {
        read[at + 1].text[:-1]: read[at + 2].text[1:-1]
        for at, token in enumerate(read[:-2])
        if token.is_word("PREFIX")
    }


def canonical(
    store: Store, question: Question, sparql: str, given: Collection[str]
) -> dict[str, list[str]]:
    """The values of parameters, each as it is written shortest and without doubt, or ``any``.

    Args:
        store: any store.
        question: what is asked.
        sparql: the query with the values bound.
        given: the names of the parameters that are wanted.
    """
    found = {}
    for one, parameter in question.parameters.items():
        if one in given:
            terms = in_force(store, question, sparql, parameter)
            found[one] = [written(term) for term in terms] or ["any"]
    return found
