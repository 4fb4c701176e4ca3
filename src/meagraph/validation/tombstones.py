"""The rule on names that were given up: only what says what became of them names them."""

from __future__ import annotations

from collections.abc import Iterator

from meagraph.entries import Entry
from meagraph.namespaces import DCTERMS, compact
from meagraph.validation.corpus import Corpus, data_iris, iri
from meagraph.validation.findings import Finding, finding

_REPLACED_BY = DCTERMS + "isReplacedBy"


def given_up(corpus: Corpus) -> Iterator[Finding]:
    """A name that was given up is used no more."""
    for entry in corpus.statements:
        for name in data_iris(entry):
            if corpus.is_deprecated(name) and not _is_told(entry, name):
                yield finding(
                    corpus,
                    "Name-in-use",
                    name,
                    f"{compact(name)} was given up, and this file names it",
                    "",
                    _remedy(corpus, name),
                    [corpus.mention(entry, name)],
                )


def _is_told(entry: Entry, name: str) -> bool:
    """Whether a file says only what became of the name: its own record, and those it replaced."""
    return entry.graph == name or all(
        triple.predicate.value == _REPLACED_BY
        for triple in entry.triples
        if name in map(iri, triple)
    )


def _remedy(corpus: Corpus, name: str) -> str:
    heirs = [compact(iri(triple.object)) for triple in corpus.said(name, _REPLACED_BY)]
    if heirs:
        return f"Write {' or '.join(heirs)} instead."
    return "Nothing replaces it; meagraph describe says why. Name what is meant, or take this out."
