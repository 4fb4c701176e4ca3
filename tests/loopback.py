"""A small web server that does what a test says, and remembers what it was sent."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Event, Thread
from typing import NamedTuple
from urllib.parse import parse_qs

ROWS = "application/sparql-results+json"
ONE_ROW = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"a"}}]}}'
YES = b'{"head":{},"boolean":true}'

Answer = Callable[["Visit"], None]


class Sent(NamedTuple):
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, list[str]]


class Visit(BaseHTTPRequestHandler):
    """One request, and the means to answer it."""

    server: Loopback
    sent: Sent

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.sent = Sent(self.command, self.path, headers, parse_qs(body))
        self.server.sent.append(self.sent)
        self.server.answer(self)

    do_GET = do_POST  # noqa: N815

    def reply(
        self,
        body: bytes = ONE_ROW,
        status: int = 200,
        kind: str | None = ROWS,
        reason: str | None = None,
        **headers: str,
    ) -> None:
        self.send_response(status, reason)
        if kind is not None:
            self.send_header("Content-Type", kind)
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def dribble(self, data: bytes) -> None:
        """Send bytes one by one, each long before a socket's own timeout; tell how it ended."""
        try:
            for byte in data:
                if self.server.closing.wait(0.02):
                    return
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
        except OSError:
            self.server.ends.put("they hung up")
        else:
            self.server.ends.put("all was sent")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Loopback(ThreadingHTTPServer):
    """The server: what it answers, and what it was sent."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.sent: list[Sent] = []
        self.closing = Event()
        self.ends: Queue[str] = Queue()
        self.scheme = "http"
        super().__init__(("127.0.0.1", 0), Visit)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/query"

    def speak_tls(self, certificate: str, key: str) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.scheme = "https"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what many tests are about."""


@contextmanager
def loopback(answer: Answer, tls: tuple[str, str] | None = None) -> Generator[Loopback]:
    with Loopback(answer) as server:
        if tls:
            server.speak_tls(*tls)
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
