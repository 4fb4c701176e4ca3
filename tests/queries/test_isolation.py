"""A query that runs away is ended at its limits; any other has the answer that it has here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, RDFS, XSD
from meagraph.queries import ask
from meagraph.queries.evaluator import Evaluator
from meagraph.queries.isolation import RunAway, ask_isolated

MINUTE = 60
ENOUGH = 600 << 20
"""Bytes with which the store opens on a machine with many cores, too: each has its threads."""

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
NEVER = 'FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j)) = "no")'
DOUBLED = 'BIND("xxxxxxxxxxxxxxxx" AS ?v0) ' + " ".join(
    f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40)
)
REPLACED = "REPLACE(" * 30 + '"x"' + ', "x", "xxxxxxxx")' * 30
ENDLESS = {
    "a cross product, counted": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "a cross product, asked": f"ASK {{ {CROSS} {NEVER} }}",
    "a path over everything": "SELECT (COUNT(*) AS ?n) { ?a (<u:x>|!<u:x>)* ?b . "
    "?c (<u:x>|!<u:x>)* ?d . ?e (<u:x>|!<u:x>)* ?f }",
    "a regular expression": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} "
    'FILTER(REGEX(CONCAT(STR(?c), STR(?l)), "(x+x+)+y")) }',
}
LARGE = {
    "a cross product, sorted": f"SELECT * {{ {CROSS} }} ORDER BY ?l ?a",
    "a text, doubled": f"SELECT (STRLEN(?v40) AS ?n) {{ {DOUBLED} }}",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a graph as the cache keeps it."""
    folder = tmp_path_factory.mktemp("kept")
    store = Store(str(folder / "current"))
    texts = [Literal("x" * 30), Literal('"\n\\\t', language="en"), Literal("\U0001d11e\u202e")]
    texts.append(Literal("1.50", datatype=NamedNode(XSD + "decimal")))
    texts.append(Literal("2024-33", datatype=NamedNode(BASE + "edtf")))
    label, merge = NamedNode(RDFS + "label"), DefaultGraph()
    for number in range(300):
        thing = NamedNode(f"{BASE}organisations/org-{number}")
        store.add(Quad(thing, label, texts[number % len(texts)], merge))
        store.add(Quad(thing, label, texts[0], NamedNode(BASE + "organisations")))
    store.flush()
    return str(folder)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?s ?o { ?s rdfs:label ?o }",
        "SELECT * { ?s ?p ?o OPTIONAL { ?s rdfs:comment ?c } }",
        "SELECT ?o { ?s ?p ?o } ORDER BY DESC(?s)",
        "SELECT (1/0 AS ?x) (<<( <u:a> <u:b> 'c' )>> AS ?y) (BNODE() AS ?z) {}",
        "SELECT ?s { ?s a mea:Nothing }",
        "ASK { ?s ?p ?o }",
        "ASK { ?s a ?o }",
        "CONSTRUCT { ?s rdfs:comment ?o } WHERE { ?s rdfs:label ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s a ?o ; ?p ?o }",
        "DESCRIBE organisations:org-1",
    ],
)
def test_the_answer_is_the_same_as_in_this_process(kept: str, sparql: str) -> None:
    here = ask(Store.read_only(f"{kept}/current"), sparql)
    there = ask_isolated(kept, sparql, MINUTE)
    if "BNODE" not in sparql:  # whose name is another each time
        assert there == here
    else:
        assert [cell and type(cell) for cell in there.rows[0]] == [
            cell and type(cell) for cell in here.rows[0]
        ]


@pytest.mark.parametrize("sparql", ENDLESS.values(), ids=ENDLESS)
def test_a_query_without_end_is_ended_at_its_time(kept: str, sparql: str) -> None:
    with pytest.raises(RunAway, match=r"not finished after 1\.5 s") as caught:
        ask_isolated(kept, sparql, 1.5, ENOUGH, "a.rq")
    assert caught.value.limit == "time"
    assert caught.value.file == "a.rq"
    assert "LIMIT" in str(caught.value) and "--timeout 15" in str(caught.value)


@pytest.mark.parametrize("sparql", LARGE.values(), ids=LARGE)
def test_a_query_that_fills_the_memory_is_ended_at_its_limit(kept: str, sparql: str) -> None:
    with pytest.raises(RunAway, match="more than 600 MiB of memory") as caught:
        ask_isolated(kept, sparql, 10 * MINUTE, ENOUGH)
    assert caught.value.limit == "memory"
    assert "ORDER BY" in str(caught.value)


def test_a_text_replaced_by_ever_longer_ones_is_ended_too(kept: str) -> None:
    with pytest.raises(RunAway) as caught:
        ask_isolated(kept, f"SELECT (STRLEN({REPLACED}) AS ?n) {{}}", 5, ENOUGH)
    assert caught.value.limit in ("time", "memory")


def test_an_answer_that_is_too_large_is_not_read_to_its_end(kept: str) -> None:
    with pytest.raises(RunAway, match="more than 1 MiB") as caught:
        ask_isolated(kept, f"SELECT * {{ {CROSS} }}", 10 * MINUTE, ENOUGH, largest=1 << 20)
    assert caught.value.limit == "size"
    assert "COUNT" in str(caught.value)


