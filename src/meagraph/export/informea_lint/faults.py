"""The faults of a feed: each with its rule, its place, and what the harvesters do."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from meagraph.export.informea_lint.checks import Breach, breaches
from meagraph.export.informea_lint.leaving_out import LeavingOut
from meagraph.export.informea_lint.places import Files, Place
from meagraph.export.informea_lint.rules import ERROR, RULES, SEVERITIES, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from meagraph.export.informea import Feed
    from meagraph.project import Project
    from meagraph.queryable import Queryable

SETS = ("Treaties", "Meetings", "Decisions", "Documents")


class Fault(NamedTuple):
    """A rule that the records of one thing break.

    Args:
        rule: the rule.
        set: the set that the records are in, or would be.
        iri: the thing.
        ids: the ids of its records that break the rule; none where it is in no feed.
        message: what is so.
        remedy: what to do.
        home: the file that is about the thing, which need not be that of `place`.
        place: where it stands, `None` where no file says anything of the thing.
    """

    rule: Rule
    set: str
    iri: str
    ids: tuple[str, ...]
    message: str
    remedy: str
    home: Path
    place: Place | None

    @property
    def ecolex(self) -> str:
        """What ECOLEX does with such records."""
        return self.rule.ecolex_on(self.set)


class Verdict(NamedTuple):
    """How many records of a set a harvester would take.

    ``records`` is how many there are; ``imported`` and ``warned`` count those that InforMEA takes,
    without and with a warning; ``rejected`` those that break a rule with severity ``error``;
    ``left_out`` counts things that are in no feed.
    """

    set: str
    records: int
    imported: int
    warned: int
    rejected: int
    left_out: int


class Findings(NamedTuple):
    """All faults, by file and line, and what becomes of each set."""

    faults: tuple[Fault, ...]
    verdicts: tuple[Verdict, ...]

    def count(self, severity: str) -> int:
        """How many faults have this severity."""
        return sum(fault.rule.severity == severity for fault in self.faults)

    def of_files(self, files: Collection[str]) -> Findings:
        """Only the faults that stand in some files, or are of what these are about; no verdicts."""
        wanted = {os.path.abspath(file) for file in files}
        kept = (
            fault
            for fault in self.faults
            if wanted & {str(fault.home), str(fault.place and fault.place.file)}
        )
        return Findings(tuple(kept), ())


def lint(store: Queryable, project: Project, feed: Feed) -> Findings:
    """Find what the harvesters of InforMEA and ECOLEX reject, warn of or lose.

    Args:
        store: the graph.
        project: the files that it was built from.
        feed: what `meagraph.export.informea.records` made of it.
    """
    sets = {name: feed.set(name) or () for name in SETS}
    ids: dict[tuple[str, str, Breach], list[str]] = {}
    gravest: dict[tuple[str, str], str] = {}
    for set_, record, breach in breaches(sets):
        ids.setdefault((set_, record.iri, breach), []).append(record.id)
        severity = RULES[breach.rule].severity
        if gravest.get((set_, record.id)) != ERROR:
            gravest[set_, record.id] = severity
    leaving = LeavingOut(store, feed)
    for left in feed.left_out:
        for breach in leaving.breaches(left):
            ids[left.set, left.iri, breach] = []
    files = Files(store, project)
    faults = [_fault(files, *key, found) for key, found in ids.items()]
    left_out = Counter(left.set for left in feed.left_out)
    verdicts = tuple(
        _verdict(name, [gravest.get((name, record.id)) for record in records], left_out[name])
        for name, records in sets.items()
    )
    return Findings(tuple(sorted(faults, key=_order)), verdicts)


def _fault(files: Files, set_: str, iri: str, breach: Breach, ids: list[str]) -> Fault:
    rule = RULES[breach.rule]
    return Fault(
        rule,
        set_,
        iri,
        tuple(sorted(ids)),
        breach.message,
        breach.remedy or rule.remedy,
        files.home(iri),
        files.place(iri, rule.properties),
    )


def _verdict(set_: str, severities: Iterable[str | None], left_out: int) -> Verdict:
    counts = Counter(severities)
    return Verdict(set_, counts.total(), counts[None], counts["warning"], counts[ERROR], left_out)


def _order(fault: Fault) -> tuple[object, ...]:
    place = fault.place or Place(fault.home, 0)
    severity = SEVERITIES.index(fault.rule.severity)
    return str(place.file), place.line, severity, fault.rule.name, fault.set, fault.iri, fault.ids
