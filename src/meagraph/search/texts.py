"""What is searched: the texts of the graph's things, and what a reader is told of each thing.

Everything is collected with a handful of queries that each ask of all things at once, so that a
remote endpoint is not asked thing by thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meagraph.names.records import slug
from meagraph.names.spelling import fold
from meagraph.namespaces import (
    BASE,
    CONCEPTS,
    DCTERMS,
    ENTAILED_GRAPH,
    KINDS,
    ONTOLOGY,
    OWL,
    RDFS,
    SKOS,
)
from meagraph.tables import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meagraph.queryable import Queryable

ACRONYM, SYMBOL, LABEL, NAME = "acronym", "symbol", "label", "other name"
FORMER, SLUG, TOPIC, KIND = "former name", "slug", "topic", "kind"

WEIGHTS = {
    LABEL: 1.0,
    ACRONYM: 0.9,
    SYMBOL: 0.9,
    NAME: 0.8,
    SLUG: 0.5,
    "literal form": 0.5,
    FORMER: 0.4,
    "description": 0.3,
    "remark": 0.25,
    "reason": 0.25,
    TOPIC: 0.2,
    KIND: 0.1,
}
"""How much a word counts by the sort of text that it stands in; readers are told the sort."""

PROPERTIES = {
    RDFS + "label": LABEL,
    SKOS + "prefLabel": LABEL,
    ONTOLOGY + "acronym": ACRONYM,
    DCTERMS + "identifier": SYMBOL,
    SKOS + "altLabel": NAME,
    ONTOLOGY + "shortTitle": NAME,
    DCTERMS + "title": NAME,
    ONTOLOGY + "statedAs": "literal form",
    ONTOLOGY + "definesAs": "literal form",
    ONTOLOGY + "asWritten": "literal form",
    ONTOLOGY + "whenAsStated": "literal form",
    DCTERMS + "description": "description",
    SKOS + "definition": "description",
    ONTOLOGY + "purpose": "description",
    ONTOLOGY + "condition": "description",
    ONTOLOGY + "measures": "description",
    ONTOLOGY + "remark": "remark",
    ONTOLOGY + "reason": "reason",
}
"""The properties whose values are searched, and the sort of text that each holds."""

_NAMING = frozenset((LABEL, ACRONYM, SYMBOL, NAME))

RECORD, CONCEPT, CLAIM, PASSAGE, READING = "record", "concept", "claim", "passage", "reading"

STANDINGS = {RECORD: 1.5, CONCEPT: 1.4, CLAIM: 1.0, PASSAGE: 0.9, READING: 0.8}
"""What a score is multiplied by: of two things with the same text, the record goes first."""

_NOT_LOOKED_FOR = (ONTOLOGY, ENTAILED_GRAPH, CONCEPTS + "registry/")
_IDENTIFIER = ONTOLOGY + "ExternalIdentifier"
_DOCUMENTS, _READINGS = BASE + "documents/", BASE + "readings/"

_TEXTS = (
    f"SELECT ?thing ?property ?text {{ VALUES ?property {{ {' '.join(f'<{p}>' for p in PROPERTIES)}"
    " } ?thing ?property ?text FILTER (isIRI(?thing) && isLiteral(?text)) }"
)
_TOPICS = (
    f"SELECT DISTINCT ?thing ?text {{ ?thing <{ONTOLOGY}topic> ?topic . "
    f"?topic <{SKOS}prefLabel> ?text FILTER isIRI(?thing) }}"
)
_GIVEN_UP = (
    f"SELECT ?thing ?heir {{ ?thing <{OWL}deprecated> ?deprecated FILTER (?deprecated) "
    f"OPTIONAL {{ ?thing <{DCTERMS}isReplacedBy> ?heir }} }}"
)
_CLASSES = (
    "SELECT DISTINCT ?thing ?class { ?thing a ?class FILTER (isIRI(?thing) && isIRI(?class)) }"
)
_STATED_CLASSES = (
    "SELECT DISTINCT ?thing ?class { GRAPH ?graph { ?thing a ?class } "
    f"FILTER (?graph != <{ENTAILED_GRAPH}> && isIRI(?thing) && isIRI(?class)) }}"
)
_PASSAGES = (
    f"SELECT ?passage ?order ?label {{ ?passage a <{ONTOLOGY}Passage> "
    f"OPTIONAL {{ ?passage <{ONTOLOGY}order> ?order }} "
    f"OPTIONAL {{ ?passage <{ONTOLOGY}label> ?label }} }}"
)
_SPOKEN_OF = (
    f"SELECT DISTINCT ?thing ?passage {{ ?passage a <{ONTOLOGY}Passage> "
    "GRAPH ?passage { ?thing ?property ?value } FILTER isIRI(?thing) }",
    f"SELECT DISTINCT ?thing ?passage {{ ?passage a <{ONTOLOGY}Passage> "
    "GRAPH ?passage { ?subject ?property ?thing } FILTER isIRI(?thing) }",
)


class Text(NamedTuple):
    """A text of a thing, the sort it is of, and how it is compared as a name."""

    sort: str
    text: str
    folded: str


class Thing(NamedTuple):
    """What can be found.

    Args:
        iri: its name.
        label: what it is called.
        kind: the label of the class that a file states; of several, all.
        standing: record, concept, claim, passage or reading.
        classes: the IRIs of its classes, entailed ones too.
        texts: what is searched, the weightiest first; none twice.
        passages: the IRIs of the passages that state something of it, in the documents' order.
    """

    iri: str
    label: str
    kind: str
    standing: str
    classes: tuple[str, ...]
    texts: tuple[Text, ...]
    passages: tuple[str, ...]


class Gathered(NamedTuple):
    """All things, and the label of each class and the passages in the documents' order."""

    things: list[Thing]
    classes: dict[str, str]
    passages: list[str]


