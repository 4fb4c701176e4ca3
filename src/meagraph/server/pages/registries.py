"""Where other registers tell of the things whose identifiers the graph holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.namespaces import CONCEPTS, ONTOLOGY, SKOS
from meagraph.tables import labels_of

if TYPE_CHECKING:
    from meagraph.queryable import Queryable

_PAGES = {
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "ror": "https://ror.org/{}",
    "geonames": "https://www.geonames.org/{}",
    "iso-3166-alpha-2": "https://www.iso.org/obp/ui/#iso:code:3166:{}",
    "untc": "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={}&chapter={}",
}
"""The page of an identifier, where the register has one whose address follows from it."""

_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_IDENTIFIES = NamedNode(ONTOLOGY + "identifies")
_REGISTRY = NamedNode(ONTOLOGY + "registry")
_NOTATION = NamedNode(SKOS + "notation")
_MERGE = DefaultGraph()


class External(NamedTuple):
    """What another register calls a thing: whose name, which, its page, and our node for it."""

    registry: str
    notation: str
    url: str
    iri: str


def external(store: Queryable, iri: str) -> list[External]:
    """What other registers call a thing, by register."""
    found = []
    for quad in store.quads_for_pattern(None, _IDENTIFIES, NamedNode(iri), _MERGE):
        if isinstance(quad.subject, NamedNode):
            registry = _value(store, quad.subject, _REGISTRY)
            notation = _value(store, quad.subject, _NOTATION)
            found.append((registry, notation, quad.subject.value))
    labels = labels_of(store, sorted({registry for registry, _, _ in found if registry}))
    return sorted(
        External(labels.get(registry, registry), notation, _page(registry, notation), node)
        for registry, notation, node in found
    )


def _page(registry: str, notation: str) -> str:
    """The address of an identifier's page; empty where there is none."""
    name = registry.removeprefix(CONCEPTS + "registry/")
    chapter = notation.partition("-")[0]
    if name not in _PAGES or (name == "untc" and not re.fullmatch("[IVXL]+", chapter)):
        return ""
    return _PAGES[name].format(quote(notation, ""), _number(chapter) if name == "untc" else "")


def _number(numeral: str) -> int:
    """What a Roman numeral stands for: a sign before a greater one is taken away."""
    values = [_DIGITS[sign] for sign in numeral]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _value(store: Queryable, subject: NamedNode, predicate: NamedNode) -> str:
    quads = store.quads_for_pattern(subject, predicate, None, _MERGE)
    return min((getattr(quad.object, "value", "") for quad in quads), default="")
