"""Findings: what is wrong, how grave it is, and every place in the files that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, Triple

from meagraph.namespaces import compact
from meagraph.validation.corpus import Corpus, Place, iri

SEVERITIES = ("violation", "warning", "info")
"""How grave a finding is, the gravest first; the words of SHACL."""


class Finding(NamedTuple):
    """One rule that one node breaks.

    ``rule`` is the prefixed name of the shape or file rule; ``severity`` one of `SEVERITIES`;
    ``message`` the rule in words and ``cause`` what is likely to have gone wrong, or empty;
    ``focus`` the IRI of the node and ``label`` what it is called, or empty; ``path`` the property
    in SPARQL's notation, or empty; ``value`` the offending value in Turtle's notation, or empty;
    ``places`` every place that states it, in order; ``passage`` the IRI of the passage that the
    first of these files is about, or empty.
    """

    rule: str
    severity: str
    message: str
    cause: str
    focus: str
    label: str = ""
    path: str = ""
    value: str = ""
    places: tuple[Place, ...] = ()
    passage: str = ""


class Report(NamedTuple):
    """What validation found.

    ``files`` and ``triples`` say how many data files, and triples in these, it speaks of.
    """

    findings: tuple[Finding, ...]
    files: int
    triples: int

    def count(self, severity: str) -> int:
        """How many findings have this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def summary(self) -> str:
        """The counts in one line.

        >>> Report((), 190, 4312).summary()
        '190 files, 4,312 triples: valid'
        """
        files = f"{self.files:,} {'file' if self.files == 1 else 'files'}"
        if not self.findings:
            return f"{files}, {self.triples:,} triples: valid"
        counts = []
        for severity, word in zip(SEVERITIES, ("violation", "warning", "note"), strict=True):
            number = self.count(severity)
            counts.append(f"{number:,} {word}{'' if number == 1 else 's'}")
        return f"{', '.join(counts)} in {files}"

    def fails(self, threshold: str = "violation") -> bool:
        """Whether a finding is as grave as this severity, or graver."""
        failing = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in failing for finding in self.findings)


def finding(
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
    """A finding of a rule about files.

    Args:
        corpus: the files, for the node's label.
        rule: the rule's name in the shapes' namespace.
        focus: the IRI of the node.
        message: the rule in words.
        cause: what has gone wrong, or what to do.
        places: where.
        severity: one of `SEVERITIES`.
        triple: the offending triple, if it is one.
    """
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


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: by severity, file, line, rule, then whatever tells them apart."""
    return tuple(sorted(set(findings), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    first = finding.places[0] if finding.places else Place(Path(), 0, 0)
    return (
        SEVERITIES.index(finding.severity),
        first.file.as_posix(),
        first.line,
        finding.rule,
        first.column,
        *finding,
    )
