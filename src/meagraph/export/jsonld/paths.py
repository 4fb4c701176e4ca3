"""Which things have a document of their own, and where it lies: folders as in their IRIs."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from meagraph.namespaces import BASE, KINDS, ONTOLOGY, OWL, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.export.jsonld.statements import Row

_HARMLESS = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]*").fullmatch
"""What stays as it is: most names."""
_LONGEST = 200
"""Bytes of a file's name, below the 255 that file systems take, with room for a schema's."""

_ROOTS = {*KINDS, "readings", "concepts"}
_TYPE, _DEPRECATED = RDF + "type", OWL + "deprecated"
_FOLDED = {ONTOLOGY + name for name in ("Participation", "ExternalIdentifier", "EntryFile")}
"""Classes of what is told in the documents of others, or is said of our files."""


def has_document(iri: str, rows: Iterable[Row]) -> bool:
    """Whether a thing has a document: records, passages, claims, readings and concepts have.

    Args:
        iri: the thing.
        rows: what is said of it.
    """
    root, slash, _ = iri.removeprefix(BASE).partition("/")
    if root not in _ROOTS or not slash or not iri.startswith(BASE):
        return False
    stated = [row for row in rows if row.asserted]
    types = {row.iri for row in stated if row.predicate == _TYPE and row.iri}
    # A record that was given up has no class, and still says what replaces it.
    return bool(types - _FOLDED) or any(row.predicate == _DEPRECATED for row in stated)


def path_of(iri: str) -> str:
    """The path of a thing's document below the folder of the export.

    A claim, whose IRI has a fragment, lies beside its passage's parts, with “@” for “#”. What is
    no letter, digit or one of “-._~” is written as in an address, so that a path is one on every
    file system; a name that is too long ends with the SHA-256 of itself.

    >>> path_of("https://w3id.org/meagraph/organisations/oecd")
    'organisations/oecd.jsonld'
    >>> path_of("https://w3id.org/meagraph/documents/note/annex-1/24#committee")
    'documents/note/annex-1/24@committee.jsonld'
    """
    name, hash_, fragment = iri.removeprefix(BASE).partition("#")
    parts = [_safe(part) for part in name.split("/")]
    if hash_:
        parts[-1] = _short(f"{parts[-1]}@{quote(fragment, safe='')}")
    return "/".join(parts) + ".jsonld"


def _safe(part: str) -> str:
    if len(part) <= _LONGEST and _HARMLESS(part):
        return part
    if not part.strip("."):  # nothing, “.” and “..” lead elsewhere
        return part.replace(".", "%2E") or "%"
    return _short(quote(part, safe=""))


def _short(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 65].rstrip('%')}-{sha256(name.encode()).hexdigest()}"
