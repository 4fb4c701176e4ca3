"""What the lint tells of a feed: the harvesters' own reasons, and the hard cases of the sources."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from harvesters import informea
from harvesters.handmade import Record as Wire
from harvesters.handmade import decision, document, file, meeting, service, texts, without
from meagraph.export.informea import Feed, Record, records
from meagraph.export.informea_lint import RULES, Fault, Findings, lint
from meagraph.export.informea_lint.checks import breaches
from meagraph.namespaces import expand
from meagraph.project import Project

FAULTY: list[tuple[str, Wire]] = [
    ("Meetings", meeting(treaty="Basel", type="Something new")),
    ("Meetings", meeting(treaty="minamata")),
    ("Meetings", meeting(treaty=None)),
    ("Meetings", meeting(title={"results": []})),
    ("Meetings", without(meeting(), "start")),
    ("Meetings", meeting(country="Switzerland")),
    ("Meetings", without(meeting(), "type", "url", "country", "city", "location")),
    ("Decisions", decision(treaty="unknown")),
    ("Decisions", decision(meetingId="other")),
    ("Decisions", decision(treaty="rotterdam")),
    ("Decisions", decision(title={"results": []})),
    ("Decisions", decision(files={"results": []})),
    ("Decisions", decision(files={"results": [file(url="BC-15-1.pdf")]})),
    ("Decisions", decision(files={"results": [file(url="https://example.org/", filename="")]})),
    ("Decisions", decision(files={"results": [file(language="")]})),
    ("Decisions", decision(files={"results": [file(mimeType="image/jpeg")]})),
    ("Documents", document(title={"results": []})),
    ("Documents", without(document(), "treaty", "treaties")),
    ("Documents", document(treaty="escazu", treaties={"results": []})),
    ("Documents", document(files={"results": []})),
    ("Documents", document(country="XX")),
]
ONLY_OURS: list[tuple[str, Wire, str]] = [
    ("Meetings", meeting(title=texts("Réunion", "fr")), "no-english"),
    ("Meetings", meeting(end="/Date(1640995200000)/"), "end-before-start"),
    ("Meetings", meeting("m" * 65), "long-id"),
    ("Meetings", meeting(city="Gen\x0beva"), "control-character"),
    ("Meetings", meeting(title=texts("\x01")), "control-character"),
    ("Decisions", decision(title=texts("Beschluss", "de")), "title-language"),
    ("Decisions", decision(number=""), "no-number"),
    ("Decisions", decision(type=None), "no-kind"),
    ("Decisions", decision(status=None), "no-status"),
    ("Decisions", decision(published=None), "no-date"),
    ("Documents", document(title=texts("x" * 2048)), "long-title"),
    ("Documents", document(authors={"results": [{"name": "Secretariat"}]}), "author-value"),
    ("Treaties", {"id": "basel", "titleEnglish": "Basel Convention"}, "no-uuid"),
    ("Treaties", {"id": "basel", "UUID": "62511e00"}, "no-title"),
]
"""Records that InforMEA's harvester takes as they are, or never sees, and what is told of them."""


def record(wire: Wire) -> Record:
    """What is written on the wire, as the feed has it before it is written."""
    fields = {name: _unwrapped(value) for name, value in wire.items()}
    return Record(f"https://example.org/{wire['id']}", date(2024, 1, 1), fields)


def _unwrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return value["results"]
    moment = re.fullmatch(r"/Date\((\d+)\)/", value) if isinstance(value, str) else None
    return datetime.fromtimestamp(int(moment[1]) / 1000, UTC).date() if moment else value


def told(set_: str, *wires: Wire) -> list[tuple[str, str]]:
    """The ids and rules that the lint tells of records; decisions have a meeting beside them."""
    sets = {"Meetings": [record(meeting())]} if set_ == "Decisions" else {}
    found = breaches({**sets, set_: [record(wire) for wire in wires]})
    return [(one.id, breach.rule) for set_of, one, breach in found if set_of == set_]


def test_nothing_is_told_of_good_records() -> None:
    assert told("Meetings", meeting()) == []
    assert told("Decisions", decision()) == []
    assert told("Documents", document()) == []


@pytest.mark.parametrize(("set_", "wire"), FAULTY)
def test_the_lint_tells_what_the_harvester_tells(set_: str, wire: Wire) -> None:
    sets = {"Meetings": [meeting()], set_: [wire]}
    outcome = informea.harvest(service(sets)).outcomes[-1]
    rules = {rule for _, rule in told(set_, wire)}
    assert rules == set(outcome.reasons)
    severities = {RULES[rule].severity for rule in rules}
    if outcome.fate == "imported":
        assert severities <= {"warning"}
    elif rules != {"no-treaty"}:  # nobody can mend that a portal has no such treaty
        assert "error" in severities


