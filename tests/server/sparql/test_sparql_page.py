"""The endpoint in a browser: a form, examples, results as a table."""

from __future__ import annotations

import re
from html import unescape

import httpx
from running import Served
from sparql_client import HTML, WAIT, ask


def page(server: Served, **params: str) -> str:
    answer = httpx.get(
        f"{server.url}/sparql", params=params, headers={"Accept": HTML}, timeout=WAIT
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(HTML)
    return answer.text


def written(text: str) -> str:
    """The query in the form."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.S)
    assert found
    return unescape(found[1])


def test_without_a_query_there_is_one_that_works(server: Served) -> None:
    text = page(server)
    assert "<form" in text
    assert ask(server.url, written(text)).json()["results"]["bindings"]


def test_each_example_is_a_query_that_the_endpoint_takes(server: Served) -> None:
    names = re.findall(r'/sparql\?example=([^"&]+)"', page(server))
    assert len(names) > 20
    for name in (names[0], names[len(names) // 2], names[-1]):
        query = written(page(server, example=name))
        assert not query.startswith("#+")
        assert ask(server.url, query).status_code == 200


def test_rows_are_a_table_with_links(server: Served) -> None:
    text = page(server, query="SELECT (mea:Passage AS ?kind) ('<script>x' AS ?text) (3 AS ?n) {}")
    assert re.findall(r'<th scope="col">(.*?)</th>', text) == ["kind", "text", "n"]
    assert f'<a href="{_local(server)}/ontology#Passage">mea:Passage</a>' in text
    assert "&lt;script&gt;x" in text and "<script" not in text


def test_what_a_browser_would_run_is_no_link(server: Served) -> None:
    text = page(server, query="SELECT (<javascript:alert(1)> AS ?x) {}")
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text


def test_a_query_comes_back_as_it_was_written(server: Served) -> None:
    query = "SELECT ('</textarea><b>' AS ?x)\n{ # <&\n}"
    assert written(page(server, query=query)) == query


def test_of_many_rows_the_first_are_shown(server: Served) -> None:
    text = page(server, query="SELECT * { ?s ?p ?o }")
    assert "The first 1,000 rows" in text
    assert text.count("<tr>") == 1001
    assert "All of it as CSV" in re.sub(r"\s+", " ", text)


def test_a_thousand_rows_are_all_rows(server: Served) -> None:
    text = page(server, query="SELECT ?s { ?s ?p ?o } LIMIT 1000")
    assert "The first" not in text
    assert "1,000 rows" in text


def test_yes_and_no_and_nothing_are_said(server: Served) -> None:
    assert "Yes." in page(server, query="ASK {}")
    assert "No." in page(server, query="ASK { <u:no> <u:no> <u:no> }")
    assert "Nothing in the graph" in page(server, query="SELECT * { <u:no> <u:no> ?x }")


def test_triples_are_a_table_of_three_columns(server: Served) -> None:
    text = page(server, query="CONSTRUCT { <u:s> rdfs:label 'x'@en } WHERE {}")
    assert re.findall(r'<th scope="col">(.*?)</th>', text) == ["subject", "predicate", "object"]
    assert "Turtle</a>" in text


def test_a_mistake_is_a_page_that_says_where(server: Served) -> None:
    answer = ask(server.url, "SELECT ?s {", HTML)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith(HTML)
    assert "partner" in answer.text


def test_an_example_that_there_is_not_is_404(server: Served) -> None:
    answer = httpx.get(f"{server.url}/sparql?example=../x", headers={"Accept": HTML})
    assert answer.status_code == 404


def _local(server: Served) -> str:
    return "" if server.url.count("/") == 2 else server.url.partition(server.host)[2]
