"""Names that were given up between two versions: renamed, merged or withdrawn.

A record that says ``owl:deprecated true`` keeps the name, and ``dcterms:isReplacedBy`` leads to the
one that takes its place (model, section 6). Statements that changed for no other reason than that
are told apart from those that say something else now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from pyoxigraph import Literal as Value
from pyoxigraph import NamedNode, Triple

from meagraph.changes.statements import Statements
from meagraph.entries.tombstones import DEPRECATED, REPLACED_BY
from meagraph.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from meagraph.tables import Term

_REMARK = NamedNode(ONTOLOGY + "remark")


class GivenUp(NamedTuple):
    """A name that was given up, what became of the thing, the name that it has now, and why."""

    iri: str
    how: Literal["renamed", "merged", "withdrawn"]
    successor: str
    reason: str


def given_up(old: Mapping[str, Statements], new: Mapping[str, Statements]) -> dict[str, GivenUp]:
    """The names that the new version gave up and the old one had in use."""
    after = _told(new)
    if not after:
        return {}
    before = _told(old)
    in_old, in_new = _subjects(old), _subjects(new)
    found = {}
    for iri, (_, reason) in after.items():
        if iri in before or iri not in in_old:
            continue
        successor = _last(iri, after)
        if not successor or successor not in in_new:
            found[iri] = GivenUp(iri, "withdrawn", "", reason)
        elif successor in in_old or any(one.successor == successor for one in found.values()):
            found[iri] = GivenUp(iri, "merged", successor, reason)
        else:
            found[iri] = GivenUp(iri, "renamed", successor, reason)
    return found


def _last(iri: str, told: Mapping[str, tuple[str, str]]) -> str:
    """The name at the end of the chain of successors; empty where none takes its place."""
    seen = {iri}
    while iri in told and (successor := told[iri][0]) and successor not in seen:
        seen.add(successor)
        iri = successor
    return iri if len(seen) > 1 and iri not in told else ""


def renames(gone: Mapping[str, GivenUp]) -> dict[str, str]:
    """The name that each thing has now, by the one that it had."""
    return {one.iri: one.successor for one in gone.values() if one.successor}


def renamed(
    found: Statements, names: Mapping[str, str], unless_in: Statements | None = None
) -> Statements:
    """The statements with the names of now.

    Args:
        found: what a graph states.
        names: old and new names.
        unless_in: an old name that still stands here is no such change, and is kept.
    """
    if not names:
        return found
    mentioned = {iri for triple in found.triples for iri in _iris(triple)} & names.keys()
    if mentioned and unless_in is not None:
        mentioned -= {iri for triple in unless_in.triples for iri in _iris(triple)}
    if not mentioned:
        return found
    terms = {NamedNode(iri): NamedNode(names[iri]) for iri in mentioned}

    def now(term: Term) -> Term:
        return terms.get(term, term) if isinstance(term, NamedNode) else term

    triples = (Triple(now(t.subject), now(t.predicate), now(t.object)) for t in found.triples)  # type: ignore[arg-type]
    return found._replace(triples=frozenset(triples))


def _iris(triple: Triple) -> Iterator[str]:
    return (term.value for term in triple if isinstance(term, NamedNode))


def _subjects(graphs: Mapping[str, Statements]) -> set[str]:
    return {
        triple.subject.value
        for graph in graphs.values()
        for triple in graph.triples
        if isinstance(triple.subject, NamedNode)
    }


def _told(graphs: Mapping[str, Statements]) -> dict[str, tuple[str, str]]:
    """Each name that was given up, its successor and the reason, in the order of names."""
    flags: set[str] = set()
    successors: dict[str, str] = {}
    for triple in (triple for graph in graphs.values() for triple in graph.triples):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode):
            continue
        if triple.predicate == DEPRECATED:
            if isinstance(value, Value) and value.value in ("true", "1"):
                flags.add(subject.value)
        elif triple.predicate == REPLACED_BY and isinstance(value, NamedNode):
            iri = subject.value
            successors[iri] = min(successors.get(iri, value.value), value.value)
    return {iri: (successors.get(iri, ""), _reason(graphs, iri)) for iri in sorted(flags)}


def _reason(graphs: Mapping[str, Statements], iri: str) -> str:
    """Why, as the record says it."""
    record = graphs.get(iri, Statements()).triples
    node = NamedNode(iri)
    said = [t.object for t in record if t.subject == node and t.predicate == _REMARK]
    return " ".join(sorted(value.value for value in said if isinstance(value, Value)))
