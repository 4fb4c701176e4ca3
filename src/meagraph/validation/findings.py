"""Findings: what is wrong, how grave it is, and every place in the files that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, Triple

from meagraph.errors import UnusableInput
from meagraph.namespaces import SHAPES, compact
from meagraph.validation.corpus import Corpus, Place, iri

SEVERITIES = ("violation", "warning", "info")
"""How grave a finding is, the gravest first; the words of SHACL."""


class Rule(NamedTuple):
    """A rule in words, whichever node breaks it.

    ``name`` is the prefixed name of the shape or file rule and ``iri`` the whole one; ``severity``
    one of `SEVERITIES`; ``says`` the rule, ``cause`` what is likely to have gone wrong and
    ``remedy`` what to do, each of the two empty where it depends on the finding; ``source`` the
    section of the model that calls for the rule, or empty.
    """

    name: str
    iri: str
    severity: str
    says: str
    cause: str = ""
    remedy: str = ""
    source: str = ""


class Terms(NamedTuple):
    """A finding in RDF, as SHACL's own report has it: each term in Turtle's notation, whole.

    ``shape`` is the shape or file rule, ``component`` the constraint component of SHACL,
    ``focus`` the focus node, ``path`` the property path and ``value`` the offending value; each
    is empty where it is not known.
    """

    shape: str = ""
    component: str = ""
    focus: str = ""
    path: str = ""
    value: str = ""


class Finding(NamedTuple):
    """One rule that one node breaks.

    ``rule`` is the prefixed name of the shape or file rule; ``severity`` one of `SEVERITIES`;
    ``message`` the rule in words, ``cause`` what is likely to have gone wrong and ``remedy`` what
    to do, each of the two empty where that is not known;
    ``focus`` the IRI of the node and ``label`` what it is called, or empty; ``path`` the property
    in SPARQL's notation, or empty; ``value`` the offending value in Turtle's notation, or empty;
    ``places`` every place that states it, in order; ``passage`` the IRI of the passage that the
    first of these files is about, and ``passage_name`` what it is cited as, or both empty;
    ``terms`` the same in RDF; ``elsewhere`` whether arriving entries break the rule in a file that
    is none of them.
    """

    rule: str
    severity: str
    message: str
    cause: str
    remedy: str
    focus: str
    label: str = ""
    path: str = ""
    value: str = ""
    places: tuple[Place, ...] = ()
    passage: str = ""
    passage_name: str = ""
    terms: Terms = Terms()
    elsewhere: bool = False


class Report(NamedTuple):
    """What validation found.

    ``files`` and ``triples`` say how many data files, and triples in these, it speaks of;
    ``texts`` holds the text of each file in which a finding stands; ``unreadable`` is how many
    files could not be read: then nothing else was checked; ``rules`` has the rules that are
    broken, by their names; ``unlisted`` is how many notes were left out of ``findings``.
    """

    findings: tuple[Finding, ...]
    files: int
    triples: int
    texts: Mapping[Path, str] = {}
    unreadable: int = 0
    rules: Mapping[str, Rule] = {}
    unlisted: int = 0

    def count(self, severity: str) -> int:
        """How many findings have this severity, notes that are not listed included."""
        unlisted = self.unlisted if severity == "info" else 0
        return unlisted + sum(finding.severity == severity for finding in self.findings)

    def without_notes(self) -> Report:
        """The same, with the notes counted and not listed: of them nothing is to be mended."""
        graver = tuple(finding for finding in self.findings if finding.severity != "info")
        return self._replace(findings=graver, unlisted=self.count("info"))

    def summary(self) -> str:
        """The counts in one line.

        >>> Report((), 190, 4312).summary()
        '190 files, 4,312 triples: valid'
        """
        if self.unreadable:
            what = "file" if self.unreadable == 1 else "files"
            return f"{self.unreadable:,} {what} cannot be used: nothing else was checked"
        files = f"{self.files:,} {'file' if self.files == 1 else 'files'}"
        counts = {}
        for severity, word in zip(SEVERITIES, ("violation", "warning", "note"), strict=True):
            number = self.count(severity)
            counts[severity] = f"{number:,} {word}{'' if number == 1 else 's'}"
        if not self.count("violation") and not self.count("warning"):
            notes = f", {counts['info']}" if self.count("info") else ""
            return f"{files}, {self.triples:,} triples: valid{notes}"
        return f"{', '.join(counts.values())} in {files}"

    def by_rule(self) -> dict[str, int]:
        """How many findings each rule has, in the order in which the findings come."""
        counts: dict[str, int] = {}
        for finding in self.findings:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
        return counts

    def line(self, place: Place) -> str:
        """The line of a file that a place stands on; empty where the file ends before it."""
        lines = _lines(self.texts.get(place.file, ""))
        return lines[place.line - 1] if place.line <= len(lines) else ""

    def rule(self, finding: Finding) -> Rule:
        """The rule that a finding is of; where nothing more is known, in the finding's words."""
        known = self.rules.get(finding.rule)
        return known or Rule(finding.rule, finding.rule, finding.severity, finding.message)

    def fails(self, threshold: str = "violation") -> bool:
        """Whether a finding is as grave as this severity, or graver."""
        failing = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in failing for finding in self.findings)


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    """The lines of a text; a file with a thousand findings is split once."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def finding(
    corpus: Corpus,
    rule: str,
    focus: str,
    message: str,
    cause: str,
    remedy: str,
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
        cause: what is likely to have gone wrong; empty where the message says it.
        remedy: what to do.
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
        remedy,
        focus,
        label=corpus.label(focus),
        path=compact(triple.predicate.value) if triple else "",
        value="" if value is None else shown(value),
        places=tuple(sorted(set(places))),
        terms=Terms(
            shape=f"<{SHAPES}{rule}>",
            focus=focus if focus.startswith("_:") else f"<{focus}>",
            path=str(triple.predicate) if triple else "",
            value="" if value is None else str(value),
        ),
    )


def unreadable(mistake: UnusableInput) -> Finding:
    """A file that cannot be read, as a finding.

    Args:
        mistake: what is wrong with it; it names the file.
    """
    place = Place(Path(str(mistake.file)), mistake.line or 1, mistake.column or 1)
    return Finding(
        "meash:Readable",
        "violation",
        mistake.message,
        "",
        mistake.hint or "",
        focus="",
        places=(place,),
        terms=Terms(shape=f"<{SHAPES}Readable>"),
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
    """Each finding once: by severity, file, line, rule, then whatever tells them apart.

    What breaks two constraints of one rule, such as its datatype and its least value, breaks the
    rule once: the constraint that goes first by name stands for both.
    """
    once: dict[Finding, Finding] = {}
    for one in sorted(set(findings), key=_order):
        once.setdefault(one._replace(terms=one.terms._replace(component="")), one)
    return tuple(once.values())


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
