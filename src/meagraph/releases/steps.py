"""How large a step the changes since the last release ask for: the rules, and their cases.

What a reader has built on counts: names, what logic says of them, the addresses of questions. A
claim's name stands in its passage and goes with it when the passage is read better; a record's
name is kept for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from meagraph.changes.statements import group_subjects
from meagraph.changes.versions import is_vocabulary
from meagraph.entries.paths import REGISTER, graph_iri
from meagraph.errors import UnusableInput
from meagraph.namespaces import ALIGNMENTS_GRAPH, BASE, KINDS, OWL, RDF, RDFS, SKOS, compact
from meagraph.queries import read_question
from meagraph.releases.numbers import LEVELS

if TYPE_CHECKING:
    from meagraph.changes import Changes, Version
    from meagraph.changes.statements import Statements

RULES = {
    "term-gone": ("major", "a term or a concept is gone, or its name was given up"),
    "term-logic": ("major", "what logic says of a term or a concept is another"),
    "axiom": ("major", "an axiom that has no name came or went"),
    "record-gone": ("major", "a record is gone, or was given up and no other takes its place"),
    "question-gone": ("major", "a stored question, or a parameter or a column of one, is gone"),
    "term-new": ("minor", "a term or a concept is new"),
    "name-new": ("minor", "a record or a claim is new, or has another name"),
    "claim-gone": ("minor", "a claim is gone"),
    "question-new": ("minor", "a stored question is new"),
}
"""Each rule: the step that it asks for, and what falls under it. All else is a patch."""

_REGISTER = graph_iri(REGISTER)
_LOGIC = {
    RDF + "type",
    *(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    *(SKOS + name for name in ("broader", "narrower", "inScheme", "topConceptOf")),
}
_NO_LOGIC = {OWL + name for name in ("versionInfo", "versionIRI", "priorVersion", "deprecated")}


class Reason(NamedTuple):
    """Something that changed and falls under a rule: the key in `RULES`, and what it is."""

    rule: str
    what: str

    @property
    def level(self) -> str:
        """The step that it asks for."""
        return RULES[self.rule][0]


class Asked(NamedTuple):
    """The step that the changes ask for, and all that falls under a rule, the gravest first."""

    level: str
    reasons: tuple[Reason, ...]

    def told(self, most: int = 5) -> list[str]:
        """What asks for this step, a line a rule, with as many examples."""
        lines = []
        for rule, (level, says) in RULES.items():
            found = [one.what for one in self.reasons if one.rule == rule]
            if found and level == self.level:
                more = f" and {len(found) - most:,} more" if len(found) > most else ""
                lines.append(f"{says}: {', '.join(found[:most])}{more}")
        return lines


def asked(old: Version, new: Version, changes: Changes) -> Asked:
    """The least step from one version to another, by `RULES`.

    Args:
        old: the last release.
        new: the release to be; both as `meagraph.changes.comparable` gives them.
        changes: what differs.
    """
    both = old.parts & new.parts
    found: list[Reason] = []
    if "ontology" in both:
        found += _of_terms(old, new, changes)
    if "data" in both:
        found += _of_data(old, new, changes)
    if "questions" in both:
        found += _of_questions(old.questions, new.questions)
    order = list(RULES)
    found = sorted(set(found), key=lambda one: (order.index(one.rule), one.what))
    level = max((one.level for one in found), key=LEVELS.index, default="patch")
    return Asked(level, tuple(found))


def _of_terms(old: Version, new: Version, changes: Changes) -> Iterator[Reason]:
    before, after = _logic(old), _logic(new)
    gone = before.keys() - after.keys()
    gone |= {one.iri for one in changes.ontology.given_up} & before.keys()
    for iri in gone:
        yield Reason("term-gone", compact(iri))
    for iri in after.keys() - before.keys():
        yield Reason("term-new", compact(iri))
    for iri in before.keys() & after.keys() - gone:
        if before[iri] != after[iri]:
            yield Reason("term-logic", compact(iri))
    if _axioms(old) != _axioms(new):
        yield Reason("axiom", "in the ontology")


def _vocabulary(version: Version) -> Iterator[Statements]:
    """The ontology and the concepts; alignments are outside the merge, and bind nobody."""
    for graph, statements in version.graphs.items():
        if is_vocabulary(graph) and graph != ALIGNMENTS_GRAPH:
            yield statements


def _logic(version: Version) -> dict[str, set[str]]:
    """What logic says of each term and concept."""
    found: dict[str, set[str]] = {}
    for statements in _vocabulary(version):
        for triple in statements.triples:
            if isinstance(triple.subject, NamedNode):
                said = found.setdefault(triple.subject.value, set())
                name = triple.predicate.value
                if name in _LOGIC or (name.startswith(OWL) and name not in _NO_LOGIC):
                    said.add(f"{triple.predicate} {triple.object}")
        for group in statements.nameless:
            for subject in group_subjects(group):
                found.setdefault(subject, set()).add(group)
    return found


def _axioms(version: Version) -> list[str]:
    return sorted(
        group
        for statements in _vocabulary(version)
        for group in statements.nameless
        if not group_subjects(group)
    )


def _of_data(old: Version, new: Version, changes: Changes) -> Iterator[Reason]:
    lost = {
        entry.graph
        for entry in changes.entries
        if entry.kind in ("removed", "withdrawn") and is_record(entry.graph)
    }
    for iri in lost:
        yield Reason("record-gone", compact(iri))
    before, after = _things(old), _things(new)
    for iri in after - before:
        yield Reason("name-new", compact(iri))
    for iri in before - after - lost:
        yield Reason("claim-gone", compact(iri))


def is_record(graph: str) -> bool:
    """Whether a graph is that of a record, not of a passage, a reading or identifiers.

    >>> is_record("https://w3id.org/meagraph/places/bali")
    True
    >>> is_record("https://w3id.org/meagraph/documents/note/annex-1/1")
    False
    """
    kind, slash, slug = graph.removeprefix(BASE).partition("/")
    return bool(slash) and kind in KINDS and "/" not in slug


def _things(version: Version) -> set[str]:
    """The names of ours of which the data say something; the register tells of files."""
    return {
        triple.subject.value
        for graph, statements in version.graphs.items()
        if not is_vocabulary(graph) and graph != _REGISTER
        for triple in statements.triples
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(BASE)
    }


def _of_questions(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Reason]:
    for name in old.keys() - new.keys():
        yield Reason("question-gone", name)
    for name in new.keys() - old.keys():
        yield Reason("question-new", name)
    for name in old.keys() & new.keys():
        if old[name] != new[name]:
            yield from (
                Reason("question-gone", part) for part in _parts(name, old[name], new[name])
            )


def _parts(name: str, old: str, new: str) -> Iterable[str]:
    """The parameters and columns that a question had and has no more."""
    try:
        before, after = (read_question(text, name=name) for text in (old, new))
    except UnusableInput:
        return ()  # a header of old that the rules of today refuse: nothing can be told of it
    return [f"{name} --{one}" for one in before.parameters if one not in after.parameters] + [
        f"{name} ?{one}" for one in before.columns if one not in after.columns
    ]
