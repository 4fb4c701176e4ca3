"""What the dataset is: a DCAT-AP catalogue for portals, VoID for query tools, PROV of the build."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING

from meagraph.export.catalogue.counts import void
from meagraph.export.catalogue.distributions import distributions
from meagraph.export.catalogue.portal import catalogue, described
from meagraph.export.catalogue.provenance import provenance

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.project import Project

_THIS = "catalogue"


def files(store: Store, project: Project) -> dict[str, Callable[[], bytes]]:
    """The descriptions of a built graph.

    Args:
        store: the graph.
        project: its files, of which the other exports may need some.

    Returns:
        ``catalogue.ttl`` and ``catalogue.jsonld``, DCAT-AP 3.0.1, where the graph describes itself
        (``data/dataset.ttl``): a catalogue without title and licence helps nobody; ``void.ttl``,
        what the graph holds, counted; ``provenance.ttl``, what it was built from.
    """
    names = cache(partial(_names, store, project))
    told = cache(lambda: catalogue(store, distributions(names())))
    found: dict[str, Callable[[], bytes]] = {}
    if described(store):
        found["catalogue.ttl"] = lambda: told().ttl
        found["catalogue.jsonld"] = lambda: told().jsonld
    found["void.ttl"] = lambda: void(store, names().get("dumps", [])).ttl
    found["provenance.ttl"] = lambda: provenance(store).ttl
    return found


def _names(store: Store, project: Project) -> dict[str, list[str]]:
    """The files of each other kind of export; what makes their bytes is not called."""
    kinds: dict[str, str] = import_module("meagraph.export").KINDS
    return {
        kind: sorted(import_module(f"meagraph.export.{kind}").files(store, project))
        for kind in kinds
        if kind != _THIS
    }
