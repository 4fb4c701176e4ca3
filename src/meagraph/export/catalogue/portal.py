"""The dataset as portals harvest it: DCAT-AP 3.0.1, the profile of European data portals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.export.catalogue import authorities
from meagraph.export.catalogue.provenance import BUILD, last_change, name_project, texts
from meagraph.export.catalogue.statements import (
    CATALOGUE,
    DATASET,
    DCAT,
    FOAF,
    PROJECT,
    PROV,
    Statements,
    day,
    text,
)
from meagraph.namespaces import BASE, CONCEPTS, DCTERMS, ONTOLOGY, RDFS, SKOS

if TYPE_CHECKING:
    from meagraph.export.catalogue.distributions import Distribution
    from meagraph.queryable import Queryable

_CATALOGUE = CATALOGUE + "catalogue"
_CARRIED = (DCTERMS + "created", DCTERMS + "issued", DCAT + "version")
_DESCRIBING = (DCTERMS + "title", DCTERMS + "description", DCTERMS + "bibliographicCitation")
_PROVENANCE = (
    "Encoded from the source documents: what a passage states stands in a graph that is named "
    "after the passage, what was added or concluded in graphs of other names."
)
_KEYWORDS = (
    f"SELECT DISTINCT ?label {{ ?topic <{SKOS}inScheme> <{CONCEPTS}topic> ; "
    f"<{SKOS}prefLabel> ?label FILTER EXISTS {{ ?thing ?says ?topic FILTER(?says NOT IN "
    f"(<{SKOS}broader>, <{SKOS}narrower>, <{SKOS}related>)) }} }}"
)
_PERIODS = (
    f"SELECT ?period (MIN(?earliest) AS ?first) (MAX(?latest) AS ?last) {{ "
    f"?document a <{ONTOLOGY}SourceDocument> ; <{ONTOLOGY}reportingPeriod> ?period . "
    f"?period <{ONTOLOGY}earliest> ?earliest ; <{ONTOLOGY}latest> ?latest }} GROUP BY ?period"
)


def described(store: Queryable) -> bool:
    """Whether the graph says of itself what a catalogue must tell."""
    return all(_said(store, predicate) for predicate in (*_DESCRIBING[:2], DCTERMS + "license"))


def catalogue(store: Queryable, published: Sequence[Distribution]) -> Statements:
    """The catalogue, its dataset and the distributions.

    What the graph does not know of itself is left out, even where the profile recommends it: the
    project has no contact point yet, and no day of issue.

    Args:
        store: a built graph that is `described`.
        published: what can be fetched.
    """
    said = Statements()
    name_project(said)
    _catalogue(store, said)
    _dataset(store, said)
    for each in published:
        _distribution(store, said, each)
    return said


def _catalogue(store: Queryable, said: Statements) -> None:
    said.type(_CATALOGUE, DCAT + "Catalog")
    said.say(_CATALOGUE, DCTERMS + "title", text("Catalogue of the meagraph project"))
    said.say(
        _CATALOGUE,
        DCTERMS + "description",
        text("The dataset of the meagraph project and the forms in which it is published."),
    )
    said.say(_CATALOGUE, DCTERMS + "publisher", PROJECT)
    said.say(_CATALOGUE, DCAT + "dataset", DATASET)
    said.say(_CATALOGUE, FOAF + "homepage", BASE)
    said.type(BASE, FOAF + "Document")
    said.say(_CATALOGUE, DCAT + "themeTaxonomy", authorities.THEMES)
    _common(store, said, _CATALOGUE)


def _common(store: Queryable, said: Statements, of: str) -> None:
    """What is said alike of the catalogue and of the dataset."""
    for licence in _iris(store, DCTERMS + "license"):
        said.say(of, DCTERMS + "license", authorities.licence(said, licence))
    for language in _iris(store, DCTERMS + "language"):
        declared = authorities.declare(said, language, DCTERMS + "LinguisticSystem")
        said.say(of, DCTERMS + "language", declared)
    changed = last_change(store)
    if changed:
        said.say(of, DCTERMS + "modified", day(changed))


def _dataset(store: Queryable, said: Statements) -> None:
    said.type(DATASET, DCAT + "Dataset", PROV + "Entity")
    for predicate in (*_DESCRIBING, *_CARRIED):
        said.say(DATASET, predicate, *_said(store, predicate))
    said.say(DATASET, DCTERMS + "identifier", Literal(DATASET))
    said.say(DATASET, DCTERMS + "publisher", PROJECT)
    said.say(DATASET, DCTERMS + "creator", PROJECT)
    _common(store, said, DATASET)
    # Not the dataset's own address without “#”: that is the name of a graph.
    said.say(DATASET, DCAT + "landingPage", BASE)
    said.say(DATASET, DCAT + "theme", *authorities.themes(said))
    said.say(DATASET, DCAT + "keyword", *(row[0] for row in _rows(store, _KEYWORDS)))
    right = authorities.declare(said, authorities.PUBLIC, DCTERMS + "RightsStatement")
    said.say(DATASET, DCTERMS + "accessRights", right)
    often = authorities.declare(said, authorities.IRREGULAR, DCTERMS + "Frequency")
    said.say(DATASET, DCTERMS + "accrualPeriodicity", often)
    _standard(store, said)
    _periods(store, said)
    _origin(store, said)


def _standard(store: Queryable, said: Statements) -> None:
    for version in _iris(store, DCTERMS + "conformsTo"):
        said.say(DATASET, DCTERMS + "conformsTo", version)
        said.type(version, DCTERMS + "Standard")
        said.say(version, DCTERMS + "title", text("The ontology of meagraph"))


def _periods(store: Queryable, said: Statements) -> None:
    for period, first, last in _rows(store, _PERIODS):
        if period is not None:
            said.say(DATASET, DCTERMS + "temporal", period.value)
            said.type(period.value, DCTERMS + "PeriodOfTime")
            said.say(period.value, DCAT + "startDate", first)
            said.say(period.value, DCAT + "endDate", last)


def _origin(store: Queryable, said: Statements) -> None:
    statement = CATALOGUE + "provenance"
    said.say(DATASET, DCTERMS + "provenance", statement)
    said.type(statement, DCTERMS + "ProvenanceStatement")
    said.say(statement, RDFS + "label", text(_PROVENANCE))
    said.say(DATASET, PROV + "wasAttributedTo", PROJECT)
    said.say(DATASET, PROV + "wasGeneratedBy", BUILD)
    said.type(BUILD, PROV + "Activity")
    for each in texts(store):
        said.say(DATASET, PROV + "wasDerivedFrom", each.name)
    said.say(DATASET, RDFS + "seeAlso", BASE + "void.ttl", BASE + "provenance.ttl")


def _distribution(store: Queryable, said: Statements, each: Distribution) -> None:
    name = f"{CATALOGUE}distribution-{each.name}"
    said.say(DATASET, DCAT + "distribution", name)
    said.type(name, DCAT + "Distribution")
    said.say(name, DCTERMS + "title", text(each.title))
    said.say(name, DCTERMS + "description", text(each.description))
    said.say(name, DCAT + "accessURL", each.address)
    if each.single:
        said.say(name, DCAT + "downloadURL", each.address)
    if each.form:
        said.say(name, DCTERMS + "format", authorities.file_type(said, each.form))
        said.say(name, DCAT + "mediaType", authorities.media_type(said, each.form))
    _common(store, said, name)


def _said(store: Queryable, predicate: str) -> list[NamedNode | Literal]:
    quads = store.quads_for_pattern(NamedNode(DATASET), NamedNode(predicate), None, DefaultGraph())
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def _iris(store: Queryable, predicate: str) -> list[str]:
    return sorted(each.value for each in _said(store, predicate) if isinstance(each, NamedNode))


def _rows(store: Queryable, query: str) -> list[Any]:
    return list(store.query(query))
