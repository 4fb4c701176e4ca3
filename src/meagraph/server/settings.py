"""What whoever runs the server can set."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from meagraph.errors import UnusableInput


class Settings(NamedTuple):
    """Limits and names of one server.

    Args:
        base_url: the address under which clients reach the server, with a slash at its end.
        timeout: seconds that a query of a stranger may take.
        memory: bytes of memory that its process may take.
        largest: bytes of an answer from which on it is given up.
        workers: how many processes evaluate queries.
        waiting: how many queries may wait for one of them.
        body: bytes that a request may bring.
        query: characters that a query may have.
        sources: the folder of the source documents, for the texts of passages; empty for none.
        patience: seconds that a client may keep the server waiting, for the rest of what it sends
            or until it takes what it asked for.
        connections: how many clients may be connected at once.
        trusted: addresses and networks of proxies whose ``X-Forwarded-For`` and ``-Proto`` hold.
        log_queries: whether the log tells what was asked.
    """

    base_url: str = "http://127.0.0.1:8000/"
    timeout: float = 10.0
    memory: int = 1 << 30
    largest: int = 64 << 20
    workers: int = 3
    waiting: int = 64
    body: int = 2 << 20
    query: int = 100_000
    sources: str = ""
    patience: float = 20.0
    connections: int = 1000
    trusted: tuple[str, ...] = ()
    log_queries: bool = False

    @property
    def prefix(self) -> str:
        """The path that every address of the server begins with; empty at the root of a host."""
        return urlsplit(self.base_url).path.rstrip("/")


def checked_base(url: str) -> str:
    """A base address with a slash at its end.

    Raises:
        UnusableInput: it is no address of the web, or has a query, a fragment or a password.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \"<>\\^`{|}%?#'")
    if not sound or not plain or parts.username is not None or "//" in parts.path:
        raise UnusableInput(
            f"“{url}” is no address that a server can have",
            hint="Such as https://data.example.org/ or https://example.org/meagraph/",
        )
    return url.rstrip("/") + "/"


def checked_proxies(named: str) -> tuple[str, ...]:
    """Addresses and networks, as they stand between commas.

    Raises:
        UnusableInput: one is neither; a name of a host would have to be looked up.
    """
    from ipaddress import ip_network

    found = tuple(one.strip() for one in named.split(",") if one.strip())
    for one in found:
        try:
            ip_network(one)
        except ValueError:
            raise UnusableInput(
                f"“{one}” is neither an address nor a network",
                hint="Such as 127.0.0.1 or 10.0.0.0/8; several stand between commas.",
            ) from None
    return found
