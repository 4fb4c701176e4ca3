"""Each of our addresses leads, through a real Apache, to a file of the release."""

from __future__ import annotations

import re
from collections.abc import Generator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from apache import serving
from pyoxigraph import NamedNode, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE
from meagraph.project import Project
from meagraph.releases.addresses import checked_site, htaccess
from meagraph.releases.making import About, files_of_release
from meagraph.releases.stated import texts_of
from meagraph.releases.writing import SUMS

SITE = "https://files.example.org/meagraph"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
ACCEPTS = {
    "browser": BROWSER,
    "anything": "*/*",
    "turtle": "text/turtle",
    "json-ld": "application/ld+json",
    "rdf-xml": "application/rdf+xml",
    "n-triples": "application/n-triples",
    "jena": "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,*/*;q=0.3",
}
VOCABULARIES = {
    "ontology": "ontology",
    "ontology/0.1.0": "ontology",
    "ontology/alignments": "alignments",
    "ontology/alignments/0.1.0": "alignments",
    "concepts": "concepts",
}


class Server(NamedTuple):
    """The server, and the files of the release to which it leads."""

    connection: HTTPConnection
    names: set[str]

    def target(self, path: str, accept: str) -> str:
        """The path, below the site, to which an address leads."""
        headers = {"Accept": accept} if accept else {}
        self.connection.request("GET", f"/meagraph/{path}", headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 303, f"{path} gives {answer.status}"
        location = answer.getheader("Location") or ""
        assert location.startswith(f"{SITE}/"), location
        return location.removeprefix(f"{SITE}/")

    def file(self, path: str, accept: str = "", version: str = "0.1.0") -> str:
        """The file of the release to which an address leads; it exists."""
        named, slash, file = self.target(path, accept).partition("/")
        assert (named, slash) == (version, "/")
        assert file in self.names, f"{path} leads to {file}, which is not there"
        return file


@pytest.fixture(scope="module")
def names(project: Project, store: Store) -> set[str]:
    about = About("0.1.0", "", "", ())
    return {*files_of_release(store, project, about, texts_of(project), None, SITE), SUMS}


@pytest.fixture(scope="module")
def server(names: set[str], tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    root = tmp_path_factory.mktemp("apache")
    folder = root / "www" / "meagraph"
    folder.mkdir(parents=True)
    (folder / ".htaccess").write_text(htaccess("0.1.0", SITE, names))
    for each in (root, *root.parents):
        if each.name.startswith(("apache", "pytest-")):
            each.chmod(0o755)  # the server runs as a user of its own
    with serving(root) as connection:
        yield Server(connection, names)


@pytest.mark.parametrize("accept", ACCEPTS.values(), ids=list(ACCEPTS))
def test_every_name_of_ours_leads_to_a_file(accept: str, server: Server, store: Store) -> None:
    graphs = {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)}
    subjects = {
        quad.subject.value.partition("#")[0]
        for quad in store
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE)
    }
    for iri in sorted(graphs | subjects):
        server.file(quote(iri.removeprefix(BASE)), accept)


def test_every_file_is_found_at_its_path_with_and_without_a_version(server: Server) -> None:
    for name in sorted(server.names):
        if name.startswith("w3id/meagraph/."):
            continue  # no server gives that away
        assert server.file(quote(name), BROWSER) == name
        assert server.target(f"releases/2.10.3/{quote(name)}", BROWSER) == f"2.10.3/{name}"


@pytest.mark.parametrize("before", ["", "releases/0.1.0/"])
def test_a_thing_leads_to_its_own_document_and_in_turtle_to_the_graph(
    before: str, server: Server
) -> None:
    for path in ("agreements/minamata", "documents/unep-mc-cop.6-inf-29-annex-1"):
        for accept in (BROWSER, "application/ld+json", "application/rdf+xml", ""):
            assert server.file(before + path, accept) == f"{path}.jsonld"
        assert server.file(before + path, "text/turtle") == "meagraph.ttl"
        assert server.file(before + path, "application/n-quads") == "meagraph.nq"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (BROWSER, "html"),
        ("", "html"),
        ("text/csv", "csv"),
        ("application/json", "json"),
        ("application/sparql-query", "rq"),
    ],
)
def test_a_question_has_an_address_of_its_own_for_each_version(
    accept: str, form: str, server: Server
) -> None:
    name = "queries/participants-not-members"
    assert server.file(name, accept) == f"{name}.{form}"
    assert server.file(f"releases/0.1.0/{name}", accept) == f"{name}.{form}"
    assert server.target(f"releases/3.0.12/{name}", accept) == f"3.0.12/{name}.{form}"


