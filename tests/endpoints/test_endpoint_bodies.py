"""What an endpoint sends is believed only if it is a whole answer to what was asked."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable

import pytest

from loopback import ONE_ROW, ROWS, YES, Loopback, Visit
from meagraph.endpoints import Endpoint
from meagraph.errors import UnusableInput

Serve = Callable[..., Loopback]
SELECT = "SELECT ?s { ?s ?p ?o }"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
TRIPLE = b'<http://x/a> <http://x/b> "c" .\n'


def rows(endpoint: Endpoint) -> list[str]:
    return [solution[0].value for solution in endpoint.query(SELECT)]


def refused(endpoint: Endpoint, query: str = SELECT) -> str:
    with pytest.raises(UnusableInput) as failure:
        endpoint.query(query)
    assert failure.value.hint
    return str(failure.value)


def test_a_query_is_posted_as_a_form_and_results_are_asked_for_as_json(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply())
    assert rows(Endpoint(server.url + "?key=1")) == ["a"]
    (sent,) = server.sent
    assert (sent.method, sent.path) == ("POST", "/query?key=1")
    assert sent.fields == {"query": [SELECT]}
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert sent.headers["accept"] == ROWS
    assert sent.headers["user-agent"].startswith("meagraph/")
    assert "authorization" not in sent.headers


def test_triples_are_asked_for_as_n_triples(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply(TRIPLE, kind="application/n-triples"))
    assert [triple.object.value for triple in Endpoint(server.url).query(CONSTRUCT)] == ["c"]
    assert server.sent[0].headers["accept"].startswith("application/n-triples")


def test_turtle_will_do(serve: Serve) -> None:
    body = b'@prefix x: <http://x/> . x:a x:b "c" , "d" .'
    server = serve(lambda visit: visit.reply(body, kind="text/turtle; charset=utf-8"))
    assert len(list(Endpoint(server.url).query(CONSTRUCT))) == 2


def test_no_triples_are_an_answer(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply(b"", kind="application/n-triples"))
    assert list(Endpoint(server.url).query(CONSTRUCT)) == []


def test_the_graph_that_holds_the_merge_is_sent(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply())
    merge = "https://w3id.org/meagraph/graphs/merge"
    rows(Endpoint(server.url, default_graph=merge))
    assert server.sent[0].fields["default-graph-uri"] == [merge]


@pytest.mark.parametrize("kind", [None, "application/json", ROWS + "; charset=utf-8"])
def test_json_is_known_by_several_names(serve: Serve, kind: str | None) -> None:
    assert rows(Endpoint(serve(lambda visit: visit.reply(kind=kind)).url)) == ["a"]


@pytest.mark.parametrize("kind", ["text/html", ROWS, None])
@pytest.mark.parametrize("query", [SELECT, ASK])
def test_a_web_page_is_no_answer(serve: Serve, kind: str | None, query: str) -> None:
    page = b"\n<!DOCTYPE html><html><body>Welcome</body></html>"
    text = refused(Endpoint(serve(lambda visit: visit.reply(page, kind=kind)).url), query)
    assert "instead of an answer" in text
    assert "/sparql" in text


def test_a_web_page_is_no_triples(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply(b"<html></html>", kind="text/html"))
    assert "a web page instead of an answer" in refused(Endpoint(server.url), CONSTRUCT)


@pytest.mark.parametrize("kind", ["application/sparql-results+xml", "text/csv", "image/png"])
def test_another_type_than_was_asked_for_is_named(serve: Serve, kind: str) -> None:
    assert f"sends {kind} instead" in refused(
        Endpoint(serve(lambda visit: visit.reply(kind=kind)).url)
    )


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_an_empty_answer_is_none(serve: Serve, body: bytes) -> None:
    assert "empty answer" in refused(Endpoint(serve(lambda visit: visit.reply(body)).url))


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b'{"error":"no"}',
        b'{"head":{"vars":["s"]}}',
        b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"no iri"}}]}}',
        b'{"head":{"vars":["s"]},"results":{"bindings":[{"t":{"type":"literal","value":""}}]}}',
        ONE_ROW + b"{}",
        ONE_ROW.replace(b'"a"', b'"\xff"'),
        b"\x00\x01\x02",
    ],
)
def test_json_that_is_no_result_is_refused(serve: Serve, body: bytes) -> None:
    assert "no answer to a query" in refused(Endpoint(serve(lambda visit: visit.reply(body)).url))


@pytest.mark.parametrize("end", [1, 20, 45, 70, len(ONE_ROW) - 1])
def test_an_answer_cut_short_gives_no_rows(serve: Serve, end: int) -> None:
    cut = serve(lambda visit: visit.reply(ONE_ROW[:end]))
    assert "only a part" in refused(Endpoint(cut.url))
    broken = serve(lambda visit: visit.reply(ONE_ROW[:end], Content_Length=str(len(ONE_ROW))))
    assert "breaks off" in refused(Endpoint(broken.url))


def test_triples_cut_short_at_the_end_of_a_line_are_noticed(serve: Serve) -> None:
    def answer(visit: Visit) -> None:
        visit.reply(TRIPLE, kind="application/n-triples", Content_Length=str(2 * len(TRIPLE)))

    assert "breaks off" in refused(Endpoint(serve(answer).url), CONSTRUCT)


def test_a_chunked_answer_cut_short_is_noticed(serve: Serve) -> None:
    def answer(visit: Visit) -> None:
        visit.protocol_version = "HTTP/1.1"
        visit.close_connection = True
        chunk = b"%x\r\n%s\r\n" % (len(TRIPLE), TRIPLE)
        visit.reply(
            chunk, kind="application/n-triples", Content_Length="", Transfer_Encoding="chunked"
        )

    assert "breaks off" in refused(Endpoint(serve(answer).url), CONSTRUCT)


@pytest.mark.parametrize(("query", "body"), [(SELECT, YES)])
def test_an_answer_to_another_question_is_refused(serve: Serve, query: str, body: bytes) -> None:
    server = serve(lambda visit: visit.reply(body))
    assert "asked for rows and sends yes or no" in refused(Endpoint(server.url), query)


@pytest.mark.parametrize(
    ("bindings", "answer"),
    [
        (b'[{"s":{"type":"typed-literal","value":"1"}}]', True),
        (b'[{"s":{"type":"literal","value":"0"}}]', False),
        (b"[]", False),
    ],
)
def test_yes_or_no_may_come_as_a_row(serve: Serve, bindings: bytes, answer: bool) -> None:
    body = b'{"head":{"vars":["s"]},"results":{"bindings":%s}}' % bindings
    server = serve(lambda visit: visit.reply(body))
    assert bool(Endpoint(server.url).query(ASK)) is answer


def test_many_rows_are_no_yes_or_no(serve: Serve) -> None:
    row = b'{"s":{"type":"literal","value":"1"}}'
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[%s,%s]}}' % (row, row)
    server = serve(lambda visit: visit.reply(body))
    assert "asked for yes or no and sends rows" in refused(Endpoint(server.url), ASK)


@pytest.mark.parametrize("length", ["1000001", "9" * 5000])
def test_an_answer_that_will_be_too_large_is_not_waited_for(serve: Serve, length: str) -> None:
    server = serve(lambda visit: visit.reply(Content_Length=length))
    assert "larger than 1,000,000 bytes" in refused(Endpoint(server.url, largest=1_000_000))


@pytest.mark.parametrize("length", ["", str(len(ONE_ROW))])
def test_an_answer_larger_than_allowed_is_not_taken(serve: Serve, length: str) -> None:
    server = serve(lambda visit: visit.reply(Content_Length=length))
    limit = len(ONE_ROW) - 1
    assert f"larger than {limit} bytes" in refused(Endpoint(server.url, largest=limit))


def test_an_answer_as_large_as_allowed_is_taken(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply())
    assert rows(Endpoint(server.url, largest=len(ONE_ROW))) == ["a"]


def zipped(body: bytes) -> Callable[[Visit], None]:
    return lambda visit: visit.reply(body, Content_Encoding="gzip")


def test_a_packed_answer_is_unpacked(serve: Serve) -> None:
    server = serve(zipped(gzip.compress(ONE_ROW[:50]) + gzip.compress(ONE_ROW[50:])))
    assert rows(Endpoint(server.url)) == ["a"]
    assert server.sent[0].headers["accept-encoding"] == "gzip"


def test_a_large_packed_answer_is_unpacked_whole(serve: Serve) -> None:
    binding = b'{"s":{"type":"literal","value":"%s"}}'
    many = b",".join(binding % str(number).encode() for number in range(50_000))
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}' % many
    found = rows(Endpoint(serve(zipped(gzip.compress(body))).url))
    assert found == [str(number) for number in range(50_000)]


def test_a_small_body_that_unpacks_to_a_huge_one_is_stopped(serve: Serve) -> None:
    server = serve(zipped(gzip.compress(b" " * 50_000_000 + ONE_ROW)))
    tracemalloc.start()
    try:
        assert "larger than 1,000,000 bytes" in refused(Endpoint(server.url, largest=1_000_000))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("end", [5, 30, -1])
def test_a_packed_answer_cut_short_is_noticed(serve: Serve, end: int) -> None:
    assert "breaks off" in refused(Endpoint(serve(zipped(gzip.compress(ONE_ROW)[:end])).url))


def test_what_is_not_packed_as_it_says_is_refused(serve: Serve) -> None:
    assert "breaks off" in refused(Endpoint(serve(zipped(ONE_ROW)).url))


def test_a_packing_that_was_not_asked_for_is_refused(serve: Serve) -> None:
    server = serve(lambda visit: visit.reply(Content_Encoding="br"))
    assert "packs its answer by br" in refused(Endpoint(server.url))
