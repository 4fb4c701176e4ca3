"""What would change the graph or leave the machine is refused before evaluation."""

from __future__ import annotations

import pytest
from running import Served
from sparql_client import DIRECT, FORM, ask, post, rows

from loopback import loopback

UPDATES = [
    "INSERT DATA { <u:x> <u:x> <u:x> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX a: <u:a> delete { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "WITH <u:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/>",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <u:g>",
    "CLEAR ALL",
    "DROP DEFAULT",
    "CREATE GRAPH <u:g>",
    "COPY <u:a> TO <u:b>",
    "MOVE <u:a> TO <u:b>",
    "ADD <u:a> TO <u:b>",
]


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_as_query_is_refused(server: Served, update: str) -> None:
    answer = ask(server.url, update)
    assert answer.status_code == 400
    assert "change the graph" in answer.json()["detail"]


def test_an_update_as_update_is_refused(server: Served) -> None:
    for answer in (
        post(server.url, "CLEAR ALL", "application/sparql-update"),
        post(server.url, "update=CLEAR+ALL", FORM),
        post(server.url, "update=CLEAR+ALL&query=ASK%7B%7D", FORM),
        post(server.url, "ASK {}", DIRECT, "?update=CLEAR+ALL"),
    ):
        assert answer.status_code == 403
        assert "cannot be changed" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service silent <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ {{ SELECT * {{ SERVICE ?x {{ ?s ?p ?o }} VALUES ?x {{ <{url}> }} }} }} }}",
        "ASK {{ FILTER(trueSERVICE <{url}> {{ ?s ?p ?o }}) }}",
    ],
)
def test_no_other_machine_is_asked(server: Served, query: str) -> None:
    with loopback(lambda visit: visit.reply()) as elsewhere:
        answer = ask(server.url, query.format(url=elsewhere.url))
        assert answer.status_code == 400
        assert not elsewhere.sent


def test_the_words_are_no_harm_as_text(server: Served) -> None:
    query = "SELECT ('SERVICE INSERT FROM' AS ?x) { # LOAD\n }"
    assert rows(ask(server.url, query)) == [{"x": "SERVICE INSERT FROM"}]
