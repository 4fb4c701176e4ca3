"""``meagraph search``: what it prints, and its exit status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from meagraph.cli import VERBS, main, search

CHECKOUT = str(Path(__file__).parent.parent.parent)
TOPIC = "https://w3id.org/meagraph/concepts/topic/gold-mining"

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run the verb on the checkout's own graph: status, standard output and standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["search", *words, "--root", CHECKOUT])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def rows(text: str) -> Sequence[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_verb_is_registered_with_its_summary() -> None:
    assert VERBS["search"]
    assert search.run


def test_hits_are_listed_with_label_class_text_and_number_of_passages(said: Said) -> None:
    status, out, err = said("gold", "mining")
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[0].split() == ["what", "kind", "found", "in", "text", "passages"]
    assert lines[2].split() == ["gold", "mining", "concept", "label", "«gold", "mining»", "3"]


def test_csv_has_iris_scores_and_passages(said: Said) -> None:
    status, out, _ = said("gold mining", "--format", "csv", "--limit", "5")
    found = rows(out)
    assert (status, len(found)) == (0, 5)
    assert found[0]["thing"] == TOPIC
    assert len(found[0]["passages"].split()) == int(found[0]["stated"]) == 3
    scores = [float(row["score"]) for row in found]
    assert scores == sorted(scores, reverse=True)


def test_json_has_the_labels_of_things_and_passages(said: Said) -> None:
    _, out, _ = said("gold mining", "--format", "json", "--limit", "1")
    answer = json.loads(out)
    assert answer["parameters"] == {"text": ["gold mining"]}
    (row,) = answer["rows"]
    assert row["thing"]["label"] == "gold mining"
    assert row["passages"][0]["label"] == "COP-6 note annex-1/11"


def test_kinds_and_columns_are_chosen(said: Said) -> None:
    _, out, _ = said("basel", "--kind", "meeting", "body", "--format", "csv", "--columns", "kind")
    assert set(out.splitlines()) == {"kind", "meeting", "body"}


def test_an_acronym_goes_first(said: Said) -> None:
    _, out, _ = said("OEWG", "--format", "csv")
    assert [row["matched"] for row in rows(out)[:3]] == ["acronym"] * 3


def test_words_that_nothing_has_together_are_told(said: Said) -> None:
    status, out, err = said("gold", "xyzzy", "--format", "csv")
    assert status == 0
    assert rows(out)[0]["missing"] == "xyzzy"
    assert "nothing has all of these words" in err


def test_nothing_found_is_status_1_with_the_nearest_names(said: Said) -> None:
    status, out, err = said("Minimata")
    assert (status, out) == (1, "")
    assert "agreements:minamata" in err
    status, out, err = said("qqqqq", "--format", "csv")
    assert (status, len(out.splitlines())) == (1, 1)
    assert "Try other words" in err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["gold", "--limit", "0"], "--limit is less than 1"),
        (["gold", "--kind", "metings"], "Nearest: meeting"),
        (["gold", "--columns", "nothing"], "no column"),
    ],
)
def test_unusable_options_are_status_2(said: Said, words: list[str], part: str) -> None:
    status, out, err = said(*words)
    assert (status, out) == (2, "")
    assert part in err
