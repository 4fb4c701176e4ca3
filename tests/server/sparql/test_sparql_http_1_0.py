"""HTTP/1.0 knows no chunks: the end of the connection is the end of an answer that is streamed."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest
from raw import connected, request, rest
from running import Served, running

MANY = "SELECT * { ?s ?p ?o } LIMIT 20000"
ENDLESS = "SELECT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f }"
CSV = "/sparql?format=csv&query="


def parted(answer: bytes) -> tuple[bytes, bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.lower(), body


def asked(server: Served, sparql: str, **headers: str) -> tuple[bytes, bytes]:
    with connected(server) as line:
        line.sendall(request(CSV + quote(sparql), version="1.0", **headers))
        return parted(rest(line))


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
def test_a_streamed_answer_has_no_chunks(server: Served, connection: str) -> None:
    head, body = asked(server, MANY, Connection=connection)
    assert b"transfer-encoding" not in head
    assert b"connection: close" in head
    assert body.startswith(b"o,p,s\r\n")
    assert body.count(b"\r\n") == 20_001


def test_a_packed_answer_has_no_chunks(server: Served) -> None:
    head, body = asked(server, MANY, Accept_Encoding="gzip")
    assert b"content-encoding: gzip" in head
    assert gzip.decompress(body).count(b"\r\n") == 20_001


def test_a_small_answer_tells_its_length(server: Served) -> None:
    head, body = asked(server, "SELECT (1 AS ?x) {}")
    assert b"content-length: 6" in head
    assert body == b"x\r\n1\r\n"


def test_an_answer_that_is_ended_does_not_look_whole(_own_cache: None, _directly: None) -> None:
    with running("--timeout", 1) as served, connected(served) as line:
        line.sendall(request(CSV + quote(ENDLESS), version="1.0"))
        got = bytearray()
        with pytest.raises(ConnectionResetError):
            while piece := line.recv(1 << 16):
                got += piece
        assert parted(bytes(got))[1].startswith(b"a,b,c,d,e,f\r\n")
