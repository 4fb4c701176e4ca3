"""What the graph holds, counted, and what it is linked with: VoID, for query tools.

Counts are of the merge with what follows from it, that is of ``meagraph.ttl``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.export.catalogue.statements import (
    DATASET,
    FOAF,
    VOID,
    VOID_FILE,
    Statements,
    fit,
    prefixed,
    slug,
    text,
)
from meagraph.namespaces import (
    BASE,
    CONCEPTS,
    DCTERMS,
    KINDS,
    ONTOLOGY,
    PREFIXES,
    RDF,
    SKOS,
)

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_FORMS = {
    "nq": "http://www.w3.org/ns/formats/N-Quads",
    "ttl": "http://www.w3.org/ns/formats/Turtle",
}
_IDENTIFIERS = (
    "SELECT ?registry (MIN(?label) AS ?name) (COUNT(DISTINCT ?identifier) AS ?identifiers) "
    f"(COUNT(DISTINCT ?thing) AS ?things) {{ ?identifier a <{ONTOLOGY}ExternalIdentifier> ; "
    f"<{ONTOLOGY}registry> ?registry ; <{ONTOLOGY}identifies> ?thing . "
    f"?registry <{SKOS}prefLabel> ?label }} GROUP BY ?registry ORDER BY ?registry"
)

_TOTALS = (
    "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?p) AS ?properties) "
    "(COUNT(DISTINCT ?s) AS ?distinctSubjects) (COUNT(DISTINCT ?o) AS ?distinctObjects) "
    "{ ?s ?p ?o }"
)
_ENTITIES = (
    "SELECT (COUNT(DISTINCT ?s) AS ?entities) "
    f'{{ ?s a ?class FILTER(isIRI(?s) && STRSTARTS(STR(?s), "{BASE}")) }}'
)
_CLASSES = (
    "SELECT ?class (COUNT(*) AS ?entities) { ?s a ?class FILTER isIRI(?class) } GROUP BY ?class"
)
_PROPERTIES = (
    "SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects) "
    "(COUNT(DISTINCT ?o) AS ?distinctObjects) { ?s ?property ?o } GROUP BY ?property"
)
_NAMED = "SELECT ?thing (COUNT(*) AS ?times) { ?s ?p ?thing FILTER isIRI(?thing) } GROUP BY ?thing"


def void(store: Queryable, dumps: Iterable[str]) -> Statements:
    """The dataset in VoID: totals, partitions by class and by property, linksets, examples.

    Args:
        store: a built graph.
        dumps: the files that hold it, as paths with “/”.
    """
    said = Statements()
    document = BASE + "void.ttl"
    said.type(document, VOID + "DatasetDescription")
    said.say(document, FOAF + "primaryTopic", DATASET)
    said.type(DATASET, VOID + "Dataset")
    said.say(DATASET, VOID + "uriSpace", Literal(BASE))
    for query in (_TOTALS, _ENTITIES):
        for row in _rows(store, query):
            _counts(said, DATASET, row)
    parts = [*_partitions(store, said, "class"), *_partitions(store, said, "property")]
    said.say(DATASET, VOID + "vocabulary", *_vocabularies(parts))
    for name in dumps:
        said.say(DATASET, VOID + "dataDump", BASE + name)
        form = _FORMS.get(name.rpartition(".")[2])
        said.say(DATASET, VOID + "feature", *([form] if form else []))
    said.say(DATASET, VOID + "exampleResource", *_examples(store))
    _thesauri(store, said)
    _registries(store, said)
    return said


def _rows(store: Queryable, query: str) -> list[dict[str, Any]]:
    """The solutions of a query, each by the names of its variables: VoID's own, for counts."""
    solutions: Any = store.query(query)
    names = [variable.value for variable in solutions.variables]
    return [{name: row[name] for name in names} for row in solutions]


def _counts(said: Statements, of: str, row: dict[str, Any]) -> None:
    for name, value in row.items():
        if isinstance(value, Literal):
            said.say(of, VOID + name, int(value.value))


