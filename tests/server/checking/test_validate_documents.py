"""``POST /validate``: a document of ours is judged as the file of the graph that it shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from drafts import WAIT, found, post
from pyoxigraph import Store
from running import Served

from meagraph.export.jsonld import CONTEXT, document
from meagraph.namespaces import BASE
from meagraph.project import Project

JSON_LD = "application/ld+json"
PASSAGE = "documents/minamata-cop6-cooperation-activities/annex-1/10"
MEETING = "meetings/basel-cop-15-face-to-face"


def of_server(server: Served, path: str) -> str:
    """A document as the server answers it."""
    answer = requests.get(f"{server.url}/{path}.jsonld", timeout=WAIT)
    assert answer.json()["@context"] == f"{server.url}/context.jsonld"
    return answer.text


def of_export(store: Store, path: str) -> str:
    """A document as the export writes it."""
    return json.dumps(document(store, BASE + path), indent=2)


def refusal(server: Served, draft: str) -> dict[str, Any]:
    """Why a draft cannot be read."""
    answer = post(server.url, draft, JSON_LD)
    assert answer.status_code == 400
    (finding,) = answer.json()["findings"]
    return dict(finding)


@pytest.mark.parametrize("path", [PASSAGE, MEETING])
def test_what_the_graph_holds_is_valid_as_it_was_taken(
    server: Served, store: Store, path: str
) -> None:
    reports = [
        post(server.url, taken, JSON_LD).json()
        for taken in (of_server(server, path), of_export(store, path))
    ]
    assert [report["valid"] for report in reports] == [True, True]
    assert [report["files"] for report in reports] == [1, 1]


@pytest.mark.parametrize("where", ["the server", "the export"])
def test_a_fault_in_a_passage_is_the_one_that_it_is_in_turtle(
    server: Served, store: Store, project: Project, where: str
) -> None:
    taken = of_server(server, PASSAGE) if where == "the server" else of_export(store, PASSAGE)
    assert taken.count('"ordinal": 6') == 1
    wrong = taken.replace('"ordinal": 6', '"ordinal": "six"')
    turtle = (project.data / f"{PASSAGE}.ttl").read_text()
    assert turtle.count("mea:ordinal 6") == 1
    wrong_turtle = turtle.replace("mea:ordinal 6", 'mea:ordinal "six"')
    by_line = found(post(server.url, wrong, JSON_LD).json())
    assert {rule for rule, _ in by_line} == {
        rule for rule, _ in found(post(server.url, wrong_turtle).json())
    }
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if '"six"' in text)
    assert ("Meeting-ordinal", line) in by_line


def test_a_fault_in_a_record_is_the_one_that_it_is_in_turtle(
    server: Served, store: Store, project: Project
) -> None:
    made = document(store, BASE + MEETING)
    assert made
    wrong = json.dumps({**made, "ordinal": "six"}, indent=2)
    turtle = (project.data / f"{MEETING}.ttl").read_text()
    wrong_turtle = turtle + '\n<> mea:ordinal "six" .\n'
    rules = {rule for rule, _ in found(post(server.url, wrong, JSON_LD).json())}
    assert "Meeting-ordinal" in rules
    assert rules == {rule for rule, _ in found(post(server.url, wrong_turtle).json())}


def test_a_new_record_may_name_our_context(server: Served) -> None:
    linked = {"id": BASE + "bodies/basel-cop", "type": "Body", "label": "changed nowhere"}
    new = {"@context": CONTEXT, "id": BASE + "meetings/odd", "type": "Meeting", "label": "Odd"}
    report = post(server.url, json.dumps({**new, "ordinal": "six"}, indent=1), JSON_LD).json()
    assert ("Meeting-ordinal", 6) in found(report)
    # What is changed of another thing is not passed over.
    draft = {**new, "meetingOf": [linked]}
    assert post(server.url, json.dumps(draft), JSON_LD).json()["valid"] is False


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    evidence = [dict(one) for one in document["evidence"]]
    first = dict(evidence[0]["states"][0])
    evidence[0]["states"] = [{**first, "remark": "new"}, *evidence[0]["states"][1:]]
    return {**document, "evidence": evidence}


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        (MEETING, renamed, "another entry than the document’s own"),
        (PASSAGE, lambda made: {**made, "order": 77}, "outside of what the passage states"),
        (f"{PASSAGE}#adoption", dict, "stands in a file with other things"),
        (PASSAGE.split("/annex")[0], dict, "stands in a file with other things"),
    ],
    ids=["evidence", "a passage itself", "a claim", "an index"],
)
def test_what_is_only_a_part_of_an_entry_is_refused(
    server: Served, store: Store, path: str, change: Callable[..., Any], said: str
) -> None:
    made = document(store, BASE + path)
    assert made
    finding = refusal(server, json.dumps(change(made), indent=1))
    assert said in finding["message"]
    assert finding["remedy"]


@pytest.mark.parametrize(
    "context",
    [
        "https://w3id.org/meagraph/context.jsonld?x",
        "http://w3id.org/meagraph/context.jsonld",
        "context.jsonld",
        "http://127.0.0.1:9/context.jsonld",
        {"@import": CONTEXT},
        [CONTEXT, "https://schema.org/"],
        [[CONTEXT]],
    ],
)
def test_no_other_address_is_resolved(server: Served, context: object) -> None:
    draft = {"@context": context, "id": BASE + "meetings/odd", "type": "Meeting", "label": "Odd"}
    finding = refusal(server, json.dumps(draft))
    assert "nothing is fetched" in finding["message"]


def test_a_context_named_again_and_again_does_not_fill_the_memory(server: Served) -> None:
    draft = json.dumps({"@context": [CONTEXT] * 4000, "id": BASE + "meetings/odd"})
    assert "more than 16 times" in refusal(server, draft)["message"]


def test_our_context_may_stand_beside_one_of_the_drafts_own(server: Served) -> None:
    own = {"number": "https://w3id.org/meagraph/ontology#ordinal"}
    thing = {"id": BASE + "meetings/odd", "type": "Meeting", "label": "Odd", "number": "six"}
    draft = json.dumps({"@context": [CONTEXT, own], "@graph": [thing]}, indent=1)
    rules = {rule for rule, _ in found(post(server.url, draft, JSON_LD).json())}
    assert "Meeting-ordinal" in rules
