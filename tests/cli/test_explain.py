"""``meagraph explain``, from the words to what is printed."""

from __future__ import annotations

import json

import pytest

from meagraph.cli import main


def test_a_rule_is_explained_with_its_examples_and_their_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "Body-bodyKind"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("meash:Body-bodyKind · violation\nA body has one kind.\n")
    assert "\nLikely cause:  Its mea:bodyKind was left out of its record" in said
    assert "\nCalled for by: model, section 2\n" in said
    assert "\nLooks at:      every body; there at its “kind of body”\n" in said
    wrong, right = said.partition("\nRight")[::2]
    assert "\nWrong (tests/invalid/body.ttl:" in wrong
    assert right.startswith(" (data/bodies/")


def test_where_nothing_is_right_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Property-inverseOf"]) == 0
    assert "\nRight: Nothing in the data has what it looks at.\n" in capsys.readouterr().out


def test_a_rule_on_files_is_explained_as_one_of_the_shapes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "meash:Claim-home"]) == 0
    said = capsys.readouterr().out
    assert "\nWrong\n    # data/documents/note/annex-1/2.ttl\n" in said
    assert "\nRight\n" in said


def test_alone_it_lists_every_rule_with_its_severity(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    said = capsys.readouterr().out
    assert "\nMeeting\n  meash:Meeting-inSeries  violation\n      A meeting's series is " in said
    assert "  meash:Label-unique  warning\n" in said.partition("Rules on files")[2]


def test_as_json_it_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Meeting-ordinal", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["name"] == "meash:Meeting-ordinal"
    assert told["severity"] == "violation"
    assert told["sparql"] == "?this a/rdfs:subClassOf* mea:Meeting . ?this mea:ordinal ?value"
    assert told["wrong"][0]["file"] == "tests/invalid/meeting-values.ttl"
    assert "mea:ordinal" in told["right"][0]["text"]
    assert main(["explain", "--format", "json"]) == 0
    every = json.loads(capsys.readouterr().out)
    assert told["name"] in [rule["name"] for rule in every]


def test_near_names_are_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Meeting-ordnal"]) == 2
    assert "meash:Meeting-ordinal" in capsys.readouterr().err
