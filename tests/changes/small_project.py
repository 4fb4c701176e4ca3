"""A project of a few files, and what a reader would do to it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

PREFIXES = """\
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX meetings: <https://w3id.org/meagraph/meetings/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX places: <https://w3id.org/meagraph/places/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX meash: <https://w3id.org/meagraph/shapes#>
PREFIX this: <https://w3id.org/meagraph/documents/report/note/1#>
"""

ONTOLOGY = """\
rdf:type rdfs:label "type"@en .
rdfs:label rdfs:label "label"@en .
mea:Meeting a owl:Class ; rdfs:label "meeting"@en .
mea:City a owl:Class ; rdfs:label "city"@en .
mea:ordinal a owl:DatatypeProperty ; rdfs:label "number"@en .
mea:statedAs a owl:DatatypeProperty ; rdfs:label "stated as"@en .
schema:location a owl:ObjectProperty ; rdfs:label "place"@en .
[] a owl:AllDisjointClasses ; owl:members ( mea:Meeting mea:City ) .
"""

FILES = {
    "ontology/meagraph.ttl": ONTOLOGY,
    "data/places/geneva.ttl": 'places:geneva a mea:City ; rdfs:label "Geneva"@en .',
    "data/places/bali.ttl": 'places:bali a mea:City ; rdfs:label "Bali"@en .',
    "data/meetings/one.ttl": 'meetings:one a mea:Meeting ; rdfs:label "Meeting one"@en .',
    "data/documents/report/index.ttl": (
        '<https://w3id.org/meagraph/documents/report> mea:shortTitle "Report" .'
        '<https://w3id.org/meagraph/documents/report/note/1> mea:label "note/1" ; mea:order 1 .'
    ),
    "data/documents/report/note/1.ttl": (
        'meetings:one mea:ordinal 1 ; schema:location places:geneva ; mea:statedAs "first" .'
        'this:act rdfs:label "Attendance"@en .'
    ),
    "data/register.ttl": "<https://w3id.org/meagraph/places/geneva.ttl> a mea:EntryFile .",
    "shapes/city.ttl": "meash:City a sh:NodeShape ; sh:property [ sh:path rdfs:label ] .",
    "queries/meetings/all.rq": "#+ summary = 'All'\nSELECT ?m WHERE { ?m a mea:Meeting }\n",
}


def written(root: Path, **changed: str | None) -> Path:
    """Write the project; what is changed is named by the file's stem, ``None`` for one that goes.

    A stem that no file has is that of a new place.
    """
    files = dict(FILES)
    for stem, text in changed.items():
        path = next((p for p in FILES if Path(p).stem == stem), f"data/places/{stem}.ttl")
        files.pop(path, None)
        if text is not None:
            files[path] = text
    for folder in ("ontology", "data", "shapes", "queries"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if name.endswith(".rq") else PREFIXES + text)
    return root


def git(folder: Path, *words: str) -> str:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "curator" for who in ("AUTHOR", "COMMITTER") for what in ("NAME",)},
        "GIT_AUTHOR_EMAIL": "curator@example.org",
        "GIT_COMMITTER_EMAIL": "curator@example.org",
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def committed(folder: Path, message: str) -> None:
    """Commit all that stands in a folder, in a repository that is made if need be."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
