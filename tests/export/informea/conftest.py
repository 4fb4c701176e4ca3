"""Feeds of small graphs: the ontology, three conventions, and what a test adds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import Store

from meagraph.entries import graph_iri
from meagraph.export.informea import Feed, records
from meagraph.graph import build
from meagraph.namespaces import PREFIXES
from meagraph.project import Project

Files = Mapping[str, str]
FeedOf = Callable[..., Feed]

IDENTIFIER = """this:{slug} a mea:ExternalIdentifier ; rdfs:label "{value}"@en ;
    skos:notation "{value}" ; mea:identifies {thing} ; mea:registry registry:{registry} ;
    mea:takenFrom "a list" ; mea:checked "2026-01-01"^^xsd:date .
"""


def identifiers(registry: str, values: Mapping[str, str]) -> str:
    """The text of a file with identifiers of one registry, by prefixed names of things."""
    return "".join(
        IDENTIFIER.format(slug=thing.partition(":")[2], thing=thing, registry=registry, value=value)
        for thing, value in values.items()
    )


BASIS = {
    "agreements/basel": 'agreements:basel a mea:Agreement ; rdfs:label "Basel Convention"@en ;'
    " mea:memberOf groups:brs .",
    "agreements/stockholm": "agreements:stockholm a mea:Agreement ;"
    ' rdfs:label "Stockholm Convention"@en ; mea:memberOf groups:brs .',
    "agreements/minamata": "agreements:minamata a mea:Agreement ;"
    ' rdfs:label "Minamata Convention"@en .',
    "agreements/escazu": 'agreements:escazu a mea:Agreement ; rdfs:label "Escazú Agreement"@en .',
    "groups/brs": 'groups:brs a mea:AgreementGroup ; rdfs:label "BRS conventions"@en .',
    "organisations/brs": 'organisations:brs a mea:Secretariat ; rdfs:label "BRS secretariat"@en ;'
    " mea:secretariatOf groups:brs .",
    "organisations/minamata": "organisations:minamata a mea:Secretariat ;"
    ' rdfs:label "Minamata secretariat"@en ; mea:secretariatOf agreements:minamata .',
    "bodies/basel-cop": 'bodies:basel-cop a mea:Body ; rdfs:label "Basel COP"@en ;'
    " mea:bodyOf agreements:basel ; mea:bodyKind bodykind:conference-of-the-parties .",
    "identifiers/informea-name": identifiers(
        "informea-name",
        {
            "agreements:basel": "basel",
            "agreements:stockholm": "stockholm",
            "agreements:minamata": "minamataunep",
        },
    ),
    "identifiers/informea": identifiers(
        "informea",
        {
            "agreements:basel": "62511e00-8869-4455-bfab-c7c17cca68fe",
            "agreements:minamata": "fb7708d6-7a42-4f8e-9e5a-f03da26db46f",
        },
    ),
}


def written(root: Path, files: Files) -> Project:
    """A project with these data files, by their paths under ``data/`` without their ending."""
    for name, text in files.items():
        path = root / "data" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {**PREFIXES, "this": graph_iri(f"{name}.ttl") + "#"}
        heads = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in known.items())
        path.write_text(heads + text, encoding="utf-8")
    return Project(root)


@pytest.fixture
def feed_of(project: Project, tmp_path: Path) -> FeedOf:
    """Builds a graph of the basis and further files, and makes its feed."""

    def make(files: Files, settings: str = "") -> Feed:
        root = tmp_path / f"project-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(project.ontology, root / "ontology")
        if settings:
            (root / "informea.toml").write_text(settings, encoding="utf-8")
        written(root, {**BASIS, **files})
        return records(build(Project(root)), Project(root))

    return make


@pytest.fixture(scope="session")
def ours(store: Store, project: Project) -> Feed:
    """The feed of the checkout's own graph."""
    return records(store, project)
