"""The verb plot, from the words to the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meagraph.cli import main

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder; the graph is the checkout's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEAGRAPH_ROOT", str(Path(__file__).parent.parent.parent))


def test_a_picture_is_written_and_told_in_words(capsys: Printed) -> None:
    words = ["network", "--agent", "BRS secretariat", "--least", "2", "--roll-up"]
    assert main(["plot", *words, "--title", "Partners", "--output", "net.svg"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("net.svg: A network of 3 actors and 2 pairs that cooperate.")
    assert err == ""
    drawn = Path("net.svg").read_text(encoding="utf-8")
    assert ">Partners</title>" in drawn
    assert "BRS secretariat; at least 2; units, posts and staff rolled up" in drawn


def test_a_timeline_and_a_matrix_take_the_parameters_of_their_questions(capsys: Printed) -> None:
    asked = ["timeline", "--body", "bodies:minamata-cop", "--from", "2021", "--output", "t.html"]
    assert main(["plot", *asked]) == 0
    assert "<table>" in Path("t.html").read_text(encoding="utf-8")
    asked = ["matrix", "--agent", "organisations:unicef", "--most", "3", "--output", "m.png"]
    assert main(["plot", *asked]) == 0
    assert Path("m.png").read_bytes().startswith(b"\x89PNG")


def test_an_empty_answer_is_told_and_leaves_no_file(capsys: Printed) -> None:
    asked = ["timeline", "--body", "bodies:minamata-cop", "--from", "2090", "--output", "t.svg"]
    assert main(["plot", *asked]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "nothing to draw. According to COP-4 report, COP-6 note:" in err
    assert not os.listdir()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no picture is named"),
        (["netwerk", "--output", "a.svg"], "Did you mean network?"),
        (["--output", "a.svg", "network"], "no picture is named"),
        (["network"], "none is named"),
        (["network", "--output", "-"], "none is named"),
        (["network", "--output", "a.pdf"], "does not say which kind"),
        (["network", "--output", "none/a.svg"], "does not exist"),
        (["network", "--output", "a.svg", "--body", "UNEP"], "no parameter --body"),
        (["matrix", "--output", "a.svg", "--roll-up"], "takes no roll_up"),
        (["network", "--output", "a.svg", "--most", "0"], "less than one pair"),
        (["network", "--output", "a.svg", "--agent", "nobody at all"], "nobody at all"),
    ],
)
def test_unusable_input_ends_with_status_2_and_no_file(
    words: list[str], said: str, capsys: Printed
) -> None:
    assert main(["plot", *words]) == 2
    out, err = capsys.readouterr()
    assert said in err and out == ""
    assert not os.listdir()


def test_help_of_a_picture_shows_the_parameters_of_its_question(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["plot", "timeline", "--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "--body" in out and "--mode" in out and "--output" in out
