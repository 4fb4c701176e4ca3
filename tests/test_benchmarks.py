"""The benchmarks run: a graph of the size asked, and questions that find something in it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType

import pyoxigraph
import pytest

from meagraph.export import KINDS, files_of
from meagraph.namespaces import ENTAILED_GRAPH, ONTOLOGY, RDFS
from meagraph.project import Project
from meagraph.queries import load_questions

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
QUADS = 70_000
MERGE = pyoxigraph.DefaultGraph()


@pytest.fixture(scope="module")
def benchmark() -> dict[str, ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        names = ("synthetic", "questions", "exports", "load", "server")
        for name in names:  # folders of tests may have been taken for modules of these names
            patch.delitem(sys.modules, name, raising=False)
        return {name: importlib.import_module(name) for name in names}


@pytest.fixture(scope="module")
def made(benchmark: dict[str, ModuleType]) -> pyoxigraph.Store:
    found = benchmark["synthetic"].synthetic(QUADS)
    assert isinstance(found, pyoxigraph.Store)
    return found


def named(store: pyoxigraph.Store) -> set[pyoxigraph.Quad]:
    """The quads without blank nodes, whose names change."""
    blank = pyoxigraph.BlankNode
    return {
        q for q in store if not isinstance(q.subject, blank) and not isinstance(q.object, blank)
    }


def degree(store: pyoxigraph.Store, iri: str) -> int:
    return len([*store.quads_for_pattern(None, None, pyoxigraph.NamedNode(iri), MERGE)])


def test_a_synthetic_graph_has_about_the_size_that_was_asked(made: pyoxigraph.Store) -> None:
    assert 0.98 * QUADS < len(made) < 1.1 * QUADS


def test_it_is_the_same_each_time_and_another_with_another_seed(
    benchmark: dict[str, ModuleType], made: pyoxigraph.Store
) -> None:
    assert named(benchmark["synthetic"].synthetic(QUADS)) == named(made)
    assert named(benchmark["synthetic"].synthetic(QUADS, seed=1)) != named(made)


def test_it_holds_the_real_graph_and_adds_to_it(
    made: pyoxigraph.Store, store: pyoxigraph.Store
) -> None:
    derived = (MERGE, pyoxigraph.NamedNode(ENTAILED_GRAPH))
    assert {quad for quad in named(store) if quad.graph_name not in derived} < named(made)


def test_hubs_grow_with_it_and_others_have_copies(
    made: pyoxigraph.Store, store: pyoxigraph.Store
) -> None:
    hub = "https://w3id.org/meagraph/organisations/minamata-secretariat"
    assert degree(made, hub) > 1.3 * degree(store, hub)
    meeting = "https://w3id.org/meagraph/meetings/minamata-cop-4"
    assert not degree(made, hub + "-copy-1")
    assert degree(made, meeting + "-copy-1")


def test_copies_have_labels_of_their_own_and_what_follows_from_them(
    made: pyoxigraph.Store,
) -> None:
    copy = pyoxigraph.NamedNode("https://w3id.org/meagraph/meetings/minamata-cop-4-copy-1")
    (label,) = made.quads_for_pattern(copy, pyoxigraph.NamedNode(RDFS + "label"), None, MERGE)
    assert isinstance(label.object, pyoxigraph.Literal)
    assert label.object.value.endswith("-copy-1")
    first_day = pyoxigraph.NamedNode(ONTOLOGY + "earliest")
    entailed = pyoxigraph.NamedNode(ENTAILED_GRAPH)
    dated = [str(quad.subject) for quad in made.quads_for_pattern(None, first_day, None, entailed)]
    assert any(subject.endswith("-copy-1>") for subject in dated)


def test_a_graph_smaller_than_the_real_one_is_a_part_of_it(
    benchmark: dict[str, ModuleType], store: pyoxigraph.Store
) -> None:
    part = benchmark["synthetic"].excerpt(20_000)
    assert 0.98 * 20_000 < len(part) < 1.1 * 20_000
    derived = (MERGE, pyoxigraph.NamedNode(ENTAILED_GRAPH))
    assert {quad for quad in named(part) if quad.graph_name not in derived} < named(store)


def test_what_is_shared_by_all_copies_has_no_more_values_than_before(
    made: pyoxigraph.Store, store: pyoxigraph.Store
) -> None:
    country_of = pyoxigraph.NamedNode(ONTOLOGY + "governmentOf")
    before = set(store.quads_for_pattern(None, country_of, None, MERGE))
    assert before
    for quad in before:
        assert [*made.quads_for_pattern(quad.subject, country_of, None, MERGE)] == [quad]


def test_every_question_finds_something_in_it(made: pyoxigraph.Store, project: Project) -> None:
    found = {
        name: next(iter(made.query(question.text)), None)
        for name, question in load_questions(project).items()
    }
    assert [name for name, first in found.items() if first is None] == []


def test_questions_are_measured_against_both_peers(
    benchmark: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    benchmark["questions"].main(["acronyms-of-several", "--quads", "0", "--runs", "1"])
    title, _, line, *summary = capsys.readouterr().out.strip().splitlines()
    assert title.startswith("real graph")
    name, rows, _, _, ask, whole, rdflib = line.split()
    assert name == "acronyms-of-several"
    assert int(rows) > 0
    assert 0 < float(ask) < float(whole)
    assert float(rdflib.lstrip(">")) > 0
    assert [words.split()[0] for words in summary] == ["ask", "whole", "rdflib"]


def test_what_does_not_end_in_rdflib_is_told_as_more_than_the_limit(
    benchmark: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["planned-and-held", "--quads", "0", "--runs", "1", "--limit", "0.05"]
    benchmark["questions"].main(words)
    assert ">" in capsys.readouterr().out


def test_every_kind_of_export_can_be_made_of_a_larger_graph(
    made: pyoxigraph.Store, project: Project
) -> None:
    for kind in KINDS:
        for make in files_of(kind, made, project).values():
            assert make()


def test_exports_are_measured_against_the_sorted_dump(
    benchmark: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    benchmark["exports"].main("dumps calendar --triples 6000 0 --runs 1".split())
    tables = capsys.readouterr().out.strip().split("\n\n")
    assert [table.splitlines()[0].split(":")[0] for table in tables] == [
        "a part of it",
        "real graph",
    ]
    for table in tables:
        for line, kind in zip(table.splitlines()[2:], ("dumps", "calendar"), strict=True):
            name, seconds, _, ratio, peak, _, more, _, files, size = line.split()
            assert name == kind
            assert float(seconds) >= 0
            assert float(ratio) > 0
            assert float(peak) > 10
            assert float(more) >= 1
            assert int(files) > 0
            assert int(size.replace(",", "")) > 1000


def test_the_peer_of_the_dumps_writes_the_same_statements(
    benchmark: dict[str, ModuleType], store: pyoxigraph.Store, project: Project
) -> None:
    ours, peer = files_of("dumps", store, project), benchmark["exports"].sorted_dump(store)
    assert set(ours) == set(peer)
    formats = {"nq": pyoxigraph.RdfFormat.N_QUADS, "ttl": pyoxigraph.RdfFormat.TURTLE}
    for name, make in ours.items():
        one, other = (pyoxigraph.Store(), pyoxigraph.Store())
        for read, data in ((one, make()), (other, peer[name]())):
            read.load(data, formats[name.rpartition(".")[2]])
        assert named(one) == named(other)
        assert len(one) == len(other)


def test_json_ld_is_measured_against_pyld(
    benchmark: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    words = "jsonld --triples 6000 --pyld 6000 --runs 1".split()
    benchmark["exports"].main(words)
    line = capsys.readouterr().out.strip().splitlines()[-1]
    assert line.startswith("jsonld / PyLD")
    assert 0 < float(line.partition("×")[2].split()[0]) < 1


def test_a_server_that_refuses_is_not_taken_for_a_fast_one(
    benchmark: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not benchmark["load"].has_wrk():
        pytest.skip("needs wrk, whose counts are compared: apt install wrk")
    with refusing() as address:
        for has_wrk in (True, False):
            monkeypatch.setattr(benchmark["load"], "has_wrk", lambda has_wrk=has_wrk: has_wrk)
            found = benchmark["load"].load(address, ["/sparql"], connections=2, seconds=1)
            assert 0 < found.failed == found.requests


def test_load_asks_for_each_path_in_turn_from_many_addresses(
    benchmark: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark["load"], "has_wrk", lambda: False)
    asked: list[tuple[str, str]] = []
    with refusing(asked) as address:
        benchmark["load"].load(address, ["/a", "/b", "/c"], 1, 0.5, first=1)
    assert [path for path, _ in asked[:4]] == ["/b", "/c", "/a", "/b"]
    assert len({client for _, client in asked[:4]}) == 4


@contextmanager
def refusing(asked: list[tuple[str, str]] | None = None) -> Generator[str]:
    """A server that answers nothing but 503, and notes what was asked and by whom."""

    class Refusal(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if asked is not None:
                asked.append((self.path, self.headers["X-Forwarded-For"]))
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusal) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
