"""A small graph that describes itself, and what the tests of descriptions share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyoxigraph import Store
from rdflib import Graph, Namespace, URIRef

from meagraph.namespaces import BASE, ONTOLOGY, PREFIXES

DCAT = Namespace(PREFIXES["dcat"])
CHECKOUT = Path(__file__).parent.parent.parent.parent
DATASET = URIRef(BASE + "dataset#meagraph")
CATALOGUE = URIRef(BASE + "catalogue#catalogue")
MEA = ONTOLOGY
HEAD = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX documents: <https://w3id.org/meagraph/documents/>
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <https://w3id.org/meagraph/concepts/topic/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
REGISTER = """meetings:cop-5.ttl a mea:EntryFile ; dcterms:created "2024-01-02"^^xsd:date ;
    dcterms:modified "%s"^^xsd:date ; mea:sha256 "ab" .
<https://w3id.org/meagraph/documents/note/annex/1.ttl> a mea:EntryFile ;
    dcterms:modified "2024-02-03"^^xsd:date .
<https://w3id.org/meagraph/documents/note-annex.ttl> a mea:EntryFile ;
    dcterms:modified "2024-02-03"^^xsd:date .
<https://w3id.org/meagraph/readings/note/annex/1.ttl> a mea:EntryFile ;
    dcterms:modified "2024-02-03"^^xsd:date .
"""
TITLE = "\u202b<b>Καλά</b> & “said” \\n at length"
OWN = {
    "ontology/meagraph.ttl": "mea:Meeting a owl:Class .",
    "ontology/concepts/topic.ttl": """topic:mercury a skos:Concept ; skos:prefLabel "mercury"@en ;
    skos:inScheme <https://w3id.org/meagraph/concepts/topic> ;
    skos:closeMatch <http://thesaurus.example/mercury> .
topic:unused a skos:Concept ; skos:prefLabel "unused"@en ; skos:broader topic:mercury ;
    skos:inScheme <https://w3id.org/meagraph/concepts/topic> ;
    skos:closeMatch <http://thesaurus.example/mercury> .""",
    "data/meetings/cop-5.ttl": 'meetings:cop-5 a mea:Meeting ; rdfs:label "é"@en ; '
    "mea:topic topic:mercury ; <http://elsewhere.example/é#of> meetings:cop-5 .",
    "data/documents/note/index.ttl": 'documents:note a mea:SourceDocument ; mea:sha256 "cd" .',
    "data/register.ttl": REGISTER % "2024-03-04",
    "data/dataset.ttl": f"""<{DATASET}> a dcat:Dataset ; dcterms:title "{TITLE}"@en ;
    dcterms:description "Of meetings."@en ; dcterms:publisher "The meagraph project" ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:created "2024-01-01"^^xsd:date .""",
}


def read(content: bytes, form: str = "turtle") -> Graph:
    return Graph().parse(data=content, format=form)


def number(store: Store, pattern: str) -> int:
    solutions: Any = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(next(iter(solutions))["n"].value)
