"""The placeholders of templates, which are to be filled in before an entry is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from meagraph.namespaces import BASE, compact
from meagraph.validation.corpus import Corpus, iri
from meagraph.validation.findings import Finding, finding

PLACEHOLDER = BASE + "fill-in"
"""Stands for a thing that is to be named; a number may follow where several are needed."""

TEXT = "FILL IN"
"""Stands for a text, a number or a time that is to be written."""

SLUG = "fill-in"
"""Stands for the last part of a name that is to be given; more words may follow."""

_VALUE = re.compile(re.escape(PLACEHOLDER) + r"(?:-[0-9]+)?")
_NAME = re.compile(re.escape(BASE) + r".*[/#]" + SLUG + r"(?:-.*)?")


def is_placeholder(term: object) -> bool:
    """Whether a term stands for a value that is to be filled in: nothing else is wrong with it."""
    if isinstance(term, Literal):
        return TEXT in term.value
    return isinstance(term, NamedNode) and _VALUE.fullmatch(term.value) is not None


def unfilled(corpus: Corpus) -> Iterator[Finding]:
    """Nothing of a template is left to be filled in."""
    for entry in corpus.statements:
        named: set[str] = set()
        for triple in entry.triples:
            node = iri(triple.subject)
            if _NAME.fullmatch(node) and node not in named:
                named.add(node)
                yield finding(
                    corpus,
                    "Filled-in",
                    node,
                    f"the name {corpus.called(node)} is still to be filled in",
                    "The template's placeholder was left standing.",
                    f"Put a name of its own for “{SLUG}”, wherever it stands in the file.",
                    [corpus.subject_place(entry, node)],
                )
            if is_placeholder(triple.object):
                what = compact(triple.predicate.value)
                yield finding(
                    corpus,
                    "Filled-in",
                    node,
                    f"{what} is still to be filled in",
                    "The template's placeholder was left standing.",
                    "Put the value in its place, or take the line out if it is not needed; the "
                    "lines that begin with “#:” say what may stand there.",
                    [corpus.place(entry, triple)],
                    triple=triple,
                )
