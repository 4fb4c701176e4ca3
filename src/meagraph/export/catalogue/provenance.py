"""What the graph was built from: PROV-O, of the texts read and of the files written.

A graph's name is typed nothing here. The files are named as the register names them
(``<graph>.ttl``), the texts by names of their own, because a document's name is that of a graph.
Without times: PROV-O's are moments (``xsd:dateTime``), the register knows days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from meagraph.export.catalogue.statements import (
    DATASET,
    DCAT,
    FOAF,
    PROJECT,
    PROV,
    PROVENANCE,
    Statements,
    slug,
    text,
)
from meagraph.namespaces import BASE, DCTERMS, ONTOLOGY, RDF, RDFS

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

BUILD = PROVENANCE + "build"
_FILES = PROVENANCE + "files"
_MERGE = DefaultGraph()
_TEXTS = (
    f"SELECT ?document ?sha (MIN(?title) AS ?name) {{ ?document a <{ONTOLOGY}SourceDocument> ; "
    f"<{ONTOLOGY}sha256> ?sha OPTIONAL {{ ?document <{ONTOLOGY}shortTitle> ?title }} }} "
    "GROUP BY ?document ?sha ORDER BY ?document ?sha"
)
_CHANGES = (
    f"SELECT (MAX(?day) AS ?last) {{ ?file a <{ONTOLOGY}EntryFile> ; <{DCTERMS}modified> ?day }}"
)


class Text(NamedTuple):
    """The text of a source document as it was read: bytes with a check sum."""

    name: str
    document: str
    title: str
    sha256: Literal


def texts(store: Queryable) -> list[Text]:
    """The texts that were read, in the order of their documents."""
    rows: Any = store.query(_TEXTS)
    return [
        Text(
            f"{PROVENANCE}text-{slug(document.value)}",
            document.value,
            title.value if title is not None else slug(document.value),
            sha,
        )
        for document, sha, title in rows
    ]


def last_change(store: Queryable) -> str | None:
    """The day on which a file of the graph was last changed, of which the register knows."""
    rows: Any = store.query(_CHANGES)
    for (last,) in rows:
        return None if last is None else str(last.value)
    return None


def name_project(said: Statements) -> None:
    """Who made the dataset."""
    said.type(PROJECT, FOAF + "Agent", PROV + "Agent")
    said.say(PROJECT, FOAF + "name", text("The meagraph project"))


def provenance(store: Queryable) -> Statements:
    """The build: what it used, who is answerable for it, what came of it.

    Args:
        store: a built graph, its register in it.
    """
    said = Statements()
    name_project(said)
    read = texts(store)
    said.type(DATASET, PROV + "Entity")
    said.say(DATASET, PROV + "wasAttributedTo", PROJECT)
    said.say(DATASET, PROV + "wasGeneratedBy", BUILD)
    said.say(DATASET, PROV + "wasDerivedFrom", _FILES, *(each.name for each in read))
    said.type(BUILD, PROV + "Activity")
    said.say(BUILD, RDFS + "label", text("Build of the graph from its files"))
    said.say(BUILD, PROV + "used", _FILES)
    said.say(BUILD, PROV + "wasAssociatedWith", PROJECT)
    for each in read:
        said.type(each.name, PROV + "Entity")
        said.say(each.name, RDFS + "label", text(f"Text of the {each.title}, as it was read"))
        said.say(each.name, DCTERMS + "isFormatOf", each.document)
        said.say(each.name, ONTOLOGY + "sha256", each.sha256)
    _files(store, said, read)
    for quad in store.quads_for_pattern(
        NamedNode(DATASET), NamedNode(DCAT + "version"), None, _MERGE
    ):
        if isinstance(quad.object, Literal):
            said.say(DATASET, DCAT + "version", quad.object)
    return said


def _files(store: Queryable, said: Statements, read: list[Text]) -> None:
    said.type(_FILES, PROV + "Collection", PROV + "Entity")
    said.say(_FILES, RDFS + "label", text("The files of the graph"))
    type_, entry = NamedNode(RDF + "type"), NamedNode(ONTOLOGY + "EntryFile")
    for file in store.quads_for_pattern(None, type_, entry, _MERGE):
        if not isinstance(file.subject, NamedNode):
            continue
        name = file.subject.value
        said.say(_FILES, PROV + "hadMember", name)
        said.type(name, PROV + "Entity")
        said.say(name, PROV + "wasDerivedFrom", *_texts_of(name, read))
        for quad in store.quads_for_pattern(file.subject, None, None, _MERGE):
            if isinstance(quad.object, NamedNode | Literal):
                said.say(name, quad.predicate.value, quad.object)


def _texts_of(file: str, read: list[Text]) -> Iterator[str]:
    """The text that a file states a passage of, or concludes something of."""
    for each in read:
        readings = f"{BASE}readings/{slug(each.document)}/"
        if file.startswith((each.document + "/", each.document + ".", readings)):
            yield each.name
