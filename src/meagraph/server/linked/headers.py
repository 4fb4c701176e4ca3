"""Headers that lead on from a thing: other forms, its name, the licence (RFC 8288)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.namespaces import BASE, DCTERMS, KINDS
from meagraph.server.linked.addresses import in_header, path_of
from meagraph.server.linked.forms import plain_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meagraph.server.edition import Edition
    from meagraph.server.linked.naming import Meaning

_DATASET = NamedNode(BASE + "dataset#meagraph")
_LICENCE = NamedNode(DCTERMS + "license")


def licences(edition: Edition) -> tuple[str, ...]:
    """The licences of the data, as they state them."""
    said = edition.store.quads_for_pattern(_DATASET, _LICENCE, None, DefaultGraph())
    return tuple(sorted(quad.object.value for quad in said if isinstance(quad.object, NamedNode)))


def links(
    prefix: str, means: Meaning, endings: Iterable[str], given: str, licences: Iterable[str]
) -> list[str]:
    """The links of a thing, as the header ``Link`` writes them.

    Args:
        prefix: the path that every address of the server begins with.
        means: the thing.
        endings: the forms that it has.
        given: the form that is sent; empty for none.
        licences: of the data.
    """
    found = [_link(means.iri, "canonical")]
    if given and not means.is_document:
        found.append(_link(means.iri, "describes"))
    for ending in endings:
        if ending != given:
            rel = "alternate" if given else "describedby"
            address = prefix + path_of(means.iri, ending)
            found.append(_link(address, rel, plain_type(ending)))
    found += [_link(each, "license") for each in licences]
    if means.name == "dataset":
        found += [
            _link(prefix + path, "describedby") for path in ("/catalogue", "/.well-known/void")
        ]
    kind, slash, _ = means.name.partition("/")
    if kind in KINDS and slash:
        found.append(_link(f"{prefix}/browse/{kind}", "collection"))
    return found


def paging(address: str, page: int, pages: int) -> list[str]:
    """The links to the pages beside one, and to the first and the last."""
    if pages < 2:
        return []
    others = {"first": 1, "prev": page - 1, "next": page + 1, "last": pages}
    return [
        _link(f"{address}?page={number}" if number > 1 else address, rel)
        for rel, number in others.items()
        if 1 <= number <= pages
    ]


def _link(address: str, rel: str, media_type: str = "") -> str:
    kind = f'; type="{media_type}"' if media_type else ""
    return f'<{in_header(address)}>; rel="{rel}"{kind}'
