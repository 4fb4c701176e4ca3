"""The command as a process: what it prints arrives whole, and its status with it."""

from __future__ import annotations

import subprocess
import sys

MEAGRAPH = [sys.executable, "-m", "meagraph"]


def test_a_long_answer_arrives_whole() -> None:
    command = [*MEAGRAPH, "query", "SELECT * { ?s ?p ?o }", "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) > 7000
    assert done.stdout.endswith("\n")
    assert done.stderr == ""


def test_a_reader_who_stops_early_is_no_error() -> None:
    shell = (
        f"'{sys.executable}' -m meagraph query 'SELECT * {{ ?s ?p ?o }}' --format csv | head -n 1"
    )
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("s,")
    assert done.stderr == ""


def test_unusable_input_ends_in_status_2_and_help_in_status_0() -> None:
    unusable = subprocess.run(
        [*MEAGRAPH, "query", "no-such-question"], capture_output=True, text=True
    )
    assert (unusable.returncode, unusable.stdout) == (2, "")
    assert "no stored question" in unusable.stderr
    assert "Traceback" not in unusable.stderr
    assert subprocess.run([*MEAGRAPH, "query", "--help"], capture_output=True).returncode == 0
