"""One request to an endpoint and its answer, by SPARQLWrapper.

SPARQLWrapper writes the request. It is sent here and not through the opener that urllib keeps for
the whole process: credentials go to the endpoint's origin alone, a redirect keeps the query, and
the time and size of an answer are limited.
"""

from __future__ import annotations

import http.client
import os
import ssl
import urllib.request
import zlib
from email.message import Message
from functools import cache
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urljoin

from SPARQLWrapper import JSON, POST, URLENCODED, SPARQLWrapper

from meagraph import __version__
from meagraph.endpoints import failures
from meagraph.endpoints.address import Address, read_address
from meagraph.endpoints.deadline import Deadline
from meagraph.endpoints.results import accepted
from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from meagraph.endpoints.credentials import Credentials

_REDIRECTS = 5
_PIECE = 1 << 16
_SAID = 1 << 16


class Asker(NamedTuple):
    """What all requests to an endpoint have in common.

    Args:
        address: the endpoint.
        credentials: who asks.
        default_graph: sent as ``default-graph-uri``, if not empty.
        largest: the bytes that an answer may have, unpacked.
    """

    address: Address
    credentials: Credentials
    default_graph: str
    largest: int

    def exchange(self, sparql: str, form: str, deadline: Deadline) -> tuple[bytes, str]:
        """Ask once.

        Args:
            sparql: the query.
            form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
            deadline: when the whole answer is to be here.

        Returns:
            The body and its media type.

        Raises:
            UnusableInput: there is no answer.
            QueryRefused: the endpoint says that the query is wrong.
            Busy: the endpoint wants to be asked later.
        """
        with deadline:
            try:
                response = _Request(self, sparql, form, deadline).query().response
                with response:
                    body = _read(response, self, deadline)
                is_named = "Content-Type" in response.headers
                return body, response.headers.get_content_type() if is_named else ""
            except HTTPError as error:
                raise _refusal(error, self) from None
            except failures.EXPECTED as error:
                raise failures.by_error(error, self.address, deadline) from None


def _refusal(error: HTTPError, asker: Asker) -> Exception:
    try:
        said = failures.words(error.read(_SAID), error.headers)
    except failures.EXPECTED:
        said = ""
    error.close()
    reason = " ".join(str(error.reason)[:80].split())
    if error.code == 400:
        return failures.QueryRefused(said)
    if error.code in failures.BUSY:
        return failures.Busy(f"{error.code} {reason}", error.headers.get("Retry-After"))
    return failures.by_status(error.code, reason, said, asker.address, asker.credentials)


class _Request(SPARQLWrapper):
    """A query as SPARQLWrapper writes it: POST, the query in a form field (Protocol, 2.1.2)."""

    def __init__(self, asker: Asker, sparql: str, form: str, deadline: Deadline) -> None:
        self._asker = asker
        self._form = form
        self._deadline = deadline
        super().__init__(
            asker.address.url,
            returnFormat=JSON,
            defaultGraph=asker.default_graph or None,
            agent=f"meagraph/{__version__}",
        )
        self.setMethod(POST)
        self.setRequestMethod(URLENCODED)
        self.setOnlyConneg(True)
        self.setQuery(sparql)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802
        # The package looks for the first word that names a form, also in a comment.
        return self._form

    def _getAcceptHeader(self) -> str:  # noqa: N802
        return accepted(self._form)

    def _createRequest(self) -> urllib.request.Request:  # noqa: N802
        request: urllib.request.Request = super()._createRequest()
        request.add_header("Accept-Encoding", "gzip")
        _authorise(request, self._asker)
        return request

    def _query(self) -> tuple[Any, str]:
        asker, deadline = self._asker, self._deadline
        opener = urllib.request.build_opener(
            _Http(deadline), _Https(deadline), _Redirects(asker, deadline)
        )
        return opener.open(self._createRequest(), timeout=deadline.left), self.returnFormat


def _authorise(request: urllib.request.Request, asker: Asker) -> None:
    """Say who asks, to the endpoint's own origin only; a redirect does not take it along."""
    if asker.credentials.header and read_address(request.full_url).origin == asker.address.origin:
        request.add_unredirected_header("Authorization", asker.credentials.header)


# --- connections -------------------------------------------------------------------------------


