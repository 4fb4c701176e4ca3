"""``POST /validate``: what is wrong with a draft is found, and at which of its lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from drafts import ODD, Part, all_wrong_examples, contents, found, post
from running import Served, environment

from meagraph.project import Project

CHECKED = ("data", "ontology", "shapes", "queries", "tests/invalid")


class Checked(NamedTuple):
    """A report, and the project's files before and after it was made."""

    report: dict[str, Any]
    text: str
    before: dict[str, object]
    after: dict[str, object]


@pytest.fixture(scope="module")
def odd(server: Served, project: Project) -> Checked:
    """What is said of `ODD`."""

    def files() -> dict[str, object]:
        return {name: contents(project.root / name) for name in CHECKED}

    before = files()
    answer = post(server.url, ODD)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    return Checked(answer.json(), answer.text, before, files())


@pytest.fixture(scope="module")
def wrong(server: Served) -> tuple[dict[str, Any], list[Part]]:
    """What is said of all wrong examples in one draft."""
    draft, parts = all_wrong_examples()
    answer = post(server.url, draft, "application/trig")
    assert answer.status_code == 200
    return answer.json(), parts


def test_a_finding_has_its_line_rule_cause_and_remedy(odd: Checked) -> None:
    assert odd.report["valid"] is False
    (finding,) = (one for one in odd.report["findings"] if one["severity"] == "violation")
    assert finding["rule"] == "meash:Meeting-ordinal"
    (place,) = finding["places"]
    assert (place["file"], place["line"], place["column"]) == ("<stdin>", 6, 15)
    assert finding["value"] == '"six"'
    assert finding["cause"]
    assert finding["remedy"]


def test_the_answer_is_that_of_the_command_line(odd: Checked, project: Project) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "meagraph", "validate", "-", "--format", "json"],
        input=ODD,
        capture_output=True,
        text=True,
        cwd=project.root,
        env=environment(),
        check=False,
    )
    assert odd.text == told.stdout


def test_nothing_is_written_into_the_project(odd: Checked) -> None:
    assert odd.after == odd.before


def test_every_wrong_example_is_found_in_its_own_lines(
    wrong: tuple[dict[str, Any], list[Part]],
) -> None:
    report, parts = wrong
    by_rule = found(report)
    for part in parts:
        here = {rule for rule, line in by_rule if part.first <= line <= part.last}
        assert {rule.partition(":")[2].partition("(")[0] for rule in part.rules} <= here, part.name


def test_rules_of_every_kind_are_broken_by_them(wrong: tuple[dict[str, Any], list[Part]]) -> None:
    components = {one["component"].rpartition("#")[2] for one in wrong[0]["findings"]}
    assert components >= {
        *("", "MinCountConstraintComponent", "MaxCountConstraintComponent"),
        *("ClassConstraintComponent", "DatatypeConstraintComponent", "InConstraintComponent"),
        *("NodeKindConstraintComponent", "PatternConstraintComponent"),
        *("SPARQLConstraintComponent", "NotConstraintComponent", "OrConstraintComponent"),
    }


LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
MEETING = "https://w3id.org/meagraph/ontology#Meeting"
ORDINAL = "https://w3id.org/meagraph/ontology#ordinal"
ODD_IRI = "https://w3id.org/meagraph/meetings/odd"
IN_JSON = {
    "@context": {"label": {"@id": LABEL, "@language": "en"}, "ordinal": ORDINAL},
    "@id": ODD_IRI,
    "@type": MEETING,
    "label": "Odd",
    "ordinal": "six",
}
QUADS = f"""\
<{ODD_IRI}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{MEETING}> <{ODD_IRI}> .
<{ODD_IRI}> <{LABEL}> "Odd"@en <{ODD_IRI}> .
<{ODD_IRI}> <{ORDINAL}> "six" <{ODD_IRI}> .
"""


@pytest.mark.parametrize(
    ("draft", "media", "line"),
    [
        (json.dumps(IN_JSON, indent=1), "application/ld+json", 12),
        (QUADS, "application/n-quads", 3),
        (QUADS.replace(f" <{ODD_IRI}> .", " ."), "application/n-triples; charset=UTF-8", 3),
        (ODD.replace("\n", "\r\n"), "Text/Turtle", 6),
    ],
    ids=["JSON-LD", "N-Quads", "N-Triples", "Turtle with other ends of lines"],
)
def test_the_line_is_that_of_the_form_that_was_sent(
    server: Served, draft: str, media: str, line: int
) -> None:
    assert ("Meeting-ordinal", line) in found(post(server.url, draft, media).json())


def test_a_path_tells_what_an_entry_is(server: Served, project: Project) -> None:
    """As it stands in the graph, a passage breaks nothing; under another path its claims do."""
    path = "documents/minamata-cop6-cooperation-activities/annex-1/10.ttl"
    text = Path(project.data / path).read_text(encoding="utf-8")
    report = post(f"{server.url}?as={path}", text).json()
    assert report["valid"] is True
    assert report["files"] == 1
