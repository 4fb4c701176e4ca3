"""A small answer is kept for as long as the graph is: who asks it again waits for no process."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager, suppress

import httpx
import pytest
from running import Served
from sparql_client import JSON, WAIT, ask

LABEL = "SELECT ?label { <https://w3id.org/meagraph/agreements/cbd> rdfs:label ?label }"
PATIENCE = 2.0
"""Seconds after which it is clear that nothing comes."""


@contextmanager
def halted(served: Served) -> Generator[None]:
    """The processes for queries do nothing meanwhile."""
    found = subprocess.run(
        ["pgrep", "-P", str(served.process.pid), "-f", "sealed.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    pids = [int(line) for line in found.stdout.split()]
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):  # whose query was given up has been replaced
                os.kill(pid, signal.SIGCONT)


def test_a_query_asked_again_needs_no_process(server: Served) -> None:
    first = ask(server.url, LABEL)
    with halted(server):
        again = ask(server.url, LABEL)
    assert first.json()["results"]["bindings"]
    assert again.content == first.content
    for name in ("content-type", "content-length", "vary"):
        assert again.headers[name] == first.headers[name]


def test_another_form_or_dataset_is_another_question(server: Served) -> None:
    assert ask(server.url, LABEL, JSON).json()["results"]["bindings"]
    assert ask(server.url, LABEL, "text/csv").text.startswith("label\r\n")
    elsewhere = "https://w3id.org/meagraph/documents/nowhere"
    none = ask(server.url, LABEL, **{"default-graph-uri": elsewhere})
    assert none.json()["results"]["bindings"] == []


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "struuid()"])
def test_what_is_new_each_time_is_evaluated_each_time(server: Served, function: str) -> None:
    query = f"SELECT ({function} AS ?value) {{}}"
    assert ask(server.url, query).content != ask(server.url, query).content


def test_what_was_never_asked_waits_for_a_process(server: Served) -> None:
    """Else the first test would show nothing."""
    params = {"query": f"{LABEL} # {os.getpid()}"}
    soon = httpx.Timeout(WAIT, read=PATIENCE)
    with halted(server), pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{server.url}/sparql", params=params, timeout=soon)
    assert ask(server.url, params["query"]).status_code == 200
