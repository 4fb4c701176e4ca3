"""Our endpoint against the W3C tests of the SPARQL 1.1 Protocol.

    python tests/conformance/sparql_protocol.py FOLDER

FOLDER holds ``manifest.ttl`` and the data beside it, as ``sparql/sparql11/protocol`` of the
repository w3c/rdf-tests does. A store with the data is served on a port of this machine. Of a test
of queries each expectation is checked: status, kind of the results, yes or no. Of a test of updates
each request that would change the graph must be refused with a 4xx; that the graph is unchanged is
checked at the end. Exit status: 0 if all hold, 1 if not, 2 where there is nothing to run.
"""

from __future__ import annotations

import http.client
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import rdflib
import uvicorn
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib.collection import Collection
from rdflib.namespace import RDFS
from starlette.applications import Starlette

from meagraph.errors import UnusableInput
from meagraph.server import sparql
from meagraph.server.problems import Problem, told, unusable
from meagraph.server.settings import Settings
from meagraph.server.workers import Pool

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
KINDS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"},
}


@contextmanager
def served(store: Path) -> Iterator[tuple[str, int]]:
    """Our endpoint alone, on a store; its host and port."""
    settings = Settings()
    edition = SimpleNamespace(store=Store.read_only(str(store)), build="suite", version="suite")
    pool = Pool(str(store), settings)
    server: Any = SimpleNamespace(settings=settings, edition=edition, pool=pool)

    def address(path: str) -> str:
        return settings.base_url.rstrip("/") + path

    async def problem(request: Any, error: Any) -> Any:
        return told(request, error if isinstance(error, Problem) else unusable(error))

    server.address = address
    app = Starlette(
        routes=sparql.routes(server),
        exception_handlers={Problem: problem, UnusableInput: problem},
    )

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        await receive()
        await pool.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await pool.stop()
        await send({"type": "lifespan.shutdown.complete"})

    config = uvicorn.Config(application, port=0, log_level="warning", lifespan="on")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    try:
        while not running.started and thread.is_alive():
            time.sleep(0.05)
        yield running.servers[0].sockets[0].getsockname()
    finally:
        running.should_exit = True
        thread.join(60)


def loaded(manifest: rdflib.Graph, folder: Path, target: Path) -> None:
    """A store with the data of all tests, each file in the graph that the tests name."""
    store = Store(str(target))
    named = {
        (str(manifest.value(data, UT.graph)), str(manifest.value(data, RDFS.label)))
        for data in manifest.objects(None, UT.graphData)
    }
    for file, graph in sorted(named):
        content = (folder / Path(file).name).read_bytes()
        store.bulk_load(content, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
    store.flush()


def sent(manifest: rdflib.Graph, request: Any, at: tuple[str, int]) -> tuple[int, str, bytes]:
    """Send one request of a test; status, media type and body of the answer."""
    body, headers = b"", {}
    content = manifest.value(request, HT.body)
    if content is not None:
        encoding = str(manifest.value(content, CNT.characterEncoding) or "UTF-8")
        body = str(manifest.value(content, CNT.chars)).encode(encoding)
    listed = manifest.value(request, HT.headers)
    for header in Collection(manifest, listed) if listed is not None else ():
        name = str(manifest.value(header, HT.fieldName))
        headers[name] = str(manifest.value(header, HT.fieldValue))
    connection = http.client.HTTPConnection(*at[:2], timeout=60)
    try:
        method = str(manifest.value(request, HT.methodName))
        connection.request(method, str(manifest.value(request, HT.absolutePath)), body, headers)
        answer = connection.getresponse()
        media_type = (answer.headers["content-type"] or "").partition(";")[0]
        return answer.status, media_type, answer.read()
    finally:
        connection.close()


def changes(manifest: rdflib.Graph, request: Any) -> bool:
    """Whether a request is an update, by its media type or its parameters."""
    content = manifest.value(request, HT.body)
    chars = str(manifest.value(content, CNT.chars)) if content is not None else ""
    listed = manifest.value(request, HT.headers)
    values = {
        str(manifest.value(header, HT.fieldValue)).partition(";")[0]
        for header in (Collection(manifest, listed) if listed is not None else ())
    }
    path = str(manifest.value(request, HT.absolutePath))
    return "application/sparql-update" in values or "update=" in path or chars.startswith("update=")


def faults(manifest: rdflib.Graph, request: Any, answer: tuple[int, str, bytes]) -> list[str]:
    """What is not as it should be."""
    status, media_type, body = answer
    if changes(manifest, request):
        return [] if 400 <= status < 500 else [f"an update got {status}"]
    expected = manifest.value(request, HT.resp)
    classes = {str(one)[-3] for one in manifest.objects(expected, MF.expectedStatus)}
    if str(status)[0] not in classes:
        return [f"status {status}: {body[:200]!r}"]
    kind = manifest.value(expected, MF.expectedFormat)
    if kind is not None and media_type not in KINDS[str(kind)]:
        return [f"{media_type} is no form of {kind}"]
    boolean = manifest.value(expected, MF.expectedBoolean)
    if boolean is not None and json.loads(body)["boolean"] != boolean.toPython():
        return [f"it says {body!r}"]
    return []


def judged(manifest: rdflib.Graph, test: Any, at: tuple[str, int]) -> list[str]:
    """The faults of a test; what is asked after an update only shows that it was refused."""
    name = str(test).rpartition("#")[2]
    requests = Collection(manifest, manifest.value(manifest.value(test, MF.action), HT.requests))
    found: list[str] = []
    refused = False
    for request in requests:
        answer = sent(manifest, request, at)
        if changes(manifest, request):
            refused = True
        elif refused or name.startswith("update"):
            continue  # it asks for what the update would have done
        found += faults(manifest, request, answer)
    return found


def main(words: list[str]) -> int:
    folder = Path(*words[:1])
    if len(words) != 1 or not (folder / "manifest.ttl").is_file():
        print(__doc__)
        return 2
    manifest = rdflib.Graph().parse(folder / "manifest.ttl")
    tests = list(Collection(manifest, next(manifest.objects(None, MF.entries))))
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        target = Path(temporary) / "store"
        loaded(manifest, folder, target)
        before = len(Store.read_only(str(target)))
        with served(target) as at:
            for test in tests:
                name = str(test).rpartition("#")[2]
                found = judged(manifest, test, at)
                about = "update" if "update" in name else "query"
                counts[f"{about} {'failed' if found else 'passed'}"] += 1
                for fault in found:
                    print(f"{name}: {fault}")
        unchanged = len(Store.read_only(str(target))) == before
    print(
        f"query tests: {counts['query passed']} passed, {counts['query failed']} failed; "
        f"update tests: {counts['update passed']} refused, {counts['update failed']} not; "
        f"the store is {'unchanged' if unchanged else 'CHANGED'}"
    )
    return 0 if unchanged and not (counts["query failed"] + counts["update failed"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
