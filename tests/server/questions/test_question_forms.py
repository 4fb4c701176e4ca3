"""Every stored question answers in every form, and the forms say what the library says."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results
from questions.stored import ASKED, NAMES, QUESTION, example, expected, get, graph
from running import Served

from meagraph.tables import as_csv, as_tsv, render

ENDINGS = ("csv", "tsv", "json", "srj", "srx", "md", "html", "xlsx", "txt", "rq")


def _texts(table: Any) -> list[list[Any]]:
    """The rows as plain texts; passages as lists of such."""

    def text(cell: Any) -> Any:
        if isinstance(cell, tuple):
            return [one.value for one in cell]
        return None if cell is None else cell.value

    return [[text(cell) for cell in row] for row in table.rows]


@pytest.mark.parametrize("name", NAMES)
def test_the_json_has_the_rows_and_labels_that_the_library_gives(name: str, server: Served) -> None:
    given = example(name)
    answer = get(f"{server.url}/queries/{name}.json", params=given).json()
    table = expected(name, given)
    names = [column.name for column in table.columns]

    def text(cell: Any) -> Any:
        if isinstance(cell, list):
            return [one["value"] for one in cell]
        return None if cell is None else cell["value"]

    assert [column["name"] for column in answer["columns"]] == names
    assert [[text(row[one]) for one in names] for row in answer["rows"]] == _texts(table)
    assert answer["rows"] == json.loads(str(render(table, "json")))["rows"]
    assert answer["total"] == len(table)


@pytest.mark.parametrize("name", NAMES)
def test_the_flat_forms_are_those_of_the_library(name: str, server: Served) -> None:
    given = example(name)
    table = expected(name, given)
    assert get(f"{server.url}/queries/{name}.csv", params=given).text == as_csv(table)
    assert get(f"{server.url}/queries/{name}.tsv", params=given).text == as_tsv(table)


@pytest.mark.parametrize("name", NAMES)
def test_the_results_of_the_standard_have_the_same_rows_in_json_and_xml(
    name: str, server: Served
) -> None:
    given = example(name)
    table = expected(name, given)
    for ending, kind in (("srj", QueryResultsFormat.JSON), ("srx", QueryResultsFormat.XML)):
        content = get(f"{server.url}/queries/{name}.{ending}", params=given).content
        results: Any = parse_query_results(content, format=kind)
        rows = list(results)
        assert len(rows) == len(table)
        for row, cells in zip(rows, table.rows, strict=True):
            for column, cell in zip(table.columns, cells, strict=True):
                if isinstance(cell, NamedNode):
                    assert row[column.name] == cell


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_for_readers_have_every_row(name: str, server: Served) -> None:
    given = example(name)
    table = expected(name, given)
    markdown = get(f"{server.url}/queries/{name}.md", params=given).text
    if len(table):
        assert markdown.count("\n|") == len(table) + 1
    page = get(f"{server.url}/queries/{name}.html", params=given).text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.count("<tr>") == min(len(table), 100)
    text = get(f"{server.url}/queries/{name}.txt", params=given).text
    assert (table.counted() if len(table) else table.empty) in text


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_has_every_row(name: str, server: Served) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    given = example(name)
    content = get(f"{server.url}/queries/{name}.xlsx", params=given).content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Answer"]
    assert sheet.max_row == len(expected(name, given)) + 1


@pytest.mark.parametrize("name", NAMES)
def test_the_query_with_values_bound_gives_the_answer_by_itself(name: str, server: Served) -> None:
    given = example(name)
    response = get(f"{server.url}/queries/{name}.rq", params=given)
    assert response.headers["content-type"] == "application/sparql-query"
    store = graph().store
    assert len(list(store.query(response.text))) == len(expected(name, given))


def test_pandas_reads_the_csv(server: Served) -> None:
    pandas = pytest.importorskip("pandas")
    text = get(f"{server.url}{QUESTION}.csv", params=ASKED).text
    frame = pandas.read_csv(io.StringIO(text))
    assert len(frame) == 3
    assert list(frame.columns[:2]) == ["agent", "agentLabel"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json;q=0, application/*", "application/sparql-results+json"),
        ("application/sparql-query", "application/sparql-query"),
        ("text/markdown", "text/markdown"),
    ],
)
def test_the_form_is_negotiated(accept: str, media_type: str, server: Served) -> None:
    response = get(f"{server.url}{QUESTION}", params=ASKED, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"].split(", ")


def test_a_form_that_there_is_not_is_not_acceptable(server: Served) -> None:
    response = get(f"{server.url}{QUESTION}", params=ASKED, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/csv" in response.json()["hint"]


def test_the_address_says_the_form_before_accept_does(server: Served) -> None:
    asks_html = {"Accept": "text/html"}
    by_ending = get(f"{server.url}{QUESTION}.csv", params=ASKED, headers=asks_html)
    by_name = get(f"{server.url}{QUESTION}", params={**ASKED, "format": "csv"}, headers=asks_html)
    assert by_ending.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert by_ending.text == by_name.text


@pytest.mark.parametrize("ending", ENDINGS)
def test_ending_and_format_may_not_disagree(ending: str, server: Served) -> None:
    other = "csv" if ending != "csv" else "json"
    response = get(f"{server.url}{QUESTION}.{ending}", params={**ASKED, "format": other})
    assert response.status_code == 400


def test_without_labels_there_are_iris_only(server: Served) -> None:
    given = {**ASKED, "labels": "0"}

    def asked(ending: str) -> httpx.Response:
        return get(f"{server.url}{QUESTION}.{ending}", params=given)

    head = next(csv.reader(io.StringIO(asked("csv").text)))
    assert head == ["agent", "role", "how", "passages", "whole", "members", "listedIn"]
    assert "label" not in asked("json").json()["rows"][0]["agent"]
    assert "agentLabel" not in asked("srj").text
    assert "agentLabel" not in asked("srx").text
    for ending in ("md", "html", "txt"):
        assert "Secretariat of the Global" not in asked(ending).text.partition("Download")[0]
    ElementTree.fromstring(asked("srx").content)


def test_chosen_columns_stand_in_the_order_asked_for(server: Served) -> None:
    for columns in ("role,agent", ["role", "agent"]):
        text = get(f"{server.url}{QUESTION}.csv", params={**ASKED, "columns": columns}).text
        assert text.splitlines()[0] == "role,roleLabel,agent,agentLabel"


def test_an_unknown_column_is_refused_with_those_that_there_are(server: Served) -> None:
    response = get(f"{server.url}{QUESTION}.csv", params={**ASKED, "columns": "agnet"})
    assert response.status_code == 400
    assert "agent" in response.json()["hint"]