def _partitions(store: Queryable, said: Statements, by: str) -> list[str]:
    """One part of the dataset for each class or property; gives these."""
    found = []
    for row in _rows(store, {"class": _CLASSES, "property": _PROPERTIES}[by]):
        term = row[by].value
        part = f"{VOID_FILE}{by}-{prefixed(term)}"
        said.say(DATASET, f"{VOID}{by}Partition", part)
        said.say(part, VOID + by, term)
        _counts(said, part, row)
        found.append(term)
    said.say(DATASET, VOID + "classes", *([len(found)] if by == "class" else []))
    return found


def _vocabularies(terms: Iterable[str]) -> list[str]:
    """The namespaces of the properties and classes used, as far as they have a prefix of ours."""
    namespaces = PREFIXES.values()
    return sorted({each for term in terms for each in namespaces if term.startswith(each)})


def _examples(store: Queryable) -> list[str]:
    """Of each kind of record the one that most triples name."""
    named = [(-int(row["times"].value), row["thing"].value) for row in _rows(store, _NAMED)]
    found: dict[str, str] = {}
    for _, iri in sorted(named):
        kind, _, rest = iri.removeprefix(BASE).partition("/")
        record = kind in KINDS and iri.startswith(BASE) and not {"/", "#"} & set(rest)
        if record and kind not in found and _typed(store, iri):
            found[kind] = iri
    return sorted(found.values())


def _typed(store: Queryable, iri: str) -> bool:
    type_ = NamedNode(RDF + "type")
    return any(store.quads_for_pattern(NamedNode(iri), type_, None, DefaultGraph()))


def _thesauri(store: Queryable, said: Statements) -> None:
    """One linkset for each property that matches our concepts with those of another scheme."""
    found: Counter[tuple[str, str]] = Counter()
    for match in _MATCHES:
        for quad in store.quads_for_pattern(None, NamedNode(SKOS + match), None, DefaultGraph()):
            if isinstance(quad.object, NamedNode) and not quad.object.value.startswith(BASE):
                space = quad.object.value.removesuffix(slug(quad.object.value))
                found[space, match] += 1
    for (space, match), links in found.items():
        theirs = VOID_FILE + "thesaurus-" + fit(space.partition("//")[2])
        said.type(theirs, VOID + "Dataset")
        said.say(theirs, VOID + "uriSpace", Literal(space))
        links_ = f"{VOID_FILE}links-{fit(space.partition('//')[2])}-{match}"
        _linkset(said, links_, SKOS + match, links, (DATASET, theirs))
        said.say(links_, DCTERMS + "title", text(f"Concepts matched ({match}) in {space}"))


def _registries(store: Queryable, said: Statements) -> None:
    """One linkset for each registry: from its identifiers to the things that they identify.

    An identifier is a notation with its source and the day it was checked, no address of the
    registry, so the linkset goes from the part of the dataset that holds these to the whole.
    """
    for row in _rows(store, _IDENTIFIERS):
        if row["registry"] is None:
            continue
        registry, name = row["registry"].value, row["name"].value
        identifiers, things = (int(row[each].value) for each in ("identifiers", "things"))
        own = registry.removeprefix(CONCEPTS).replace("/", "-")
        part, links = f"{VOID_FILE}identifiers-{own}", f"{VOID_FILE}links-{own}"
        said.type(part, VOID + "Dataset")
        said.say(DATASET, VOID + "subset", part)
        said.say(part, DCTERMS + "title", text(f"Identifiers of {name}"))
        said.say(part, DCTERMS + "subject", registry)
        said.say(part, VOID + "entities", identifiers)
        _linkset(said, links, ONTOLOGY + "identifies", identifiers, (part, DATASET))
        said.say(links, DCTERMS + "title", text(f"What identifiers of {name} identify"))
        said.say(links, VOID + "distinctSubjects", identifiers)
        said.say(links, VOID + "distinctObjects", things)


def _linkset(
    said: Statements, name: str, predicate: str, triples: int, targets: tuple[str, str]
) -> None:
    said.type(name, VOID + "Linkset")
    said.say(DATASET, VOID + "subset", name)
    said.say(name, VOID + "linkPredicate", predicate)
    said.say(name, VOID + "triples", triples)
    said.say(name, VOID + "subjectsTarget", targets[0])
    said.say(name, VOID + "objectsTarget", targets[1])
