"""The time that an answer may take, as a whole: connecting, headers, body, and waits between.

A socket's own timeout starts anew with each byte that comes, so a server that sends one byte now
and then is never late. So the connections that were opened are shut when the time is over.
"""

from __future__ import annotations

import socket
from threading import Lock, Timer
from time import monotonic
from types import TracebackType


class Deadline:
    """A time limit; as a context manager it shuts what is still open when the time is over.

    Looking up a machine's name is not limited by it but by the system's own settings.

    Args:
        seconds: the time that is left from now on.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds
        self._open: list[socket.socket] = []
        self._lock = Lock()

    def __enter__(self) -> Deadline:
        self._timer = Timer(self.left, self._shut)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for each in self._open:
                each.close()
            self._open.clear()

    @property
    def left(self) -> float:
        """The seconds that are left; a little more than nothing when none are."""
        return max(0.001, self._end - monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return monotonic() >= self._end

    def connect(
        self,
        address: tuple[str, int],
        timeout: float | None = None,
        source: tuple[str, int] | None = None,
    ) -> socket.socket:
        """Connect as `socket.create_connection` does, all of a machine's addresses within the time.

        Raises:
            OSError: none of them can be reached.
        """
        host, port = address
        failure: OSError = OSError("this machine has no address")
        for *_, found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if self.is_over:
                raise TimeoutError
            try:
                connected = socket.create_connection((str(found[0]), port), self.left, source)
            except OSError as error:
                failure = error
                continue
            # A second handle, because TLS takes the first one over.
            with self._lock:
                self._open.append(connected.dup())
            return connected
        raise failure

    def _shut(self) -> None:
        with self._lock:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:  # the other side was faster
                    continue
