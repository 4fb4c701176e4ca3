"""What a question may be asked about over HTTP, and what is refused with what would be accepted."""

from __future__ import annotations

from typing import Any

import pytest
from questions.stored import ASKED, NAMES, QUESTION, expected, get, graph
from running import Served

from meagraph.namespaces import BASE
from meagraph.server.questions.asking import WORDS

BREAKING = [
    '"} UNION { ?s ?p ?o } #',
    "} INSERT DATA { <a:a> <a:b> <a:c> } #",
    "bodies:x> } SELECT * { ?s ?p ?o } #",
    "https://w3id.org/meagraph/bodies/x> } #",
    "https://example.org/>} UNION {?agent ?p ?o} VALUES ?x {<a:b",
    "a\nb\r\n} #",
    "\\u007D } #",
    "'''",
    '"""',
    "# a comment",
    "<javascript:alert(1)>",
    "\x00",
    "\ufffe\U0010ffff",
    "UNDEF } #",
]


@pytest.mark.parametrize(
    "value",
    [
        "bodies:iomc-mercury-group",
        BASE + "bodies/iomc-mercury-group",
        f"<{BASE}bodies/iomc-mercury-group>",
        "Mercury group under IOMC",
        "mercury GROUP under iomc",
    ],
)
def test_a_thing_is_named_by_label_or_prefixed_name_or_iri(value: str, server: Served) -> None:
    answer = get(f"{server.url}{QUESTION}.json", params={"body": value}).json()
    assert answer["parameters"] == {"body": ["bodies:iomc-mercury-group"]}
    assert answer["total"] == 3


def test_a_parameter_that_is_repeated_has_several_values(server: Served) -> None:
    given = {"status": ["status:done", "status:held"], "from": ["2024"]}
    answer = get(f"{server.url}/queries/calendar.json", params=given).json()
    assert answer["parameters"]["status"] == given["status"]
    assert answer["total"] == len(expected("calendar", given))


def test_any_lifts_the_restriction_that_a_question_has_of_itself(server: Served) -> None:
    def total(**given: str) -> int:
        url = f"{server.url}/queries/records-without-identifier.json"
        return int(get(url, params=given).json()["total"])

    assert total(kind="any") > total()
    given = {"kind": ["any"]}
    assert total(kind="any") == len(expected("records-without-identifier", given))


def test_values_of_the_question_itself_are_told(server: Served) -> None:
    asked = {"agent": "organisations:minamata-secretariat"}
    answer = get(f"{server.url}/queries/meetings-attended.json", params=asked).json()
    assert any("status:done" in note and "any lifts it" in note for note in answer["notes"])


def test_an_empty_value_is_none(server: Served) -> None:
    empty = get(f"{server.url}/queries/calendar.csv", params={"from": "", "status": " "})
    assert empty.text == get(f"{server.url}/queries/calendar.csv").text


def test_what_is_needed_and_not_given_is_refused_with_candidates(server: Served) -> None:
    response = get(f"{server.url}{QUESTION}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["detail"] == "body (Body, mea:Body) is not given"
    assert "bodies:basel-cop" in problem["hint"]
    example = problem["hint"].rpartition("Example: ")[2]
    assert example.startswith(server.url)
    assert get(example).status_code == 200


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("calendar", {"from": "yesterday"}, "2024-06-11"),
        ("calendar", {"from": "2024-13"}, "2024-06-11"),
        ("calendar", {"status": "helt"}, "status:held"),
        ("calendar", {"from": ["2024", "2025"]}, "takes one value"),
        ("calendar", {"form": "2024"}, "Did you mean from?"),
        ("calendar", {"stauts": "held"}, "Did you mean status?"),
        ("participants-not-members", {"body": "GEF"}, "bodies:basel-cop"),
        ("participants-not-members", {"body": "any"}, "bodies:basel-cop"),
    ],
)
def test_an_unfit_value_is_refused_with_what_would_do(
    name: str, given: dict[str, Any], told: str, server: Served
) -> None:
    response = get(f"{server.url}/queries/{name}", params=given)
    assert response.status_code == 400
    problem = response.json()
    assert told in problem["detail"] + problem["hint"]
    assert "--" not in problem["detail"] + problem["hint"], "that is the command line's"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "1e3"}, "limit"),
        ({"limit": "٣"}, "limit"),
        ({"limit": "9" * 40}, "limit"),
        ({"limit": ["1", "2"]}, "2 times"),
        ({"page": "0"}, "page"),
        ({"page": "1", "offset": "2"}, "both"),
        ({"labels": "maybe"}, "labels"),
        ({"format": "pdf"}, "pdf"),
    ],
)
def test_an_unfit_word_is_refused(words: dict[str, Any], told: str, server: Served) -> None:
    response = get(f"{server.url}{QUESTION}", params={**ASKED, **words})
    assert response.status_code == 400
    assert told in response.json()["detail"]