def standing_of(iri: str) -> str | None:
    """What sort of thing an IRI names; ``None`` if it is none that a reader looks for.

    Terms of the ontology, registries of identifiers, and what is only entailed are not.
    """
    if not iri.startswith(BASE) or iri.startswith(_NOT_LOOKED_FOR):
        return None
    if iri.startswith(_READINGS):
        return READING
    kind, _, rest = iri[len(BASE) :].partition("/")
    if "#" in rest:
        return CLAIM
    if iri.startswith(CONCEPTS):
        return CONCEPT if "/" in rest else None
    if kind not in KINDS or not rest:
        return None
    if "/" in rest:
        return PASSAGE if iri.startswith(_DOCUMENTS) else None
    return RECORD


def gather(store: Queryable) -> Gathered:
    """Collect all that is searched, ordered by IRI."""
    texts = _texts(store)
    classes, stated = (_classes(store, query, texts) for query in (_CLASSES, _STATED_CLASSES))
    for iri in [iri for iri, of in classes.items() if _IDENTIFIER in of]:
        del texts[iri]
    passages = _passages_in_order(store)
    places = {iri: place for place, iri in enumerate(passages)}
    spoken_of = _spoken_of(store, texts, places)
    every = sorted({name for of in (*classes.values(), *stated.values()) for name in of})
    labels = labels_of(store, every)
    names = {name: labels.get(name) or slug(name) for name in every}
    things = []
    for iri in sorted(texts):
        of = classes.get(iri, set()) | stated.get(iri, set())
        of_kinds = sorted(names[kind] for kind in stated.get(iri) or of)
        ranked = _ranked([*texts[iri], *((KIND, names[kind]) for kind in of)])
        thing = Thing(
            iri,
            label=next((text.text for text in ranked if text.sort == LABEL), ranked[0].text),
            kind=", ".join(of_kinds),
            standing=standing_of(iri) or RECORD,
            classes=tuple(sorted(of)),
            texts=ranked,
            passages=tuple(sorted(spoken_of.get(iri, ()), key=places.__getitem__)),
        )
        things.append(thing)
    return Gathered(things, names, passages)


def _rows(store: Queryable, query: str) -> Iterator[tuple[str, ...]]:
    """The values of each row as text; empty where nothing is bound."""
    solutions: Any = store.query(query)
    for solution in solutions:
        yield tuple("" if term is None else str(getattr(term, "value", term)) for term in solution)


def _texts(store: Queryable) -> dict[str, list[tuple[str, str]]]:
    """Sort and text of everything that is searched, by thing; the slug of a record is a name."""
    heirs = _heirs(store)
    found: dict[str, list[tuple[str, str]]] = {}

    def add(iri: str, sort: str, text: str) -> None:
        if iri in heirs:
            if not heirs[iri] or sort not in _NAMING:
                return
            iri, sort = heirs[iri], FORMER
        if standing_of(iri):
            found.setdefault(iri, []).append((sort, text))

    for iri, predicate, text in _rows(store, _TEXTS):
        add(iri, PROPERTIES[predicate], text)
    for iri, text in _rows(store, _TOPICS):
        add(iri, TOPIC, text)
    for iri, texts in found.items():
        if standing_of(iri) in (RECORD, CONCEPT):
            texts.append((SLUG, slug(iri)))
    return found


def _heirs(store: Queryable) -> dict[str, str]:
    """Each name that was given up, and what takes its place in the end: empty where nothing does.

    A chain of replacements that leads back to itself leads nowhere.
    """
    following: dict[str, str] = {}
    for iri, heir in _rows(store, _GIVEN_UP):
        following[iri] = min(following.get(iri, heir), heir)
    heirs = {}
    for iri in following:
        passed = {iri}
        last = following[iri]
        while last in following and last not in passed:
            passed.add(last)
            last = following[last]
        heirs[iri] = "" if last in passed else last
    return heirs


def _ranked(texts: list[tuple[str, str]]) -> tuple[Text, ...]:
    """The texts with the weightiest sort first; what is said twice counts once, at its best."""
    best: dict[str, Text] = {}
    for sort, raw in sorted(texts, key=lambda pair: (-WEIGHTS[pair[0]], pair)):
        text = printable(raw)
        folded = fold(text)
        if folded:
            best.setdefault(folded, Text(sort, text, folded))
    return tuple(best.values())


def printable(text: str) -> str:
    """A text on one line, of signs that can be printed and stored."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())


def _classes(store: Queryable, query: str, things: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, name in _rows(store, query):
        if iri in things:
            found.setdefault(iri, set()).add(name)
    return found


def _passages_in_order(store: Queryable) -> list[str]:
    found = {
        iri: (_document(iri), int(order) if order.isdigit() else 0, label, iri)
        for iri, order, label in _rows(store, _PASSAGES)
    }
    return sorted(found, key=found.__getitem__)


def _document(passage: str) -> str:
    return passage[len(_DOCUMENTS) :].partition("/")[0]


def _spoken_of(
    store: Queryable, things: dict[str, Any], passages: dict[str, int]
) -> dict[str, set[str]]:
    """The passages that state something of each thing: it is a subject or an object there.

    A claim and a reading are named after their passage, and a passage states itself.
    """
    found: dict[str, set[str]] = {}
    for iri in things:
        named = iri.partition("#")[0]
        if named.startswith(_READINGS):
            named = _DOCUMENTS + named[len(_READINGS) :]
        if named in passages:
            found.setdefault(iri, set()).add(named)
    for query in _SPOKEN_OF:
        for iri, passage in _rows(store, query):
            if iri in things and passage in passages:
                found.setdefault(iri, set()).add(passage)
    return found
