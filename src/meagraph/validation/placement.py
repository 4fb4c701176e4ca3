"""Rules of placement: what may stand in which file, and which names may stand at all."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from meagraph.entailment import ONLY_DERIVED
from meagraph.entries import Entry, graph_kind
from meagraph.namespaces import (
    ALIGNMENTS_GRAPH,
    BASE,
    KINDS,
    ONTOLOGY,
    OWL,
    RDF,
    RDFS,
    compact,
)
from meagraph.validation.corpus import LABEL, TYPE, Corpus, Place, data_iris, home, iri, passage_of
from meagraph.validation.filling import is_placeholder
from meagraph.validation.findings import Finding, finding
from meagraph.validation.undefined import is_entity, is_stray, near

_PASSAGE = ONTOLOGY + "Passage"
_WHEN = ONTOLOGY + "when"
_SOURCE_OF_A_DATE = (ONTOLOGY + "takenFrom", ONTOLOGY + "checked")
_KINDS = tuple(BASE + kind for kind in KINDS)
_NEED_NO_DECLARATION = (RDF, RDFS, OWL, ONTOLOGY)
"""The languages themselves; and our own terms, which `undefined` looks after."""


def stray_iris(corpus: Corpus) -> Iterator[Finding]:
    """Every IRI of ours is of a kind that the graph knows."""
    for entry in corpus.statements:
        for name in data_iris(entry):
            if is_stray(name) and not is_placeholder(NamedNode(name)):
                kind = name.removeprefix(BASE).partition("#")[0].partition("/")[0]
                likely = [n.removeprefix(BASE).strip("/") for n in near(BASE + kind, _KINDS)]
                hint = f"Did you mean {' or '.join(likely)}? " if likely else ""
                yield finding(
                    corpus,
                    "Iri-kind",
                    name,
                    f"{compact(name)} is of no kind that the graph knows",
                    "",
                    f"{hint}An entity is <kind>/<slug> with no slash in the slug; the kinds are "
                    f"{', '.join(KINDS)}.",
                    [corpus.mention(entry, name)],
                )


def undeclared(corpus: Corpus) -> Iterator[Finding]:
    """Every property and class of another vocabulary is declared in the ontology."""
    declared = {
        iri(t.subject)
        for entry in corpus.vocabulary
        if entry.graph != ALIGNMENTS_GRAPH
        for t in entry.triples
    }
    for entry in corpus.statements:
        used = dict.fromkeys(
            iri(term)
            for t in entry.triples
            for term in ((t.predicate, t.object) if t.predicate.value == TYPE else (t.predicate,))
        )
        for name in used:
            if name not in declared and not name.startswith(_NEED_NO_DECLARATION):
                likely = [compact(other) for other in near(name, declared)]
                hint = f"Did you mean {' or '.join(likely)}? " if likely else ""
                yield finding(
                    corpus,
                    "Term-declared",
                    name,
                    f"the ontology does not declare {compact(name)}",
                    "",
                    f"{hint}A term of another vocabulary that the data use is declared in "
                    "ontology/meagraph.ttl.",
                    [corpus.mention(entry, name)],
                    severity="warning",
                )


def identity(corpus: Corpus) -> Iterator[Finding]:
    """The type and the label of an entity or a passage stand in its record or index alone."""
    for entry in corpus.statements:
        for triple in entry.triples:
            node = iri(triple.subject)
            apart = "#" not in node and is_entity(node) and home(node) != entry.graph
            if apart and triple.predicate.value in (TYPE, LABEL):
                what = "type" if triple.predicate.value == TYPE else "label"
                yield finding(
                    corpus,
                    "Record-identity",
                    node,
                    f"the {what} of {compact(node)} stands outside its record",
                    "",
                    f"Move it to {_file(home(node))}; what this passage calls it is mea:statedAs.",
                    [corpus.place(entry, triple)],
                    triple=triple,
                )


def _file(graph: str) -> str:
    path = graph.removeprefix(BASE)
    return (
        f"data/{path}.ttl or data/{path}/index.ttl"
        if path[:9] == "documents"
        else (f"data/{path}.ttl")
    )


def subjects(corpus: Corpus) -> Iterator[Finding]:
    """A claim is described in its own file, and records, indexes and readings keep to theirs."""
    for entry in corpus.statements:
        for node in dict.fromkeys(iri(triple.subject) for triple in entry.triples):
            found = _misplaced(entry, node)
            if found:
                rule, message, remedy = found
                yield finding(
                    corpus, rule, node, message, "", remedy, [corpus.subject_place(entry, node)]
                )


def _misplaced(entry: Entry, node: str) -> tuple[str, str, str] | None:
    """The rule that a file breaks by describing a node, the message and the remedy."""
    graph, mark, _ = node.partition("#")
    if graph == entry.graph:
        return None
    if mark:
        return (
            "Claim-home",
            f"{node.removeprefix(BASE)} is described outside its own file",
            f"Move this to {_file(graph)}, or name a claim of this file (this:…).",
        )
    kind = graph_kind(entry.graph)
    if kind == "read":
        return (
            "Reading-subject",
            f"a reading describes {compact(node)}",
            "What we conclude is asserted nowhere: describe a node of this file (this:…) that "
            "mea:concerns it.",
        )
    folder = entry.graph.removeprefix(BASE).partition("/")[0]
    if kind == "supplied" and folder in KINDS and home(node) != entry.graph:
        return (
            "Record-subject",
            f"the record of {compact(entry.graph)} describes {compact(node)}",
            "Move this to that thing's own record, or to the passage that states it.",
        )
    return None


def derived(corpus: Corpus) -> Iterator[Finding]:
    """What the build alone concludes stands in no file."""
    for entry in corpus.statements:
        for triple in entry.triples:
            if triple.predicate.value in ONLY_DERIVED:
                name = compact(triple.predicate.value)
                yield finding(
                    corpus,
                    "Term-derived",
                    iri(triple.subject),
                    f"{name} is derived at build, and a file states it",
                    "",
                    "Take it out, and state what it follows from; the definition of the property "
                    "in ontology/meagraph.ttl says what that is.",
                    [corpus.place(entry, triple)],
                    triple=triple,
                )


def supplied_dates(corpus: Corpus) -> Iterator[Finding]:
    """A date that a record supplies has its source, and the day of the check, in the same file.

    What the index of a source document describes under a name of its own, such as its reporting
    period, is read off the text.
    """
    for entry in corpus.statements:
        if graph_kind(entry.graph) != "supplied":
            continue
        of_a_document = entry.graph.startswith(f"{BASE}documents/")
        known = {(iri(triple.subject), triple.predicate.value) for triple in entry.triples}
        for triple in entry.triples:
            node = iri(triple.subject)
            if triple.predicate.value != _WHEN or (of_a_document and "#" in node):
                continue
            missing = [compact(name) for name in _SOURCE_OF_A_DATE if (node, name) not in known]
            if missing:
                yield finding(
                    corpus,
                    "Record-date",
                    node,
                    f"the record of {corpus.called(node)} supplies a date without "
                    f"{' and '.join(missing)}",
                    "",
                    "Name the source that prints the date (mea:takenFrom) and the day on which you "
                    "read it there (mea:checked); a date that a passage prints stands in the "
                    "passage's file.",
                    [corpus.place(entry, triple)],
                    triple=triple,
                )


def passages(corpus: Corpus) -> Iterator[Finding]:
    """The index of a document lists every passage that has a file."""
    graphs = {entry.graph for entry in corpus.statements}
    for entry in corpus.statements:
        if graph_kind(entry.graph) == "supplied":
            continue
        passage = passage_of(entry.graph)
        document = home(passage)
        if passage == document and document in graphs:
            continue  # a reading of the document as a whole
        types = [iri(triple.object) for triple in corpus.said(passage, TYPE)]
        if _PASSAGE not in types:
            index = f"data/{document.removeprefix(BASE)}/index.ttl"
            label = passage.removeprefix(f"{document}/")
            yield finding(
                corpus,
                "Passage-listed",
                passage,
                f"{index} does not list the passage {label}"
                if document in graphs
                else f"the document of the passage {label} has no {index}",
                "",
                "Correct the name of this file; meagraph paragraphs lists a document's passages "
                "and writes its index.",
                [Place(entry.path, 1, 1)],
            )
