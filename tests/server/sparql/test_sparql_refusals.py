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
        "SELECT * {{ ?s a mea:.SERVICE <{url}> {{ ?x ?y ?z }} }}",
        "SELECT * {{ <u:\\u0041#> ?p ?o . SERVICE <{url}> {{ ?x ?y ?z }}\n }}",
        "SELECT * {{ <u:\\u0041'> ?p ?o . SERVICE <{url}> {{ ?x ?y ?z }} #'\n }}",
    ],
)
def test_no_other_machine_is_asked(server: Served, query: str) -> None:
    with loopback(lambda visit: visit.reply()) as elsewhere:
        answer = ask(server.url, query.format(url=elsewhere.url))
        assert answer.status_code == 400
        assert not elsewhere.sent


@pytest.mark.parametrize(
    "compared",
    ["?b#>'''\n) {0} #'''\n", "x:c#>'''\n) {0} #'''\n", "x:c&&'>\"'!='') {0} #\"\n"],
)
def test_what_is_less_than_and_what_an_iri_is_not_guessed(server: Served, compared: str) -> None:
    with loopback(lambda visit: visit.reply()) as elsewhere:
        hidden = compared.format(f"SERVICE <{elsewhere.url}> {{ ?x ?y ?z }}")
        query = "PREFIX x: <u:> SELECT * { BIND(1 AS ?a) BIND(1 AS ?b) FILTER(?a<" + hidden + "}"
        answer = ask(server.url, query)
        assert answer.status_code == 400
        assert "two ways" in answer.json()["detail"]
        assert not elsewhere.sent


@pytest.mark.parametrize("text", ["1" * 99_000, "a." * 49_000, "a-" * 49_000])
def test_what_is_long_is_read_in_time_that_grows_with_it(server: Served, text: str) -> None:
    """With its square it would take minutes, and `post` gives up before."""
    assert post(server.url, "ASK { " + text, DIRECT).status_code == 400


def test_the_words_are_no_harm_as_text(server: Served) -> None:
    query = "SELECT ('SERVICE INSERT FROM' AS ?x) { # LOAD\n }"
    assert rows(ask(server.url, query)) == [{"x": "SERVICE INSERT FROM"}]
