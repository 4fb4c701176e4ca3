"""A checkout of a few files that can be released, and what a curator would do to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.namespaces import BASE, PREFIXES
from meagraph.project import Project
from meagraph.releases import Released, Wanted, release

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
DAY = "2026-12-01"
ONTOLOGY = """<{base}ontology> a owl:Ontology ; owl:versionInfo "{number}" ;
    owl:versionIRI <{base}ontology/{number}> ; bibo:status <http://purl.org/ontology/bibo/status/{status}> ;
    dcterms:bibliographicCitation "Ours. Version {number}. {base}ontology" {issued} .
mea:Place a owl:Class ; rdfs:label "place"@en .
mea:Stay a owl:Class ; rdfs:label "stay"@en . mea:Passage a owl:Class . mea:Document a owl:Class .
mea:at a owl:ObjectProperty ; rdfs:label "at"@en . mea:remark a owl:DatatypeProperty .
mea:EntryFile a owl:Class . mea:SourceDocument a owl:Class ; rdfs:subClassOf mea:Document .
mea:label a owl:DatatypeProperty . mea:passageKind a owl:DatatypeProperty .
mea:shortTitle a owl:DatatypeProperty . mea:sha256 a owl:DatatypeProperty . mea:order a owl:DatatypeProperty .
dcterms:created a owl:DatatypeProperty . dcterms:modified a owl:DatatypeProperty .
"""  # noqa: E501
DATASET = """PREFIX this: <{base}dataset#>
this:meagraph a dcat:Dataset ; rdfs:label "ours"@en ; dcat:version "{number}" ;
    dcterms:title "Ours"@en ; dcterms:description "A few things."@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:conformsTo <{base}ontology/{number}> ;
    dcterms:bibliographicCitation "Ours. Version {number}. {base}dataset" .
"""
SHAPES = """meash:Place a sh:NodeShape ; sh:targetClass mea:Place ; sh:property meash:Place-label .
meash:Place-label sh:path rdfs:label ; sh:minCount 1 ;
  sh:message "A place has a label. It was left out: add it."@en .
"""
INDEX = f"""documents:note a mea:SourceDocument ; rdfs:label "A note"@en ; mea:shortTitle "Note" .
<{BASE}documents/note/1> a mea:Passage ; rdfs:label "Note 1"@en ; mea:label "1" ; mea:order 1 ;
    mea:passageKind "paragraph" ; mea:sha256 "0" ; dcterms:isPartOf documents:note .
"""
PASSAGE = f"""PREFIX this: <{BASE}documents/note/1#>
this:stay a mea:Stay ; rdfs:label "A stay"@en ; mea:at places:here .
"""
PLACE = 'places:{0} a mea:Place ; rdfs:label "{0}"@en .\n'
(NETWORK,) = (Path(__file__).parents[1] / "queries").glob("*/cooperation-network.rq")
"""The one stored question that exports ask."""
QUESTION = """\
#+ summary = "Which places are there?"
#+ [parameters.place]
#+ label = "Place"
#+ class = "mea:Place"
#+ required = true
#+ [columns.place]
#+ label = "Place"
SELECT ?place WHERE { VALUES ?place { places:here } ?place a mea:Place } ORDER BY ?place
"""


def checkout(folder: Path, number: str = "0.1.0", day: str = DAY, **entries: str) -> Project:
    """Write a checkout of which all files say that this version was released on this day.

    ``entries`` are the files of places, by their stems.
    """
    released = day == DAY
    issued = f'; dcterms:issued "{day}"^^xsd:date' if released else ""
    status = "published" if released else "draft"
    filled = {"base": BASE, "number": number, "status": status, "issued": issued}
    files = {
        "ontology/meagraph.ttl": HEAD + ONTOLOGY.format(**filled),
        "shapes/place.ttl": HEAD + SHAPES,
        "queries/places/places.rq": QUESTION,
        "queries/networks/cooperation-network.rq": NETWORK.read_text(),
        "data/dataset.ttl": HEAD + DATASET.format(**filled),
        "data/documents/note/index.ttl": HEAD + INDEX,
        "data/documents/note/1.ttl": HEAD + PASSAGE,
        "data/LICENSE": "The licence of the data.\n",
        "LICENSE": "The licence of the code.\n",
        "CITATION.cff": f"cff-version: 1.2.0\nversion: {number}\n",
        "CHANGELOG.md": f"# Changelog\n\n## {number}, {day}\n\n- All of it.\n",
        **{
            f"data/places/{stem}.ttl": HEAD + text
            for stem, text in {"here": PLACE.format("here"), **entries}.items()
        },
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    formatted(folder)
    return Project(folder)


def formatted(folder: Path) -> None:
    assert main(["fmt", "--root", str(folder), "--date", "2026-01-01"]) == 0


def stating(patch: pytest.MonkeyPatch, number: str) -> None:
    """Let the package be of this version."""
    patch.setattr("meagraph.releases.stated.__version__", number)


def released(
    patch: pytest.MonkeyPatch, project: Project, to: Path, number: str = "0.1.0", **more: object
) -> Released:
    stating(patch, number)
    return release(project, Wanted(number, to, **more))  # type: ignore[arg-type]
