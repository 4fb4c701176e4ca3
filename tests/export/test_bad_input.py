"""Harmful names in every kind of export: what a real reader finds of them, format by format."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from csvw import CSVW
from icalendar import Calendar
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from rdflib import Dataset, Graph

from harmed import FOREIGN_MACHINE_NAMES, NAMES, harmed, iri
from harvesters import ecolex, informea
from harvesters.ours import asking
from meagraph.export import KINDS, files_of
from meagraph.export.informea import Feed, records
from meagraph.export.informea_lint import lint
from meagraph.namespaces import DCTERMS, RDFS
from meagraph.project import Project
from meagraph.tables.values import clean
from small_export import built, written

LABEL = NamedNode(RDFS + "label")
WITH_LABEL = [name for name, label in NAMES.items() if label.value]
FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}
TREATIES = frozenset([*informea.MACHINE_NAMES, *(f"treaty{n}" for n in range(len(NAMES)))])


@pytest.fixture(scope="module")
def graph(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return harmed(project, tmp_path_factory.mktemp("harmed") / "project")


@pytest.fixture(scope="module")
def harmed_store(graph: Project) -> Store:
    return built(graph)


@pytest.fixture(scope="module")
def folder(graph: Project, harmed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each kind of export."""
    root = tmp_path_factory.mktemp("exported")
    for kind in KINDS:
        written(files_of(kind, harmed_store, graph), root / kind)
    return root


@pytest.fixture(scope="module")
def feed(graph: Project, harmed_store: Store) -> Feed:
    return records(harmed_store, graph)


def refuse(url: str, options: object) -> None:
    raise AssertionError(f"{url} would have been fetched")


def in_json(path: Path) -> dict:
    return json.loads(path.read_bytes().decode())


def in_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_what_its_name_says(folder: Path, kind: str) -> None:
    for path in (folder / kind).rglob("*"):
        if path.is_dir():
            continue
        if path.suffix in FORMATS:
            assert list(parse(path=path, format=FORMATS[path.suffix]))
        elif path.suffix in (".json", ".jsonld"):
            assert in_json(path)
        elif path.suffix == ".csv":
            assert all(None not in row and None not in row.values() for row in in_csv(path))
        elif path.suffix == ".graphml":
            assert ElementTree.parse(path).getroot()
        elif path.suffix == ".ics":
            assert not Calendar.from_ical(path.read_bytes()).errors
        else:
            assert path.suffix == ".html", f"{path.name}: no reader is named here for it"
            assert "<script>alert" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_file_is_one_on_any_system(folder: Path, kind: str) -> None:
    for path in (folder / kind).rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9%@~_-][A-Za-z0-9%@~._-]{0,253}", path.name)


@pytest.mark.parametrize("name", ["meagraph.nq", "meagraph.ttl"])
def test_dumps_carry_every_label_to_two_readers(folder: Path, name: str) -> None:
    path = folder / "dumps" / name
    read = {quad.triple for quad in parse(path=path, format=FORMATS[path.suffix])}
    other = Dataset(default_union=True)
    other.parse(path, format="nquads" if path.suffix == ".nq" else "turtle")
    said = {(str(s), str(o), getattr(o, "language", "")) for s, _, o, _ in other.quads()}
    for last, label in NAMES.items():
        for kind in ("meetings", "organisations"):
            found = [t.object for t in read if t.subject == NamedNode(iri(kind, last))]
            assert label in found
            assert (iri(kind, last), label.value, label.language) in said


@pytest.mark.parametrize("last", NAMES)
def test_a_json_document_carries_its_label_to_two_readers(folder: Path, last: str) -> None:
    context = in_json(folder / "jsonld" / "context.jsonld")
    found = 0
    for path in (folder / "jsonld").rglob("*.jsonld"):
        document = in_json(path)
        if "schema" in path.parts or document.get("id") != iri("meetings", last):
            continue
        found += 1
        whole = json.dumps({**document, **context}, ensure_ascii=False)
        by_one = {q.triple for q in parse(whole, RdfFormat.JSON_LD)}
        assert NAMES[last] in {t.object for t in by_one if t.predicate == LABEL}
        by_other = jsonld.to_rdf(json.loads(whole), {"documentLoader": refuse})["@default"]
        assert {
            (q["object"]["value"], q["object"].get("language"))
            for q in by_other
            if q["subject"]["value"] == iri("meetings", last)
            and q["predicate"]["value"] == LABEL.value
        } == {(NAMES[last].value, NAMES[last].language)}
    assert found == 1


def test_schema_org_documents_have_names_without_control_characters(folder: Path) -> None:
    documents = [in_json(path) for path in (folder / "jsonld" / "schema").rglob("*.jsonld")]
    by_iri = {document["@id"]: document for document in documents}
    for last in WITH_LABEL:
        name = by_iri[iri("meetings", last)]["name"]
        assert not re.search("[\x00-\x1f\x7f-\x9f]", name)
        if last not in ("controls", "lines"):
            assert name == NAMES[last].value
    assert iri("meetings", "empty") not in by_iri or by_iri[iri("meetings", "empty")]["name"]


