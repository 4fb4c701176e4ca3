"""curl, as people and scripts use it, and pandas: what they ask for is what they get.

Their use of the SPARQL endpoint stands in ``sparql/test_sparql_clients.py``.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import pyoxigraph
import pytest
from pyoxigraph import Store
from running import Served

from meagraph.knowledge import KnowledgeGraph
from meagraph.namespaces import BASE
from meagraph.project import Project

WAIT = 400
QUESTION = "/queries/meetings-attended"
ACTOR = "Minamata secretariat"
THING = "/organisations/minamata-secretariat"


def curl(*words: str, cwd: Path | None = None) -> bytes:
    """What curl writes; a status of 400 or more is a failure."""
    if not which("curl"):
        pytest.skip("needs curl: apt install curl")
    command = ["curl", "--silent", "--show-error", "--fail", "--noproxy", "*", *words]
    return subprocess.run(command, check=True, capture_output=True, timeout=WAIT, cwd=cwd).stdout


def headers(answer: bytes) -> tuple[int, dict[str, str]]:
    """The status and the headers of the last response that curl was told to write."""
    last = answer.decode().replace("\r\n", "\n").strip().split("\n\n")[-1]
    first, *lines = last.splitlines()
    fields = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in fields}


def given(url: str, *more: str) -> Sequence[str]:
    """A question with its values as a form that is sent by GET, as ``curl -G`` does."""
    return ("-G", "--data-urlencode", f"agent={ACTOR}", *more, url + QUESTION)


def test_values_with_spaces_are_sent_as_a_form(
    server: Served, store: Store, project: Project
) -> None:
    answer = json.loads(curl(*given(server.url, "-H", "Accept: application/json")))
    wanted = KnowledgeGraph(store, project).query("meetings-attended", agent=ACTOR)
    assert len(answer["rows"]) == len(wanted) > 0


def test_a_packed_answer_unpacks_to_the_plain_one(server: Served) -> None:
    words = given(server.url, "-H", "Accept: text/csv")
    plain = curl(*words)
    assert curl("--compressed", *words) == plain
    packed = curl("-H", "Accept-Encoding: gzip", *words)
    assert len(packed) < len(plain) / 2
    assert gzip.decompress(packed) == plain


@pytest.mark.parametrize("path", ["/", THING + ".ttl", QUESTION + ".csv?agent=BRS%20secretariat"])
def test_head_tells_what_get_would_send(server: Served, path: str) -> None:
    asked = headers(curl("--head", server.url + path))
    got = headers(curl("--dump-header", "-", "--output", "/dev/null", server.url + path))
    own = {"date", "x-request-id"}
    assert asked[0] == got[0] == 200
    assert {k: v for k, v in asked[1].items() if k not in own} == {
        k: v for k, v in got[1].items() if k not in own
    }


@pytest.mark.parametrize("path", [THING + ".ttl", QUESTION + ".csv?agent=BRS%20secretariat"])
def test_what_curl_has_already_is_not_sent_again(server: Served, path: str, tmp_path: Path) -> None:
    tag, url = str(tmp_path / "tag"), server.url + path
    assert curl("--etag-save", tag, url)
    words = ("--etag-compare", tag, "--write-out", "%{http_code}")
    assert curl(*words, url) == b"304"
    Path(tag).write_text('"another"\n')
    assert curl(*words, url).endswith(b"200")


def test_what_has_not_changed_since_a_day_is_not_sent_again(server: Served) -> None:
    url = f"{server.url}{THING}.ttl"
    day = headers(curl("--head", url))[1]["last-modified"]
    assert curl("--time-cond", day, "--write-out", "%{http_code}", url) == b"304"
    early = "Thu, 01 Jan 1998 00:00:00 GMT"
    assert curl("--time-cond", early, "--write-out", "%{http_code}", url).endswith(b"200")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    ],
)
def test_an_iri_leads_to_what_is_said_of_it(
    server: Served, accept: str, form: pyoxigraph.RdfFormat
) -> None:
    told = curl("--location", "-H", f"Accept: {accept}", server.url + THING)
    if form == pyoxigraph.RdfFormat.JSON_LD:
        told = with_context(server, told)
    thing = pyoxigraph.NamedNode(BASE + THING[1:])
    assert any(quad.subject == thing for quad in pyoxigraph.parse(told, format=form))


def with_context(server: Served, told: bytes) -> bytes:
    """A document of JSON-LD with the context that it names, which the same server has."""
    content = json.loads(told)
    context = curl("-H", "Accept: application/ld+json", content["@context"])
    return json.dumps(content | json.loads(context)).encode()


def test_a_download_is_saved_under_the_name_that_it_has(server: Served, tmp_path: Path) -> None:
    url = f"{server.url}/meagraph.nq"
    curl("--remote-name", url, cwd=tmp_path)
    (file,) = tmp_path.iterdir()
    quads = pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)
    assert sum(1 for _ in quads) > 1000


def test_pandas_reads_the_table_at_its_address(server: Served) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is in the extra “research”")
    address = f"{server.url}{QUESTION}.csv?agent=Minamata+secretariat"
    frame = pandas.read_csv(address)
    plain = curl(address).decode("utf-8-sig")
    assert list(frame.columns) == plain.splitlines()[0].strip().split(",")
    assert len(frame) == len(pandas.read_csv(io.StringIO(plain))) > 0
