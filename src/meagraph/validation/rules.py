"""Rules that shapes cannot say, because they are about files: what may stand where.

A next rule is one function and one line in `RULES`. Its name, in the shapes' namespace, stands
beside those of the shapes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, Triple

from meagraph.entries import Entry, graph_kind
from meagraph.entries.paths import REGISTER
from meagraph.errors import UnusableInput
from meagraph.names import fold
from meagraph.namespaces import (
    BASE,
    DCTERMS,
    EDTF_NAMESPACE,
    KINDS,
    ONTOLOGY,
    OWL,
    RDF,
    RDFS,
    compact,
)
from meagraph.validation.corpus import LABEL, TYPE, Corpus, Place, data_iris, home, iri
from meagraph.validation.findings import Finding
from meagraph.validation.undefined import is_entity, is_record, is_stray, near

_IDENTIFIER = DCTERMS + "identifier"
_WHEN = ONTOLOGY + "when"
_EDTF = EDTF_NAMESPACE + "EDTF"
_PASSAGE = ONTOLOGY + "Passage"
_REGISTER = BASE + REGISTER.removesuffix(".ttl")
_NEED_NO_DECLARATION = (RDF, RDFS, OWL, ONTOLOGY)
"""The languages themselves; and our own terms, which `undefined` looks after."""


def file_findings(corpus: Corpus) -> list[Finding]:
    """All that the files' own rules find."""
    return [finding for rule in RULES for finding in rule(corpus)]


def _finding(
    corpus: Corpus,
    rule: str,
    focus: str,
    message: str,
    cause: str,
    places: Iterable[Place],
    *,
    severity: str = "violation",
    triple: Triple | None = None,
) -> Finding:
    value = triple and triple.object
    return Finding(
        f"meash:{rule}",
        severity,
        message,
        cause,
        focus,
        label=corpus.label(focus),
        path=compact(triple.predicate.value) if triple else "",
        value="" if value is None else shown(value),
        places=tuple(sorted(set(places))),
    )


def shown(term: object) -> str:
    """A term in Turtle's notation, with our prefixes."""
    if isinstance(term, Literal):
        text = str(Literal(term.value))
        if term.language:
            return f"{text}@{term.language}"
        datatype = compact(term.datatype.value)
        return text if datatype == "xsd:string" else f"{text}^^{datatype}"
    name = iri(term)
    return name if name.startswith("_:") else compact(name)


def _stray_iris(corpus: Corpus) -> Iterator[Finding]:
    """Every IRI of ours is of a kind that the graph knows."""
    for entry in corpus.entries:
        if entry.graph == _REGISTER:
            continue
        for name in data_iris(entry):
            if is_stray(name):
                kind = name.removeprefix(BASE).partition("#")[0].partition("/")[0]
                likely = [n.removeprefix(BASE).strip("/") for n in near(BASE + kind, _KINDS)]
                hint = f"Did you mean {' or '.join(likely)}? " if likely else ""
                yield _finding(
                    corpus,
                    "Iri-kind",
                    name,
                    f"{compact(name)} is of no kind that the graph knows",
                    f"{hint}An entity is <kind>/<slug> with no slash in the slug; the kinds are "
                    f"{', '.join(KINDS)}.",
                    [corpus.mention(entry, name)],
                )


_KINDS = tuple(BASE + kind for kind in KINDS)


def _undeclared(corpus: Corpus) -> Iterator[Finding]:
    """Every property and class of another vocabulary is declared in the ontology."""
    declared = {iri(t.subject) for entry in corpus.vocabulary for t in entry.triples}
    for entry in corpus.entries:
        used = dict.fromkeys(
            iri(term)
            for t in entry.triples
            for term in ((t.predicate, t.object) if t.predicate.value == TYPE else (t.predicate,))
        )
        for name in used:
            if name not in declared and not name.startswith(_NEED_NO_DECLARATION):
                likely = [compact(other) for other in near(name, declared)]
                hint = f"Did you mean {' or '.join(likely)}? " if likely else ""
                yield _finding(
                    corpus,
                    "Term-declared",
                    name,
                    f"the ontology does not declare {compact(name)}",
                    f"{hint}A term of another vocabulary that the data use is declared in "
                    "ontology/meagraph.ttl.",
                    [corpus.mention(entry, name)],
                    severity="warning",
                )


def _identity(corpus: Corpus) -> Iterator[Finding]:
    """The type and the label of an entity or a passage stand in its record or index alone."""
    for entry in corpus.entries:
        if entry.graph == _REGISTER:
            continue
        for triple in entry.triples:
            node = iri(triple.subject)
            apart = "#" not in node and is_entity(node) and home(node) != entry.graph
            if apart and triple.predicate.value in (TYPE, LABEL):
                what = "type" if triple.predicate.value == TYPE else "label"
                yield _finding(
                    corpus,
                    "Record-identity",
                    node,
                    f"the {what} of {compact(node)} stands outside its record",
                    f"Move it to {_file(home(node))}; what this passage calls it is mea:statedAs.",
                    [corpus.place(entry, triple)],
                    triple=triple,
                )


