"""The kinds of entry that can be begun from a template, and the files that they belong in.

Nothing is listed here: the classes are those of the ontology, and where their things stand is
told by the patterns of the shapes, else by the files that exist.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from meagraph.drafting.vocabulary import Vocabulary, listed
from meagraph.errors import UnusableInput
from meagraph.namespaces import BASE, KINDS, ONTOLOGY, RDF, compact

_SAMPLES = {
    **{f"{BASE}{folder}/x": folder for folder in KINDS},
    f"{BASE}documents/x/1#y": "documents/",
    f"{BASE}readings/x/1#y": "readings/",
    f"{BASE}identifiers/x#y": "identifiers/",
}
"""A name of each sort, and its home: names are matched with the patterns of the shapes."""

_TYPE = RDF + "type"
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Kind(NamedTuple):
    """A kind of entry.

    ``name`` is what the reader calls it, ``iri`` its class. ``home`` is the folder of ``data/``
    that has its records, or ends in a slash: then its things are claims, described in a file below
    that folder.
    """

    name: str
    iri: str
    label: str
    definition: str
    home: str

    @property
    def has_record(self) -> bool:
        """Whether a thing of this kind has a file of its own."""
        return not self.home.endswith("/")


def kinds(vocabulary: Vocabulary) -> list[Kind]:
    """Every kind of entry, by name; not those that meagraph itself writes or concludes."""
    found = []
    for iri in vocabulary.classes():
        home = _home(vocabulary, iri)
        if home and not wholes(vocabulary, iri) and not vocabulary.is_deprecated(iri):
            label, definition = vocabulary.label(iri), vocabulary.definition(iri)
            found.append(Kind(_kebab(iri), iri, label, definition, home))
    return sorted(found)


def kind_of(vocabulary: Vocabulary, iri: str) -> Kind | None:
    """The kind that a class is."""
    return next((kind for kind in kinds(vocabulary) if kind.iri == iri), None)


def find_kind(vocabulary: Vocabulary, word: str) -> Kind:
    """The kind that a reader means: by its name, its label, or the folder of its records.

    Raises:
        UnusableInput: there is no such kind; the nearest are named.
    """
    every = kinds(vocabulary)
    wanted = "-".join(_WORD.sub("-", word.strip().removeprefix("mea:")).lower().split())
    named: dict[str, Kind] = {kind.name: kind for kind in every}
    for kind in every:
        named.setdefault("-".join(kind.label.split()), kind)
    for folder in KINDS:
        first = _first_of(vocabulary, [kind for kind in every if kind.home == folder])
        if first:
            named.setdefault(folder, first)
            named.setdefault(_singular(folder), first)
    if wanted in named:
        return named[wanted]
    from difflib import get_close_matches

    words = get_close_matches(wanted, named, n=5, cutoff=0.5)
    near = list(dict.fromkeys(named[name].name for name in words))[:3]
    raise UnusableInput(
        f"there is no kind “{word}” to begin",
        hint=f"Did you mean {listed(near)}?" if near else "meagraph new alone lists the kinds.",
    )


def wholes(vocabulary: Vocabulary, iri: str) -> list[str]:
    """The properties by which a claim must be named by another node, of which it is a part.

    They are those that a shape demands to be followed backwards: a participation stands with the
    act that has it.
    """
    home = _home(vocabulary, iri)
    return demanded_backwards(vocabulary, iri) if home and home.endswith("/") else []


def demanded_backwards(vocabulary: Vocabulary, iri: str) -> list[str]:
    """The properties by which others must name a thing of a class."""
    found = []
    for kind in vocabulary.broader(iri):
        found += vocabulary.ask(
            f"?holder sh:targetClass <{kind}> ; sh:property ?shape . "
            "?shape sh:minCount ?least ; sh:path/sh:inversePath ?property",
            "property",
        )
    return found


def _first_of(vocabulary: Vocabulary, found: list[Kind]) -> Kind | None:
    """Of the kinds in one folder, the one that most of the others are below."""
    tops = [kind for kind in found if len(vocabulary.broader(kind.iri)) == 1]
    tops.sort(key=lambda kind: (-len(vocabulary.usage.said.get((kind.iri, _TYPE), ())), kind.name))
    return tops[0] if tops else None


def _home(vocabulary: Vocabulary, iri: str) -> str:
    """Where the things of a class stand; empty where no curator writes them."""
    if iri == ONTOLOGY + "Passage":
        return ""
    for kind in vocabulary.broader(iri):
        patterns = _patterns(vocabulary, kind)
        if patterns:
            return _matching(patterns)
    for kind in vocabulary.below(iri):
        home = _matching(_patterns(vocabulary, kind))
        if home:
            return home
    return _used(vocabulary, iri) or (
        _folder_called(iri) if not _is_concluded(vocabulary, iri) else ""
    )


def _patterns(vocabulary: Vocabulary, iri: str) -> list[str]:
    """The patterns that the names of a class's things must match."""
    own = vocabulary.ask(f"?shape sh:targetClass <{iri}> ; sh:pattern ?pattern", "pattern")
    return own or vocabulary.ask(
        f"?shape sh:targetClass <{iri}> ; sh:or/rdf:rest*/rdf:first/sh:pattern ?pattern", "pattern"
    )


def _matching(patterns: list[str]) -> str:
    """The first home whose names match all patterns."""
    for sample, home in _SAMPLES.items():
        if patterns and all(re.search(pattern, sample) for pattern in patterns):
            return home
    return ""


def _used(vocabulary: Vocabulary, iri: str) -> str:
    """The home of most things that the files give this class."""
    homes: Counter[str] = Counter()
    for triple in vocabulary.usage.said.get((iri, _TYPE), ()):
        path, mark, _ = str(triple.subject)[1:-1].removeprefix(BASE).partition("#")
        folder, *rest = path.split("/")
        if mark:
            homes[folder + "/"] += 1
        elif folder in KINDS and len(rest) == 1:
            homes[folder] += 1
    return homes.most_common(1)[0][0] if homes else ""


def _folder_called(iri: str) -> str:
    """The folder that is called as the class is."""
    name = _kebab(iri)
    return next((folder for folder in KINDS if _singular(folder) == name), "")


def _is_concluded(vocabulary: Vocabulary, iri: str) -> bool:
    return not vocabulary.usage.said.get((iri, _TYPE)) and bool(vocabulary.subjects(_TYPE, iri))


def _kebab(iri: str) -> str:
    return _WORD.sub("-", compact(iri).partition(":")[2]).lower()


def _singular(folder: str) -> str:
    return folder[:-3] + "y" if folder.endswith("ies") else folder.removesuffix("s")
