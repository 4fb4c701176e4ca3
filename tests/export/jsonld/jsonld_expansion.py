"""What documents say in RDF, told by two readers of JSON-LD; nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from meagraph.graph import build
from meagraph.project import Project

HEAD = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX organisations: <https://w3id.org/meagraph/organisations/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX places: <https://w3id.org/meagraph/places/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def made(checkout: Project, root: Path, files: Mapping[str, str]) -> Store:
    """A graph of our ontology and of the files given, their prefixes added."""
    ontology = root / "ontology"
    (ontology / "concepts").mkdir(parents=True)
    for path in checkout.ontology.rglob("*.ttl"):
        (ontology / path.relative_to(checkout.ontology)).write_bytes(path.read_bytes())
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(HEAD + text, encoding="utf-8")
    return build(Project(root))


def with_context(document: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its context in the place of its address, read back from its bytes."""
    read: dict[str, Any] = json.loads(json.dumps(document, ensure_ascii=False))
    return {**read, **context}


def by_pyoxigraph(document: Mapping[str, Any], context: Mapping[str, Any]) -> set[Quad]:
    whole = json.dumps(with_context(document, context), ensure_ascii=False)
    return set(parse(whole, RdfFormat.JSON_LD))


def by_pyld(document: Mapping[str, Any], context: Mapping[str, Any]) -> set[Quad]:
    from pyld import jsonld

    def refuse(url: str, options: object) -> None:
        raise AssertionError(f"{url} would have been fetched")

    found = jsonld.to_rdf(with_context(document, context), {"documentLoader": refuse})
    return {
        Quad(
            NamedNode(one["subject"]["value"]),
            NamedNode(one["predicate"]["value"]),
            _term(one["object"]),
            DefaultGraph() if graph == "@default" else NamedNode(graph),
        )
        for graph, quads in found.items()
        for one in quads
    }


def _term(found: Mapping[str, str]) -> NamedNode | Literal:
    if found["type"] == "IRI":
        return NamedNode(found["value"])
    if "language" in found:
        return Literal(found["value"], language=found["language"])
    return Literal(found["value"], datatype=NamedNode(found["datatype"]))
