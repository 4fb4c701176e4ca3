"""What a graph states, in a form in which equal means the same.

Triples without blank nodes are a set. Those with blank nodes fall into groups that share no blank
node; each group is written canonically by RDFC-1.0, W3C's RDF Dataset Canonicalization. Two graphs
are isomorphic where both parts are equal, and a change to one group leaves the others as they are,
which labels given to the whole graph would not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

if TYPE_CHECKING:
    from meagraph.tables import Term


class Statements(NamedTuple):
    """What one graph states.

    ``triples`` are those without a blank node. ``nameless`` are the groups that hang together by
    blank nodes: each as canonical N-Triples, sorted; two alike stand there twice.
    """

    triples: frozenset[Triple] = frozenset()
    nameless: tuple[str, ...] = ()

    def all_triples(self) -> Iterator[Triple]:
        """Every triple; blank nodes of different groups differ."""
        yield from self.triples
        for group in self.nameless:
            yield from group_triples(group)


def statements(triples: Iterable[Triple]) -> Statements:
    """Bring the triples of one graph into the form in which equal means the same."""
    named, linked = set(), []
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            named.add(triple)  # nearly all are such: no more is done for them
        elif blanks := list(_blanks(triple)):
            linked.append((triple, blanks))
        else:
            named.add(triple)
    return Statements(frozenset(named), tuple(sorted(_groups(linked))))


def as_stored(found: Statements) -> Statements:
    """The same after the engine has held it, which keeps values and not each way to write them."""
    store = Store()
    store.extend(Quad(*triple) for triple in found.all_triples())
    return statements(quad.triple for quad in store)


def group_triples(group: str, mark: str = "") -> Iterator[Triple]:
    """The triples of a group.

    Args:
        group: as `Statements` keeps it.
        mark: what the labels of its blank nodes begin with, the same each time; without one they
            are newly named.
    """
    read = parse(group, format=RdfFormat.N_TRIPLES, rename_blank_nodes=not mark)
    return (_marked(quad.triple, mark) if mark else quad.triple for quad in read)


def group_subjects(group: str) -> set[str]:
    """The IRIs of which a group says something."""
    return {
        triple.subject.value
        for triple in group_triples(group)
        if not isinstance(triple.subject, BlankNode | Triple)
    }


def _blanks(triple: Triple) -> Iterator[BlankNode]:
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from _blanks(term)


def _marked(triple: Triple, mark: str) -> Triple:
    def own(term: Term) -> Term:
        if isinstance(term, Triple):
            return _marked(term, mark)
        return BlankNode(mark + term.value) if isinstance(term, BlankNode) else term

    return Triple(own(triple.subject), triple.predicate, own(triple.object))  # type: ignore[arg-type]


def _groups(linked: list[tuple[Triple, list[BlankNode]]]) -> Iterator[str]:
    """Each group of triples that share blank nodes, directly or through others."""
    parent: dict[BlankNode, BlankNode] = {}

    def root(node: BlankNode) -> BlankNode:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]  # halves the way for whoever comes next
            node = above
        return node

    for _, blanks in linked:
        for blank in blanks[1:]:
            parent[root(blank)] = root(blanks[0])
    groups: dict[BlankNode, list[Triple]] = {}
    for triple, blanks in linked:
        groups.setdefault(root(blanks[0]), []).append(triple)
    return map(_written, groups.values())


def lines_of(found: Iterable[Quad], form: RdfFormat) -> list[str]:
    """The lines of statements in N-Triples or N-Quads, each with its line feed.

    Split as bytes: a text has more signs for ends of lines, which may stand within a value.
    """
    quads = found if form == RdfFormat.N_QUADS else (quad.triple for quad in found)
    written = serialize(quads, format=form) or b""
    return [line.decode() for line in written.splitlines(keepends=True)]


def _written(triples: list[Triple]) -> str:
    group = Dataset(Quad(*triple) for triple in triples)
    group.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(lines_of(group, RdfFormat.N_TRIPLES)))
