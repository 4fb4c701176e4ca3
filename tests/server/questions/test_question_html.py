"""Pages of questions: a form that works without script, an answer with links, what went wrong."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from questions.stored import ASKED, BODY, NAMES, QUESTION, get, graph
from running import Served

from meagraph.queries import entities
from meagraph.server.questions.values import Values, name

HTML = {"Accept": "text/html"}


def _page(server: Served, path: str, **given: object) -> str:
    response = get(f"{server.url}{path}", params=given, headers=HTML)
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize("question", NAMES)
def test_each_question_has_a_page_with_its_parameters_and_an_answer(
    question: str, server: Served
) -> None:
    page = _page(server, f"/queries/{question}")
    stored = graph().question(question)
    assert f"<h1>{stored.summary}</h1>" in unescape(page)
    for parameter in stored.parameters:
        assert f'name="{parameter}"' in page
    assert 'id="answer"' in page
    assert "<script" not in page
    assert " style=" not in page


def test_every_download_of_a_page_can_be_had(server: Served) -> None:
    """Also of a page whose values stand in the question, and were not given."""
    page = _page(server, QUESTION)
    for href in re.findall(r'href="([^"]*)" download', page):
        response = get(server.url + unescape(href))
        assert response.status_code == 200
        assert response.headers["x-total-count"] == "3"
    assert len(re.findall(r'" download', page)) == 8


def test_the_form_shows_the_values_that_hold(server: Served) -> None:
    page = _page(server, "/queries/calendar", status=["held", "status:done"], **{"from": "2024"})
    assert re.findall(r'value="([^"]*)" checked', page) == ["status:done", "status:held"]
    assert 'value="2024-01-01"' in page


def test_what_the_form_sends_gives_the_same_answer(server: Served) -> None:
    """Every field as it stands, empty ones too, as a browser sends them."""
    page = _page(server, QUESTION, **ASKED)
    form = page.partition('<form class="plain"')[2].partition("</form>")[0]
    fields = re.findall(r'<input id="[^"]*" name="([^"]*)" value="([^"]*)"', form)
    sent = [(key, unescape(value)) for key, value in fields]
    assert sent == [("body", "Mercury group under IOMC")]
    again = get(f"{server.url}{QUESTION}.json?{urlencode(sent)}").json()
    assert again["parameters"] == {"body": [BODY]}


def test_cells_lead_to_things_and_passages(server: Served) -> None:
    page = _page(server, QUESTION, **ASKED)
    assert '<a href="/organisations/gef-secretariat">' in page
    assert '<a href="/documents/minamata-cop6-cooperation-activities/annex-1/23">' in page


def test_an_unfit_value_stays_in_the_form_with_what_is_wrong(server: Served) -> None:
    response = get(
        f"{server.url}/queries/calendar",
        params={"from": '"><script>alert(1)</script>', "status": "done"},
        headers=HTML,
    )
    assert response.status_code == 400
    assert "<script" not in response.text
    assert '"&gt;' in response.text.replace("&#34;", '"')
    assert 'aria-invalid="true"' in response.text
    assert 'value="status:done" checked' in response.text


def test_every_name_that_a_form_suggests_means_the_thing_that_it_is_suggested_for() -> None:
    values = Values(graph().store)
    sorts = {
        (parameter.kind, parameter.scheme): parameter
        for question in map(graph().question, NAMES)
        for parameter in question.parameters.values()
        if parameter.kind
    }
    names = [
        (parameter, choice)
        for parameter in sorts.values()
        for choice in values.suggested(parameter)
        if choice.value != name(choice.iri)
    ]
    assert len(names) > 500
    for parameter, choice in names:
        assert entities.entity(graph().store, parameter, choice.value).value == choice.iri


def test_the_list_has_every_question_and_finds_words(server: Served) -> None:
    page = _page(server, "/queries")
    assert sorted(set(re.findall(r'href="/queries/([a-z0-9-]+)"', page))) == NAMES
    found = _page(server, "/queries", q="Observer MEETINGS")
    assert "/queries/meetings-attended" not in found or "observer" in found.lower()
    none = _page(server, "/queries", q="<script>zzz")
    assert "No question with" in none
    assert "<script" not in none


def test_the_list_as_json_has_examples_that_work(server: Served) -> None:
    listed = get(f"{server.url}/queries", headers={"Accept": "application/json"}).json()
    assert sorted(one["name"] for one in listed["questions"]) == NAMES
    for one in listed["questions"]:
        assert get(one["example"]).status_code == 200
    assert get(f"{server.url}/queries.json").json() == listed
    some = get(f"{server.url}/queries/", params={"q": "calendar"}).json()
    assert 0 < len(some["questions"]) < len(NAMES)


def test_what_is_wrong_stands_at_its_field_in_words_of_the_page(server: Served) -> None:
    given = {"agent": "Nobody <at> all", "kind": "workshop"}
    page = unescape(get(f"{server.url}/queries/activities-listed", params=given, headers=HTML).text)
    fault = "nothing in the graph is called “Nobody <at> all”"
    assert f'<a href="#agent">Actor</a>: <bdi>{fault}</bdi>' in page
    assert f'id="wrong-agent"><strong class="bad"><bdi>{fault}</bdi>' in page
    (field,) = re.findall(r'<input id="agent"[^>]* aria-invalid="true"', page.replace("<at>", ""))
    assert 'aria-describedby="wrong-agent hint-agent"' in field
    assert page.count('aria-invalid="true"') == 1
    assert "rdfs:Resource" not in page.partition("<form class=")[2]
    assert "Accepted:" not in page


def test_every_box_has_a_label_that_is_seen(server: Served) -> None:
    page = _page(server, "/queries/meetings-attended", agent=["BRS secretariat", "UNEP"])
    form = page.partition('<form class="plain"')[2].partition("</form>")[0]
    seen = re.sub(r'<span class="hidden">.*?</span>', "", form)
    boxes = re.findall(r'<(?:input|select) id="([^"]*)"', form)
    labels = dict(re.findall(r'<label for="([^"]*)">(.*?)</label>', seen))
    assert {"agent", "agent-1", "agent-2"} <= set(boxes) == set(labels)
    assert labels["agent-1"] == labels["agent-2"] == "another"
    assert re.search(r'<label for="agent-1"><span class="hidden">Actor, </span>another', form)


def test_notes_speak_of_parameters_and_values_by_their_names(server: Served) -> None:
    page = _page(server, "/queries/meetings-attended")
    notes = [unescape(one) for one in re.findall(r'<p class="note"><bdi>(.*?)</bdi>', page)]
    assert notes == [
        "Actor: nothing is given, so the question’s own value holds: Minamata secretariat.",
        "Status of the activity: nothing is given, so the question’s own values hold: done, "
        "ongoing, recurring. “any” lifts this.",
    ]
    given = {"agent": "UNEP"}
    told = get(f"{server.url}/queries/meetings-attended.json", params=given).json()["notes"]
    assert told and all(one.startswith("“status” is not given") for one in told)


def test_what_columns_mean_is_told_beside_the_table(server: Served) -> None:
    page = _page(server, "/queries/meetings-attended", agent="BRS secretariat")
    columns = graph().question("meetings-attended").columns.values()
    table = page.partition("<table")[2].partition("</table>")[0]
    beside = unescape(page.partition("What the columns mean")[2].partition("</details>")[0])
    for column in columns:
        assert f"<dt>{column.label}</dt><dd>{column.meaning}</dd>" in beside
        assert column.meaning not in unescape(table)


def test_what_rows_begin_with_alike_stands_once(server: Served) -> None:
    alike = _page(server, "/queries/meetings-attended", agent="BRS secretariat")
    table = alike.partition("<table")[2].partition("</table>")[0]
    assert table.count("BRS secretariat</bdi>") == 1
    assert "Actor in each: <a" in table.partition("</caption>")[0]
    agents = ["BRS secretariat", "Minamata secretariat"]
    several = _page(server, "/queries/meetings-attended", agent=agents)
    table = several.partition("<table")[2].partition("</table>")[0]
    spans = list(map(int, re.findall(r'<th scope="row" rowspan="(\d+)"', table)))
    total = len(graph().query("meetings-attended", agent=agents))
    assert len(spans) == 2 and sum(spans) == total == table.count("<tr>") - 1
    cells = [
        row.count("<td") + row.count("<th")
        for row in table.partition("<tbody>")[2].split("<tr>")[1:]
    ]
    assert sorted(set(cells)) == [6, 7]


@pytest.mark.parametrize("question", NAMES)
def test_no_header_of_a_row_is_empty(question: str, server: Served) -> None:
    assert not re.search(r"<th[^>]*></th>", _page(server, f"/queries/{question}"))