@pytest.mark.parametrize("path", VOCABULARIES)
def test_a_vocabulary_leads_to_each_of_its_forms(path: str, server: Server) -> None:
    name = VOCABULARIES[path]
    for accept, form in (
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml, application/xml;q=0.7, */*;q=0.1", "rdf"),
        ("application/n-triples", "nt"),
    ):
        assert server.file(path, accept) == f"{name}.{form}"
    assert server.file(path, BROWSER) == "ontology.html"


def test_another_version_of_the_ontology_leads_to_another_release(server: Server) -> None:
    assert server.target("ontology/2.0.10", "text/turtle") == "2.0.10/ontology.ttl"
    assert server.target("ontology/alignments/2.0.10", BROWSER) == "2.0.10/ontology.html"


@pytest.mark.parametrize(
    ("path", "browser", "turtle", "json"),
    [
        ("", "index.html", "catalogue.ttl", "catalogue.jsonld"),
        ("releases/0.1.0/", "index.html", "catalogue.ttl", "catalogue.jsonld"),
        ("dataset", "index.html", "catalogue.ttl", "catalogue.jsonld"),
        ("catalogue", "index.html", "catalogue.ttl", "catalogue.jsonld"),
        ("void", "void.ttl", "void.ttl", "void.ttl"),
        ("graphs/merge", "meagraph.ttl", "meagraph.ttl", "meagraph.ttl"),
        ("graphs/entailed", *["meagraph-entailed.ttl"] * 3),
        ("places/geneva.ttl", "provenance.ttl", "provenance.ttl", "provenance.ttl"),
        ("dataset.ttl", "provenance.ttl", "provenance.ttl", "provenance.ttl"),
        ("identifiers/unlocode", "meagraph.nq", "meagraph.ttl", "meagraph.nq"),
    ],
)  # fmt: skip
def test_other_addresses_lead_where_the_page_says(
    path: str, browser: str, turtle: str, json: str, server: Server
) -> None:
    assert server.file(path, BROWSER) == browser
    assert server.file(path, "text/turtle") == turtle
    assert server.file(path, "application/ld+json") == json


@pytest.mark.parametrize(
    "path", ["nothing", "releases", "releases/0.1.0/nothing", "a/b/c", "%2e%2e/x"]
)
def test_what_is_no_address_of_ours_leads_nowhere(path: str, server: Server) -> None:
    server.connection.request("GET", f"/meagraph/{path}")
    answer = server.connection.getresponse()
    answer.read()
    assert answer.status == 404


def test_caches_are_told_that_the_answer_depends_on_what_is_asked_for(server: Server) -> None:
    server.connection.request("GET", "/meagraph/ontology/alignments", headers={"Accept": "a/b"})
    server.connection.getresponse().read()
    server.connection.request("GET", "/meagraph/dataset", headers={"Accept": "text/turtle"})
    answer = server.connection.getresponse()
    answer.read()
    assert "Accept" in (answer.getheader("Vary") or "")


@pytest.mark.parametrize(
    "site",
    [
        *("", "example.org", "ftp://example.org", "https://example.org/a b", "https://a@example.org"),
        *("https://example.org/?q", "https://example.org/#x", "https://example.org/$1"),
        *("https://example.org/%20", "https://example.org/a\nRewriteRule x y", "https://e.org/\x1b"),
        *("https://example.org//a", "https://exämple.org", "https://example.org\n"),
    ],
)  # fmt: skip
def test_an_address_that_could_mean_something_to_a_server_is_refused(site: str) -> None:
    with pytest.raises(UnusableInput, match="is no address of a site") as refusal:
        checked_site(site)
    assert not re.search("[\x00-\x09\x0b-\x1f]", str(refusal.value))
    assert "RewriteRule x y" not in str(refusal.value).splitlines()


def test_a_slash_at_the_end_of_the_site_makes_no_difference(tmp_path: Path) -> None:
    assert checked_site("http://127.0.0.1:8080/a/") == "http://127.0.0.1:8080/a"
