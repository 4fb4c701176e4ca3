"""Releases: a version of the graph as a folder that never changes, with all that belongs to it."""

from meagraph.releases.making import Released, Wanted, release
from meagraph.releases.steps import RULES

__all__ = ["RULES", "Released", "Wanted", "release"]
