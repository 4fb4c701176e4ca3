"""``meagraph new``, from the words to what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from meagraph.cli import main

SLUG = "minamata-cop6-cooperation-activities"


def test_alone_it_lists_the_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new"]) == 0
    said = capsys.readouterr().out
    kinds = [line.split()[:2] for line in said.splitlines() if line[:1].isalpha()]
    assert ["meeting", "meetings"] in kinds
    assert ["source-defect", "readings/"] in kinds
    assert ["passage", "documents/"] in kinds
    assert "participation" not in [kind[0] for kind in kinds]


def test_a_template_is_printed_and_namesakes_are_told_beside_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--of", "bodies:basel-oewg", "--ordinal", "99", "--label", "Basel OEWG, 99th meeting")
    assert main(["new", "meeting", *words]) == 0
    said = capsys.readouterr()
    assert "meetings:basel-oewg-99\n    a mea:Meeting ;\n" in said.out
    assert "    mea:meetingOf bodies:basel-oewg ;\n" in said.out
    assert "note: is it not bodies:basel-oewg" not in said.err  # that is its parent


def test_a_name_that_is_taken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "body", "--of", "Basel Convention", "--acronym", "OEWG"]) == 0
    said = capsys.readouterr()
    assert "bodies:basel-oewg-2\n" in said.out
    assert said.err.startswith("note: is it not bodies:basel-oewg (")


def test_a_template_is_written_to_a_new_file_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "union.ttl"
    words = ["new", "organisation", "--label", "Union for Trials", "-o", str(file)]
    assert main(words) == 0
    written = file.read_text(encoding="utf-8")
    assert "organisations:union-trials\n" in written
    assert capsys.readouterr().out == ""
    assert main(words) == 2
    assert "exists already" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == written
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_does_not_exist_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "place", "-o", str(tmp_path / "none" / "x.ttl")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["meting"], "there is no kind “meting”", "meeting"),
        (["meeting", "Minamata"], "has a record of its own", '--label "Minamata"'),
        (["reading"], "stands in the file of a passage", "DOCUMENT"),
        (["passage", SLUG], "a passage is named by its document and its label", "annex-1/12"),
        (["passage", SLUG, "annex-1/14"], "has a file already", "Edit that file"),
        (["passage", SLUG, "annex-1/99"], "lists no passage annex-1/99", "annex-1/9"),
        (["source-document"], "is begun from its text", "FILE.txt"),
        (["document", "none.txt"], "cannot be read", "Name the text file"),
        (["decision", "--symbol", "MC-5/18"], "is the symbol of decisions:mc-5-18", "correct"),
        (["meeting", "--ordinal", "0"], "--ordinal is less than 1", "from 1"),
        (["meeting", "--when", "June"], "June", ""),
        (["body", "--of", "Convention of Nowhere"], "nothing in the graph is called", ""),
    ],
)
def test_what_cannot_be_begun_is_told_with_a_remedy(
    words: list[str], message: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert hint in said.err


def test_a_claim_of_a_passage_that_has_a_file_is_to_be_put_into_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["new", "activity", SLUG, "annex-1/14", "--label", "A visit"]) == 0
    said = capsys.readouterr()
    assert "this:visit\n    a mea:Activity ;\n" in said.out
    assert "annex-1/14.ttl exists: put these statements into it" in said.err


def test_a_passage_names_what_its_text_names(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["minamata-cop4-brs-joint-report", "annex/2-a"]
    assert main(["new", "passage", *words, "--source", str(sources)]) == 0
    said = capsys.readouterr().out
    assert "this:fill-in\n    a mea:CooperationActivity ;\n" in said
    assert "name: Outreach, of which no record is found" in said
