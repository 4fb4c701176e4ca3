"""``meagraph validate --shapes --data``: no graph of ours is needed."""

from __future__ import annotations

import json
from typing import NoReturn

import pytest

from foreign_desk import DATA, MEETING, Desk
from meagraph.cli import main


def _no_connection(*words: object, **more: object) -> NoReturn:
    raise AssertionError("a connection was opened")


def test_the_verb_needs_no_graph_of_ours(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meagraph.cli.validate.find_project", _no_connection)
    desk.write("s.ttl", f"{MEETING} sh:property [ sh:path ex:name ; sh:maxLength 3 ] .")
    desk.write("d.ttl", DATA)
    words = ["validate", "--shapes", "s.ttl", "--data", "d.ttl"]
    assert main(words) == 1
    shown = capsys.readouterr().out
    assert shown.startswith('d.ttl:2:31: violation ex:Meeting/ex:name: "Sixth meeting" has more')
    assert main([*words, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["places"][0]["line"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--shapes", "s.ttl"], "--shapes is given without --data"),
        (["--data", "d.ttl"], "--data is given without --shapes"),
        (["--shapes", "s.ttl", "--data", "d.ttl", "e.ttl"], "“e.ttl” stands beside"),
        (["--shapes", "s.ttl", "--data", "d.ttl", "--root", "."], "--root is about the graph"),
        (["--shapes", "s.ttl", "--data", "d.ttl", "-o", "d.ttl"], "one of the files to validate"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    desk: Desk, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    desk.write("s.ttl", MEETING + ".")
    desk.write("d.ttl", DATA)
    assert main(["validate", *words]) == 2
    assert said in capsys.readouterr().err


def test_the_graph_itself_is_stopped_only_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--timeout", "0.01"]) == 2
    assert "validation was stopped after 0.01 s" in capsys.readouterr().err
    for wrong in ("-1", "soon", "inf"):
        with pytest.raises(SystemExit):
            main(["validate", "--timeout", wrong])
