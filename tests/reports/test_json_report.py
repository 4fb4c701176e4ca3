"""As JSON: everything that is known, read back as it was."""

from __future__ import annotations

import json

from sample_report import BASE, COLUMN, EMPTY, HOSTILE, STEERING, sample, unreadable

from meagraph.reports import render


def test_a_finding_is_read_back_whole() -> None:
    answer = json.loads(render(sample(), "json", BASE))
    found = answer["findings"][0]
    assert found["message"] == f"{HOSTILE} {STEERING}"
    assert found["cause"] == "First line\nsecond line."
    assert found["value"] == '"🌊🌊 <b>&amp;</b>"@en'
    assert found["source"] == "model, section 3, item 7"
    assert found["component"] == "http://www.w3.org/ns/shacl#ClassConstraintComponent"
    assert (found["passage"][-9:], found["passageName"]) == ("annex-1/2", "Note annex-1/2")
    assert found["places"][0] == {
        "file": "data/odd, 100%: näme.ttl",
        "line": 2,
        "column": COLUMN,
        "endColumn": COLUMN + 4,
    }


def test_the_counts_and_the_rules_are_told() -> None:
    answer = json.loads(render(sample(), "json", BASE))
    assert (answer["valid"], answer["files"], answer["triples"]) == (False, 2, 7)
    assert answer["counts"] == {"violation": 1, "warning": 1, "info": 1}
    assert answer["rules"]["meash:Meeting-x"]["count"] == 1
    assert answer["rules"]["meash:Meeting-x"]["says"] == "A meeting has no …"


def test_files_that_cannot_be_read_are_findings() -> None:
    answer = json.loads(render(unreadable(), "json", BASE))
    assert (answer["valid"], answer["unreadable"]) == (False, 1)
    assert answer["findings"][0]["rule"] == "meash:Readable"


def test_a_valid_graph() -> None:
    answer = json.loads(render(EMPTY, "json", BASE))
    assert (answer["valid"], answer["findings"], answer["rules"]) == (True, [], {})
