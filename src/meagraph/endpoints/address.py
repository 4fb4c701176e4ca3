"""The address of an endpoint: which ones are taken, and how messages show them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from meagraph.errors import UnusableInput

_PORTS = {"http": 80, "https": 443}
_SIGNS = re.compile(r"[!-~]+")
_USER_INFO = re.compile(r"[^/?#]*//[^/?#]*@")


class Address(NamedTuple):
    """An http or https address without a user's name in it.

    Args:
        url: the address as it was given.
        scheme: ``http`` or ``https``.
        host: the machine, in lower case.
        port: the port, also where the address leaves it to the scheme.
        shown: the address for messages, without what follows a question mark: that may be a key.
    """

    url: str
    scheme: str
    host: str
    port: int
    shown: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What decides who gets credentials: scheme, machine and port."""
        return self.scheme, self.host, self.port


def read_address(url: str) -> Address:
    """Check an address.

    Raises:
        UnusableInput: it is not http or https, names a user, or is not well formed. The message
            does not repeat it where it may hold a password.
    """
    if _USER_INFO.match(url):
        raise UnusableInput(
            "the endpoint's address holds a user name or a password",
            hint="Leave it out of the address, which gets into logs and histories: set "
            "MEAGRAPH_ENDPOINT_USER and MEAGRAPH_ENDPOINT_PASSWORD, or use ~/.netrc.",
        )
    form = "An endpoint's address is like https://example.org/sparql."
    if not _SIGNS.fullmatch(url):
        raise UnusableInput(
            "the endpoint's address is empty or holds blanks or letters that no address has",
            hint=f"{form} Other letters are written in percent-encoding.",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnusableInput(
            f"the endpoint's address is not well formed: {error}", hint=form
        ) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        what = f"{parts.scheme}:" if parts.scheme and parts.scheme not in _PORTS else "this"
        raise UnusableInput(f"{what} is no address of an endpoint on the web", hint=form)
    shown = f"{parts.scheme}://{parts.netloc}{parts.path}" + ("?…" if parts.query else "")
    return Address(url, parts.scheme, parts.hostname, port or _PORTS[parts.scheme], shown)
