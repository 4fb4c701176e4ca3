"""One process that evaluates queries, driven by the event loop."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from meagraph.queries.evaluator import spawned
from meagraph.queries.isolation import limit_met
from meagraph.server.workers.asked import MOST_HELD, Ended

if TYPE_CHECKING:
    from collections.abc import Callable

    from meagraph.server.workers.asked import Asked

_READ_AT_ONCE = 1 << 16
"""What a pipe holds; for more, each read would take its memory from the system and give it back."""
_HEAD = 5  # of a frame: its kind and the length of what follows
_END = b".\0\0\0\0"
_SAID = 4096  # of what a process that fails says, the beginning tells why
_RESULTS = b"st"


class Process:
    """A worker (`meagraph.queries.worker`) and the query that it evaluates, if any.

    Args:
        store: the folder of the engine's store.
        memory: the bytes of memory that it may take.
        largest: the bytes of an answer from which on it is given up.
        free: called when it can take a query, with the one that it has done.
        dead: called once, when it has ended, with the one that it had.
    """

    def __init__(
        self,
        store: str,
        memory: int,
        largest: int,
        free: Callable[[Process, Asked | None], object],
        dead: Callable[[Process, Asked | None], object],
    ) -> None:
        self.store = store
        self.largest = largest
        self.asked: Asked | None = None
        self.ready = False
        """Whether it has ever been ready for a query."""
        self.sealed = ""
        """What keeps it from the network, once it is ready."""
        self.failure = ""
        """Why it could not open the store."""
        self.alive = True
        self.retired = False
        """Whether it takes no more queries."""
        self.reaped: asyncio.Future[tuple[int, int]] | None = None
        """Its number and status, once it has ended and the system has told so."""
        self._free, self._dead = free, dead
        self._loop = asyncio.get_running_loop()
        self._pipes = spawned(store, memory, "sealed")
        self._kind, self._left, self._pending = 0, 0, b""
        self._said = bytearray()
        self._unsent = memoryview(b"")
        self._paused = False
        for end in self._pipes[1:]:
            os.set_blocking(end, False)
        self._loop.add_reader(self._pipes.responses, self._readable)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._pipes.process

    # --- what it is told ------------------------------------------------------------------------

    def take(self, asked: Asked, timeout: float) -> bool:
        """Evaluate a query, for so many seconds at most; it must be free.

        Returns:
            Whether it does; it may have ended without its end having been read yet.
        """
        message = asked.message
        try:
            sent = os.write(self._pipes.requests, message)
        except BlockingIOError:
            sent = 0
        except BrokenPipeError:
            return False
        self.asked = asked
        asked.process = self
        asked.deadline = self._loop.time() + timeout
        if sent < len(message):
            self._unsent = memoryview(message)[sent:]
            self._loop.add_writer(self._pipes.requests, self._writable)
        return True

    def _writable(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._pipes.requests, self._unsent) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._unsent = memoryview(b"")
        if not self._unsent:
            self._loop.remove_writer(self._pipes.requests)

    def resume(self) -> None:
        """Read on: the client has taken what was held for it."""
        if self._paused:
            self._paused = False
            self._loop.add_reader(self._pipes.responses, self._readable)

    def end(self, error: Ended | None = None) -> None:
        """End it at once, and with it the query that it evaluates, for this reason."""
        if not self.alive:
            return
        with suppress(ProcessLookupError):
            os.kill(self._pipes.process, signal.SIGKILL)
        self._close()
        asked, self.asked = self.asked, None
        if asked:
            asked.fail(error or Ended("killed"))
        self._dead(self, asked)

    # --- what it says ---------------------------------------------------------------------------

    def _readable(self) -> None:
        try:
            data = os.read(self._pipes.responses, _READ_AT_ONCE)
        except BlockingIOError:
            return
        if not data:
            self._ended()
            return
        # Most answers are one frame and the end, and come whole.
        if not self._left and not self._pending and data[0] in _RESULTS and data.endswith(_END):
            length = int.from_bytes(data[1:_HEAD], "big")
            if len(data) == _HEAD + length + _HEAD and self.asked:
                if length:
                    self.asked.add(data[_HEAD:-_HEAD])
                self._complete(data[0])
                return
        self._parse(self._pending + data if self._pending else data)

    def _parse(self, data: bytes) -> None:
        """Take frames apart; of a long one, what has come of it."""
        at, self._pending = 0, b""
        while at < len(data):
            if self._left:
                piece = data[at : at + self._left]
                self._left -= len(piece)
                at += len(piece)
                self._content(piece)
                if not self.alive:
                    return  # it was too much
            elif len(data) - at < _HEAD:
                self._pending = data[at:]
                return
            else:
                kind = data[at]
                self._left = int.from_bytes(data[at + 1 : at + _HEAD], "big")
                at += _HEAD
                if kind == _END[0]:
                    self._complete(self._kind)
                    return
                self._kind = kind
            if not self._left and self._kind in b"no":
                self._started()

    def _content(self, piece: bytes) -> None:
        asked = self.asked
        if self._kind not in _RESULTS:
            self._said += piece
        elif asked:
            asked.add(piece)
            if asked.total > self.largest:
                self.end(Ended("size"))
            elif asked.held > MOST_HELD and not self._paused:
                self._paused = True
                self._loop.remove_reader(self._pipes.responses)

    def _started(self) -> None:
        said, self._said = self._said.decode(errors="replace"), bytearray()
        if self._kind == ord("o"):
            self.failure = said
            return
        self.ready, self.sealed = True, said
        self._free(self, None)

    def _complete(self, kind: int) -> None:
        """The response is whole."""
        asked, self.asked = self.asked, None
        assert asked, "nobody asked"
        if kind in _RESULTS:
            asked.finish()
        elif kind == ord("m"):
            asked.fail(Ended("memory"))
        else:
            said = self._said.decode(errors="replace")
            asked.fail(Ended("syntax" if kind == ord("e") else "failed", said))
        self._said.clear()
        self._free(self, asked)

    # --- how it ends ----------------------------------------------------------------------------

    def _close(self) -> None:
        """Let go of it; the system takes a moment to clear it away, and tells then how it ended."""
        self.alive = False
        self._loop.remove_reader(self._pipes.responses)
        self._loop.remove_writer(self._pipes.requests)
        self._pipes.close()
        self.reaped = self._loop.run_in_executor(None, os.waitpid, self._pipes.process, 0)

    def _ended(self) -> None:
        """It has ended by itself, or was ended from outside."""
        with suppress(BlockingIOError):
            self._said += os.read(self._pipes.errors, _SAID)
        self._close()
        assert self.reaped
        if self.asked:
            self.reaped.add_done_callback(self._account)
        else:
            self._dead(self, None)  # at once: nobody must give it a query any more

    def _account(self, reaped: asyncio.Future[tuple[int, int]]) -> None:
        asked, self.asked = self.asked, None
        assert asked, "nobody asked"
        status = os.waitstatus_to_exitcode(reaped.result()[1])
        killed = status == -signal.SIGKILL
        asked.fail(Ended("killed" if killed else limit_met(status, bytes(self._said))))
        self._dead(self, asked)
