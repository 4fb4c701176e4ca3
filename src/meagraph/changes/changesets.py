"""A difference as RDF, in Turtle: change sets that a store can hold and a portal can ask.

The vocabulary is ChangeSet (http://purl.org/vocab/changeset/schema#): for each thing, in each graph
that says something else of it, one set of statements that went and came, each an ``rdf:Statement``.
ChangeSet has no word for graphs; the SPARQL Service Description has: each statement is part of an
``sd:NamedGraph``, whose ``sd:name`` is the graph's. The graph's name itself denotes a passage or a
thing, and nothing is said of it here. PROV tells which versions were compared, and
``schema:ReplaceAction`` which names took the place of others.

A blank node stands for one with the same statements around it (RDFC-1.0): where a statement of a
group that hangs together by blank nodes differs, the whole group goes, and the whole group comes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import count, takewhile
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from meagraph.changes.statements import Statements, group_subjects, group_triples
from meagraph.changes.versions import Version, differing
from meagraph.entries.paths import REGISTER, graph_iri
from meagraph.namespaces import BASE, DCTERMS, PREFIXES, RDF, RDFS, SCHEMA, XSD

if TYPE_CHECKING:
    from meagraph.changes.comparison import Changes
    from meagraph.changes.naming import Naming
    from meagraph.tables import Term

CHANGESET = "http://purl.org/vocab/changeset/schema#"
SERVICE_DESCRIPTION = "http://www.w3.org/ns/sparql-service-description#"

_UNNAMED = f"{BASE}changes/0#"
"""Stands for the difference's own name until it is known: that is made of what it says."""
_PREFIXES = {**PREFIXES, "cs": CHANGESET, "sd": SERVICE_DESCRIPTION}
_DATASET = BASE + "dataset"
_REGISTER = graph_iri(REGISTER)

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_PART_OF = NamedNode(DCTERMS + "isPartOf")
_MODIFIED = NamedNode(DCTERMS + "modified")
_VERSION = NamedNode(PREFIXES["dcat"] + "version")
_ENTITY = NamedNode(PREFIXES["prov"] + "Entity")
_DERIVED = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")


