"""Larger graphs in the model of ours: ``python benchmarks/synthetic.py 100000 out.nq``.

A synthetic graph is the real one and copies of its passages. A copy has documents, passages,
activities, readings, meetings and decisions of its own, dated some years before. Its actors,
bodies and places are in part its own too; those of which much is said are the same in all copies,
so that a few hubs grow with the graph, as they do in real ones. All goes through the build of any
graph: the merge and the entailed triples are those of our rules.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from meagraph.entries import Entry, graph_kind, read_entries
from meagraph.graph import build
from meagraph.namespaces import (
    BASE,
    DCTERMS,
    EDTF_NAMESPACE,
    KINDS,
    ONTOLOGY,
    RDFS,
    SKOS,
    XSD,
)
from meagraph.project import Project

ROOT = Path(__file__).parent.parent

OWN = ("documents", "meetings", "decisions")
"""Kinds of which each copy has its own; of the other kinds, it has so much:"""
PART_OWN = 0.5
HUBS = 40
"""So many things of the other kinds, those that most triples name, are the same in all copies."""

_IRI = re.compile(re.escape(BASE) + r"(readings/)?([a-z]+/)?([^/#]+)(.*)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DATED = {EDTF_NAMESPACE + "EDTF", XSD + "date"}
_NAMES = {
    *(RDFS + "label", SKOS + "altLabel", DCTERMS + "identifier"),
    *(ONTOLOGY + name for name in ("acronym", "shortTitle")),
}

QUADS_OF_A_TRIPLE = 2.5
"""In its own graph, in the merge, and what follows from it: a first guess, then measured."""
NEAR = 0.01
"""How much smaller a graph may be than asked."""

Thing = tuple[str, str]
"""What a copy may have of its own: a kind, and the slug of a record of that kind."""


def synthetic(quads: int, seed: int = 0) -> pyoxigraph.Store:
    """Make a graph of about so many quads, the merge and the entailed triples counted.

    Args:
        quads: how many; with fewer than the real graph has, the real one is made.
        seed: another one gives another graph of the same size; the same one gives the same graph.
    """
    entries = read_entries(Project(ROOT).data)
    return _grown(
        entries, _copies([entry for entry in entries if _thing(entry.graph)], seed), quads
    )


def excerpt(quads: int) -> pyoxigraph.Store:
    """Make a graph of about so many quads that is smaller than the real one.

    It has the ontology, the description of the dataset, the first passages and their readings, and
    the records that these name; not the register.

    Args:
        quads: how many; with more than all passages make, it has all.
    """
    entries = read_entries(Project(ROOT).data)
    described = [entry for entry in entries if entry.graph == BASE + "dataset"]
    passages = _Copy([entry for entry in entries if _thing(entry.graph)], 0, 0).entries()
    return _grown(described, passages, quads)


def _grown(entries: Sequence[Entry], more: Iterator[Entry], quads: int) -> pyoxigraph.Store:
    """A graph of entries and of as many more as make about so many quads."""
    project = Project(ROOT)
    store = build(project, entries=entries)
    least = len(store)
    made: list[Entry] = []
    each = QUADS_OF_A_TRIPLE
    while len(store) < quads * (1 - NEAR):
        wanted = (quads - len(store)) / each
        before = len(made)
        while wanted > 0 and (entry := next(more, None)):
            made.append(entry)
            wanted -= len(entry.triples)
        if len(made) == before:
            break
        store = build(project, entries=[*entries, *made])
        each = (len(store) - least) / sum(len(entry.triples) for entry in made)
    return store


def _copies(sources: Sequence[Entry], seed: int) -> Iterator[Entry]:
    """One copy after the other, without end."""
    for turn in count(1):
        yield from _Copy(sources, turn, seed).entries()


class _Copy:
    """One copy of all passages, with the records of what is its own; the first is the original."""

    def __init__(self, sources: Sequence[Entry], turn: int, seed: int) -> None:
        self.sources = {entry.graph: entry for entry in sources}
        self.mark = f"-copy-{turn}" if turn else ""
        # A multiple of four: the 29th of February stays a day.
        self.years = 4 * (1 + turn % 5) if turn else 0
        chance = random.Random(f"{seed} {turn}")
        hubs = _hubs(sources)
        things = sorted({thing for graph in self.sources if (thing := _thing(graph))})
        self.own = {
            thing
            for thing in things
            if not turn or thing[0] in OWN or (chance.random() < PART_OWN and thing not in hubs)
        }
        if turn:
            self.own -= _told(sources, set(things) - self.own)

    def entries(self) -> Iterator[Entry]:
        """Passages and readings in order, each after the records that it needs."""
        done: set[str] = set()
        for graph in self.sources:
            if graph_kind(graph) == "stated":
                yield from self._with_records(graph, done)
                reading = graph.replace(BASE + "documents/", BASE + "readings/", 1)
                if reading in self.sources:
                    yield from self._with_records(reading, done)

    def _with_records(self, graph: str, done: set[str]) -> Iterator[Entry]:
        waiting = [graph]
        while waiting:
            graph = waiting.pop()
            if graph in done or graph not in self.sources:
                continue
            done.add(graph)
            for thing in sorted(_named(self.sources[graph].triples) & self.own):
                waiting.append(f"{BASE}{thing[0]}/{thing[1]}")
            yield self._renamed(self.sources[graph])

    def _renamed(self, entry: Entry) -> Entry:
        triples = tuple(map(self._triple, entry.triples))
        text = "".join(f"{triple} .\n" for triple in triples)
        return Entry(entry.path, self._iri(entry.graph), text, triples)

    def _triple(self, triple: Triple) -> Triple:
        subject, predicate, value = triple
        if isinstance(value, NamedNode):
            value = NamedNode(self._iri(value.value))
        elif predicate.value in _NAMES and _thing(subject.value) in self.own:
            value = Literal(value.value + self.mark, language=value.language)
        elif value.datatype.value in _DATED:
            value = Literal(_YEAR.sub(self._earlier, value.value), datatype=value.datatype)
        return Triple(NamedNode(self._iri(subject.value)), predicate, value)

    def _earlier(self, year: re.Match[str]) -> str:
        return str(int(year[1]) - self.years)

    def _iri(self, iri: str) -> str:
        if _thing(iri) not in self.own:
            return iri
        match = _IRI.fullmatch(iri)
        assert match
        reading, kind, slug, rest = (part or "" for part in match.groups())
        return f"{BASE}{reading}{kind}{slug}{self.mark}{rest}"


def _thing(iri: str) -> Thing | None:
    """The record that an IRI is, or stands under; ``None`` where it is another's or no record's."""
    match = _IRI.fullmatch(iri)
    if not match:
        return None
    kind = "documents" if match[1] else (match[2] or "").rstrip("/")
    return (kind, match[3]) if kind in KINDS else None


def _named(triples: Sequence[Triple]) -> set[Thing]:
    """The records that triples name."""
    iris = (term for triple in triples for term in (triple.subject, triple.object))
    found = {_thing(term.value) for term in iris if isinstance(term, NamedNode)}
    return {thing for thing in found if thing}


def _told(sources: Sequence[Entry], shared: set[Thing]) -> set[Thing]:
    """What shared things say of themselves names these, and so on: a government has one country.

    With copies of the country, it would have several.
    """
    named: dict[Thing, set[Thing]] = {}
    for entry in sources:
        for triple in entry.triples:
            if not isinstance(triple.object, NamedNode) or "#" in triple.subject.value:
                continue
            subject, other = _thing(triple.subject.value), _thing(triple.object.value)
            if subject and other and other[0] not in OWN:
                named.setdefault(subject, set()).add(other)
    found: set[Thing] = set()
    waiting = [*shared]
    while waiting:
        new = named.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _hubs(sources: Sequence[Entry]) -> set[Thing]:
    """What most triples name."""
    degrees: Counter[Thing] = Counter()
    for entry in sources:
        for triple in entry.triples:
            thing = _thing(triple.object.value) if isinstance(triple.object, NamedNode) else None
            if thing and thing[0] not in OWN:
                degrees[thing] += 1
    return {thing for thing, _ in degrees.most_common(HUBS)}


def main() -> None:
    """Write a synthetic graph to a file of N-Quads."""
    if len(sys.argv) != 3:
        sys.exit("usage: python benchmarks/synthetic.py QUADS FILE.nq")
    store = synthetic(int(sys.argv[1]))
    store.dump(sys.argv[2], format=pyoxigraph.RdfFormat.N_QUADS)
    print(f"{len(store)} quads in {sys.argv[2]}")


if __name__ == "__main__":
    main()
