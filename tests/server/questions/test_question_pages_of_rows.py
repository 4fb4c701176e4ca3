"""An answer read in parts: every row once, and each part says what it is a part of."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest
from questions.stored import ASKED, QUESTION, get
from running import Served

from meagraph.server.questions.windows import Window

LISTED = "/queries/activities-listed"


def _rows(response: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.text)))


@pytest.mark.parametrize("given", [{"limit": "40"}, {"limit": "40", "page": "1"}, {"page": "1"}])
def test_the_next_pages_have_all_rows_once(given: dict[str, str], server: Served) -> None:
    whole = _rows(get(f"{server.url}{LISTED}.csv"))
    read: list[list[str]] = []
    address: str | None = f"{server.url}{LISTED}.csv?" + str(httpx.QueryParams(given))
    while address:
        response = get(address)
        head, *rows = _rows(response)
        assert head == whole[0]
        read += rows
        assert response.headers["x-total-count"] == str(len(whole) - 1)
        address = response.links.get("next", {}).get("url")
    assert read == whole[1:]


def test_the_last_page_leads_back_to_the_first(server: Served) -> None:
    first = get(f"{server.url}{LISTED}.csv", params={"limit": "40"})
    response = get(first.links["last"]["url"])
    assert "next" not in response.links
    while "prev" in response.links:
        response = get(response.links["prev"]["url"])
    assert response.text == first.text


@pytest.mark.parametrize("total", range(12))
@pytest.mark.parametrize("limit", [1, 3, 5])
@pytest.mark.parametrize("offset", [0, 3, 4, 20])
def test_the_windows_around_one_lie_within_the_answer(total: int, limit: int, offset: int) -> None:
    rows = list(range(total))
    window = Window(offset, limit)
    others = window.others(total)
    assert others["first"].offset == 0
    last = others["last"].of(rows)
    assert not rows or last[-1] == rows[-1]
    if "next" in others:
        assert others["next"].of(rows)[0] == window.of(rows)[-1] + 1
    if "prev" in others and window.of(rows):
        assert others["prev"].of(rows)[-1] >= window.of(rows)[0] - 1
    assert ("prev" in others) == (offset > 0)


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("md", "Rows 11 to 20 of"),
        ("txt", "Rows 11 to 20 of"),
        ("html", "Rows 11 to 20 of"),
    ],
)
def test_a_part_says_of_what_it_is_a_part(ending: str, told: str, server: Served) -> None:
    part = get(f"{server.url}{LISTED}.{ending}", params={"limit": "10", "offset": "10"})
    assert told in part.text


def test_a_part_in_json_and_in_a_workbook_says_so(server: Served) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    given = {"limit": "10", "offset": "10"}
    answer: dict[str, Any] = get(f"{server.url}{LISTED}.json", params=given).json()
    assert (answer["offset"], answer["limit"], len(answer["rows"])) == (10, 10, 10)
    assert answer["total"] > 20
    content = get(f"{server.url}{LISTED}.xlsx", params=given).content
    assert "Rows 11 to 20 of" in openpyxl.load_workbook(io.BytesIO(content)).properties.title


def test_a_part_behind_the_end_does_not_say_that_there_is_nothing(server: Served) -> None:
    given = {**ASKED, "offset": "10"}
    answer = get(f"{server.url}{QUESTION}.json", params=given).json()
    assert answer["rows"] == []
    assert answer["total"] == 3
    assert answer["empty"] == "The answer has 3 rows: none from 11 on."
    for ending in ("md", "txt", "html"):
        text = get(f"{server.url}{QUESTION}.{ending}", params=given).text
        assert "The answer has 3 rows: none from 11 on." in text
    head = "agent,agentLabel,role"
    assert get(f"{server.url}{QUESTION}.csv", params=given).text.startswith(head)


def test_a_page_for_a_reader_has_a_hundred_rows_and_leads_on(server: Served) -> None:
    page = get(f"{server.url}{LISTED}.html").text
    assert page.count("<tr>") == 101
    assert 'rel="next"' in page
    assert 'rel="prev"' not in page