def as_turtle(changes: Changes, naming: Naming, old: Version, new: Version) -> str:
    """The difference as change sets.

    Only graphs of parts that both versions hold are compared; shapes and stored questions are in no
    graph. The register's are there too: to remove from the graphs of one version what is said to be
    removed, and to add what is said to be added, makes those of the other, exactly.

    Args:
        changes: what differs.
        naming: what things are called.
        old: the version that it starts from, as `comparable` gives it.
        new: the one that it leads to.
    """
    triples = [*_versions(old, new), *_replacements(changes), *_sets(changes, naming, old, new)]
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=_used(triples)) or b""
    lines = written.splitlines(keepends=True)  # as bytes: see `lines_of`
    prefixes = sorted(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    body = b"".join(lines[len(prefixes) :])
    name = sha256(b"".join([*prefixes, body])).hexdigest()[:32]
    own = f"{BASE}changes/{name}#"
    return b"".join(prefixes).decode().replace(_UNNAMED, own) + body.decode()


def _own(name: str) -> NamedNode:
    return NamedNode(_UNNAMED + name)


def _used(triples: list[Triple]) -> dict[str, str]:
    """The prefixes that the triples have a use for, and that of the difference itself."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    values = (triple.object for triple in triples if isinstance(triple.object, Literal))
    iris |= {value.datatype.value for value in values} - {XSD + "string"}
    spaces = {re.split(r"(?<=[/#])(?=[^/#]*$)", iri)[0] for iri in iris}
    found = {prefix: space for prefix, space in sorted(_PREFIXES.items()) if space in spaces}
    return {**found, "this": _UNNAMED}


def _versions(old: Version, new: Version) -> Iterator[Triple]:
    """What is compared, as far as the versions tell of themselves."""
    whole = _own("difference")
    yield Triple(whole, _TYPE, _ENTITY)
    yield Triple(whole, _LABEL, Literal(f"From {old.name} to {new.name}"))
    for name in ("old", "new"):
        yield Triple(whole, _DERIVED, _own(name))
    yield from _version(_own("old"), old)
    yield from _version(_own("new"), new)
    yield Triple(_own("new"), NamedNode(DCTERMS + "replaces"), _own("old"))


def _version(node: NamedNode, version: Version) -> Iterator[Triple]:
    yield Triple(node, _TYPE, _ENTITY)
    yield Triple(node, _LABEL, Literal(version.name))
    if version.commit:
        yield Triple(node, NamedNode(DCTERMS + "identifier"), Literal(_commit(version.commit)))
    said = version.graphs.get(_DATASET, Statements()).triples
    for triple in sorted((t for t in said if t.predicate == _VERSION), key=str):
        yield Triple(node, NamedNode(DCTERMS + "isVersionOf"), triple.subject)
        yield Triple(node, _VERSION, triple.object)
    days = [
        triple.object
        for triple in version.graphs.get(_REGISTER, Statements()).triples
        if triple.predicate == _MODIFIED and _is_day(triple.object)
    ]
    if days:
        yield Triple(node, _MODIFIED, max(days, key=str))


def _commit(commit: str) -> str:
    """A commit as a SoftWare Hash IDentifier (ISO/IEC 18670), which only SHA-1 has."""
    return f"swh:1:rev:{commit}" if len(commit) == 40 else f"git:{commit}"


def _is_day(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value == XSD + "date"


def _replacements(changes: Changes) -> Iterator[Triple]:
    """The names that others took the place of."""
    given_up = [(entry.graph, entry.successor, entry.reason) for entry in changes.entries]
    given_up += [(one.iri, one.successor, one.reason) for one in changes.ontology.given_up]
    told = ((iri, successor, reason) for iri, successor, reason in given_up if successor)
    for number, (iri, successor, reason) in enumerate(told, 1):
        node = _own(f"replacement-{number}")
        yield Triple(node, _TYPE, NamedNode(SCHEMA + "ReplaceAction"))
        yield Triple(node, NamedNode(SCHEMA + "replacee"), NamedNode(iri))
        yield Triple(node, NamedNode(SCHEMA + "replacer"), NamedNode(successor))
        if reason:
            yield Triple(node, NamedNode(SCHEMA + "description"), Literal(reason))
        yield Triple(node, _PART_OF, _own("difference"))


def _sets(changes: Changes, naming: Naming, old: Version, new: Version) -> Iterator[Triple]:
    """The graphs that differ, and the change sets of each."""
    reasons = _reasons(changes)
    numbers = {name: count(1) for name in ("change", "removal", "addition", "group")}
    for place, (name, before, after) in enumerate(differing(old, new), 1):
        graph = _own(f"graph-{place}")
        yield Triple(graph, _TYPE, NamedNode(SERVICE_DESCRIPTION + "NamedGraph"))
        yield Triple(graph, NamedNode(SERVICE_DESCRIPTION + "name"), NamedNode(name))
        if label := naming.titles.get(name) or naming.labels.get(name):
            yield Triple(graph, _LABEL, Literal(label))
        sides = (
            _by_subject(name, before, after, numbers["group"]),
            _by_subject(name, after, before, numbers["group"]),
        )
        for thing in sorted({*sides[0], *sides[1]}, key=lambda iri: (iri != name, iri)):
            node = _own(f"change-{next(numbers['change'])}")
            yield Triple(node, _TYPE, NamedNode(CHANGESET + "ChangeSet"))
            yield Triple(node, _LABEL, Literal(naming.name(thing, name)))
            yield Triple(node, NamedNode(CHANGESET + "subjectOfChange"), NamedNode(thing))
            reason = reasons.get(name) or reasons.get(thing) or "changed"
            yield Triple(node, NamedNode(CHANGESET + "changeReason"), Literal(reason))
            yield Triple(node, _PART_OF, _own("difference"))
            told = [
                (which, _own(f"{which}-{next(numbers[which])}"), triple)
                for which, side in zip(("removal", "addition"), sides, strict=True)
                for triple in side.get(thing, ())
            ]
            for which, statement, _ in told:
                yield Triple(node, NamedNode(CHANGESET + which), statement)
            for _, statement, triple in told:
                yield from _reified(statement, triple, graph)


def _by_subject(
    graph: str, found: Statements, other: Statements, groups: Iterator[int]
) -> dict[str, list[Triple]]:
    """What is stated here and not there, by the thing that it is told of.

    A group with blank nodes is told of the one thing with a name that it is about, else of what
    the graph is named after.
    """
    sides: dict[str, list[Triple]] = {}
    for triple in sorted(found.triples - other.triples, key=str):
        sides.setdefault(_iri(triple.subject), []).append(triple)
    for group, number in sorted((Counter(found.nameless) - Counter(other.nameless)).items()):
        subjects = group_subjects(group)
        subject = subjects.pop() if len(subjects) == 1 else graph
        for _ in range(number):
            triples = group_triples(group, f"g{next(groups)}")
            sides.setdefault(subject, []).extend(triples)
    return sides


def _reified(node: NamedNode, triple: Triple, graph: NamedNode) -> Iterator[Triple]:
    yield Triple(node, _TYPE, NamedNode(RDF + "Statement"))
    yield Triple(node, NamedNode(RDF + "subject"), triple.subject)
    yield Triple(node, NamedNode(RDF + "predicate"), triple.predicate)
    yield Triple(node, NamedNode(RDF + "object"), triple.object)
    yield Triple(node, _PART_OF, graph)


def _reasons(changes: Changes) -> dict[str, str]:
    """What became of an entry, by its graph, and of a term, by its name."""
    found = {_REGISTER: "register"}
    for entry in changes.entries:
        found[entry.graph] = "follows new names" if entry.follows else entry.kind
        if entry.kind == "renamed":
            found[entry.successor] = entry.kind
    terms = changes.ontology
    for word, names in (("added", terms.added), ("removed", terms.removed)):
        found |= dict.fromkeys(names, word)
    return found | {one.iri: one.how for one in terms.given_up}


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
