"""What the graph holds, counted for each source document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from pyoxigraph import Store

from meagraph.names import label
from meagraph.namespaces import BASE, DCTERMS, KINDS, ONTOLOGY, RDFS

_PREFIXES = f"PREFIX mea: <{ONTOLOGY}> PREFIX dcterms: <{DCTERMS}> PREFIX rdfs: <{RDFS}> "
_IN_DOCUMENT = "?document a mea:SourceDocument . ?passage dcterms:isPartOf ?document . "
_PASSAGES = _IN_DOCUMENT + "?passage a mea:Passage . "

_DOCUMENTS = "SELECT ?document ?type { ?document a mea:SourceDocument , ?type }"
_TITLES = "SELECT ?document ?title { ?document a mea:SourceDocument ; mea:shortTitle ?title }"
_INDEXED = f"SELECT ?document ?passage {{ {_PASSAGES} }}"
_STATED = f"SELECT DISTINCT ?document ?passage {{ {_PASSAGES} GRAPH ?passage {{ ?s ?p ?o }} }}"
_ENTITIES = (
    f"SELECT DISTINCT ?document ?entity {{ {_PASSAGES} "
    "{ GRAPH ?passage { ?entity ?p ?o } } UNION { GRAPH ?passage { ?s ?p ?entity } } "
    "FILTER isIRI(?entity) }"
)
_DATED = (
    f"SELECT DISTINCT ?document ?entity {{ {_PASSAGES} "
    "GRAPH ?passage { ?entity mea:when ?when } }"
)
_CLAIMS = (
    f"SELECT DISTINCT ?document ?claim {{ {_PASSAGES} "
    "?claim a mea:%s . GRAPH ?passage { ?claim a ?type } }"
)
_READINGS = (
    "SELECT DISTINCT ?document ?reading { ?document a mea:SourceDocument . "
    "?reading a mea:%s ; mea:readingOf ?of . ?of dcterms:isPartOf? ?document }"
)
_SYMBOLS = "SELECT ?entity ?symbol { ?entity dcterms:identifier ?symbol }"


class DocumentCounts(NamedTuple):
    """What is said of one source document.

    Args:
        document: its IRI.
        label: its short title, or its name where it has none.
        passages: how many passages its index lists.
        stated: how many of them have a graph of their own.
        entities: kind of record to how many of that kind these graphs mention; no kind with none.
        meetings_dated: how many of the meetings mentioned have a date in one of these graphs.
        meetings_undated: how many have none.
        symbols: how many symbols and decision numbers the documents and decisions mentioned have.
        activities: how many acts are stated, cooperation activities among them.
        cooperation: how many cooperation activities.
        readings: how many readings there are of its passages and of the document as a whole,
            defects among them.
        defects: how many defects.
    """

    document: str
    label: str
    passages: int
    stated: int
    entities: dict[str, int]
    meetings_dated: int
    meetings_undated: int
    symbols: int
    activities: int
    cooperation: int
    readings: int
    defects: int


def count(store: Store) -> list[DocumentCounts]:
    """Count what the graph holds of each source document, by the documents' names.

    Args:
        store: the built graph, with its entailed triples.
    """
    passages, stated = _pairs(store, _INDEXED), _pairs(store, _STATED)
    entities, dated = _pairs(store, _ENTITIES), _pairs(store, _DATED)
    activities = _pairs(store, _CLAIMS % "Activity")
    cooperation = _pairs(store, _CLAIMS % "CooperationActivity")
    readings = _pairs(store, _READINGS % "Reading")
    defects = _pairs(store, _READINGS % "SourceDefect")
    symbols, titles = _pairs(store, _SYMBOLS), _pairs(store, _TITLES)
    counts = []
    for iri in _pairs(store, _DOCUMENTS):
        records = _by_kind(entities[iri])
        meetings = records.get("meetings", set())
        papers = records.get("documents", set()) | records.get("decisions", set())
        counts.append(
            DocumentCounts(
                document=iri,
                label=min(titles[iri], default=label(store, iri)),
                passages=len(passages[iri]),
                stated=len(stated[iri]),
                entities={kind: len(records[kind]) for kind in KINDS if kind in records},
                meetings_dated=len(meetings & dated[iri]),
                meetings_undated=len(meetings - dated[iri]),
                symbols=len({symbol for paper in papers for symbol in symbols[paper]}),
                activities=len(activities[iri]),
                cooperation=len(cooperation[iri]),
                readings=len(readings[iri]),
                defects=len(defects[iri]),
            )
        )
    return sorted(counts, key=lambda each: (each.label, each.document))


def _pairs(store: Store, query: str) -> defaultdict[str, set[str]]:
    """The answers to a query of two columns: first to all the seconds."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    solutions: Any = store.query(_PREFIXES + query)
    for first, second in solutions:
        found[first.value].add(second.value)
    return found


def _by_kind(iris: set[str]) -> dict[str, set[str]]:
    """The records among some IRIs, by the folder of their kind."""
    found: dict[str, set[str]] = {}
    for kind, iri in _records(iris):
        found.setdefault(kind, set()).add(iri)
    return found


def _records(iris: set[str]) -> Iterator[tuple[str, str]]:
    for iri in iris:
        kind, _, slug = iri.removeprefix(BASE).partition("/")
        if iri.startswith(BASE) and kind in KINDS and slug and not {"/", "#"} & set(slug):
            yield kind, iri
