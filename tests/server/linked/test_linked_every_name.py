"""Every IRI of ours that the graph holds answers; none is a dead end."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from linked_client import HTML, TURTLE, client
from pyoxigraph import NamedNode, Store
from running import Served

from meagraph.namespaces import BASE

DOCUMENTS = ("documents/", "readings/", "identifiers/", "graphs/", "ontology")
"""What an address of ours answers for itself; all else is described elsewhere."""


@pytest.fixture(scope="module")
def names(store: Store) -> list[str]:
    """Each, without its fragment: that never reaches a server."""
    found = set()
    for quad in store:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                found.add(term.value.removeprefix(BASE).partition("#")[0])
    assert len(found) > 1000
    return sorted(found)


@pytest.mark.parametrize("accept", [TURTLE, HTML])
def test_each_answers_with_its_form_or_leads_to_it(
    server: Served, names: list[str], accept: str
) -> None:
    with client(server) as ask, ThreadPoolExecutor(4) as many:

        def answered(name: str) -> tuple[str, int, str]:
            first = ask.get(f"/{name}", headers={"Accept": accept})
            target = first.headers["Location"] if first.status_code == 303 else ""
            last = ask.get(target) if target else first
            return name, first.status_code, f"{last.status_code} {last.headers['Content-Type']}"

        found = list(many.map(answered, names))
    for name, status, last in found:
        file = name.endswith(".ttl")
        scheme = name.startswith("concepts/") and name.count("/") == 1
        itself = file or scheme or name.startswith(DOCUMENTS) or name in ("dataset", "register")
        if name.startswith("ontology/") and accept == HTML:
            itself = False  # all vocabularies are on one page
        assert status == (200 if itself else 303), name
        assert last.startswith(f"200 {TURTLE if file else accept}"), (name, last)


def test_what_a_catalogue_names_answers_too(server: Served) -> None:
    with client(server) as ask:
        for name in ("catalogue", "void", "provenance", "graphs/merge", "ontology/0.1.0"):
            got = ask.get(f"/{name}", headers={"Accept": "text/turtle"})
            assert got.status_code == 200, name
            assert got.headers["Content-Type"].startswith("text/turtle")


@pytest.mark.parametrize("name", ["ontology", "ontology/alignments", "ontology/0.1.0", "concepts"])
@pytest.mark.parametrize("ending", ["", ".html"])
def test_links_of_the_page_of_vocabularies_lead_to_their_files(
    server: Served, name: str, ending: str
) -> None:
    with client(server) as ask:
        page = ask.get(f"/{name}{ending}", headers={"Accept": HTML}, follow_redirects=True)
        hrefs = set(re.findall(r'href="([\w.-]+)"', page.text))
        assert {"ontology.ttl", "concepts.ttl", "alignments.ttl"} <= hrefs
        for href in hrefs:
            assert ask.get(page.url.join(href)).status_code == 200, href


def test_a_claim_has_the_document_that_the_export_writes(server: Served) -> None:
    passage = "documents/minamata-cop4-brs-joint-report/annex/2-f/3"
    with client(server) as ask:
        got = ask.get(f"/{passage}@first-draft.jsonld")
        assert ask.get(f"/{passage}@no-such-claim.jsonld").status_code == 404
    assert got.json()["id"] == f"{BASE}{passage}#first-draft"
    assert got.headers["Content-Location"] == f"/{passage}@first-draft.jsonld"


def test_the_version_of_a_vocabulary_that_is_not_served_is_not_known(server: Served) -> None:
    with client(server) as ask:
        assert ask.get("/ontology/0.0.9").status_code == 404
        current = ask.get("/ontology/0.1.0.ttl")
        assert current.content == ask.get("/ontology.ttl").content
