"""Rules of agreement: what several files say together must not collide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from meagraph.errors import UnusableInput
from meagraph.names import fold
from meagraph.namespaces import DCTERMS, EDTF_NAMESPACE, ONTOLOGY, compact
from meagraph.validation.corpus import LABEL, Corpus, iri
from meagraph.validation.filling import is_placeholder
from meagraph.validation.findings import Finding, finding
from meagraph.validation.undefined import is_record

_IDENTIFIER = DCTERMS + "identifier"
_WHEN = ONTOLOGY + "when"
_EDTF = EDTF_NAMESPACE + "EDTF"


def same_labels(corpus: Corpus) -> Iterator[Finding]:
    """Two records with one label may be one thing."""
    yield from _shared(
        corpus,
        LABEL,
        "Label-unique",
        "warning",
        "They may be duplicates.",
        "Merge them, or tell them apart in their labels.",
    )


def same_identifiers(corpus: Corpus) -> Iterator[Finding]:
    """A symbol or a decision's number belongs to one record."""
    yield from _shared(
        corpus,
        _IDENTIFIER,
        "Identifier-unique",
        "violation",
        "One of them has the other's symbol, or both records are of the same thing.",
        "Correct the symbol, or merge the records with meagraph rename.",
    )


def _shared(
    corpus: Corpus, predicate: str, rule: str, severity: str, cause: str, remedy: str
) -> Iterator[Finding]:
    bearers: dict[str, dict[str, list[Triple]]] = defaultdict(lambda: defaultdict(list))
    for entry in corpus.statements:
        for triple in entry.triples:
            node = iri(triple.subject)
            if (
                triple.predicate.value == predicate
                and isinstance(triple.object, Literal)
                and not is_placeholder(triple.object)
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
            yield finding(
                corpus,
                rule,
                names[0],
                f"{listed} have the same {what}",
                cause,
                remedy,
                corpus.places(triples),
                severity=severity,
                triple=triples[0],
            )


def times(corpus: Corpus) -> Iterator[Finding]:
    """Times are EDTF, and those of one thing agree."""
    from meagraph.times import bounds, combine

    dated: dict[str, dict[str, Triple]] = defaultdict(dict)
    for triple in corpus.stating:
        value, is_when = triple.object, triple.predicate.value == _WHEN
        if is_placeholder(value):
            continue
        if not isinstance(value, Literal) or not (is_when or value.datatype.value == _EDTF):
            continue
        node = iri(triple.subject)
        try:
            bounds(value.value)
        except UnusableInput as error:
            yield finding(
                corpus,
                "Time-edtf",
                node,
                error.message,
                "",
                error.hint or "",
                corpus.places([triple]),
                triple=triple,
            )
            continue
        if is_when:
            dated[node][value.value] = triple
    for node, times in dated.items():
        if combine(times) is None:
            yield finding(
                corpus,
                "When-agrees",
                node,
                f"the times of {corpus.called(node)} do not agree: {', '.join(sorted(times))}",
                "One is a slip, or two meetings are taken for one.",
                "Correct the slip, or tell the meetings apart: no date is derived until one of "
                "the values lies within all others.",
                corpus.places(list(times.values())),
                triple=min(times.values(), key=str),
            )
