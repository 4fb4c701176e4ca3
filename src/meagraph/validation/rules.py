"""The rules that shapes cannot say, because they are about files.

A next rule is one function in `CHECKS` and one line in `RULES`. Its name, in the shapes' namespace,
stands beside those of the shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from meagraph.namespaces import SHAPES
from meagraph.validation.agreement import same_identifiers, same_labels, times
from meagraph.validation.corpus import Corpus
from meagraph.validation.filling import unfilled
from meagraph.validation.findings import Finding, Rule
from meagraph.validation.placement import (
    derived,
    identity,
    passages,
    stray_iris,
    subjects,
    supplied_dates,
    undeclared,
)
from meagraph.validation.tombstones import given_up
from meagraph.validation.undefined import undefined

CHECKS: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (
    undefined,
    stray_iris,
    undeclared,
    identity,
    subjects,
    given_up,
    passages,
    derived,
    supplied_dates,
    same_labels,
    same_identifiers,
    times,
    unfilled,
)


def _rule(name: str, says: str, source: str, severity: str = "violation") -> Rule:
    return Rule(f"meash:{name}", SHAPES + name, severity, says, source=source)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule("Readable", "Every file is Turtle in UTF-8, with our prefixes.", "model, section 6"),
        _rule("Name-defined", "Every name that is used is defined.", "model, section 6, IRIs"),
        _rule(
            "Iri-kind",
            "Every IRI of ours is of a kind that the graph knows.",
            "model, section 6, IRIs",
        ),
        _rule(
            "Term-declared",
            "The ontology declares every term of another vocabulary that the data use.",
            "model, section 2",
            "warning",
        ),
        _rule(
            "Record-identity",
            "The type and the label of a thing stand in its record alone.",
            "model, section 6, IRIs",
        ),
        _rule("Claim-home", "A claim is described in its own file.", "model, section 6, IRIs"),
        _rule("Reading-subject", "A reading describes nodes of its own.", "model, section 1"),
        _rule("Record-subject", "A record describes its own thing.", "model, section 1"),
        _rule(
            "Passage-listed",
            "The index of a document lists every passage that has a file.",
            "model, section 1",
        ),
        _rule(
            "Term-derived",
            "What the build alone concludes stands in no file.",
            "model, section 1",
        ),
        _rule(
            "Record-date",
            "A date that a record supplies has its source and the day of the check beside it.",
            "model, section 6, Time",
        ),
        _rule("Label-unique", "No two records have the same label.", "model, section 3", "warning"),
        _rule(
            "Identifier-unique",
            "A symbol, or the number of a decision, belongs to one record.",
            "model, section 6, Literal forms",
        ),
        _rule(
            "Name-in-use",
            "A name that was given up is used no more.",
            "model, section 6, IRIs",
        ),
        _rule("Time-edtf", "A time is written in EDTF.", "model, section 6, Time"),
        _rule("When-agrees", "The times of one thing agree.", "model, section 6, Time"),
        _rule("Filled-in", "Nothing of a template is left to be filled in.", "model, section 4"),
    )
}
"""Each rule in words, by its name. What is likely to have gone wrong, and what to do, depends on
the finding."""


def file_findings(corpus: Corpus) -> list[Finding]:
    """All that the files' own rules find."""
    return [found for check in CHECKS for found in check(corpus)]