class _Http(urllib.request.HTTPHandler):
    """Opens connections that end with the time limit, and never prints what is sent."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(debuglevel=0)
        self._deadline = deadline

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **more: Any) -> http.client.HTTPConnection:
            made = http.client.HTTPConnection(host, **more)
            made._create_connection = self._deadline.connect  # type: ignore[attr-defined]
            return made

        return self.do_open(connection, req)


class _Https(urllib.request.HTTPSHandler):
    """The same with TLS, certificates checked."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(debuglevel=0)
        self._deadline = deadline

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        tls = _tls(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))

        def connection(host: str, **more: Any) -> http.client.HTTPSConnection:
            made = http.client.HTTPSConnection(host, context=tls, **more)
            made._create_connection = self._deadline.connect  # type: ignore[attr-defined]
            return made

        return self.do_open(connection, req)


@cache
def _tls(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """What certificates are checked against; OpenSSL takes the two from the environment itself."""
    return ssl.create_default_context()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect with the query, which urllib would drop, and to the web only."""

    def __init__(self, asker: Asker, deadline: Deadline) -> None:
        self._asker = asker
        self._deadline = deadline
        self._count = 0

    def http_error_302(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
    ) -> Any:
        fp.close()
        self._count += 1
        target = self._target(req.full_url, str(headers.get("Location", "")))
        sends = req.data if code != 303 else None
        kept = {
            name: value
            for name, value in req.header_items()
            if name in ("User-agent", "Accept", "Accept-encoding")
            or (name == "Content-type" and sends is not None)
        }
        following = urllib.request.Request(target.url, sends, kept)
        _authorise(following, self._asker)
        return self.parent.open(following, timeout=self._deadline.left)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def _target(self, url: str, location: str) -> Address:
        where = self._asker.address.shown
        hint = "Give the address to which it leads, if you trust it."
        if not location or self._count > _REDIRECTS:
            circle = "without saying where" if not location else "on and on, without an end"
            raise UnusableInput(f"{where} sends us elsewhere {circle}", hint="Is it right?")
        try:
            target = read_address(urljoin(url, location))
        except (UnusableInput, ValueError):
            scheme = location.partition(":")[0][:20] if ":" in location else ""
            to = f"{scheme}:" if scheme.isalnum() else "an address that is none"
            message = f"{where} sends us to {to}, where no endpoint is; this is not followed"
            raise UnusableInput(message, hint="Is the endpoint's address right?") from None
        if url.startswith("https:") and target.scheme == "http":
            raise UnusableInput(
                f"{where} sends us on without encryption, to {target.shown}", hint=hint
            )
        return target


# --- the body ----------------------------------------------------------------------------------


def _read(response: http.client.HTTPResponse, asker: Asker, deadline: Deadline) -> bytes:
    """The whole body, unpacked, no larger than is allowed.

    Raises:
        UnusableInput: it is too large, or packed in a way that we did not ask for.
        EOFError: it ends too early.
        TimeoutError: the time is over.
    """
    declared = response.headers.get("Content-Length", "")
    expected = int(declared[:18]) if declared.isdecimal() else None
    if expected is not None and expected > asker.largest:
        raise failures.too_large(asker.address, asker.largest)
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise UnusableInput(
            f"{asker.address.shown} packs its answer by {packing[:20]}, which was not asked for",
            hint="It has a fault: tell who runs it.",
        )
    unpack = _Unpacked() if "gzip" in packing else None
    parts: list[bytes] = []
    received = size = 0
    while piece := response.read(_PIECE):
        received += len(piece)
        for part in unpack.parts(piece) if unpack else (piece,):
            parts.append(part)
            size += len(part)
            if size > asker.largest:
                raise failures.too_large(asker.address, asker.largest)
        if deadline.is_over:
            break
    if deadline.is_over:
        raise TimeoutError
    if (expected is not None and received < expected) or (unpack and not unpack.is_whole):
        raise EOFError
    return b"".join(parts)


class _Unpacked:
    """Unpacks gzip in small parts, so that a small body cannot become a huge one unseen."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self.is_whole = True

    def parts(self, piece: bytes) -> Any:
        while piece:
            if self._stream.eof:  # gzip members may follow one another
                self._stream = zlib.decompressobj(wbits=31)
            yield self._stream.decompress(piece, _PIECE * 16)
            piece = self._stream.unconsumed_tail or self._stream.unused_data
        self.is_whole = self._stream.eof
