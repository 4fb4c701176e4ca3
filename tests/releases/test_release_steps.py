"""The rules of docs/versions.md, each with a change that falls under it and one that does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from meagraph.changes import comparable, compare, read_project
from meagraph.errors import UnusableInput
from meagraph.releases import RULES
from meagraph.releases.numbers import LEVELS, Number, needed, read_number, step
from meagraph.releases.steps import Asked, asked
from small_release import HEAD, ONTOLOGY, PLACE, QUESTION, checkout, released

PAGE = (Path(__file__).parents[2] / "docs" / "versions.md").read_text(encoding="utf-8")
BALI = PLACE.format("bali")
GIVEN_UP = "places:bali owl:deprecated true %s .\n"
CHANGES = {
    "nothing": ("patch", [], {}),
    "a label": ("patch", [], {"places/bali": BALI.replace('"bali"', '"Bali"')}),
    "another value": ("patch", [], {"places/bali": BALI + 'places:bali mea:remark "a" .'}),
    "a new record": ("minor", ["name-new"], {"places/new": PLACE.format("new")}),
    "a record gone": ("major", ["record-gone"], {"places/bali": ""}),
    "a record withdrawn": ("major", ["record-gone"], {"places/bali": GIVEN_UP % ""}),
    "a record renamed": (
        "minor",
        ["name-new"],
        {
            "places/bali": GIVEN_UP % "; dcterms:isReplacedBy places:bali-island",
            "places/bali-island": PLACE.format("bali-island"),
        },
    ),
    "a record merged": (
        "patch",
        [],
        {"places/bali": GIVEN_UP % "; dcterms:isReplacedBy places:here"},
    ),
    "a claim gone": ("minor", ["claim-gone"], {"documents/note/1": ""}),
}
ONTOLOGIES = {
    "a label": ("patch", [], ('"place"@en', '"site"@en')),
    "a definition": ("patch", [], ('"place"@en', '"place"@en ; skos:definition "A spot."@en')),
    "a new term": ("minor", ["term-new"], ("mea:at a", "mea:New a owl:Class . mea:at a")),
    "a term gone": ("major", ["term-gone"], ("mea:remark a owl:DatatypeProperty .", "")),
    "a term given up": ("major", ["term-gone"], ('"at"@en', '"at"@en ; owl:deprecated true')),
    "a narrower term": ("major", ["term-logic"], ('"at"@en', '"at"@en ; rdfs:range mea:Place')),
    "a wider term": ("major", ["term-logic"], (" ; rdfs:subClassOf mea:Document", "")),
    "a restriction": (
        "major",
        ["term-logic"],
        ('"place"@en', '"place"@en ; rdfs:subClassOf [ a owl:Restriction ]'),
    ),
    "an axiom": (
        "major",
        ["axiom"],
        ("mea:at a", "[] a owl:AllDisjointClasses ; owl:members ( mea:Place mea:Stay ) . mea:at a"),
    ),
}  # fmt: skip
QUESTIONS = {
    "a remark": ("patch", [], QUESTION.replace("SELECT", "# a remark\nSELECT")),
    "another summary": ("patch", [], QUESTION.replace("Which", "What")),
    "a question gone": ("major", ["question-gone"], ""),
    "a parameter gone": (
        "major",
        ["question-gone"],
        re.sub(r"#\+ \[parameters.*?(?=#\+ \[columns)", "", QUESTION, flags=re.S),
    ),
    "a column gone": ("major", ["question-gone"], re.sub(r"#\+ \[col.*?\n.*?\n", "", QUESTION)),
}


def found(before: Path, after: Path) -> Asked:
    old, new = comparable(read_project(before), read_project(after))
    return asked(old, new, compare(old, new))


@pytest.mark.parametrize("change", CHANGES)
def test_changes_of_the_data_ask_for_their_steps(change: str, tmp_path: Path) -> None:
    level, rules, files = CHANGES[change]
    checkout(tmp_path / "old", bali=BALI)
    checkout(tmp_path / "new", bali=BALI)
    for name, text in files.items():
        path = tmp_path / "new" / "data" / f"{name}.ttl"
        if text:
            path.write_text(HEAD + text)
        else:
            path.unlink()
    result = found(tmp_path / "old", tmp_path / "new")
    assert (result.level, [one.rule for one in result.reasons]) == (level, rules)


@pytest.mark.parametrize("change", ONTOLOGIES)
def test_changes_of_the_ontology_ask_for_their_steps(change: str, tmp_path: Path) -> None:
    level, rules, (was, now) = ONTOLOGIES[change]
    assert was in ONTOLOGY
    for name in ("old", "new"):
        checkout(tmp_path / name)
    path = tmp_path / "new" / "ontology" / "meagraph.ttl"
    path.write_text(path.read_text().replace(was, now))
    result = found(tmp_path / "old", tmp_path / "new")
    assert (result.level, [one.rule for one in result.reasons]) == (level, rules)


@pytest.mark.parametrize("change", QUESTIONS)
def test_changes_of_questions_ask_for_their_steps(change: str, tmp_path: Path) -> None:
    level, rules, text = QUESTIONS[change]
    for name in ("old", "new"):
        checkout(tmp_path / name)
    path = tmp_path / "new" / "queries" / "places" / "places.rq"
    path.write_text(text)
    if not text:
        path.unlink()
    result = found(tmp_path / "old", tmp_path / "new")
    assert (result.level, [one.rule for one in result.reasons]) == (level, rules)


def test_a_new_question_is_a_minor_step(tmp_path: Path) -> None:
    for name in ("old", "new"):
        checkout(tmp_path / name)
    (tmp_path / "new" / "queries" / "places" / "more.rq").write_text(QUESTION)
    result = found(tmp_path / "old", tmp_path / "new")
    assert result == Asked("minor", result.reasons)
    assert result.told() == ["a stored question is new: places/more"]


def test_another_version_alone_is_a_patch(tmp_path: Path) -> None:
    checkout(tmp_path / "old")
    checkout(tmp_path / "new", "1.0.0")
    assert found(tmp_path / "old", tmp_path / "new") == Asked("patch", ())


def test_a_release_that_is_too_small_a_step_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "old", "1.2.3", bali=BALI)
    old = str(released(monkeypatch, project, tmp_path / "to", "1.2.3").folder)
    later = checkout(tmp_path / "new", "1.3.0")
    with pytest.raises(UnusableInput, match=r"least version is 2\.0\.0, not 1\.3\.0") as refusal:
        released(monkeypatch, later, tmp_path / "to", "1.3.0", previous=old)
    assert "a record is gone" in str(refusal.value) and "places:bali" in str(refusal.value)
    assert sorted(path.name for path in (tmp_path / "to").iterdir()) == ["1.2.3"]
    draft = released(monkeypatch, later, tmp_path / "to", "1.3.0", previous=old, draft=True)
    assert "least version is 2.0.0" in draft.too_small
    checkout(tmp_path / "new", "2.0.0")
    done = released(monkeypatch, later, tmp_path / "to", "2.0.0", previous=old)
    assert (done.previous, done.too_small) == ("1.2.3", "")


def test_a_release_has_its_questions_compared_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "old", "1.2.3")
    old = str(released(monkeypatch, project, tmp_path / "to", "1.2.3").folder)
    later = checkout(tmp_path / "new", "1.2.4")
    assert released(monkeypatch, later, tmp_path / "a", "1.2.4", previous=old).step
    (later.queries / "places" / "places.rq").unlink()
    with pytest.raises(UnusableInput, match="a column of one, is gone: places"):
        released(monkeypatch, later, tmp_path / "b", "1.2.4", previous=old)


@pytest.mark.parametrize("number", ["1.2.3", "1.2.2", "0.9.9"])
def test_a_version_that_does_not_come_after_the_last_is_refused(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "old", "1.2.3")
    later = checkout(tmp_path / "new", number)
    with pytest.raises(UnusableInput, match=r"does not come after 1\.2\.3"):
        released(monkeypatch, later, tmp_path / "to", number, previous=project.folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no named graph"),
        ("<a> <b>", "stops being N-Quads"),
        ("<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n", "does not say which release"),
    ],
)
def test_a_last_release_that_cannot_be_read_is_refused(
    content: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "new")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "meagraph.nq").write_text(content)
    with pytest.raises(UnusableInput, match=said):
        released(monkeypatch, project, tmp_path / "to", previous=str(tmp_path / "old"))
    with pytest.raises(UnusableInput):
        released(monkeypatch, project, tmp_path / "to", previous=str(tmp_path / "nowhere"))
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    "text",
    ["", "1.2", "v1.2.3", "1.2.3-rc.1", "1.2.3+b", "01.2.3", "1.2.3\n", "١.٢.٣", "1.\x1b2.3"],
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(UnusableInput, match="is no version of a release") as refusal:
        read_number(text)
    assert "\x1b" not in str(refusal.value)


def test_numbers_have_an_order_and_steps() -> None:
    numbers = [read_number(text) for text in ("0.1.0", "0.9.1", "0.10.0", "1.0.0", "1.0.1")]
    assert numbers == sorted(numbers)
    for level in LEVELS:
        assert step(Number(1, 2, 3), Number(1, 2, 3).next(level)) == level
        assert needed(level, Number(1, 2, 3)) == level
    assert [needed(level, Number(0, 2, 3)) for level in LEVELS] == ["patch", "patch", "minor"]


def test_the_page_has_each_rule_in_its_own_words() -> None:
    rows = re.findall(r"^\| (major|minor) \| (.*?) \|", PAGE, re.M)
    assert rows == list(RULES.values())