@pytest.mark.parametrize(("set_", "wire", "rule"), ONLY_OURS)
def test_the_lint_tells_what_no_harvester_tells(set_: str, wire: Wire, rule: str) -> None:
    assert rule in {told_ for _, told_ in told(set_, wire)}


def test_records_are_compared_with_each_other() -> None:
    assert told("Meetings", meeting("a"), meeting("b")) == [
        ("a", "same-title"),
        ("b", "same-title"),
    ]
    assert told("Meetings", meeting("a"), meeting("b", treaty="rotterdam")) == []
    twice = told("Meetings", meeting("a"), meeting("a", title=texts("Again")))
    assert twice == [("a", "duplicate-id")] * 2


def test_each_rule_is_broken_by_a_record_or_keeps_a_thing_out() -> None:
    broken = {rule for set_, wire in FAULTY for _, rule in told(set_, wire)}
    broken |= {rule for _, _, rule in ONLY_OURS}
    assert broken | {"same-title", "duplicate-id", "only-parts"} == set(RULES)
    for rule in RULES.values():
        assert rule.severity in ("error", "warning")
        assert rule.informea
        assert rule.remedy.endswith(".")
        assert all(expand(name) for name in rule.properties)


class Linted:
    """A graph, its feed and its faults."""

    def __init__(self, store: Store, project: Project) -> None:
        self.feed: Feed = records(store, project)
        self.findings: Findings = lint(store, project, self.feed)
        self.data = project.data

    def of(self, name: str) -> dict[str, Fault]:
        """The faults of one thing, by rule."""
        return {f.rule.name: f for f in self.findings.faults if f.iri == expand(name)}

    def ids(self, set_: str, name: str) -> list[str]:
        return sorted(one.id for one in self.feed.set(set_) or () if one.iri == expand(name))

    def line(self, fault: Fault) -> tuple[str, str]:
        """The file of a fault, from ``data/``, and the text of its line."""
        assert fault.place
        text = fault.place.file.read_text(encoding="utf-8").splitlines()[fault.place.line - 1]
        return fault.place.file.relative_to(self.data).as_posix(), text


@pytest.fixture(scope="module")
def linted(store: Store, project: Project) -> Linted:
    return Linted(store, project)


def test_a_date_of_which_only_the_quarter_is_known(linted: Linted) -> None:
    """In no feed: nobody invents a day; the fault stands where the quarter is stated."""
    assert linted.ids("Meetings", "meetings:minamata-cop-4-resumed") == []
    fault = linted.of("meetings:minamata-cop-4-resumed")["no-start"]
    assert fault.rule.severity == "error"
    assert "“first quarter of 2022” (2022-33)" in fault.message
    assert "rejects" in fault.rule.informea
    assert linted.line(fault) == (
        "documents/minamata-cop4-brs-joint-report/fn/star.ttl",
        '    mea:when "2022-33"^^edtf:EDTF ;',
    )


def test_a_range_that_ends_before_it_starts(linted: Linted) -> None:
    """In no feed: neither day is taken for true; the month alone is certain."""
    assert linted.ids("Meetings", "meetings:prtr-round-table-4") == []
    fault = linted.of("meetings:prtr-round-table-4")["no-start"]
    assert fault.message == "its days are written as “21-20 November 2024”; certain is only 2024-11"
    assert linted.line(fault) == (
        "documents/minamata-cop6-cooperation-activities/annex-1/24.ttl",
        '    mea:when "2024-11"^^edtf:EDTF ;',
    )


def test_a_meeting_online_without_a_place(linted: Linted) -> None:
    """In the feed, and imported with warnings of which nothing needs to be done."""
    name = "meetings:minamata-cop-4-online"
    assert linted.ids("Meetings", name) == ["minamata-cop-4-online.minamataunep"]
    faults = linted.of(name)
    assert set(faults) == {"no-country", "no-city", "no-location"}
    for fault in faults.values():
        assert fault.rule.severity == "warning"
        assert fault.message.endswith("is none, for it is online")
        assert fault.remedy.startswith("Nothing needs to be done")
    (kept,) = [one for one in linted.feed.meetings if one.iri == expand(name)]
    assert kept.fields["virtual"] is True


def test_one_document_with_three_symbols(linted: Linted) -> None:
    """One record, with three identifiers and three treaties; only a file is missing."""
    name = "documents:unep-chw.15-20"
    assert linted.ids("Documents", name) == ["unep-chw.15-20"]
    (kept,) = [one for one in linted.feed.documents if one.iri == expand(name)]
    assert [one["value"] for one in kept.fields["identifiers"]] == [
        "UNEP/CHW.15/20",
        "UNEP/FAO/RC/COP.10/16",
        "UNEP/POPS/COP.10/20",
    ]
    treaties = [one["value"] for one in kept.fields["treaties"]]
    assert treaties == ["basel", "rotterdam", "stockholm"]
    assert set(linted.of(name)) == {"no-files"}


