"""``POST /validate``: what cannot be validated is refused with a 4xx that says why."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
import requests
from drafts import ODD, PREFIXES, WAIT, post
from running import Served

from meagraph.project import Project
from meagraph.server.checking.sent import LARGEST

TURTLE, TRIG, JSON_LD = "text/turtle", "application/trig", "application/ld+json"
QUADS = "application/n-quads"
CYCLE = {"@context": {"a": {"@id": "b:x"}, "b": "a:y"}, "a": "1"}
BROKEN = ODD.replace('"six" .', '"six"')


def context(value: object) -> str:
    return json.dumps({"@context": value, "@id": "http://example.org/a", "p": "1"}, indent=0)


@pytest.mark.parametrize(
    ("media", "body", "said"),
    [
        (TURTLE, BROKEN, "ends too early"),
        (TURTLE, b"\xff\xfe" + ODD.encode("utf-16-le"), "UTF-16"),
        (TURTLE, ODD.encode().replace(b"Odd", b"\xe9"), "0xE9"),
        (TURTLE, "   \n", "empty"),
        (TURTLE, "# nothing\n", "states nothing"),
        (TURTLE, "<a> <b> " + "[ <c> " * 20_000, "more than 100 brackets"),
        (TURTLE, "<a> <b> " + "( " * 20_000, "more than 100 brackets"),
        (TURTLE, "<a> <b> " + "<<( " * 20_000, "more than 100 brackets"),
        (TURTLE, ODD.replace("Odd", "O\\u0000d"), "NUL"),
        (TURTLE, ODD.replace("Odd", "O\\uD800d"), "ends too early|stops being|D800"),
        (TURTLE, "PREFIX mea: <http://example.org/>\n" + ODD[ODD.index("\n") :], "mea: stands for"),
        (TRIG, "GRAPH <x> { <a> <b> ", "TRIG|ends too early"),
        (TRIG, "GRAPH <http://example.org/g> { <a> <b> <c> }", "cannot be a graph"),
        (TRIG, "<a> <b> <c> . GRAPH <g> { <a> <b> <c> }", "outside of the graphs"),
        (TRIG, "_:g { <a> <b> <c> }", "no name"),
        (QUADS, "<a> <b> <c> .", "stops being|N_QUADS|IRI"),
        ("application/n-triples", ODD, "stops being"),
        (JSON_LD, "{", "not JSON"),
        (JSON_LD, "", "no draft"),
        (JSON_LD, "{}", "states nothing"),
        (JSON_LD, "[" * 20_000, "more than 100 brackets"),
        (JSON_LD, '{"@id":' * 20_000, "more than 100 brackets"),
        (JSON_LD, "\ufeff" + json.dumps(CYCLE), "cyclic"),
        (JSON_LD, context("https://schema.org/"), "nothing is fetched"),
        (JSON_LD, context([{}, "context.jsonld"]), "nothing is fetched"),
        (JSON_LD, context({"@import": "https://schema.org/"}), "nothing is fetched"),
        (JSON_LD, context({"p": {"@id": "a:p", "@context": "file:/etc"}}), "nothing is fetched"),
        (JSON_LD, context("a\ud800b"), "nothing is fetched"),
        (JSON_LD, '{"@id":"http://example.org/a","http://example.org/p":"\\ud800"}', "stops being"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(
    server: Served, media: str, body: str | bytes, said: str
) -> None:
    answer = post(server.url, body, media)
    assert answer.status_code == 400
    told = answer.json()
    if "findings" not in told:
        assert said in told["detail"]
        return
    assert told["unreadable"] == 1
    assert {one["rule"] for one in told["findings"]} == {"meash:Readable"}
    message = told["findings"][0]["message"]
    assert any(part in message for part in said.split("|")), message
    assert told["findings"][0]["places"][0]["file"] == "<stdin>"
    assert told["findings"][0]["places"][0]["line"] >= 1


def test_the_line_of_a_remote_context_is_named(server: Served) -> None:
    answer = post(server.url, context("https://schema.org/"), JSON_LD)
    assert answer.json()["findings"][0]["places"][0]["line"] == 2


def test_no_context_is_fetched(server: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/context.jsonld"
        for value in (address, [address], {"@import": address}, {"p": {"@context": address}}):
            assert post(server.url, context(value), JSON_LD).status_code == 400
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize(
    "media",
    [
        "application/rdf+xml",
        "application/xml",
        "application/json",
        "text/html",
        "application/x-www-form-urlencoded",
        "",
        "text/turtle; charset=iso-8859-1",
        "nonsense",
    ],
)
def test_other_forms_are_refused_and_those_that_are_read_are_named(
    server: Served, media: str
) -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "c">]><rdf:RDF>&b;</rdf:RDF>'
    answer = post(server.url, entities, media)
    assert answer.status_code == 415
    assert "UTF-8" in answer.text or "text/turtle" in answer.json()["hint"]


def test_a_packed_draft_is_refused(server: Served) -> None:
    headers = {"Content-Type": TURTLE, "Content-Encoding": "gzip"}
    answer = requests.post(f"{server.url}/validate", b"\x1f\x8b", headers=headers, timeout=WAIT)
    assert answer.status_code == 415


def chunks(size: int) -> Any:
    for _ in range(0, size, 1024):
        yield b"#" * 1024


@pytest.mark.parametrize("told", [True, False], ids=["by its length", "on its way"])
def test_a_draft_that_is_too_large_is_refused(server: Served, told: bool) -> None:
    body = b"#" * (LARGEST + 1) if told else chunks(LARGEST + 1024)
    answer = requests.post(
        f"{server.url}/validate", data=body, headers={"Content-Type": TURTLE}, timeout=WAIT
    )
    assert answer.status_code == 413
    assert "256 KiB" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/validate", "/check"])
@pytest.mark.parametrize("told", [True, False], ids=["by its length", "on its way"])
def test_the_limit_of_a_draft_is_told_of_a_request_that_no_address_takes(
    server: Served, address: str, told: bool
) -> None:
    size = 3 << 20
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    media = TURTLE if address == "/validate" else "multipart/form-data; boundary=x"
    body = head + b"#" * size if told else iter((head, *chunks(size)))
    headers = {"Content-Type": media, "Accept": "application/json"}
    answer = requests.post(server.url + address, data=body, headers=headers, timeout=WAIT)
    assert answer.status_code == 413
    assert answer.json()["detail"] == "the draft is larger than 256 KiB"


@pytest.mark.parametrize(
    "path",
    [
        *("../../etc/passwd", "/etc/passwd.ttl", "documents/../../x.ttl", "meetings/odd"),
        *("meetings/..%2f..%2fx.ttl", "meetings/a%0d%0ab.ttl", "nowhere/odd.ttl", "register.ttl"),
        *("meetings/odd%00.ttl", "meetings/Odd.ttl", "~/odd.ttl", "data//odd.ttl"),
    ],
)
def test_a_path_that_no_entry_can_have_is_refused(server: Served, path: str) -> None:
    answer = post(f"{server.url}?as={path}", ODD)
    assert answer.status_code == 400
    assert "detail" in answer.json()


@pytest.mark.parametrize("query", ["as=meetings/odd.ttl&as=meetings/odd.ttl", "path=x"])
def test_parameters_that_are_none_are_refused(server: Served, query: str) -> None:
    assert post(f"{server.url}?{query}", ODD).status_code == 400


def test_who_does_not_say_what_an_entry_is_learns_how(server: Served) -> None:
    draft = PREFIXES + 'meetings:odd rdfs:label "Odd"@en .\n'
    (finding,) = post(server.url, draft).json()["findings"]
    assert finding["message"] == "nothing says which graph this is"
    assert "the parameter “as”" in finding["remedy"]
    assert "--as" not in finding["remedy"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_drafts_are_posted(server: Served, method: str) -> None:
    answer = requests.request(method, f"{server.url}/validate", timeout=WAIT)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("text/plain", "text/plain", "<stdin>:7:"),
        ("application/sarif+json", "application/sarif+json", '{\n  "$schema"'),
        ("text/turtle", "text/turtle", "@prefix"),
        ("text/html, */*;q=0.1", "text/html", "<!DOCTYPE html>"),
        ("*/*", "application/json", '{\n  "valid": false'),
        ("text/*;q=0.5, application/json;q=0", "text/plain", "<stdin>:7:"),
    ],
)
def test_the_report_has_the_form_that_the_client_likes(
    server: Served, accept: str, media: str, begins: str
) -> None:
    answer = post(server.url, BROKEN, accept=accept)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith(media)
    assert "Accept" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.startswith(begins)


def test_a_form_that_there_is_not_is_told_of_before_anything_is_done(server: Served) -> None:
    answer = post(server.url, ODD, accept="image/png")
    assert answer.status_code == 406


def test_no_answer_tells_where_the_files_are(server: Served, project: Project) -> None:
    answers = [post(server.url, BROKEN, accept="application/sarif+json")]
    answers += [post(f"{server.url}?as={one}", ODD) for one in ("nowhere/odd.ttl", "register.ttl")]
    for answer in answers:
        assert str(project.root) not in answer.text
