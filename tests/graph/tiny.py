"""A tiny project, and ways to change it and to look at what is built of it."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from meagraph.project import Project

HEAD = """PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <http://schema.org/>
"""
FILES = {
    "ontology/meagraph.ttl": "mea:Meeting a owl:Class ; rdfs:subClassOf schema:Event .",
    "ontology/alignments.ttl": "mea:Meeting rdfs:subClassOf schema:Thing .",
    "ontology/concepts/status.ttl": "<held> a skos:Concept .",
    "data/meetings/cop-6.ttl": 'meetings:cop-6 a mea:Meeting ; rdfs:label "COP-6"@en .',
    "data/documents/note/index.ttl": "<note> a mea:Document .",
    "data/documents/note/annex-1/1.ttl": 'meetings:cop-6 mea:when "2025-11"^^edtf:EDTF .',
    "data/documents/note/annex-1/2.ttl": 'meetings:cop-6 mea:when "2025-11"^^edtf:EDTF .',
    "shapes/meeting.ttl": "<shape> a <http://www.w3.org/ns/shacl#NodeShape> .",
}
RECORD = "data/meetings/cop-6.ttl"


def relabel(project: Project, label: str) -> None:
    (project.root / RECORD).write_text(
        HEAD + f'meetings:cop-6 a mea:Meeting ; rdfs:label "{label}"@en .'
    )


def labels(store: Store) -> list[str]:
    found = store.quads_for_pattern(
        None, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), None, DefaultGraph()
    )
    return [quad.object.value for quad in found if isinstance(quad.object, Literal)]


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{HEAD} ASK {{ {pattern} }}"))


def python(code: str, *words: object) -> subprocess.Popen[str]:
    """Run code in a process of its own, with ``PROJECT`` and ``STORE`` set from the words."""
    start = """
        import os, signal, sys
        from pathlib import Path
        from meagraph.project import Project
        PROJECT, STORE = Project(Path(sys.argv[1])), Path(sys.argv[2])
        def die(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(start) + textwrap.dedent(code), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