def test_tables_are_valid_and_have_every_label(folder: Path) -> None:
    tables = folder / "csvw" / "tables"
    assert CSVW(str(tables / "csv-metadata.json"), validate=True).is_valid
    for table in ("meetings", "organisations", "decisions", "documents", "agreements", "things"):
        rows = {row["iri"]: row["label"] for row in in_csv(tables / f"{table}.csv")}
        kind = "meetings" if table == "things" else table
        for last in WITH_LABEL:
            disarmed = "'" if last == "formula" else ""
            assert rows[iri(kind, last)] == disarmed + clean(NAMES[last].value)


def test_networks_have_every_label(folder: Path) -> None:
    for path in (folder / "graphml").rglob("*.graphml"):
        nodes = {told["iri"]: told["label"] for _, told in networkx.read_graphml(path).nodes.data()}
        for last in WITH_LABEL:
            assert nodes[iri("organisations", last)] == clean(NAMES[last].value)
        assert nodes[iri("organisations", "empty")] == "organisations:empty"


def test_calendars_have_every_meeting_and_every_agreement_its_own(folder: Path) -> None:
    calendars = folder / "calendar" / "calendar"
    events = Calendar.from_ical((calendars / "meetings.ics").read_bytes()).walk("VEVENT")
    named = {str(event["UID"]): str(event["SUMMARY"]) for event in events}
    assert not any(event.errors for event in events)
    for last in WITH_LABEL:
        assert named[iri("meetings", last)].split() == clean(NAMES[last].value).split()
    assert named[iri("meetings", "empty")]
    with_foreign = len(NAMES) + len(FOREIGN_MACHINE_NAMES)
    assert len(list((calendars / "agreements").iterdir())) == with_foreign + 1  # and Minamata's


@pytest.mark.parametrize("kind", ["meetings", "decisions", "documents"])
def test_each_thing_is_in_the_feed_or_is_told_to_be_left_out(feed: Feed, kind: str) -> None:
    there = {record.iri for record in feed.set(kind.capitalize()) or ()}
    left = {one.iri: one.why for one in feed.left_out}
    for last in NAMES:
        assert (iri(kind, last) in there) != bool(left.get(iri(kind, last)))
    assert {iri(kind, last) for last in ("controls", "markup", "rtl", "french")} <= there


def test_texts_of_the_feed_have_no_mark_up_and_are_not_cut_without_a_mark(folder: Path) -> None:
    told = in_json(folder / "informea" / "Meetings.json")["d"]["results"]
    titles = {one["url"]: one["title"]["results"][0]["value"] for one in told}
    for last in ("rtl", "wide", "french", "formula"):
        assert titles[iri("meetings", last)] == NAMES[last].value
    for title in titles.values():
        assert not re.search("[\x00-\x1f\x7f-\x9f]|<[a-z/]|&[a-z]+;", title)
    long = titles[iri("meetings", "long")]
    assert long.endswith("…")
    assert NAMES["long"].value.startswith(long[:-1])


def test_harvesters_take_the_whole_feed_but_for_treaties_that_they_do_not_know(
    feed: Feed, harmed_store: Store, graph: Project
) -> None:
    harvest = informea.harvest(asking(feed), TREATIES)
    assert harvest.warnings == []
    rejected = {one.id: one.reasons for one in harvest.outcomes if one.fate != "imported"}
    assert rejected == {"foreign-0.nosuchtreaty": ("treaty-unknown",)}
    foretold = lint(harmed_store, graph, feed).faults
    assert "foreign-0.nosuchtreaty" in {
        id_ for fault in foretold if fault.rule.name == "treaty-unknown" for id_ in fault.ids
    }
    taken = ecolex.harvest(asking(feed), datetime(2000, 1, 1))
    assert len(taken) == len(feed.decisions)


def test_a_name_that_no_treaty_can_have_is_in_no_feed_and_told(feed: Feed) -> None:
    left = {one.iri: one.missing for one in feed.left_out}
    for number in range(1, len(FOREIGN_MACHINE_NAMES)):
        assert "treaty" in left[iri("meetings", f"foreign-{number}")]


def test_the_catalogue_carries_what_the_dataset_says_to_every_reader(folder: Path) -> None:
    catalogue = folder / "catalogue"
    wanted = {(label.value, label.language) for label in NAMES.values() if label.value}
    description = NamedNode(DCTERMS + "description")
    for name, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)):
        path = catalogue / f"catalogue.{name}"
        by_one = [q.object for q in parse(path=path, format=form) if q.predicate == description]
        assert wanted <= {(o.value, o.language) for o in by_one if isinstance(o, Literal)}
        by_other = Graph().parse(path).objects()
        assert wanted <= {(str(one), getattr(one, "language", "")) for one in by_other}
    read = in_json(catalogue / "catalogue.jsonld")
    by_third = jsonld.to_rdf(read, {"documentLoader": refuse})["@default"]
    objects = [quad["object"] for quad in by_third]
    assert wanted <= {(one["value"], one.get("language")) for one in objects}
