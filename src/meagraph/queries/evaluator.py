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
        requests, self.requests = os.pipe()
        self.responses, responses = os.pipe()
        self.errors, errors = os.pipe()
        try:
            self.process = self._start(requests, responses, errors)
        except BaseException:
            self._close()
            raise
        finally:
            for end in (requests, responses, errors):
                os.close(end)
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
        self._close()

    def _start(self, requests: int, responses: int, errors: int) -> int:
        import pyoxigraph

        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "worker.py")
        packages = os.path.dirname(os.path.dirname(pyoxigraph.__file__))
        # A group of its own, lest an interrupt from the keyboard reach it before us; and nothing
        # of our environment, which may hold credentials, but what the interpreter itself needs.
        kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
        return os.posix_spawn(
            sys.executable,
            [sys.executable, "-I", "-S", program, packages, self.store, str(self.memory)],
            {"RUST_BACKTRACE": "0", **kept},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, requests, 0),
                (os.POSIX_SPAWN_DUP2, responses, 1),
                (os.POSIX_SPAWN_DUP2, errors, 2),
            ],
            setpgroup=0,
            setsigdef=[signal.SIGPIPE, signal.SIGXCPU],
        )

    def _wait(self) -> int:
        status = os.waitpid(self.process, 0)[1]
        self.process = 0
        return os.waitstatus_to_exitcode(status)

    def _close(self) -> None:
        for end in (self.requests, self.responses, self.errors):
            os.close(end)

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
