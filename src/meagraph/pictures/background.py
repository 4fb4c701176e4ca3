"""What a picture says beside the answer that it shows: sources, version, and what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES
from meagraph.queries.parameters import ANY
from meagraph.tables import labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meagraph.queries import Parameter, Question
    from meagraph.queryable import Queryable
    from meagraph.tables import Table

_DOCUMENTS = BASE + "documents/"
_PREFIXES = " ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("mea", "dcat", "skos"))
_ACRONYMS = "SELECT ?thing ?name { ?thing mea:acronym ?name }"
_ALIASES = "SELECT ?thing ?name { ?thing skos:altLabel ?name }"
_TITLES = "SELECT ?document ?title { ?document mea:shortTitle ?title }"
_VERSION = "SELECT ?version { ?dataset a dcat:Dataset ; dcat:version ?version }"
_READERS_WORDS = {"from": "from", "to": "until", "least": "at least"}


class Background(NamedTuple):
    """What belongs to a picture and is not in its table.

    Args:
        acronyms: the acronym of each thing that has one which nothing else has.
        aliases: the shortest other name of each thing that has one which nothing else has.
        titles: the short title of each source document.
        sources: the short titles of the documents that state what is shown.
        version: of the data; empty where the graph does not say.
        asked: what was asked for, in words, by parameter: values given, and the question's own.
        given: the same in one line, of the values that were given.
    """

    acronyms: Mapping[str, str]
    aliases: Mapping[str, str]
    titles: Mapping[str, str]
    sources: Sequence[str]
    version: str
    asked: Mapping[str, str]
    given: str

    def origin(self) -> str:
        """The sentence on where what is shown comes from."""
        sources = f"Sources: {', '.join(self.sources)}. " if self.sources else ""
        version = f" {self.version}" if self.version else ""
        return f"{sources}Data: meagraph{version}, {BASE}dataset."


def background(store: Queryable, table: Table, question: Question | None = None) -> Background:
    """Ask the graph for what belongs to a picture of an answer.

    Args:
        store: the graph that answered.
        table: the answer.
        question: what was asked, for the names of its parameters and their own values.
    """
    titles = {iri.value: title.value for iri, title in _asked(store, _TITLES)}
    versions = sorted(row[0].value for row in _asked(store, _VERSION))
    acronyms, aliases = (_short(store, query) for query in (_ACRONYMS, _ALIASES))
    asked = _values(store, table, question)
    words = [
        f"{_READERS_WORDS[name]} {value}" if name in _READERS_WORDS else value
        for name, value in asked.items()
        if name in table.parameters
    ]
    return Background(
        acronyms=acronyms,
        aliases={iri: alias for iri, alias in aliases.items() if alias != acronyms.get(iri)},
        titles=titles,
        sources=_sources(table, titles),
        version=versions[-1] if versions else "",
        asked=asked,
        given="; ".join(words),
    )


def _short(store: Queryable, query: str) -> dict[str, str]:
    """The shortest name of each thing; one that several things have tells none of them."""
    bearers: dict[str, set[str]] = {}
    for thing, name in _asked(store, query):
        bearers.setdefault(name.value, set()).add(thing.value)
    found: dict[str, str] = {}
    for name, things in sorted(bearers.items(), key=lambda item: (len(item[0]), item[0])):
        if len(things) == 1:
            found.setdefault(min(things), name)
    return found


def _sources(table: Table, titles: Mapping[str, str]) -> list[str]:
    documents = {
        _DOCUMENTS + term.value[len(_DOCUMENTS) :].partition("/")[0]
        for row in table.rows
        for cell in row
        if isinstance(cell, tuple)
        for term in cell
        if term.value.startswith(_DOCUMENTS)
    }
    return sorted(titles.get(iri, shortened(iri)) for iri in documents)


def _values(store: Queryable, table: Table, question: Question | None) -> dict[str, str]:
    """Each parameter's values in words; what lifts a restriction is left out."""
    parameters: Mapping[str, Parameter] = question.parameters if question else {}
    found = {}
    for name in [*parameters, *(name for name in table.parameters if name not in parameters)]:
        parameter = parameters.get(name)
        words = table.parameters.get(name)
        if words is None and parameter is not None:
            words = parameter.default.split() if parameter.default.upper() != "UNDEF" else ()
        if words and ANY not in words:
            entities = parameter is not None and not parameter.datatype
            found[name] = ", ".join(_called(store, word) if entities else word for word in words)
    return found


def _called(store: Queryable, word: str) -> str:
    """What a value is called: a document by its short title, all else by its label."""
    from meagraph.names import resolve

    try:
        iri = resolve(store, word.strip("<>"))
    except UnusableInput:  # a name that only its parameter's class made plain
        return word
    titles = store.quads_for_pattern(NamedNode(iri), NamedNode(ONTOLOGY + "shortTitle"), None)
    title = min((getattr(quad.object, "value", "") for quad in titles), default="")
    return title or labels_of(store, [iri]).get(iri, word)


def _asked(store: Queryable, query: str) -> Any:
    return store.query(f"{_PREFIXES} {query}")