def test_several_conventions_in_one_meeting(linted: Linted) -> None:
    """A record for each, told of together: one fault a rule, with all the ids."""
    name = "meetings:basel-oewg-12-online-effectiveness"
    ids = linted.ids("Meetings", name)
    assert {one.rpartition(".")[2] for one in ids} >= {"basel", "rotterdam", "stockholm"}
    for fault in linted.of(name).values():
        assert fault.ids == tuple(ids)
        assert fault.rule.severity == "warning"


def test_a_tentative_meeting_is_imported_once_its_days_are_known(
    store: Store, project: Project, linted: Linted
) -> None:
    """Without a day it is in no feed; with one it is, as tentative, and nothing is rejected."""
    name = "meetings:minamata-cop-4-resumed"
    assert "no-start" in linted.of(name)
    known = Store()
    known.bulk_extend(store)
    day = Literal("2022-03-21", datatype=NamedNode(str(expand("xsd:date"))))
    node, starts = NamedNode(str(expand(name))), NamedNode(str(expand("schema:startDate")))
    known.add(Quad(node, starts, day, DefaultGraph()))
    supplied = Linted(known, project)
    assert supplied.ids("Meetings", name) == ["minamata-cop-4-resumed.minamataunep"]
    (kept,) = [one for one in supplied.feed.meetings if one.iri == str(expand(name))]
    assert kept.fields["status"] == "tentative"
    assert {fault.rule.severity for fault in supplied.of(name).values()} == {"warning"}


def test_a_decision_of_a_meeting_without_a_date(linted: Linted) -> None:
    """In no feed, and told once: that its day is missing follows."""
    assert linted.ids("Decisions", "decisions:unea-5-14") == []
    faults = linted.of("decisions:unea-5-14")
    assert set(faults) == {"meeting-unresolvable"}
    fault = faults["meeting-unresolvable"]
    assert "meetings:unea-5, which is in no feed" in fault.message
    assert fault.remedy.startswith("Supply the days of meetings:unea-5")
    assert fault.ecolex == "imports it"
    assert linted.line(fault) == (
        "decisions/unea-5-14.ttl",
        "    mea:adoptedAt meetings:unea-5 ;",
    )


def test_a_decision_of_a_meeting_that_has_only_parts(linted: Linted) -> None:
    """In no feed until it names the part: that is not guessed. The whole is a warning only."""
    fault = linted.of("decisions:mc-4-9")["meeting-unresolvable"]
    assert "of which the feed has only parts" in fault.message
    assert "meetings:minamata-cop-4-online" in fault.message
    whole = linted.of("meetings:minamata-cop-4")
    assert set(whole) == {"only-parts"}
    assert whole["only-parts"].rule.severity == "warning"


def test_what_no_treaty_of_the_portal_has_is_a_warning_and_no_more(linted: Linted) -> None:
    faults = linted.of("meetings:spp-1")
    assert set(faults) == {"no-treaty"}
    assert faults["no-treaty"].rule.severity == "warning"


def test_all_that_is_left_out_is_told_and_stands_in_a_file(linted: Linted) -> None:
    told_of = {fault.iri for fault in linted.findings.faults if not fault.ids}
    assert told_of == {left.iri for left in linted.feed.left_out}
    for fault in linted.findings.faults:
        assert fault.place, fault
        linted.line(fault)


def test_only_the_faults_of_a_file_or_of_what_it_is_about(linted: Linted) -> None:
    home = str(linted.data / "meetings" / "minamata-cop-4-resumed.ttl")
    stated = str(linted.data / "documents/minamata-cop4-brs-joint-report/fn/star.ttl")
    for path in (home, stated):
        faults = linted.findings.of_files([path]).faults
        assert [fault.rule.name for fault in faults] == ["no-start"]
    assert not linted.findings.of_files([str(Path(home).with_name("none.ttl"))]).faults


def test_the_verdicts_count_every_record_once(linted: Linted) -> None:
    for verdict in linted.findings.verdicts:
        assert verdict.records == len(linted.feed.set(verdict.set) or ())
        assert verdict.imported + verdict.warned + verdict.rejected == verdict.records
        assert verdict.rejected == 0
    left = sum(verdict.left_out for verdict in linted.findings.verdicts)
    assert left == len(linted.feed.left_out)


def test_the_documentation_lists_each_rule_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "informea.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.+?) \| (.+?) \| (.+?) \|$", page, re.M)
    rules = [
        (rule.name, rule.severity, rule.informea, rule.ecolex or "–", rule.remedy)
        for rule in RULES.values()
    ]
    assert listed == rules
