"""What goes wrong between us and an endpoint, in words for who asked it."""

from __future__ import annotations

import re
import socket
import ssl
import urllib.error
import urllib.request
import zlib
from email.message import Message
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from typing import TYPE_CHECKING

from meagraph.endpoints.credentials import PASSWORD, TOKEN, USER
from meagraph.errors import UnusableInput

if TYPE_CHECKING:
    from meagraph.endpoints.address import Address
    from meagraph.endpoints.credentials import Credentials
    from meagraph.endpoints.deadline import Deadline

EXPECTED = (OSError, HTTPException, zlib.error, EOFError)
"""What a connection may raise; all else is a fault of ours and stays what it is."""

BUSY = frozenset((429, 503))
_SAID = 300
_PERHAPS_LATER = "Try again later; if it stays so, ask who runs it."
_LESS = (
    "Ask for less (LIMIT, a parameter that restricts, fewer patterns), "
    "or give it longer: --timeout SECONDS, in Python timeout=…"
)
_IS_IT = "Is this the address of the query service itself? It often ends in /query or /sparql."


class QueryRefused(Exception):
    """The endpoint says that the query is wrong (400); holds what it says."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Busy(Exception):
    """The endpoint wants to be asked later (429, 503); holds its status and ``Retry-After``."""

    def __init__(self, status: str, retry_after: str | None) -> None:
        super().__init__(status)
        self.status = status
        self.retry_after = retry_after


def by_status(
    status: int, reason: str, said: str, address: Address, credentials: Credentials
) -> UnusableInput:
    """The failure that a status of HTTP tells.

    Args:
        status: the number, from 300.
        reason: the server's words beside the number.
        said: what the body says, cleaned by `words`.
        address: the endpoint.
        credentials: what was sent to it.
    """
    where, told = address.shown, f"{status} {reason}".strip()
    more = f": {said}" if said else ""
    if status in (401, 403, 407):
        return _stranger(told, address, credentials, status)
    if status == 404 or status == 410:
        return UnusableInput(f"there is nothing at {where} ({told})", hint=_IS_IT)
    if status in (405, 406, 415, 501):
        return UnusableInput(f"{where} takes no queries ({told}){more}", hint=_IS_IT)
    if status in (413, 414):
        hint = "Give fewer values for a parameter, or ask in several queries."
        return UnusableInput(f"the query is too long for {where} ({told})", hint=hint)
    if status in (408, 504):
        return UnusableInput(f"{where} was not ready in its own time ({told}){more}", hint=_LESS)
    if status >= 500:
        hint = f"The fault lies there. {_PERHAPS_LATER}"
        return UnusableInput(f"the endpoint {where} failed ({told}){more}", hint=hint)
    return UnusableInput(f"the endpoint {where} does not answer this ({told}){more}", hint=_IS_IT)


def _stranger(told: str, address: Address, credentials: Credentials, status: int) -> UnusableInput:
    ways = f"{USER} and {PASSWORD}, or {TOKEN}"
    if status == 407:
        hint = "The proxy that the environment names (http_proxy, https_proxy) asks for it."
        return UnusableInput(f"the proxy before {address.shown} refuses us ({told})", hint=hint)
    if credentials.header:
        message = f"{address.shown} does not accept what {credentials.source} says ({told})"
        hint = "Are they right, and meant for this endpoint? May this user query it?"
        return UnusableInput(message, hint=hint)
    return UnusableInput(
        f"{address.shown} wants to know who asks ({told})",
        hint=f"Set {ways} in the environment, or add a line to ~/.netrc (or the file that NETRC "
        f"names):\nmachine {address.host} login USER password PASSWORD",
    )


def too_busy(busy: Busy, address: Address, attempts: int, wait: float | None) -> UnusableInput:
    """The failure of an endpoint that stayed busy.

    Args:
        busy: its last word.
        address: the endpoint.
        attempts: how often it was asked.
        wait: the seconds that it wants us to wait, if that is longer than we may.
    """
    times = "once" if attempts == 1 else f"{attempts} times"
    message = f"the endpoint {address.shown} is busy ({busy.status}); it was asked {times}"
    if wait is None:
        return UnusableInput(message, hint=_PERHAPS_LATER)
    return UnusableInput(
        f"{message} and wants {wait:.0f} s before the next, which is more than is left",
        hint=f"Try again in {wait:.0f} s, or give it longer: --timeout SECONDS, in Python "
        "timeout=…",
    )


def by_error(error: BaseException, address: Address, deadline: Deadline) -> UnusableInput:
    """The failure that an exception of the connection tells; the exception is one of `EXPECTED`."""
    where = address.shown
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if deadline.is_over or isinstance(reason, TimeoutError):
        return UnusableInput(
            f"the endpoint {where} did not give a whole answer within {deadline.seconds:g} s",
            hint=_LESS,
        )
    if isinstance(reason, ssl.SSLError):
        return _untrusted(reason, address)
    if isinstance(reason, socket.gaierror):
        hint = "Is it spelt right, and is this machine connected to the network?"
        return UnusableInput(
            f"no machine called {address.host} is known{_by_proxy(address)}", hint=hint
        )
    if isinstance(reason, ConnectionRefusedError):
        hint = "Is the server running, and is the port the right one?"
        return UnusableInput(
            f"nobody answers at {where}: the connection is refused{_by_proxy(address)}", hint=hint
        )
    if isinstance(reason, (IncompleteRead, EOFError, zlib.error)):
        return broken_off(address)
    if isinstance(reason, (RemoteDisconnected, ConnectionError)):
        hint = f"Did it take the query for too much, or run out of memory? {_PERHAPS_LATER}"
        return UnusableInput(f"the endpoint {where} hung up without an answer", hint=hint)
    if isinstance(reason, HTTPException):
        hint = "Is the port the right one? An address with https:// speaks TLS, http:// does not."
        return UnusableInput(f"what answers at {where} does not speak HTTP", hint=hint)
    text = getattr(reason, "strerror", None) or str(reason)
    return UnusableInput(
        f"the endpoint {where} cannot be reached: {text}{_by_proxy(address)}",
        hint="Is the address right, and is this machine connected to the network?",
    )


def _untrusted(reason: ssl.SSLError, address: Address) -> UnusableInput:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return UnusableInput(
            f"{address.shown} cannot prove that it is {address.host}: {reason.verify_message}",
            hint="Nothing was sent. If its certificate comes from an authority of your own "
            "organisation, name that authority's file in SSL_CERT_FILE.",
        )
    text = re.sub(r"^\[[^\]]*\]\s*|\s*\(_ssl.*\)$", "", str(reason.args[-1]))
    return UnusableInput(
        f"no safe connection to {address.shown} comes about: {text.lower() or 'TLS fails'}",
        hint="Nothing was sent. Is the port the right one? A server without TLS has http://.",
    )


def _by_proxy(address: Address) -> str:
    """Says that a proxy stands between, where the environment names one; not which."""
    proxies = urllib.request.getproxies()
    if address.scheme in proxies and not urllib.request.proxy_bypass(address.host):
        return f" (through the proxy that {address.scheme}_proxy names)"
    return ""


def broken_off(address: Address) -> UnusableInput:
    """The failure of an answer that ends too early."""
    hint = f"The server or something between broke the connection. {_PERHAPS_LATER}"
    return UnusableInput(f"the answer of {address.shown} breaks off in the middle", hint=hint)


def too_large(address: Address, largest: int) -> UnusableInput:
    """The failure of an answer larger than we take."""
    return UnusableInput(
        f"the answer of {address.shown} is larger than {largest:,} bytes",
        hint="Ask for less (LIMIT, a parameter that restricts), or in Python give Endpoint "
        "another largest=…",
    )


def words(body: bytes, headers: Message) -> str:
    """What the body of an error says, in one line; nothing of a web page."""
    if "html" in headers.get_content_type() or body.lstrip()[:1] == b"<":
        return ""
    text = body.decode("utf-8", "replace")
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if len(text) <= _SAID else text[:_SAID].rstrip() + " …"
