"""A small graph that is valid, to be broken in one place by each test."""

from __future__ import annotations

from pathlib import Path

from meagraph.namespaces import PREFIXES
from meagraph.project import Project

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
FIRST = HEAD.count("\n") + 1
"""The line on which the statements of a written file begin."""

FILES = {
    "ontology/meagraph.ttl": """
        <https://w3id.org/meagraph/ontology> a owl:Ontology .
        mea:Meeting a owl:Class ; rdfs:label "meeting"@en .
        mea:Resumption a owl:Class ; rdfs:subClassOf mea:Meeting .
        mea:Document a owl:Class . mea:Passage a owl:Class . mea:Activity a owl:Class .
        mea:Reading a owl:Class .
        mea:when a owl:DatatypeProperty . mea:statedAs a owl:DatatypeProperty .
        mea:acronym a owl:AnnotationProperty ; rdfs:subPropertyOf skos:altLabel .
        mea:ordinal a owl:DatatypeProperty . mea:order a owl:DatatypeProperty .
        mea:status a owl:ObjectProperty . mea:event a owl:ObjectProperty .
        mea:concerns a owl:ObjectProperty .
        mea:takenFrom a owl:DatatypeProperty . mea:checked a owl:DatatypeProperty .
        mea:earliest a owl:DatatypeProperty . mea:latest a owl:DatatypeProperty .
        dcterms:identifier a owl:DatatypeProperty . dcterms:isPartOf a owl:ObjectProperty .
        dcterms:isReplacedBy a owl:ObjectProperty .
        skos:altLabel a owl:AnnotationProperty .""",
    "ontology/concepts/status.ttl": """
        status:held a skos:Concept ; skos:prefLabel "held"@en .
        status:planned a skos:Concept ; skos:prefLabel "planned"@en .""",
    "data/meetings/cop-6.ttl": 'meetings:cop-6 a mea:Meeting ; rdfs:label "Sixth COP"@en .',
    "data/meetings/cop-5.ttl": 'meetings:cop-5 a mea:Meeting ; rdfs:label "Fifth COP"@en .',
    "data/documents/note/index.ttl": """documents:note a mea:Document ; rdfs:label "A note"@en .
<https://w3id.org/meagraph/documents/note/annex-1/1> a mea:Passage ; mea:order 1 .
<https://w3id.org/meagraph/documents/note/annex-1/2> a mea:Passage ; mea:order 2 .""",
    "data/documents/note/annex-1/1.ttl": """meetings:cop-6 mea:when "2025-11"^^edtf:EDTF ;
    mea:status status:held .
<#visit> a mea:Activity ; rdfs:label "A visit"@en ; mea:event meetings:cop-6 .""",
    "data/documents/note/annex-1/2.ttl": 'meetings:cop-6 mea:when "2025"^^edtf:EDTF .',
    "data/readings/note/annex-1/2.ttl": "<#doubt> a mea:Reading ; mea:concerns meetings:cop-6 .",
    "shapes/prefixes.ttl": """<https://w3id.org/meagraph/shapes> sh:declare
        [ sh:prefix "mea" ; sh:namespace "https://w3id.org/meagraph/ontology#"^^xsd:anyURI ] .""",
}


class Small(Project):
    """A project with a way to write a file of it."""

    def write(self, name: str, statements: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + statements + "\n", encoding="utf-8")
        return path