def _file(graph: str) -> str:
    path = graph.removeprefix(BASE)
    return f"data/{path}.ttl or data/{path}/index.ttl" if path[:9] == "documents" else (
        f"data/{path}.ttl"
    )


def _subjects(corpus: Corpus) -> Iterator[Finding]:
    """A claim is described in its own file, and records, indexes and readings keep to theirs."""
    for entry in corpus.entries:
        if entry.graph == _REGISTER:
            continue
        for node in dict.fromkeys(iri(triple.subject) for triple in entry.triples):
            found = _misplaced(entry, node)
            if found:
                rule, message, cause = found
                yield _finding(
                    corpus, rule, node, message, cause, [corpus.subject_place(entry, node)]
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


def _same_labels(corpus: Corpus) -> Iterator[Finding]:
    """Two records with one label may be one thing."""
    yield from _shared(
        corpus,
        LABEL,
        "Label-unique",
        "warning",
        "Possible duplicates: merge them, or tell them apart in their labels.",
    )


def _same_identifiers(corpus: Corpus) -> Iterator[Finding]:
    """A symbol or a decision's number belongs to one record."""
    yield from _shared(
        corpus,
        _IDENTIFIER,
        "Identifier-unique",
        "violation",
        "One of them has the other's symbol, or both records are of the same thing.",
    )


def _shared(
    corpus: Corpus, predicate: str, rule: str, severity: str, cause: str
) -> Iterator[Finding]:
    bearers: dict[str, dict[str, list[Triple]]] = defaultdict(lambda: defaultdict(list))
    for entry in corpus.entries:
        for triple in entry.triples:
            node = iri(triple.subject)
            if (
                triple.predicate.value == predicate
                and isinstance(triple.object, Literal)
                and is_record(node)
                and not corpus.is_deprecated(node)
            ):
                bearers[fold(triple.object.value)][node].append(triple)
    for nodes in bearers.values():
        if len(nodes) > 1:
            names = sorted(nodes)
            triples = [triple for name in names for triple in nodes[name]]
            what = "label" if predicate == LABEL else "symbol"
            listed = f"{', '.join(map(compact, names[:-1]))} and {compact(names[-1])}"
            yield _finding(
                corpus,
                rule,
                names[0],
                f"{listed} have the same {what}",
                cause,
                corpus.places(triples),
                severity=severity,
                triple=triples[0],
            )


def _times(corpus: Corpus) -> Iterator[Finding]:
    """Times are EDTF, and those of one thing agree."""
    from meagraph.times import bounds, combine

    dated: dict[str, dict[str, Triple]] = defaultdict(dict)
    for triple in corpus.stating:
        value, is_when = triple.object, triple.predicate.value == _WHEN
        if not isinstance(value, Literal) or not (is_when or value.datatype.value == _EDTF):
            continue
        node = iri(triple.subject)
        try:
            bounds(value.value)
        except UnusableInput as error:
            yield _finding(
                corpus,
                "Time-edtf",
                node,
                error.message,
                error.hint or "",
                corpus.places([triple]),
                triple=triple,
            )
            continue
        if is_when:
            dated[node][value.value] = triple
    for node, times in dated.items():
        if combine(times) is None:
            yield _finding(
                corpus,
                "When-agrees",
                node,
                f"the times of {corpus.called(node)} do not agree: {', '.join(sorted(times))}",
                "One is a slip, or two meetings are taken for one. No date is derived until one "
                "of the values lies within all others.",
                corpus.places(list(times.values())),
                triple=min(times.values(), key=str),
            )


def _passages(corpus: Corpus) -> Iterator[Finding]:
    """The index of a document lists every passage that has a file."""
    graphs = {entry.graph for entry in corpus.entries}
    for entry in corpus.entries:
        if graph_kind(entry.graph) == "supplied":
            continue
        passage = passage_of(entry.graph)
        document = home(passage)
        types = [iri(triple.object) for triple in corpus.said(passage, TYPE)]
        if _PASSAGE not in types:
            index = f"data/{document.removeprefix(BASE)}/index.ttl"
            label = passage.removeprefix(f"{document}/")
            yield _finding(
                corpus,
                "Passage-listed",
                passage,
                f"{index} does not list the passage {label}"
                if document in graphs
                else f"the document of the passage {label} has no {index}",
                "Correct the name of this file; meagraph paragraphs lists a document's passages "
                "and writes its index.",
                [Place(entry.path, 1, 1)],
            )


def passage_of(graph: str) -> str:
    """The passage that a graph states or reads; empty for a graph of another kind."""
    kind = graph_kind(graph)
    if kind == "supplied":
        return ""
    return graph.replace(f"{BASE}readings/", f"{BASE}documents/", 1)


RULES: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (
    _stray_iris,
    _undeclared,
    _identity,
    _subjects,
    _same_labels,
    _same_identifiers,
    _times,
    _passages,
)
