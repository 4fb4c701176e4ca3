"""The verb evidence with two names: the passages that link two things."""

from __future__ import annotations

import pytest

from meagraph.cli import main


def test_two_names_give_the_passages_of_their_cooperation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["evidence", "UNEP", "OECD"]) == 0
    out = capsys.readouterr().out
    first, second = out.splitlines()[:2]
    assert first.endswith(" · organisations:unep") and second.endswith(" · organisations:oecd")
    assert "COP-6 note annex-1/23" in out
    assert "  - Participation in the mercury group · agent · " in out


def test_two_that_nothing_links_are_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "UNEP", "places:cali"]) == 0
    assert "No passage links the two." in capsys.readouterr().out