@pytest.mark.parametrize("value", BREAKING)
def test_a_value_never_becomes_part_of_the_query(value: str, server: Served) -> None:
    """As a thing it is refused; as a text it is asked for, and nothing is called so."""
    thing = get(f"{server.url}{QUESTION}", params={"body": value})
    assert thing.status_code == 400
    text = get(f"{server.url}/queries/acronyms-of-several.json", params={"acronym": value})
    assert text.status_code == 200
    assert text.json()["total"] == 0
    query = get(f"{server.url}/queries/acronyms-of-several.rq", params={"acronym": value})
    assert list(graph().store.query(query.text)) == []


def test_what_is_no_utf_8_is_refused(server: Served) -> None:
    for query in ("body=%FF%FE", "%C3=1"):
        assert get(f"{server.url}{QUESTION}?{query}").status_code == 400


def test_thousands_of_values_are_refused(server: Served) -> None:
    query = "&".join(["status=a"] * 6000)
    assert get(f"{server.url}/queries/calendar?{query}").status_code in (400, 414, 431)


def test_no_parameter_of_a_question_is_called_like_a_word_of_all() -> None:
    taken = {name for one in NAMES for name in graph().question(one).parameters}
    assert not taken & WORDS.keys()


@pytest.mark.parametrize(
    ("name", "near"),
    [("participants-not-member", "participants-not-members"), ("calender", "calendar")],
)
def test_an_unknown_question_is_not_found_and_near_names_are_told(
    name: str, near: str, server: Served
) -> None:
    response = get(f"{server.url}/queries/{name}")
    assert response.status_code == 404
    assert f"Did you mean {near}" in response.json()["hint"]


@pytest.mark.parametrize("path", ["/queries/calendar.pdf", "/queries/calendar.csv.csv"])
def test_an_unknown_ending_is_not_found(path: str, server: Served) -> None:
    response = get(server.url + path)
    assert response.status_code == 404
    assert ".csv" in response.json()["hint"]


@pytest.mark.parametrize(
    "path",
    ["/queries/..%2f..%2fetc%2fpasswd", "/queries/%00", "/queries/a%0d%0aX-A:%20b.csv"],
)
def test_what_is_no_name_is_not_found(path: str, server: Served) -> None:
    response = get(server.url + path)
    assert response.status_code in (400, 404)
    assert "x-a" not in response.headers


def test_advice_is_not_that_of_the_command_line(server: Served) -> None:
    """Neither where nothing is near, nor elsewhere."""
    for value in ("%zz", "q" * 60, "<x>"):
        problem = get(f"{server.url}/queries/numbers", params={"of": value}).json()
        assert "meagraph find" not in problem["hint"]
        assert "meagraph query" not in problem["hint"]
    assert f"{server.url}/search" in problem["hint"] or "Nearest" in problem["hint"]


@pytest.mark.parametrize(("query", "told"), [("Q=meetings", "Q"), ("q=a&q=b", "more than once")])
def test_the_list_takes_its_own_parameters_only(query: str, told: str, server: Served) -> None:
    """Else one that is misspelt would look as if it had found every question."""
    response = get(f"{server.url}/queries?{query}")
    assert response.status_code == 400
    assert told in response.json()["detail"]


def test_a_slash_behind_the_name_does_no_harm(server: Served) -> None:
    answer = get(f"{server.url}{QUESTION}/", params=ASKED)
    assert answer.status_code == 200
    assert answer.content == get(f"{server.url}{QUESTION}", params=ASKED).content
