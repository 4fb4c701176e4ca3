"""A process that evaluates queries, seen from the process that asks.

What the two say to each other is written in `meagraph.queries.worker`. The process ends with this
one, however this one ends.
"""

from __future__ import annotations

import os
import signal
import sys
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, Self

from meagraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from types import TracebackType

_READ_AT_ONCE = 1 << 18
_HEAD = 5  # of a frame: its kind and the length of what follows
_SAID = 4096  # of what a process that fails says, the beginning tells why


class Response(NamedTuple):
    """What came of a request.

    Args:
        kind: the kind of the last frames, one letter, as the worker's protocol has them; empty if
            none came.
        content: the bytes of the frames of this kind, together.
        ended: ``time`` or ``size`` where the response was given up, ``itself`` where the process
            ended before it was whole; empty if it is whole.
        status: the exit status of a process that ended by itself; negative for a signal.
        said: the beginning of what the process wrote on standard error.
    """

    kind: str
    content: bytes
    ended: str = ""
    status: int = 0
    said: bytes = b""


class Pipes(NamedTuple):
    """Our ends of the pipes to a worker, and its process.

    Args:
        process: its number.
        requests: what is written here it reads.
        responses: what it answers.
        errors: its standard error.
    """

    process: int
    requests: int
    responses: int
    errors: int

    def close(self) -> None:
        """Close them; a worker that waits for a request ends then."""
        for end in self[1:]:
            os.close(end)


def spawned(store: str, memory: int, program: str = "worker") -> Pipes:
    """Start a worker.

    Args:
        store: the folder of the engine's store.
        memory: the bytes of memory that the process may take.
        program: ``worker``, or ``sealed`` for one without network.
    """
    theirs, requests = os.pipe()
    responses, answers = os.pipe()
    errors, complaints = os.pipe()
    ours = Pipes(0, requests, responses, errors)
    try:
        process = _start(store, memory, program, (theirs, answers, complaints))
    except BaseException:
        ours.close()
        raise
    finally:
        for end in (theirs, answers, complaints):
            os.close(end)
    return ours._replace(process=process)


def _start(store: str, memory: int, program: str, ends: tuple[int, int, int]) -> int:
    import pyoxigraph

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{program}.py")
    packages = os.path.dirname(os.path.dirname(pyoxigraph.__file__))
    # A group of its own, lest an interrupt from the keyboard reach it before us; and nothing
    # of our environment, which may hold credentials, but what the interpreter itself needs.
    kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-I", "-S", path, packages, store, str(memory)],
        {"RUST_BACKTRACE": "0", **kept},
        file_actions=[(os.POSIX_SPAWN_DUP2, end, number) for number, end in enumerate(ends)],
        setpgroup=0,
        setsigdef=[signal.SIGPIPE, signal.SIGXCPU],
    )


class Evaluator:
    """A process that answers one query after another; leaving the context ends it.

    Args:
        store: the folder of the engine's store.
        memory: the bytes of memory that the process may take.
    """

    def __init__(self, store: str, memory: int) -> None:
        self.store = store
        self.memory = memory
        self.process = 0

    def __enter__(self) -> Self:
        self._pipes = spawned(self.store, self.memory)
        self.process, self.requests, self.responses, self.errors = self._pipes
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            self._wait()
        self._pipes.close()

    def _wait(self) -> int:
        status = os.waitpid(self.process, 0)[1]
        self.process = 0
        return os.waitstatus_to_exitcode(status)

    def ask(self, sparql: str, timeout: float, largest: int) -> Response:
        """Send a query and wait for its response; after one that is not whole, ask no more.

        Args:
            sparql: the query; our prefixes need not be declared.
            timeout: the seconds to wait.
            largest: the bytes from which on the response is given up.
        """
        from marshal import dumps

        deadline = monotonic() + timeout
        request = dumps({"query": sparql, "prefixes": PREFIXES, "seconds": timeout})
        waiting = memoryview(len(request).to_bytes(8, "big") + request)
        try:
            while waiting:
                waiting = waiting[os.write(self.requests, waiting) :]
        except BrokenPipeError:
            pass  # it has ended; so will what is read from it now, and say why
        return self._response(deadline, largest)

    def _response(self, deadline: float, largest: int) -> Response:
        from select import POLLIN, poll

        ready = poll()
        ready.register(self.responses, POLLIN)
        ready.register(self.errors, POLLIN)
        frames, said = _Frames(), b""
        while (left := deadline - monotonic()) > 0:
            for end, _ in ready.poll(left * 1000):
                piece = os.read(end, _READ_AT_ONCE)
                if end == self.errors:
                    said = (said + piece)[:_SAID]
                    if not piece:
                        ready.unregister(end)
                elif not piece:
                    said += os.read(self.errors, _SAID)
                    return Response("", b"", "itself", self._wait(), said)
                elif frames.take(piece):
                    return Response(frames.kind, bytes(frames.content))
                elif len(frames.content) > largest:
                    return Response("", b"", "size")
        return Response("", b"", "time")


class _Frames:
    """The frames of a response, put together from the pieces in which they come."""

    def __init__(self) -> None:
        self.kind = ""
        self.content = bytearray()
        self._pending = bytearray()

    def take(self, piece: bytes) -> bool:
        """Add a piece; whether the response is now whole."""
        pending = self._pending
        pending += piece
        while len(pending) >= _HEAD:
            end = _HEAD + int.from_bytes(pending[1:_HEAD], "big")
            if len(pending) < end:
                break
            kind = chr(pending[0])
            if kind == ".":
                return True
            if kind != self.kind:  # what failed in the midst of it says so
                self.kind = kind
                self.content.clear()
            self.content += pending[_HEAD:end]
            del pending[:end]
        return False