def test_a_query_that_crashes_the_engine_crashes_its_process_only(kept: str) -> None:
    with pytest.raises(RunAway) as caught:
        ask_isolated(kept, "SELECT (1" + "+1" * 100_000 + " AS ?x) {}", 10 * MINUTE, ENOUGH)
    # Where the stack has no limit of its own, it comes to that of the memory.
    assert caught.value.limit in ("crash", "memory")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * " + "{" * 2000 + "}" * 2000,
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT DATA { <u:x> <u:x> <u:x> }",
        "SELECT * { ?s ?p '" + "x" * 1_000_000 + "' }",
        "SELECT * { ?s ?p '\udcff' }",
    ],
)
def test_what_is_refused_here_is_refused_before_a_process_starts(
    sparql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "posix_spawn", lambda *_, **__: pytest.fail("it was started"))
    with pytest.raises(UnusableInput) as here:
        ask(Store(), sparql)
    with pytest.raises(UnusableInput) as there:
        ask_isolated("nowhere", sparql, MINUTE)
    assert str(there.value) == str(here.value)
    str(there.value).encode()  # can be printed


@pytest.mark.parametrize(
    "sparql",
    ["SELECT ?s {", "SELECT ?s {\n ?s ?p ?o . FILTR(?o) }", "hello", "SELECT ?s { ?s ?p }"],
)
def test_a_mistake_is_told_as_in_this_process(kept: str, sparql: str) -> None:
    with pytest.raises(UnusableInput) as here:
        ask(Store(), sparql, "q.rq")
    with pytest.raises(UnusableInput) as there:
        ask_isolated(kept, sparql, MINUTE, file="q.rq")
    assert str(there.value) == str(here.value)


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="cannot be opened") as caught:
        ask_isolated(str(tmp_path), "ASK {}", MINUTE)
    assert "meagraph build" in str(caught.value)
    assert not isinstance(caught.value, RunAway)


def test_one_process_answers_one_query_after_another(kept: str) -> None:
    with Evaluator(f"{kept}/current", ENOUGH) as evaluator:
        pid = evaluator.process
        for sparql, kind in (
            ("ASK {}", "s"),
            ("SELECT", "e"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "t"),
            ("SELECT * { ?s ?p ?o , ?x . ?y ?z ?a }", "s"),
            ("CONSTRUCT WHERE { ?s a ?o }", "t"),
        ):
            response = evaluator.ask(sparql, MINUTE, 1 << 30)
            assert (response.kind, response.ended) == (kind, "")
        assert evaluator.process == pid


def test_nothing_is_left_of_a_process_that_was_ended(kept: str) -> None:
    open_before = len(os.listdir("/dev/fd"))
    with Evaluator(f"{kept}/current", ENOUGH) as evaluator:
        pid = evaluator.process
        assert evaluator.ask(ENDLESS["a cross product, counted"], 0.5, 1).ended == "time"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert len(os.listdir("/dev/fd")) == open_before


def test_the_process_is_not_told_our_environment(
    kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEAGRAPH_PASSWORD", "secret")
    with Evaluator(f"{kept}/current", ENOUGH) as evaluator:
        evaluator.ask("ASK {}", MINUTE, 1 << 20)
        told = Path(f"/proc/{evaluator.process}/environ").read_bytes()
    assert b"secret" not in told


ASKING = """
import os, sys, threading, time
from meagraph.queries.evaluator import Evaluator
with Evaluator(sys.argv[1], 1 << 30) as evaluator:
    print(evaluator.process, flush=True)
    evaluator.ask(sys.argv[2], 600, 1 << 30)
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("which", ["a cross product, counted", "a cross product, asked"])
def test_whoever_asked_takes_the_process_along(kept: str, sign: signal.Signals, which: str) -> None:
    words = [sys.executable, "-c", ASKING, f"{kept}/current", ENDLESS[which]]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as asking:
        assert asking.stdout
        pid = int(asking.stdout.readline())
        while not _computes(pid):
            time.sleep(0.02)
        asking.send_signal(sign)
        assert asking.wait(MINUTE) != 0
    for _ in range(MINUTE * 50):
        if not _lives(pid):
            break
        time.sleep(0.02)
    assert not _lives(pid)


def _state(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _computes(pid: int) -> bool:
    """Whether it has computed for more than its start takes."""
    return int(_state(pid)[11]) > 0.3 * os.sysconf("SC_CLK_TCK")


def _lives(pid: int) -> bool:
    try:
        return _state(pid)[0] not in "ZX"
    except OSError:
        return False


def test_a_process_that_nobody_ends_ends_itself(kept: str) -> None:
    import marshal

    import pyoxigraph

    from meagraph.queries import worker

    packages = Path(pyoxigraph.__file__).parent.parent
    words = [sys.executable, "-I", "-S", worker.__file__, packages, f"{kept}/current", str(ENOUGH)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin
        query = ENDLESS["a cross product, counted"]
        request = marshal.dumps({"query": query, "prefixes": {}, "seconds": -5.0})
        process.stdin.write(len(request).to_bytes(8, "big") + request)
        process.stdin.flush()
        assert process.wait(10 * MINUTE) == -signal.SIGXCPU
