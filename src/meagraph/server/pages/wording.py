"""Machine words as a reader would say them, where the graph has no label for a thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from meagraph.evidence.statements import AGENT
from meagraph.namespaces import BASE, ONTOLOGY
from meagraph.tables import labels_of, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meagraph.names import GivenUp
    from meagraph.queryable import Queryable

_ROLE = NamedNode(ONTOLOGY + "role")
_PREFIXED = re.compile(r"(?<!\S)[a-z][a-z0-9-]*:([A-Za-z][A-Za-z0-9]*)(?!\S)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_INTERVAL = re.compile(r"(-?\d{4}[\d-]*)/(-?\d{4}[\d-]*)")


def named(iri: str, labels: Mapping[str, str]) -> str:
    """What an IRI names: its label, else the address as it stands, without brackets."""
    return labels.get(iri) or bare(shortened(iri))


def bare(name: str) -> str:
    """An IRI without the angle brackets that it has among other terms."""
    return name[1:-1] if name.startswith("<") and name.endswith(">") else name


def given_up_words(store: Queryable, gone: GivenUp) -> str:
    """What happened to a name, in a clause with the names of things as readers know them."""
    labels = labels_of(store, [iri for iri in (gone.iri, gone.successor) if iri])
    old, new = (f"“{labels.get(iri) or _path_words(iri)}”" for iri in (gone.iri, gone.successor))
    if gone.successor:
        told = f"{old} was given up for {new}" + ", which was withdrawn" * gone.withdrawn
    else:
        told = f"{old} was withdrawn"
    return f"{told}: {gone.reason}" if gone.reason else told


def _path_words(iri: str) -> str:
    """What the last part of an address says, with blanks between its words."""
    return re.split("[/#]", iri)[-1].replace("-", " ")


def property_words(name: str) -> str:
    """What a property says; the name of one without a label, as ``owl:versionInfo``, in words."""
    return _PREFIXED.sub(lambda found: _HUMP.sub(" ", found[1]).lower(), name)


def interval_words(text: str) -> str:
    """A time in EDTF; from one day, month or year to another in words."""
    found = _INTERVAL.fullmatch(text)
    return f"{found[1]} to {found[2]}" if found else text


def part_words(store: Queryable, iri: str) -> str:
    """What a participation is, which has no label: who takes part, in which role.

    Returns:
        Nothing for what is no participation of ours.
    """
    if not iri.startswith(BASE) or "#" not in iri:
        return ""
    found = [
        [quad.object.value for quad in quads if isinstance(quad.object, NamedNode)]
        for quads in (
            store.quads_for_pattern(NamedNode(iri), predicate, None, DefaultGraph())
            for predicate in (AGENT, _ROLE)
        )
    ]
    labels = labels_of(store, sorted({name for names in found for name in names}))
    agents, roles = (sorted(named(name, labels) for name in names) for names in found)
    if not agents:
        return ""
    return f"{', '.join(agents)} ({', '.join(roles)})" if roles else ", ".join(agents)
