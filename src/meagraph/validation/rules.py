"""The rules that shapes cannot say, because they are about files.

A next rule is one function and one line in `RULES`. Its name, in the shapes' namespace, stands
beside those of the shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from meagraph.validation.agreement import same_identifiers, same_labels, times
from meagraph.validation.corpus import Corpus
from meagraph.validation.findings import Finding
from meagraph.validation.placement import (
    derived,
    identity,
    passages,
    stray_iris,
    subjects,
    supplied_dates,
    undeclared,
)

RULES: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (
    stray_iris,
    undeclared,
    identity,
    subjects,
    passages,
    derived,
    supplied_dates,
    same_labels,
    same_identifiers,
    times,
)


def file_findings(corpus: Corpus) -> list[Finding]:
    """All that the files' own rules find."""
    return [found for rule in RULES for found in rule(corpus)]
