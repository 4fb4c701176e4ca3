"""A small graph to search, as a store in memory and as the files of a project."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from meagraph.graph import build
from meagraph.namespaces import PREFIXES, expand
from meagraph.project import Project
from meagraph.search import Hit

NOTE = "https://w3id.org/meagraph/documents/note"
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

FILES = {
    "ontology/meagraph.ttl": """
        mea:Activity a owl:Class ; rdfs:label "activity"@en .
        mea:CooperationActivity a owl:Class ; rdfs:label "cooperation activity"@en ;
            rdfs:subClassOf mea:Activity .
        mea:Meeting a owl:Class ; rdfs:label "meeting"@en .
        mea:Body a owl:Class ; rdfs:label "body"@en .
        mea:Programme a owl:Class ; rdfs:label "programme"@en .
        mea:Passage a owl:Class ; rdfs:label "passage"@en .
        mea:SourceDefect a owl:Class ; rdfs:label "defect of the source"@en .
        skos:Concept a owl:Class ; rdfs:label "concept"@en .""",
    "ontology/alignments.ttl": "mea:Meeting rdfs:subClassOf schema:Event .",
    "ontology/concepts/topic.ttl": """
        topic:gold-mining a skos:Concept ; skos:prefLabel "gold mining"@en ;
            skos:definition "Small mines, and mercury in them."@en .
        topic:waste a skos:Concept ; skos:prefLabel "waste"@en .""",
    "data/programmes/planet-gold.ttl": """
        programmes:planet-gold a mea:Programme ; rdfs:label "Partnership for gold mines"@en ;
            skos:altLabel "planetGOLD" ; mea:remark "It ends in 2030."@en .""",
    "data/bodies/basel-oewg.ttl": """
        bodies:basel-oewg a mea:Body ; rdfs:label "Working Group of the Basel Convention"@en ;
            mea:acronym "OEWG" , "WHO" .""",
    "data/bodies/spp-oewg.ttl": """
        bodies:spp-oewg a mea:Body ; rdfs:label "Working group on a panel"@en ;
            mea:acronym "OEWG" .""",
    "data/meetings/basel-oewg-12.ttl": """
        meetings:basel-oewg-12 a mea:Meeting ; mea:acronym "OEWG-12" ;
            rdfs:label "Working Group of the Basel Convention, twelfth meeting"@en .""",
    "data/places/yaounde.ttl": 'places:yaounde rdfs:label "Yaoundé"@en .',
    "data/documents/unep-29.ttl": """
        documents:unep-29 rdfs:label "Information document"@en ;
            dcterms:identifier "UNEP/MC/COP.6/INF/29" .""",
    "data/documents/unep-2.ttl": """
        documents:unep-2 rdfs:label "Information on UNEP/MC/COP.6/INF/29, at some length"@en ;
            dcterms:identifier "UNEP/MC/COP.6/INF/2" .""",
    "data/documents/note/index.ttl": "".join(
        f'<{NOTE}/{label}> a mea:Passage ; mea:order {order} ; mea:label "{label}" ; '
        f'rdfs:label "Note {label}"@en .\n'
        for order, label in ((2, "2"), (10, "10"), (3, "3"))
    ),
    "data/documents/note/2.ttl": f"""
        <{NOTE}/2#mines> a mea:CooperationActivity ; rdfs:label "Partnership for gold mines"@en ;
            mea:topic topic:gold-mining ; mea:about programmes:planet-gold .
        bodies:basel-oewg mea:statedAs "group that works on wastes" .""",
    "data/documents/note/10.ttl": f"""
        <{NOTE}/10#who> a mea:Activity ; rdfs:label "A person who sorts waste"@en ;
            mea:topic topic:gold-mining ; mea:about programmes:planet-gold .""",
    "data/documents/note/3.ttl": f"""
        <{NOTE}/3#trade> a mea:Activity ; rdfs:label "Talks on the treaty"@en ;
            mea:purpose "Less trade in mercury." ; mea:hasParticipation <{NOTE}/3#one> .
        <{NOTE}/3#one> mea:agent programmes:planet-gold .""",
    "data/readings/note/3.ttl": """
        <https://w3id.org/meagraph/readings/note/3#odd> a mea:SourceDefect ;
            rdfs:label "The day cannot be"@en ; mea:asWritten "31 November" ;
            mea:concerns programmes:planet-gold ; mea:reason "November has thirty days."@en .""",
    "data/systems/old.ttl": """
        systems:old rdfs:label "Gatehouse"@en ; owl:deprecated true ;
            dcterms:isReplacedBy systems:older .""",
    "data/systems/older.ttl": """
        systems:older rdfs:label "Portcullis"@en ; owl:deprecated true ;
            mea:remark "Renamed after a flood."@en ; dcterms:isReplacedBy systems:portal .""",
    "data/systems/portal.ttl": 'systems:portal rdfs:label "Portal"@en .',
    "data/systems/gone.ttl": """
        systems:gone rdfs:label "Drawbridge"@en ; owl:deprecated true .""",
}


def project(root: Path, files: dict[str, str] = FILES) -> Project:
    """The files of the graph, written."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text)
    for folder in ("shapes", "queries"):
        (root / folder).mkdir(exist_ok=True)
    return Project(root)


def graph(root: Path) -> Store:
    """The graph in memory."""
    return build(project(root))


def loaded(text: str) -> Store:
    """A graph of a few triples, all of them in the merge."""
    store = Store()
    store.load((HEAD + text).encode(), RdfFormat.TURTLE)
    return store


def iri(name: str) -> str:
    """The IRI of a prefixed name, or of what stands in the note."""
    return f"{NOTE}/{name}" if name[0].isdigit() else expand(name) or name


def names(hits: list[Hit]) -> list[str]:
    return [hit.iri for hit in hits]
