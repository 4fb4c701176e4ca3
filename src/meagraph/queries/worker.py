"""What evaluates one query after another in a process of its own, and is ended from outside.

Run as a program by `meagraph.queries.isolation`, without the site's packages, and so imports none
of ours and little else: what is imported here delays every query that has a limit of time.
`meagraph.queries.sealed` runs it cut off from the network.

Requests come on standard input, responses go to standard output. A request is its length in eight
bytes, the highest first, and a marshalled dictionary: ``query``, ``prefixes``, ``seconds``; and,
where they are wanted, ``base`` (the IRI that relative ones are relative to), ``rows`` and ``graph``
(the forms of the results, by the names below), ``default`` and ``named`` (IRIs of the graphs that
make up the dataset; an empty one is the default graph). A response is frames, the last of kind
``.``. A frame is its kind in one byte, the length of what follows in four, and the bytes of that:

=====  ===========================================================
kind   bytes
=====  ===========================================================
``s``  a piece of the results of SELECT or ASK
``t``  a piece of the triples of CONSTRUCT or DESCRIBE
``e``  what the engine says of a query that it cannot read
``m``  nothing: the memory does not suffice
``o``  why the store cannot be opened
``f``  what else failed
``n``  what keeps the process from the network, once it is ready
``.``  nothing: the response is complete
=====  ===========================================================

What comes of kind ``e``, ``m`` or ``f`` after pieces of results says that these are not all.
"""

from __future__ import annotations

import marshal
import os
import resource
import sys
from _thread import start_new_thread
from select import poll
from time import monotonic

TYPE_CHECKING = False
"""As in the module typing, whose import takes longer than the others together."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from pyoxigraph import Store

_REQUESTS, _RESPONSES = 0, 1
_FIRST, _PIECE = 1 << 12, 1 << 18
"""Bytes that are sent at once: few at first, that the reader has something, then ever more."""
_PATIENCE = 0.05
"""Seconds after which what there is is sent, however little."""
_SLACK = 5
"""Seconds of computing beyond the limit after which the system ends a worker that nobody ended."""
_END = b".\0\0\0\0"


def main(packages: str, folder: str, memory: str, sealed: str | None = None) -> None:
    """Answer requests until there are no more.

    Args:
        packages: the folder that holds the engine's package.
        folder: the store.
        memory: the bytes that this process may take.
        sealed: what keeps it from the network, told when it is ready; ``None`` tells nothing.
    """
    start_new_thread(_end_when_alone, ())
    _limit(resource.RLIMIT_CORE, 0)
    # The data's limit and not that of addresses: it leaves out the files that the store maps.
    _limit(resource.RLIMIT_DATA, int(memory))
    sys.path.append(packages)
    try:
        respond = _responding(folder)
    except Exception as error:
        failure = str(error).encode()
        if sealed is not None:
            _write(_frame(b"o", failure))
            return

        def respond(request: dict[str, Any]) -> None:
            _write(_frame(b"o", failure) + _END)

    if sealed is not None:
        _write(_frame(b"n", sealed.encode()))
    for request in _requests():
        _limit(resource.RLIMIT_CPU, _computed() + int(request["seconds"]) + _SLACK)
        respond(request)


def _end_when_alone() -> None:
    """End with the process that asks, however that ended: its end of the pipe is closed then."""
    hung_up = poll()
    hung_up.register(_REQUESTS, 0)
    hung_up.poll()
    os._exit(1)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, hard))


def _computed() -> int:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int(usage.ru_utime + usage.ru_stime) + 1


def _requests() -> Iterator[dict[str, Any]]:
    with open(_REQUESTS, "rb", closefd=False) as pipe:
        while head := pipe.read(8):
            yield marshal.loads(pipe.read(int.from_bytes(head, "big")))


def _responding(folder: str) -> Callable[[dict[str, Any]], None]:
    """What answers a request to a store; the engine is imported by the way."""
    from pyoxigraph import (
        DefaultGraph,
        NamedNode,
        QueryResultsFormat,
        QueryTriples,
        RdfFormat,
        Store,
    )

    store: Store = Store.read_only(folder)
    rows = {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
    }
    graphs = {
        "nt": RdfFormat.N_TRIPLES,
        "ttl": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "rdf": RdfFormat.RDF_XML,
    }

    def dataset(request: dict[str, Any]) -> dict[str, Any]:
        return {
            "default_graph": [NamedNode(g) if g else DefaultGraph() for g in request["default"]],
            "named_graphs": [NamedNode(g) for g in request["named"]],
        }

    def respond(request: dict[str, Any]) -> None:
        try:
            result: Any = store.query(
                request["query"],
                prefixes=request["prefixes"],
                base_iri=request.get("base"),
                **(dataset(request) if "default" in request else {}),
            )
            # Written by the engine, which needs no interpreter for it and streams.
            if isinstance(result, QueryTriples):
                sink: Any = _Sink(b"t")
                result.serialize(sink, format=graphs[request.get("graph", "nt")])
            else:
                sink = _Sink(b"s")
                result.serialize(sink, format=rows[request.get("rows", "json")])
            last = sink.rest()
        except SyntaxError as error:
            last = _frame(b"e", str(error).encode())
        except MemoryError:
            last = _frame(b"m", b"")
        except Exception as error:
            last = _frame(b"f", str(error).encode())
        _write(last + _END)

    return respond


class _Sink:
    """What is written to it goes out as frames of one kind, but for the rest."""

    def __init__(self, kind: bytes) -> None:
        self.kind = kind
        self.held = bytearray()
        self.enough = _FIRST
        self.due = monotonic() + _PATIENCE

    def write(self, piece: bytes) -> int:
        self.held += piece
        now = monotonic()
        if len(self.held) >= self.enough or now > self.due:
            _write(self.rest())
            self.held.clear()
            self.enough = min(4 * self.enough, _PIECE)
            self.due = now + _PATIENCE
        return len(piece)

    def flush(self) -> None:
        """Of a file; the engine asks for it at the end, where the rest goes with the last frame."""

    def rest(self) -> bytes:
        """The frame of what is not sent yet; it may be empty, as an answer without triples is."""
        return _frame(self.kind, self.held)


def _frame(kind: bytes, content: bytes | bytearray) -> bytes:
    return kind + len(content).to_bytes(4, "big") + content


def _write(frames: bytes) -> None:
    waiting = memoryview(frames)
    while waiting:
        waiting = waiting[os.write(_RESPONSES, waiting) :]


if __name__ == "__main__":
    main(*sys.argv[1:])
