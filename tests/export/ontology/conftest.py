"""The page of the checkout's ontology, made once, and a small ontology with all that is awkward."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_reader import Page
from pyoxigraph import Store

from copies import written
from meagraph.export.ontology.page import page
from meagraph.graph import build
from meagraph.namespaces import PREFIXES
from meagraph.project import Project

PREFIX = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n"
    for name in (*("mea", "rdfs", "owl", "skos", "schema", "dcterms", "xsd", "org", "topic"),)
) + "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("meetings", "documents"))
OWN = {
    "ontology/meagraph.ttl": r"""
<https://w3id.org/meagraph/ontology> a owl:Ontology ; dcterms:title "A <b>title</b> & more"@en ;
    owl:versionInfo "1.2.3" ; dcterms:license <javascript:alert(1)> .
schema:Event a owl:Class .
mea:Bare a owl:Class .

#
# Gatherings & <i>others</i>
#

mea:Meeting a owl:Class ; rdfs:subClassOf schema:Event , mea:Thing ; rdfs:label "meeting"@en ;
    skos:definition "</p><script>alert(1)</script> & \"said\""@en ; skos:example "meetings:b."@en ;
    dcterms:source <https://w3id.org/meagraph/documents/note/1> .
mea:Thing a owl:Class ; rdfs:subClassOf mea:Meeting ; rdfs:label "thing"@en .
mea:Session a owl:Class ; rdfs:label "session"@en ; skos:definition "An old word."@en ;
    owl:deprecated true ; dcterms:isReplacedBy mea:Meeting .
mea:statedAs a owl:DatatypeProperty ; rdfs:label "stated as"@en .
mea:about a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:label "about"@en ;
    rdfs:domain mea:Thing .
[] a owl:AllDisjointClasses ; owl:members ( mea:Meeting mea:Session ) .
""",
    "ontology/alignments.ttl": """
<https://w3id.org/meagraph/ontology/alignments> a owl:Ontology .

# Because a <meeting> is no
# organisation.
mea:Meeting skos:closeMatch org:Organization .

mea:Meeting rdfs:subClassOf org:ChangeEvent .
""",
    "ontology/concepts/topic.ttl": """
<https://w3id.org/meagraph/concepts/topic> a skos:ConceptScheme ; rdfs:label "Topics"@en .
topic:mercury a skos:Concept ; skos:prefLabel "mercury & <more>"@en ; skos:broader topic:metals ;
    skos:inScheme <https://w3id.org/meagraph/concepts/topic> .
topic:metals a skos:Concept ; skos:prefLabel "metals"@en ;
    skos:inScheme <https://w3id.org/meagraph/concepts/topic> .
""",
    "data/documents/note/index.ttl": """
documents:note a mea:SourceDocument ; mea:shortTitle "Note" .
<https://w3id.org/meagraph/documents/note/1> a mea:Passage ; mea:label "1" ; mea:order 1 .
<https://w3id.org/meagraph/documents/note/2> a mea:Passage ; mea:label "2" ; mea:order 2 .
""",
    "data/meetings/a.ttl": 'meetings:a a mea:Meeting ; rdfs:label "A"@en .',
    "data/meetings/b.ttl": 'meetings:b a mea:Meeting ; rdfs:label "<b>B</b> \\n \u202b ب"@en .',
    "data/documents/note/1.ttl": 'meetings:a mea:statedAs "in the first" .',
    "data/documents/note/2.ttl": """meetings:b mea:statedAs "in the second" ;
    mea:about meetings:a , topic:mercury .""",
}


@pytest.fixture(scope="session")
def ours(store: Store, project: Project) -> Page:
    return Page(page(store, project).decode())


@pytest.fixture
def awkward(tmp_path: Path) -> Project:
    return Project(written(tmp_path / "project", OWN, PREFIX))


@pytest.fixture
def small(awkward: Project) -> Store:
    return build(awkward)
