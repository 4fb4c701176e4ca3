"""Pages of a graph whose things bear every kind of harmful name: shown, and never obeyed."""

from __future__ import annotations

from collections.abc import Generator
from urllib.parse import quote

import httpx
import pytest
from page_reading import Page
from running import Served, running

from harmed import KINDS, MARKUP, NAMES, harmed, iri
from meagraph.namespaces import BASE
from meagraph.project import Project

ADDRESSES = "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x"
KEPT = "/%:;=,'()"
"""Signs that stand in an IRI as they stand in its address."""
WELL_MEANT = "https://example.org/?a=1&b=%22"


@pytest.fixture(scope="module")
def hostile(
    project: Project, tmp_path_factory: pytest.TempPathFactory, _own_cache: None
) -> Generator[Served]:
    graph = harmed(project, tmp_path_factory.mktemp("hostile"))
    said = "".join(
        f"<{iri('organisations', 'markup')}> schema:url <{address}> .\n"
        for address in (*(quote(one, safe=":/,()") for one in ADDRESSES), WELL_MEANT)
    )
    path = next(graph.data.glob("documents/**/1.ttl"), None) or next(graph.data.rglob("*.ttl"))
    path.write_text(path.read_text(encoding="utf-8") + said, encoding="utf-8")
    with running("--root", graph.root) as served:
        yield served


def got(server: Served, path: str) -> Page:
    answer = httpx.get(server.url + path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 200
    return Page(answer.text)


def is_harmless(page: Page) -> bool:
    """Whether nothing in it runs, or asks anything of another origin."""
    for element in page.elements:
        if element.name == "script" and element.attributes.get("type") != "application/ld+json":
            return False
        if element.name in ("iframe", "object", "embed", "base", "b", "i"):
            return False
        if any(name.startswith("on") or name == "style" for name in element.attributes):
            return False
        target = element.attributes.get("href", "") + element.attributes.get("src", "")
        if target.partition(":")[0].strip().lower() in ("javascript", "data", "vbscript"):
            return False
    return True


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_thing_of_any_name_has_a_harmless_page(hostile: Served, kind: str, name: str) -> None:
    assert is_harmless(got(hostile, "/" + quote(iri(kind, name)[len(BASE) :], safe=KEPT)))


@pytest.mark.parametrize(
    "path", ["/", "/browse", *(f"/browse/{kind}" for kind in KINDS), "/queries", "/search?q=script"]
)
def test_a_list_of_such_names_is_harmless(hostile: Served, path: str) -> None:
    assert is_harmless(got(hostile, path))


def test_mark_up_in_a_name_is_shown_as_it_is_written(hostile: Served) -> None:
    page = got(hostile, "/organisations/markup")
    assert [one.text for one in page.elements if one.name == "h1"] == [MARKUP]
    assert "<script>alert" not in page.markup


def test_only_addresses_of_the_web_are_links(hostile: Served) -> None:
    page = got(hostile, "/organisations/markup")
    links = [one.attributes["href"] for one in page.elements if "href" in one.attributes]
    assert WELL_MEANT in links
    assert not any(one.startswith(("javascript", "data", "vbscript")) for one in links)


def test_script_in_a_search_comes_back_as_text(hostile: Served) -> None:
    page = got(hostile, "/search?q=" + quote(MARKUP + '" onfocus="alert(1)'))
    assert is_harmless(page)


def test_script_in_an_address_that_there_is_not_comes_back_as_text(hostile: Served) -> None:
    path = "/" + quote('<script>alert(1)</script>"><img src=x onerror=alert(1)>')
    answer = httpx.get(hostile.url + path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert is_harmless(Page(answer.text))


def test_script_in_a_query_comes_back_as_text(hostile: Served) -> None:
    query = f'SELECT ("{MARKUP}" AS ?x) {{}}'.replace('"1"', "1")
    answer = httpx.get(
        hostile.url + "/sparql", params={"query": query}, headers={"Accept": "text/html"}
    )
    assert is_harmless(Page(answer.text))
