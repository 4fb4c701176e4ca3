"""What evaluates one query after another in a process of its own, and is ended from outside.

Run as a program by `meagraph.queries.isolation`, without the site's packages, and so imports none
of ours and little else: what is imported here delays every query that has a limit of time.

Requests come on standard input, responses go to standard output. A request is its length in eight
bytes, the highest first, and a marshalled dictionary: ``query``, ``prefixes``, ``seconds``. A
response is frames, the last of kind ``.``. A frame is its kind in one byte, the length of what
follows in four, and the bytes of that:

=====  ===========================================================
kind   bytes
=====  ===========================================================
``s``  a piece of SPARQL 1.1 Query Results JSON (SELECT, ASK)
``t``  a piece of N-Triples (CONSTRUCT, DESCRIBE)
``e``  what the engine says of a query that it cannot read
``m``  nothing: the memory does not suffice
``o``  why the store cannot be opened
``f``  what else failed
``.``  nothing: the response is complete
=====  ===========================================================
"""

from __future__ import annotations

import marshal
import os
import resource
import sys
from _thread import start_new_thread
from io import BufferedWriter, RawIOBase
from select import poll

TYPE_CHECKING = False
"""As in the module typing, whose import takes longer than the others together."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Any

    from pyoxigraph import Store

_REQUESTS, _RESPONSES = 0, 1
_PIECE = 1 << 18
_SLACK = 5
"""Seconds of computing beyond the limit after which the system ends a worker that nobody ended."""


def main(packages: str, folder: str, memory: str) -> None:
    """Answer requests until there are no more.

    Args:
        packages: the folder that holds the engine's package.
        folder: the store.
        memory: the bytes that this process may take.
    """
    start_new_thread(_end_when_alone, ())
    _limit(resource.RLIMIT_CORE, 0)
    # The data's limit and not that of addresses: it leaves out the files that the store maps.
    _limit(resource.RLIMIT_DATA, int(memory))
    sys.path.append(packages)
    try:
        from pyoxigraph import Store

        store = Store.read_only(folder)
    except Exception as error:
        failure = str(error)

        def respond(request: dict[str, Any]) -> None:
            _send(b"o", failure.encode())
    else:

        def respond(request: dict[str, Any]) -> None:
            _answer(store, request)

    for request in _requests():
        _limit(resource.RLIMIT_CPU, _computed() + int(request["seconds"]) + _SLACK)
        respond(request)
        _send(b".", b"")


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


def _answer(store: Store, request: dict[str, Any]) -> None:
    from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat

    try:
        result: Any = store.query(request["query"], prefixes=request["prefixes"])
        # Written by the engine, which needs no interpreter for it and streams.
        if isinstance(result, QueryTriples):
            _stream(b"t", lambda pipe: result.serialize(pipe, format=RdfFormat.N_TRIPLES))
        else:
            _stream(b"s", lambda pipe: result.serialize(pipe, format=QueryResultsFormat.JSON))
    except SyntaxError as error:
        _send(b"e", str(error).encode())
    except MemoryError:
        _send(b"m", b"")
    except Exception as error:
        _send(b"f", str(error).encode())


class _Frames(RawIOBase):
    """What is written to it goes out as frames of one kind."""

    def __init__(self, kind: bytes) -> None:
        self.kind = kind

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        _send(self.kind, piece)
        return len(piece)


def _stream(kind: bytes, serialise: Callable[[IO[bytes]], object]) -> None:
    _send(kind, b"")  # so that an answer without triples is one, too
    with BufferedWriter(_Frames(kind), _PIECE) as pipe:
        serialise(pipe)


def _send(kind: bytes, content: bytes | memoryview) -> None:
    for piece in (kind, len(content).to_bytes(4, "big"), content):
        waiting = memoryview(piece)
        while waiting:
            waiting = waiting[os.write(_RESPONSES, waiting) :]


if __name__ == "__main__":
    main(*sys.argv[1:])
