"""As SARIF 2.1.0: what the standard asks of a log, its runs, rules, results and locations."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlsplit

from sample_report import (
    BASE,
    COLUMN,
    ELSEWHERE,
    EMPTY,
    HOSTILE,
    sample,
    unreadable,
    warning,
)

from meagraph.reports import render
from meagraph.validation import Report


def run(report: Report) -> dict[str, Any]:
    log = json.loads(render(report, "sarif", BASE))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    assert one["tool"]["driver"]["name"] == "meagraph"
    assert one["columnKind"] == "unicodeCodePoints"
    assert isinstance(one["results"], list)
    return dict(one)


def locations(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [*result["locations"], *result["relatedLocations"]]


def test_each_result_names_its_rule_its_level_and_what_is_wrong() -> None:
    one = run(sample())
    rules = one["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert len(result["locations"]) <= 1
    assert [result["level"] for result in one["results"]] == ["error", "warning", "note"]


def test_each_rule_is_told_in_words_with_the_section_of_the_model() -> None:
    rule = run(sample())["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == "A meeting has no …"
    assert rule["fullDescription"]["text"].endswith("It was copied. Take it out.")
    assert "model, section 3, item 7" in rule["help"]["text"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_a_region_counts_from_one_and_shows_the_term() -> None:
    for result in run(sample())["results"]:
        for location in locations(result):
            region = location["physicalLocation"]["region"]
            assert region["startLine"] >= 1
            assert 1 <= region["startColumn"] < region["endColumn"]
    first = run(sample())["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert first == {
        "startLine": 2,
        "startColumn": COLUMN,
        "endColumn": COLUMN + 4,
        "snippet": {"text": "ex:o"},
    }


def test_files_are_relative_to_a_root_whose_place_is_not_told() -> None:
    one = run(sample(2, warning(ELSEWHERE)))
    artifacts = [
        location["physicalLocation"]["artifactLocation"]
        for result in one["results"]
        for location in locations(result)
    ]
    assert unquote(artifacts[0]["uri"]) == "data/odd, 100%: näme.ttl"
    assert artifacts[0]["uri"].isascii()
    for artifact in artifacts[:-1]:
        assert not urlsplit(artifact["uri"]).scheme
        assert artifact["uriBaseId"] in one["originalUriBaseIds"]
    assert artifacts[-1] == {"uri": ELSEWHERE.as_uri()}
    assert "uri" not in one["originalUriBaseIds"]["%SRCROOT%"]


def test_further_places_are_related_locations_with_ids_of_their_own() -> None:
    (related,) = run(sample())["results"][0]["relatedLocations"]
    assert related["id"] == 1
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "data/other.ttl"


def test_a_fingerprint_stays_when_lines_move_and_tells_findings_apart() -> None:
    def fingerprints(report: Report) -> list[str]:
        return [result["partialFingerprints"]["finding/v1"] for result in run(report)["results"]]

    twice = (warning(line=4), warning(line=5), warning(focus="http://e.org/b"))
    before, after = fingerprints(sample(2, *twice)), fingerprints(sample(30, *twice))
    assert before == after
    assert len(set(before)) == len(before) == 6


def test_nothing_in_a_message_is_a_placeholder_or_a_link() -> None:
    said = run(sample())["results"][0]["message"]["text"]
    assert "{{0}}" in said
    assert "](" not in said
    assert "First line second line." in said
    assert (
        said.replace("{{", "{").replace("}}", "}").replace("] (", "](")[1:].startswith(HOSTILE[1:])
    )


def test_what_cannot_be_read_is_a_result_of_a_run_that_did_not_succeed() -> None:
    one = run(unreadable())
    assert one["invocations"][0]["executionSuccessful"] is False
    assert one["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"
    assert one["results"][0]["ruleId"] == "meash:Readable"


def test_a_valid_graph_has_no_results() -> None:
    one = run(EMPTY)
    assert (one["results"], one["tool"]["driver"]["rules"]) == ([], [])
    assert one["invocations"][0]["executionSuccessful"] is True
