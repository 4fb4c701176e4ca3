"""How the verb query writes an answer: in which form, which columns and rows, and where to."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyoxigraph
import pytest

from meagraph.cli import main

CHECKOUT = Path(__file__).parent.parent.parent
ASKED = ["query", "members-of", "--whole", "IOMC", "--root", str(CHECKOUT)]

Printed = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("ending", "first"),
    [
        (".txt", "Belongs to  "),
        (".csv", "whole,wholeLabel,"),
        (".tsv", "whole\twholeLabel\t"),
        (".json", "{"),
        (".srj", "{"),
        (".md", "| Belongs to |"),
        (".html", "<!DOCTYPE html>"),
    ],
)
def test_the_ending_of_the_file_says_the_form(
    tmp_path: Path, ending: str, first: str, capsys: Printed
) -> None:
    file = tmp_path / f"answer{ending}"
    assert main([*ASKED, "--output", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert file.read_text(encoding="utf-8").startswith(first)


def test_a_workbook_is_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "answer.xlsx"
    assert main([*ASKED, "--output", str(file)]) == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert "Member" in [cell.value for cell in sheet[1]]


def test_sparql_results_are_read_by_another_reader(capsys: Printed) -> None:
    assert main([*ASKED, "--format", "sparql-json"]) == 0
    text = capsys.readouterr().out
    found = pyoxigraph.parse_query_results(text, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert {"member", "memberLabel"} <= {variable.value for variable in found.variables}
    assert len(list(found)) > 5


def test_columns_come_in_the_order_asked_and_rows_as_many(capsys: Printed) -> None:
    assert main([*ASKED, "--columns", "passages", "member", "--limit", "2", "--format", "csv"]) == 0
    said = capsys.readouterr()
    rows = list(csv.reader(io.StringIO(said.out)))
    assert rows[0] == ["passages", "passagesLabel", "member", "memberLabel"]
    assert len(rows) == 3
    assert "more rows are left out" in said.err


def test_yes_or_no_has_each_form(capsys: Printed, tmp_path: Path) -> None:
    asked = ["query", "ASK { ?s a mea:Body }", "--root", str(CHECKOUT)]
    for form, expected in (("table", "yes\n"), ("csv", "boolean\ntrue\n")):
        assert main([*asked, "--format", form]) == 0
        assert capsys.readouterr().out == expected
    assert main([*asked, "--format", "sparql-json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"head": {}, "boolean": True}
    assert main([*asked, "--output", str(tmp_path / "yes.html")]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output", "answer.pdf"], "does not say how"),
        (["--output", "nowhere/answer.csv"], "does not exist"),
        (["--columns", "membr"], "membr"),
        (["--limit", "0"], "less than 1"),
        (["--timeout", "0"], "not more than 0"),
        (["--format", "csv", "--evidence"], "does not fit into csv"),
        (["--endpoint", "http://127.0.0.1:9/query", "--store", "s"], "both a store and"),
        (["--default-graph", "https://example.org/g"], "without an endpoint"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
    capsys: Printed,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*ASKED, *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    from copies import stop_replacing

    file = tmp_path / "answer.csv"
    file.write_text("what was there")
    stop_replacing(monkeypatch, tmp_path, after=0)
    assert main([*ASKED, "--output", str(file)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert file.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [file]


def _on_a_terminal(words: list[str], environment: dict[str, str]) -> tuple[str, int]:
    """Run the command with a terminal of 24 lines as its standard output."""
    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "meagraph", *words]
    process = subprocess.Popen(
        program, stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how a terminal says that nobody writes any more
            break
        if not piece:
            break
        printed += piece
    os.close(ours)
    return printed.decode(), process.wait()


def test_a_long_answer_goes_to_the_pager_of_a_terminal(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    pager = f"sh -c 'cat > {seen}'"
    words = ["query", "defects", "--root", str(CHECKOUT)]
    printed, status = _on_a_terminal(words, {"MEAGRAPH_PAGER": pager})
    assert (printed, status) == ("", 0)
    assert "rows" in seen.read_text(encoding="utf-8")
    seen.unlink()
    printed, status = _on_a_terminal([*words, "--no-pager"], {"MEAGRAPH_PAGER": pager})
    assert "rows" in printed and status == 0 and not seen.exists()


def test_without_a_pager_everything_is_printed() -> None:
    words = ["query", "defects", "--root", str(CHECKOUT)]
    for pager in ("", "no-such-pager"):
        assert "rows" in _on_a_terminal(words, {"MEAGRAPH_PAGER": pager})[0]


def test_a_reader_who_leaves_the_pager_leaves_no_error() -> None:
    words = ["query", "defects", "--root", str(CHECKOUT)]
    assert _on_a_terminal(words, {"MEAGRAPH_PAGER": "true"}) == ("", 0)


def test_a_workbook_is_not_for_a_terminal() -> None:
    assert _on_a_terminal([*ASKED, "--format", "xlsx"], {})[1] == 2
