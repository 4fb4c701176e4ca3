"""What things are called where there is little room, and the key that says it in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meagraph.pictures.letters import breadth, clean, fold
from meagraph.pictures.sheet import SMALL

if TYPE_CHECKING:
    from meagraph.pictures.background import Background

_SHORT, _LONG = 1.15, 2.0
"""Inches: a name up to the first stands whole even if there is an acronym, one up to the second
even if there is another name."""


class Names:
    """Names for one picture: short where a shorter one is recorded, and the key to these.

    Args:
        known: what the graph calls things.
    """

    def __init__(self, known: Background) -> None:
        self._known = known
        self._used: dict[str, str] = {}

    def short(self, iri: str, label: str) -> str:
        """An acronym for a long name, else another name for a very long one, else the name."""
        label = clean(label)
        long = breadth(label, SMALL)
        acronym, alias = self._known.acronyms.get(iri, ""), self._known.aliases.get(iri, "")
        name = label
        if acronym and long > _SHORT:
            name = acronym
        elif alias and long > _LONG and len(alias) < len(label):
            name = alias
        if name not in label:  # what is a part of the whole name explains itself
            self._used[name] = label
        return name

    def lines(self, iri: str, label: str, room: float, most: int) -> list[str]:
        """The same in at most so many lines no broader than ``room`` inches, in small letters."""
        name = self.short(iri, label)
        lines = fold(name, room, SMALL, most=most)
        if lines[-1].endswith("…") and not name.endswith("…"):
            self._used[" ".join(lines)] = self._used.pop(name, clean(label))
        return lines

    def key(self) -> str:
        """The short names that were used, each with the name in full."""
        names = sorted(self._used, key=str.casefold)
        return "; ".join(f"{name}: {self._used[name]}" for name in names) + "." * bool(names)
