"""A small graph, a folder of drafts beside it, and the verbs that bring one to the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.cli import main
from meagraph.namespaces import BASE, PREFIXES

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
ONTOLOGY = """<https://w3id.org/meagraph/ontology> a owl:Ontology .
mea:Place a owl:Class . mea:Activity a owl:Class . mea:Passage a owl:Class .
mea:Document a owl:Class . mea:at a owl:ObjectProperty . mea:remark a owl:DatatypeProperty .
mea:EntryFile a owl:Class . mea:sha256 a owl:DatatypeProperty . mea:order a owl:DatatypeProperty .
dcterms:created a owl:DatatypeProperty . dcterms:modified a owl:DatatypeProperty .
dcterms:identifier a owl:DatatypeProperty .
"""
SHAPES = """meash:Place a sh:NodeShape ; sh:targetClass mea:Place ; sh:property meash:Place-label .
meash:Place-label sh:path rdfs:label ; sh:minCount 1 ;
  sh:message "A place has a label. It was left out: add it."@en .
meash:Activity a sh:NodeShape ; sh:targetClass mea:Activity ; sh:property meash:Activity-at .
meash:Activity-at sh:path mea:at ; sh:class mea:Place .
"""
INDEX = f"""documents:note a mea:Document ; rdfs:label "A note"@en .
<{BASE}documents/note/1> a mea:Passage ; mea:order 1 .
<{BASE}documents/note/2> a mea:Passage ; mea:order 2 .
"""
PLACE = 'places:{0} a mea:Place ; rdfs:label "{0}"@en .\n'
PASSAGE = f"PREFIX this: <{BASE}documents/note/1#>\nthis:stay a mea:Activity ; mea:at places:%s .\n"
Said = pytest.CaptureFixture[str]


def draft(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(HEAD + text, encoding="utf-8")
    return name


def add(root: Path, *words: str) -> int:
    return main(["add", "--root", str(root), "--date", "2999-01-01", *words])


def validate(root: Path, *words: str) -> int:
    return main(["validate", "--root", str(root), *words])


def small_graph(folder: Path) -> Path:
    """A valid graph of one place and one document, formatted and registered."""
    for name, text in {
        "ontology/meagraph.ttl": ONTOLOGY,
        "shapes/place.ttl": SHAPES,
        "data/places/here.ttl": PLACE.format("here"),
        "data/documents/note/index.ttl": INDEX,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text)
    (folder / "queries").mkdir()
    assert main(["fmt", "--root", str(folder), "--date", "2025-01-01"]) == 0
    return folder
