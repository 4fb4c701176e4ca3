"""The opened graph, and one method for each thing that a researcher asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meagraph.evidence import Naming
from meagraph.knowledge.asking import Answered, answered
from meagraph.knowledge.values import given_values
from meagraph.queries import Question, bind, load_question, load_questions, read_question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from networkx import Graph
    from rdflib import Dataset

    from meagraph.evidence.account import Account
    from meagraph.evidence.portrait import Portrait
    from meagraph.names import GivenUp, Match
    from meagraph.pictures import Picture
    from meagraph.project import Project
    from meagraph.queryable import Queryable
    from meagraph.search import Index
    from meagraph.tables import Table
    from meagraph.validation import Report


class KnowledgeGraph:
    """The knowledge graph, ready to be asked.

    Made by `meagraph.open`. Things are named as a reader names them: by label, acronym, symbol,
    prefixed name or IRI; a name that several things bear is refused with the list of them.

    Args:
        store: what is asked: a store of this process, or an endpoint.
        project: the folder of the stored questions and of the graph's other files.
        folder: where the store is kept; ``None`` in memory, and for an endpoint.
        timeout: seconds that one query may take, unless its call says otherwise.
    """

    def __init__(
        self,
        store: Queryable,
        project: Project,
        folder: str | None = None,
        timeout: float | None = None,
    ) -> None:
        self.store = store
        self.project = project
        self.folder = folder
        self.timeout = timeout
        self._index: Index | None = None
        self._naming = Naming(store)

    def __repr__(self) -> str:
        where = self.folder or getattr(self.store, "url", None) or "in memory"
        return f"<meagraph.KnowledgeGraph {where}>"

    # --- questions -----------------------------------------------------------------------------

    def query(
        self,
        question: str,
        /,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        **parameters: object,
    ) -> Table:
        """Answer a stored question, or a SPARQL query; our prefixes need not be declared.

        Args:
            question: the name of a stored question, or the text of a query.
            timeout: seconds after which the evaluation is ended; a query on this machine then runs
                in a process of its own. Without it the one of `meagraph.open` holds, if any.
            limit: how many rows are kept at most.
            parameters: values of the question's parameters: names, IRIs, dates (year, month or
                day), numbers, or lists of them; ``"any"`` lifts a restriction. A name that Python
                reserves takes an underscore: ``from_=2024``.

        Returns:
            The answer as a table; a yes or no as a table of one cell, triples as one of three
            columns.

        Raises:
            UnusableInput: there is no such question or parameter, a value does not fit, the query
                cannot be read, or it was ended at a limit.
        """
        stored = self.question(question)
        given = given_values(stored, parameters)
        return self.ask(stored, given, timeout=timeout, limit=limit).table

    def sparql(self, question: str, /, **parameters: object) -> str:
        """The SPARQL of a stored question with values bound, to run in any tool.

        Raises:
            UnusableInput: as `query` does.
        """
        from meagraph.queries import standalone, without_header

        stored = self.question(question)
        sparql = self.bound(stored, given_values(stored, parameters))
        return standalone(without_header(sparql))

    def questions(self) -> Table:
        """All stored questions: name, theme, what they ask, and their parameters."""
        from pyoxigraph import Literal

        from meagraph.tables import Column, Table

        names = ("question", "theme", "asks", "parameters")
        rows = [
            [
                Literal(one.name),
                Literal(one.theme),
                Literal(one.summary),
                Literal(", ".join(one.parameters)),
            ]
            for one in load_questions(self.project).values()
        ]
        return Table([Column(name) for name in names], rows, {}, "questions")

    def question(self, question: str) -> Question:
        """What a stored question asks, takes and gives; a query's text makes one without a header.

        Raises:
            UnusableInput: there is none of this name.
        """
        if any(sign in question for sign in "{ \n"):
            return read_question(question)
        return load_question(self.project, question)

    def bound(
        self,
        question: Question,
        given: Mapping[str, Sequence[str]],
        tell: Callable[[GivenUp], None] | None = None,
    ) -> str:
        """The query with values bound; see `meagraph.queries.bind`."""
        return bind(question, self.store, given, tell or _warn)

    def ask(
        self,
        question: Question,
        given: Mapping[str, Sequence[str]],
        sparql: str = "",
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Answered:
        """Answer a question that was read before, with the citations; see `asking.answered`."""
        sparql = sparql or self.bound(question, given)
        seconds = self.timeout if timeout is None else timeout
        naming = self._naming
        return answered(self.store, question, given, sparql, self.folder, seconds, limit, naming)

    # --- things --------------------------------------------------------------------------------

    def resolve(self, name: object) -> str:
        """The IRI of the one thing that a name means.

        Raises:
            UnusableInput: nothing is called so, or several things are; they are listed.
        """
        from meagraph.names import resolve

        return resolve(self.store, str(getattr(name, "value", name)), _warn)

    def find(self, name: str, limit: int = 10) -> list[Match]:
        """The records that a name may mean, the best first; see `meagraph.names.find`."""
        from meagraph.names import find

        return find(self.store, name, limit)

    @property
    def index(self) -> Index:
        """The texts of the graph for full-text search, opened or made when first asked for."""
        if self._index is None:
            from meagraph.search import Index

            self._index = Index(self.store, self.folder)
        return self._index

    def search(self, text: str, limit: int = 20, kinds: Sequence[str] = ()) -> Table:
        """Full text, the best first: labels, names, literal forms, remarks, reasons, topics.

        Args:
            text: words; phrases in double quotes; the last word may be begun only.
            limit: how many things to list at most.
            kinds: classes, by label, prefixed name or IRI.

        Returns:
            A row for each thing: what it is, where the words stand, and the passages; see
            `meagraph.search`.

        Raises:
            UnusableInput: there is no such class.
        """
        from meagraph.search import hits_as_table

        hits = self.index.search(text, limit, kinds)
        cited = self._naming.citations({passage for hit in hits for passage in hit.passages})
        names = {iri: citation.name for iri, citation in cited.items()}
        return hits_as_table(hits, text, names)

    def describe(self, name: object) -> Portrait:
        """What the graph says of one thing, and where each fact comes from.

        Raises:
            UnusableInput: as `resolve` does.
        """
        from meagraph.evidence.portrait import portrait

        return portrait(self.store, self.resolve(name))

    def evidence(self, name: object, other: object = None, source: str | None = None) -> Account:
        """The passages that state something of one thing, or that link two, and what they say.

        Args:
            name: the thing.
            other: a second thing.
            source: the folder of the source documents, for the texts; else ``MEAGRAPH_SOURCES``.

        Raises:
            UnusableInput: as `resolve` does, or the folder does not exist.
        """
        from meagraph.evidence.account import account
        from meagraph.project import sources_folder

        folder = sources_folder(source)
        things = [self.resolve(each) for each in (name, other) if each is not None]
        return account(self.store, things, folder)

    # --- other shapes --------------------------------------------------------------------------

    def to_rdflib(self) -> Dataset:
        """The whole graph for rdflib: named graphs, and the merge as default graph."""
        import rdflib
        from pyoxigraph import RdfFormat, serialize

        quads = self.store.quads_for_pattern(None, None, None, None)
        dataset = rdflib.Dataset(default_union=False)
        dataset.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
        return dataset

    def to_networkx(self, *, roll_up: bool = False, **parameters: object) -> Graph[Any]:
        """Who cooperates with whom, as a network; see `meagraph.networks.cooperation_network`.

        Args:
            roll_up: as for the picture: count what units, posts and staff do for those that they
                belong to, and leave them out; else actors as the passages name them.
            parameters: those of the question ``cooperation-network``.

        Raises:
            UnusableInput: as `query` does, or networkx is not installed.
        """
        from meagraph.networks import cooperation_network, without_units

        table = self._stored("cooperation-network", parameters)
        weight = "rolledUp" if roll_up else "asNamed"
        network = cooperation_network(table, self.store, weight=weight)
        return without_units(network, self.store) if roll_up else network

    def plot(self, picture: str, **parameters: object) -> Picture:
        """A picture: ``network``, ``timeline`` or ``matrix``; see `meagraph.pictures`.

        Args:
            picture: which one.
            parameters: those of the question that the picture shows.

        Raises:
            UnusableInput: there is no such picture, or its question has no rows.
        """
        from meagraph.pictures import drawn

        return drawn(self, picture, parameters)

    def _stored(self, name: str, parameters: Mapping[str, object]) -> Table:
        stored = load_question(self.project, name)
        return self.ask(stored, given_values(stored, parameters)).table

    def validate(self) -> Report:
        """Check the graph's files against the shapes; see `meagraph.validation`."""
        from meagraph.validation import validate

        return validate(self.project)


def _warn(gone: GivenUp) -> None:
    import warnings

    warnings.warn(str(gone), stacklevel=4)
