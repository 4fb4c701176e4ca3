"""From the path of a request to the name that it writes, and from an IRI of ours to its path.

A name is what follows `meagraph.namespaces.BASE`. Names are compared as RFC 3986 (section 6.2.2)
has it: an octet that is written with a percent sign though it need not be is that octet; no dots
are resolved, no slashes folded, no case is changed, so that each name has one meaning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from meagraph.namespaces import BASE
from meagraph.server.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_OCTET = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
) | frozenset(range(0x80, 0x100))
_LONGEST = 2000
"""Bytes of a path; no name of the graph comes near."""
_IN_PATHS = "/@:!$&'()*+,;=~%"
"""What stands in a path as it is; a percent sign is one that the name itself has."""


def requested_name(scope: Mapping[str, Any], prefix: str) -> str:
    """The name that a request's path writes.

    Args:
        scope: of the request (ASGI).
        prefix: the path that every address of the server begins with.

    Raises:
        Problem: 400, the path is no text in UTF-8; 414, it is longer than any name.
    """
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    raw = raw.partition(b"?")[0].removeprefix(prefix.encode()).removeprefix(b"/")
    if len(raw) > _LONGEST:
        raise Problem(414, "the address is longer than any of ours")
    try:
        return _OCTET.sub(_plain, raw).decode()
    except UnicodeDecodeError:
        raise Problem(400, "the address is no text in UTF-8") from None


def _plain(found: re.Match[bytes]) -> bytes:
    octet = int(found[1], 16)
    return bytes([octet]) if octet in _UNRESERVED else found[0].upper()


def path_of(iri: str, ending: str = "") -> str:
    """The path of an IRI of ours, without the server's prefix, as an address writes it.

    A fragment stays one, behind the ending of the form.

    >>> path_of("https://w3id.org/meagraph/documents/note/annex-1/24#committee", "ttl")
    '/documents/note/annex-1/24.ttl#committee'
    """
    name, hash_, fragment = iri.removeprefix(BASE).partition("#")
    point = "." if ending else ""
    return f"/{quote(name, safe=_IN_PATHS)}{point}{ending}{hash_}{quote(fragment, safe=_IN_PATHS)}"


def form_path(iri: str, ending: str) -> str:
    """The path at which a form itself is: that of a claim has “@” for “#”.

    >>> form_path("https://w3id.org/meagraph/documents/note/annex-1/24#committee", "jsonld")
    '/documents/note/annex-1/24@committee.jsonld'
    """
    whole, hash_, fragment = iri.partition("#")
    return path_of(whole) + (hash_ and "@") + quote(fragment, safe="") + f".{ending}"


def in_header(iri: str) -> str:
    """An IRI as a header may hold it: in ASCII, without what ends a link or a line there."""
    return quote(iri, safe=_IN_PATHS + "?#[]")
